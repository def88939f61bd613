"""Complaints paid with a compensation; after each answered step the read model is asked whether it shows it."""

from __future__ import annotations

import asyncio
import time
from math import inf
from typing import Any

from bench import bodies
from bench.player import Player, WrongAnswer
from bench.web import Answer
from tests.adapters.pictures import phone_photo

PATIENCE = 30.0
LOOK = 0.05
"""Seconds between two looks whether the desk's own work is done."""


async def tell_stories(player: Player, count: int, pause: float, within: float | None) -> list[dict[str, Any]]:
    """Play so many stories, one after the other, and none that would begin later than `within` seconds, if given.

    Of each: its case and slip, `stale` own reads, and the seconds until each was `shown`.
    """
    photo, until = phone_photo(), inf if within is None else time.perf_counter() + within
    told: list[dict[str, Any]] = []
    while len(told) < count and time.perf_counter() < until:
        told.append(await _story(player, photo, pause))
    return told


class Story:
    """One story: takes steps and looks whether the list shows them."""

    def __init__(self, player: Player, pause: float) -> None:
        self.player, self.pause = player, pause
        self.steps = 0
        self.stale, self.shown = 0, list[float]()

    async def step(self, role: str, case: str, step: str, **said: object) -> Answer:
        """Take a step and see it listed."""
        answer = await self.player.tell(role, "POST", f"/v1/cases/{case}/steps/{step}", said)
        self.steps += 1
        await self.own_write(case, answer.version)
        await asyncio.sleep(self.pause)
        return answer

    async def photo(self, role: str, case: str, photo: bytes) -> None:
        """Send a photo, which is a step too."""
        sent = await self.player.upload(role, f"/v1/cases/{case}/evidence", photo)
        self.steps += 1
        await self.own_write(case, sent.version)

    async def own_write(self, case: str, version: int) -> None:
        """Read the list's copy at once, until it shows what was answered."""
        begun = time.perf_counter()
        until = begun + PATIENCE
        while await self.listed(case) < version:
            self.stale += 1
            if time.perf_counter() > until:
                raise WrongAnswer(f"the list never showed {case} at version {version}")
        self.shown.append(time.perf_counter() - begun)

    async def listed(self, case: str) -> int:
        """The version that the list shows; 0 before the first."""
        answer = await self._ask(f"/v1/cases/{case}?from=list")
        return answer.version if answer.status == 200 else 0  # noqa: PLR2004  HTTP's yes

    async def until(self, case: str, state: str) -> None:
        """Wait until the list shows the case in that state."""
        until, seen = time.perf_counter() + PATIENCE, 0
        while time.perf_counter() < until:
            answer = await self._ask(f"/v1/cases/{case}?from=list")
            seen = answer.status
            if answer.status == 200 and answer.json()["case"]["state"] == state:  # noqa: PLR2004  the same
                return
            await asyncio.sleep(LOOK)
        raise WrongAnswer(f"{case} never became {state}: {seen}")

    async def _ask(self, path: str) -> Answer:
        return await self.player.web.ask("GET", path, {"Authorization": f"Bearer {self.player.keys['agent']}"})


async def _story(player: Player, photo: bytes, pause: float) -> dict[str, Any]:
    story = Story(player, pause)
    opened = await (await player.registered(email=True))()
    case: str = opened.json()["case"]["case"]
    await story.own_write(case, opened.version)
    await asyncio.sleep(pause)
    await story.photo("agent", case, photo)
    await story.step("agent", case, "judge", **bodies.judgement(1))
    await story.step(
        "agent",
        case,
        "propose_remedy",
        kind="compensation",
        refund=bodies.SMALL_SUM,
        words="We are sorry. You get this for your trouble.",
    )
    await story.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    slip = f"{case}-P1"
    await story.until(slip, "to_approve")
    await story.step("supervisor", slip, "approve_slip", amount=bodies.SMALL_SUM)
    await story.step("finance", slip, "sign_paid", amount=bodies.SMALL_SUM, reference=f"PAY-{case}")
    await story.until(case, "to_call_back")
    await story.step("call_back", case, "record_call_back", result="satisfied")
    return {"case": case, "slip": slip, "stale": story.stale, "shown": story.shown}
