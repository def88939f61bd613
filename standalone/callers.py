"""Calls the API as the people of the demo shop, each with a key of their own, and tells what comes of it."""

from __future__ import annotations

import asyncio
import io
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2
import typer
from PIL import Image, ImageDraw

PATIENCE = 20.0
"""Seconds within which the desk's own work, such as starting a return, has to show."""

PRICE = {"amount": "89.00", "currency": "CNY"}
FREIGHT = {"amount": "12.00", "currency": "CNY"}


class DemoFailed(Exception):  # noqa: N818  named for what the reader sees
    """The desk answered otherwise than the story expects; the text holds the step and the answer."""


@dataclass
class Caller:
    """Calls the API as the people of the demo shop."""

    http: httpx2.AsyncClient
    keys: dict[str, str]
    step_number: int = 0
    link: str = ""
    waits: list[float] = field(default_factory=list[float])

    async def ask(self, role: str, method: str, path: str, **sent: Any) -> Any:
        """One call by the person of that role; the parsed answer."""
        headers = {"Idempotency-Key": secrets.token_hex(12)} if method == "POST" else {}
        params = dict(sent.pop("params", {}))
        if role == "customer":
            params["link"] = self.link
        else:
            headers["Authorization"] = f"Bearer {self.keys[role]}"
        begun = time.perf_counter()
        answer = await self.http.request(method, path, headers=headers, params=params, **sent)
        self.waits.append(time.perf_counter() - begun)
        if answer.status_code >= 400:  # noqa: PLR2004  HTTP's border between yes and no
            raise DemoFailed(f"{role}: {method} {path} -> {answer.status_code} {answer.text}")
        return answer.json()

    async def step(self, role: str, case: str, step: str, said: str, **body: Any) -> Any:
        """One step, with a line about it."""
        answer = await self.ask(role, "POST", f"/v1/cases/{case}/steps/{step}", json=body)
        self.tell(role, said, answer["case"])
        return answer

    def tell(self, role: str, said: str, case: dict[str, Any]) -> None:
        """A line of the story."""
        self.step_number += 1
        took = self.waits[-1] * 1000
        line = f"{self.step_number:>3}. {role:<12} {said:<58} -> {case['case']} {case['state']} ({took:.0f} ms)"
        typer.echo(line)

    async def until(self, case: str, state: str) -> dict[str, Any]:
        """The case once it is in that state."""
        by = time.monotonic() + PATIENCE
        while True:
            answer = await self.http.get(f"/v1/cases/{case}", headers={"Authorization": f"Bearer {self.keys['agent']}"})
            if answer.status_code == 200 and answer.json()["case"]["state"] == state:  # noqa: PLR2004  OK
                return answer.json()["case"]
            if time.monotonic() > by:
                raise DemoFailed(f"{case} did not become {state}: {answer.text}")
            await asyncio.sleep(0.05)


async def open_with_photos(caller: Caller, description: str) -> str:
    """A complaint about one cup of a fresh order, with two photos by the customer's link; its number."""
    order = f"T-{secrets.token_hex(4)}"
    customer = {"reference": f"K-{order}", "name": "Li Hua", "phone": "13800138000"}
    line = {"line": 1, "product": "Tea cup, blue", "quantity": 1, "paid": PRICE}
    await caller.ask("integration", "PUT", f"/v1/orders/{order}", json={"lines": [line], "customer": customer})
    complaint = {
        "order": order,
        "line": 1,
        "quantity": 1,
        "problem": "quality",
        "channel": "web",
        "description": description,
        "customer": customer,
    }
    opened = await caller.ask("integration", "POST", "/v1/complaints", json=complaint)
    caller.tell("integration", "opens a complaint about one cup", opened["case"])
    case: str = opened["case"]["case"]
    link = await caller.ask("agent", "POST", f"/v1/cases/{case}/link")
    caller.link = link["url"].split("link=")[1]
    files = [("photos", (f"{n}.jpg", _photo(n), "image/jpeg")) for n in (1, 2)]
    answer = await caller.ask("customer", "POST", f"/v1/cases/{case}/evidence", files=files)
    caller.tell("customer", "uploads two photos by the case's link", answer["case"])
    return case


def _photo(number: int) -> bytes:
    """A real JPEG of a cup without its handle, as a phone would send it."""
    picture = Image.new("RGB", (1280, 960), (214, 205, 190))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((380, 220, 900, 420), fill=(40, 70, 150))
    draw.polygon([(380, 320), (900, 320), (820, 800), (460, 800)], fill=(50, 85, 175))
    draw.line((330 + number * 9, 430, 385, 520), fill=(120, 30, 30), width=14)
    return _jpeg(picture)


def receipt(tracking: str) -> bytes:
    """A photo of the courier's receipt for this parcel; a receipt serves once, so each run has one of its own."""
    picture = Image.new("RGB", (900, 1200), (246, 244, 238))
    draw = ImageDraw.Draw(picture)
    for line, text in enumerate(("SF EXPRESS", tracking, f"FREIGHT PREPAID {FREIGHT['amount']} {FREIGHT['currency']}")):
        draw.text((80, 120 + 140 * line), text, fill=(30, 30, 30), font_size=44)
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
