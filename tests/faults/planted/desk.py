"""A desk in this process (real Temporal and PostgreSQL, the real API and worker) on which logged stories are played."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
from temporalio.client import Client

from api.app import create_app
from api.commands import Commands
from db.sessions import Database
from domain.people import Role
from settings import Settings, load_settings
from tests import env
from tests.adapters.pictures import phone_photo
from tests.api.counter import Counter, another, staffed
from tests.faults.client_log import ClientLog, Said, Signature
from worker import cases_worker

PATIENCE = 15.0
CANARIES = ("Kanaria Sommerfeld", "13955587499", "kanaria.sommerfeld@example.com", "Der Henkel der Kanarientasse brach")
PRICE = {"amount": "69.00", "currency": "CNY"}


@dataclass
class PlantedDesk:
    """One shop of a desk, with its client log and its people."""

    client: Client
    database: Database
    database_url: str
    settings: Settings
    counter: Counter
    log: ClientLog
    file: Path
    """A log of the desk's processes."""
    numbers: int = 0
    names: list[str] = field(default_factory=list[str])
    """Cases of this shop, and whatever else a violation may be named by."""

    async def shop(self, name: str, home: Path) -> PlantedDesk:
        """Another shop of the same desk, with people and logs of its own."""
        counter = replace(self.counter, keys=await staffed(self.database, name))
        counter.keys["second_supervisor"] = await another(self.database, name, Role.SUPERVISOR)
        log, file = ClientLog(home / f"{name}.jsonl"), home / f"{name}.log"
        file.touch()
        return replace(self, counter=counter, log=log, file=file, numbers=0, names=[f"{name} ", str(file)])

    async def say(self, intent: str, role: str, method: str, path: str, **sent: Any) -> httpx2.Response:
        """One request, logged with its answer."""
        self.numbers += 1
        key = sent.pop("key", f"{self.log.path.stem}-{self.numbers}")
        case, step, body = sent.pop("case", ""), sent.pop("step", ""), sent.get("json")
        if "files" in sent:
            body = [name for _, (name, *_) in sent["files"]]
        at = time.time()
        headers = self.counter.headers(role, key or None)
        answer = await self.counter.http.request(method, path, headers=headers, **sent)
        self.log.said(
            Said(
                client="one",
                story="short",
                intent=intent,
                role=role,
                method=method,
                path=path,
                key=key,
                sent_at=at,
                answered_at=time.time(),
                status=answer.status_code,
                case=case,
                step=step,
                body=body,
                answer=_json(answer),
            )
        )
        return answer

    async def register(self, order: str, paid: str = "138.00") -> None:
        """The shop registers an order of two teapots."""
        line = {"line": 1, "product": "teapot", "quantity": 2, "paid": {"amount": paid, "currency": "CNY"}}
        answer = await self.say("order", "integration", "PUT", f"/v1/orders/{order}", key="", json={"lines": [line]})
        assert answer.status_code < 300, answer.text

    async def open(self, order: str, key: str | None = None, **changes: Any) -> str:
        """A complaint; its case number."""
        said = {
            "order": order,
            "line": 1,
            "quantity": 1,
            "problem": "quality",
            "channel": "web",
            "description": CANARIES[3],
            "customer": {"reference": "k-1", "name": CANARIES[0], "phone": CANARIES[1], "email": CANARIES[2]},
            **changes,
        }
        answer = await self.say(
            "open", "integration", "POST", "/v1/complaints", json=said, **({} if key is None else {"key": key})
        )
        assert answer.status_code < 300, answer.text
        case = str(answer.json()["case"]["case"])
        self.names.append(case)
        return case

    async def step(self, role: str, case: str, step: str, key: str | None = None, **body: Any) -> httpx2.Response:
        """A step; any answer will do."""
        more = {} if key is None else {"key": key}
        path = f"/v1/cases/{case}/steps/{step}"
        return await self.say("step", role, "POST", path, case=case, step=step, json=body, **more)

    async def took(self, role: str, case: str, step: str, key: str | None = None, **body: Any) -> Any:
        """A step that has to be taken."""
        answer = await self.step(role, case, step, key, **body)
        assert answer.status_code == 200, (step, answer.text)
        return answer.json()

    async def photo(self, case: str) -> None:
        """A photo of the fault."""
        files = [("photos", ("fault.jpg", phone_photo(size=(64, 48)), "image/jpeg"))]
        path = f"/v1/cases/{case}/evidence"
        answer = await self.say("evidence", "agent", "POST", path, case=case, step="add_evidence", files=files)
        assert answer.status_code == 200, answer.text

    async def judge(self, case: str) -> httpx2.Response:
        """The agent confirms the fault."""
        found = {"fault_confirmed": True, "responsible": "shop", "severity": "minor", "fault": "handle off"}
        return await self.step("agent", case, "judge", **found)

    async def propose(self, case: str, refund: Any = None, **more: Any) -> httpx2.Response:
        """The agent proposes a compensation."""
        return await self.step(
            "agent", case, "propose_remedy", kind="compensation", refund=refund or PRICE, words="Sorry.", **more
        )

    async def agree(self, case: str, refund: Any = None) -> str:
        """Photo, judgement, a compensation proposed and accepted; the slip's number."""
        await self.photo(case)
        assert (await self.judge(case)).status_code == 200
        assert (await self.propose(case, refund)).status_code == 200
        await self.took("agent", case, "accept_proposal", proposal=1, heard_on="phone")
        return f"{case}-P1"

    async def in_state(self, case: str, *states: str) -> Any:
        """The case's own answer, once it is in one of these states."""

        async def there() -> Any:
            answer = await self.counter.get("supervisor", f"/v1/cases/{case}")
            shown = answer.json().get("case") if answer.status_code == 200 else None
            return shown if shown and shown["state"] in states else None

        return await self.until(there)

    async def until(self, found: Callable[[], Awaitable[Any]]) -> Any:
        """Ask again and again until something is found; fails loudly when it never is."""
        end = time.monotonic() + PATIENCE
        while not (seen := await found()):
            if time.monotonic() > end:
                raise AssertionError("it never came to be")
            await asyncio.sleep(0.02)
        return seen

    async def approve(self, slip: str, role: str = "supervisor") -> httpx2.Response:
        """The slip is approved, once the ledger holds its sum."""
        amount = (await self.in_state(slip, "to_approve"))["amount"]
        return await self.step(role, slip, "approve_slip", amount=amount)

    async def sign(self, slip: str, reference: str = "", key: str | None = None) -> httpx2.Response:
        """Finance pays in its own book, then signs."""
        amount = (await self.in_state(slip, "with_finance", "to_approve", "paid"))["amount"]
        reference = reference or f"PAY-{slip}"
        minor = int(amount["amount"].replace(".", ""))
        self.log.signed(Signature(slip, reference, minor, amount["currency"], time.time()))
        return await self.step("finance", slip, "sign_paid", key, amount=amount, reference=reference)

    async def pay(self, slip: str) -> None:
        """Approved, then signed twice under one key."""
        assert (await self.approve(slip)).status_code == 200
        for _ in range(2):
            signed = await self.sign(slip, key=f"sign-{slip}")
            assert signed.status_code == 200, signed.text

    async def forward(self, case: str, **by: float) -> None:
        """Move the case's own clock."""
        await env.fast_forward(self.client, self.client.get_workflow_handle(case), timedelta(**by))

    async def sql(self, statement: str, **values: Any) -> None:
        """Change a record behind the desk's back."""
        from sqlalchemy import text

        async with self.database.writing() as session:
            await session.execute(text(statement), values)


async def short_story(desk: PlantedDesk) -> None:
    """Two complaints: one paid and called back, one left open with a deadline gone by; repeats and refusals between."""
    await desk.register("T-1")
    first = await desk.open("T-1", key="open-1")
    assert await desk.open("T-1", key="open-1") == first
    assert (await desk.propose(first)).status_code == 409
    slip = await desk.agree(first)
    await desk.pay(slip)
    await desk.in_state(first, "to_call_back")
    await desk.took("call_back", first, "record_call_back", result="satisfied")
    second = await desk.open("T-1")
    await desk.photo(second)
    await desk.forward(second, hours=80)
    assert (await desk.judge(second)).status_code == 200


@asynccontextmanager
async def planted_desk(client: Client, database_url: str, home: Path) -> AsyncGenerator[PlantedDesk]:
    """A manned desk whose first shop is sound."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    settings = load_settings(
        home=home,
        database_url=database_url,
        master_key=key,
        index_key=key,
        link_key=key,
        temporal_namespace=client.namespace,
        task_queue="cases",
        step_timeout_seconds=5.0,
        public_url="https://desk.example",
        log_level="error",
    )
    database = Database(database_url, pool_size=4)
    counter = await Counter.at(create_app(settings, Commands(client, settings.task_queue, 5.0)))
    nobody = PlantedDesk(client, database, database_url, settings, counter, ClientLog(home / "none"), home / "none")
    try:
        async with cases_worker(client, database, settings):
            yield await nobody.shop("sound", home)
    finally:
        await counter.aclose()
        await database.aclose()


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except json.JSONDecodeError:
        return None
