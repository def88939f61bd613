"""A whole desk for a journey: real Temporal server, real PostgreSQL, the real worker; steps by named people."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.service import RPCError

from adapters.blind_index import BlindIndex
from adapters.vault import Vault
from audit.story import Entry, story_of
from audit.strict_replay import replay_strictly
from db.orders import put_order
from db.people import add_shop
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister
from domain.casefile import Customer
from domain.complaint.problems import Problem
from domain.complaint.state import Channel, OpenComplaint
from domain.evidence import Photo
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.people import Actor
from domain.policy import PinnedPolicy
from domain.sealed import Sealed
from domain.steps import Step
from domain.view import CaseView
from policies.loader import default_policy_text, publishable
from settings import Settings, key_bytes, load_settings
from tests import env
from tests.journeys.people import AGENT, SHOP_SYSTEM, SUBJECT
from upkeep.asking import looked
from upkeep.keeping import RegisterKeeper
from upkeep.mending import CHILDREN
from worker import cases_worker
from workflows.answers import Begin, Look, StepAnswer
from workflows.registry import WORKFLOWS, sandbox
from workflows.wire import WIRE

SHOP = "shop"
ORDER = "T-1001"
KEY = base64.b64encode(bytes(range(32))).decode()
SOON = 20.0
"""Seconds within which something that is under way has to be seen."""


def yuan(amount: float) -> Money:
    """So many yuan."""
    return Money(round(amount * 100), "CNY")


def photo(name: str = "cup") -> Photo:
    """A photo's references, as the API's edge makes them."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Photo(digest, hashlib.sha256(digest.encode()).hexdigest(), digest, "image/jpeg", 640, 480, 1234, "0" * 16)


class Refused(Exception):  # noqa: N818  an answer
    """A step was refused; `code` says why."""

    def __init__(self, code: str, record: dict[str, str], open_steps: list[str]) -> None:
        super().__init__(f"{code}: {record.get('sentence')}")
        self.code = code
        self.record = record
        self.open_steps = open_steps


@dataclass
class Desk:
    """The desk of one journey, with one customer and one order of two cups for 178.00."""

    client: Client
    database: Database
    settings: Settings
    pinned: PinnedPolicy
    keeper: RegisterKeeper
    numbers: int = 0
    opened: list[str] = field(default_factory=list[str])

    async def sealed(self, name: str, text: str) -> Sealed:
        """A word of the customer, sealed as the API's edge does it."""
        vault = Vault(key_bytes(self.settings.master_key), SubjectKeyRegister(self.database))
        return await vault.seal(SHOP, SUBJECT, name, text)

    async def register_order(self, paid: Money = Money(17800, "CNY"), quantity: int = 2) -> OrderFacts:
        """The shop registers its order."""
        facts = OrderFacts((OrderLine(1, "Tea cup, blue", quantity, paid),), carrier="SF Express")
        now = datetime.now(UTC)
        async with self.database.writing() as session:
            await put_order(session, SHOP, self.index, facts, {}, SUBJECT, now)
        return facts

    @property
    def index(self) -> str:
        """The order's blind index."""
        return BlindIndex(key_bytes(self.settings.index_key)).order(SHOP, ORDER)

    async def open(self, *, email: str | None = None, **other: Any) -> str:
        """A complaint about one cup, complete unless told otherwise; its case number."""
        self.numbers += 1
        case: str = other.pop("case", None) or f"AS-2026-{self.numbers:06d}"
        given: dict[str, Any] = {
            "order": await self.sealed("order", ORDER),
            "order_index": self.index,
            "line": 1,
            "quantity": 1,
            "description": await self.sealed("description", "The handle came off."),
        }
        if "order_facts" not in other:
            given["order_facts"] = await self.register_order()
        customer = Customer(
            subject=SUBJECT,
            reference=await self.sealed("reference", "K-1001"),
            name=await self.sealed("name", "Li Hua"),
            phone=await self.sealed("phone", "13800138000"),
            email=await self.sealed("email", email) if email else None,
        )
        opening = OpenComplaint(
            **{
                "case": case,
                "shop": SHOP,
                "received_at": datetime.now(UTC),
                "opened_by": SHOP_SYSTEM,
                "problem": Problem.QUALITY,
                "channel": Channel.WEB,
                "customer": customer,
                "pinned": self.pinned,
                "fingerprint": "f",
                **given,
                **other,
            }
        )
        await self.client.start_workflow(
            "Complaint",
            Begin(opening),
            id=case,
            task_queue=self.settings.task_queue,
            memo={"shop": SHOP, "customer": SUBJECT},
        )
        self.opened.append(case)
        return case

    async def step(self, case: str, step: Step, key: str | None = None) -> StepAnswer:
        """Take a step; Refused when the case says no."""
        self.numbers += 1
        try:
            return await asyncio.wait_for(
                self.case(case).execute_update(
                    step.slug(), step, id=key or f"key-{self.numbers}", result_type=StepAnswer
                ),
                SOON,
            )
        except WorkflowUpdateFailedError as failed:
            cause: Any = failed.cause
            if not cause.details:
                raise
            raise Refused(cause.type, cause.details[0], cause.details[1]) from failed

    async def refused(self, case: str, step: Step) -> str:
        """The code of the refusal that the step must meet."""
        try:
            await self.step(case, step)
        except Refused as no:
            return no.code
        raise AssertionError(f"{step.slug()} was not refused")

    async def look(self, case: str, actor: Actor = AGENT) -> Look:
        """The case as it stands."""
        return await looked(self.client, case, actor, timedelta(seconds=SOON))

    async def until(self, case: str, reached: Callable[[CaseView], bool]) -> CaseView:
        """The case, once it is as awaited."""
        seen: CaseView | None = None
        async with asyncio.timeout(SOON):
            try:
                while True:
                    try:
                        seen = (await self.look(case)).view
                    except RPCError:
                        seen = None  # a return or a slip that its complaint is about to start
                    if seen is not None and reached(seen):
                        return seen
                    await asyncio.sleep(0.01)
            except asyncio.CancelledError:
                said = (seen.state, seen.tasks) if seen else "no such case"
                raise AssertionError(f"{case} never got there: {said}") from None

    async def state(self, case: str, state: str) -> CaseView:
        """The case, once it is in that state."""
        return await self.until(case, lambda view: view.state == state)

    async def forward(self, case: str, **by: float) -> None:
        """Move the case's own clock: days=3, hours=12."""
        await env.fast_forward(self.client, self.case(case), timedelta(**by))

    def case(self, case: str) -> WorkflowHandle[Any, Any]:
        """The case's workflow."""
        return self.client.get_workflow_handle(case)

    async def story(self, case: str) -> tuple[Entry, ...]:
        """The case's timeline, from its own history."""
        return await story_of(case, [await self.case(case).fetch_history()], self.client.namespace)

    async def replays(self, case: str) -> None:
        """Every history of the family replays strictly."""
        view = (await self.look(case)).view
        story: Any = view.story
        family = [case, *(part["case"] for kind in CHILDREN for part in story.get(kind, []))]
        for member in family:
            report = await replay_strictly(
                await self.case(member).fetch_history(),
                workflows=WORKFLOWS,
                data_converter=WIRE,
                namespace=self.client.namespace,
                runner=sandbox(),
            )
            assert report.clean, (member, report.differences)


@asynccontextmanager
async def open_desk(client: Client, database_url: str, home: Path, **settings: Any) -> AsyncIterator[Desk]:
    """A desk with its worker running."""
    chosen = load_settings(
        home=home, database_url=database_url, master_key=KEY, index_key=KEY, link_key=KEY, **settings
    )
    database = Database(database_url)
    pinned = publishable(default_policy_text(), datetime.now(UTC).year)
    async with database.writing() as session:
        await add_shop(session, SHOP, "Shop", "CNY")
    try:
        async with cases_worker(client, database, chosen, sandbox()) as keeper:
            yield Desk(client, database, chosen, pinned, keeper)
    finally:
        await database.aclose()
