"""What always fails, cannot be decoded, has lost its key or meets a bug parks one case, in sight and mendable."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import text
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import RetryPolicy

from activities.customer_line import LetterDesk
from adapters.vault import SubjectKeys, Vault
from db.queues import queue
from db.reads import find_case
from db.stuck import with_stuck
from domain.casefile import Customer
from domain.complaint.problems import RemedyKind
from domain.complaint.steps import AcceptProposal
from domain.people import Role
from domain.shared_steps import AddEvidence, SettleTrouble
from domain.stuck import STUCK, StuckBecause
from domain.view import CaseView, Task
from settings import CHECKOUT
from tests.adapters.mail_server import LetterBox, serving
from tests.journeys.conftest import desk
from tests.journeys.desk import KEY, SHOP, Desk, open_desk, photo, yuan
from tests.journeys.moves import judged, paid, propose
from tests.journeys.people import CUSTOMER, SUPERVISOR
from upkeep.resuming import resume
from upkeep.stuck import stuck_case, watch
from workflows import ports, wire

__all__ = ["desk"]  # the fixture

T = TypeVar("T")
WITHIN = 25.0
ADDRESS = "li.hua@example.test"


async def seen(look: Callable[[], Awaitable[T | None]]) -> T:
    """What is looked for, once it is there."""
    async with asyncio.timeout(WITHIN):
        while True:
            if (found := await look()) is not None:
                return found
            await asyncio.sleep(0.05)


async def in_queue(desk: Desk, case: str) -> Task | None:
    """The task in the supervisor's queue by which a case says that it cannot go on."""
    async with desk.database.reading() as session:
        page = await queue(session, SHOP, Role.SUPERVISOR, needs_a_person=True)
    return next((each.task for each in page.items if each.case == case and each.task.key == STUCK), None)


async def off_queue(desk: Desk, case: str) -> bool | None:
    return True if await in_queue(desk, case) is None else None


def needs_a_person(view: CaseView) -> bool:
    return any(task.needs_a_person for task in view.tasks)


def reasons(view: CaseView) -> str:
    return " ".join(task.reason for task in view.tasks if task.needs_a_person)


async def agreed_on_compensation(desk: Desk) -> str:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(10)))
    await desk.step(case, AcceptProposal(actor=CUSTOMER, proposal=1))
    return case


@pytest.fixture(autouse=True)
def eager_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch looks every half second instead of every five."""
    monkeypatch.setattr("upkeep.stuck.PAUSE", timedelta(seconds=0.5))


@pytest.fixture
def quick_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The times of trying, shortened; that the real ones fit into a minute is a test of its own."""
    once = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_attempts=2)
    on = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(milliseconds=500))
    monkeypatch.setattr(ports, "FIRST_TRIES", once)
    monkeypatch.setattr(ports, "FIRST_TRIES_WITHIN", timedelta(seconds=4))
    monkeypatch.setattr(ports, "ONE_CALL", timedelta(seconds=1))
    monkeypatch.setattr(ports, "FOR_EVER", on)
    monkeypatch.setattr(ports, "LETTER_TRIES", RetryPolicy(initial_interval=timedelta(seconds=1), maximum_attempts=60))


def test_trying_becomes_visible_within_a_minute() -> None:
    assert timedelta(seconds=30) <= ports.FIRST_TRIES_WITHIN <= timedelta(seconds=50)


# -- what always fails --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick_tries")
@pytest.mark.parametrize("how", ["raises", "hangs"])
async def test_a_ledger_that_always_fails_parks_its_slip_alone_and_heals_by_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    async def hang(*_: object) -> None:
        await asyncio.Event().wait()

    async def raise_(*_: object) -> None:
        raise ZeroDivisionError("a bug in the body")

    with monkeypatch.context() as fault:
        fault.setattr("activities.money_ledger.reserve", hang if how == "hangs" else raise_)
        case = await agreed_on_compensation(desk)
        view = await desk.until(f"{case}-P1", needs_a_person)
        assert "tried on" in reasons(view)
        other = await desk.open()
        assert (await desk.step(other, AddEvidence(actor=CUSTOMER, photos=(photo(),)))).view.state == "to_judge"
    healed = await desk.until(f"{case}-P1", lambda view: view.state == "to_approve" and not needs_a_person(view))
    assert healed.state == "to_approve"
    await paid(desk, f"{case}-P1", yuan(10))
    await desk.state(case, "to_call_back")
    await desk.replays(case)


@pytest.mark.usefixtures("quick_tries")
async def test_a_letter_that_cannot_go_out_is_in_sight_while_it_is_tried_on(
    temporal: Client, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = LetterBox()
    async with mailing(temporal, database_url, tmp_path, box) as desk:

        async def broken(*_: object) -> None:
            raise KeyError("unexpected")

        with monkeypatch.context() as fault:
            fault.setattr(LetterDesk, "_write", broken)
            case = await desk.open(email=ADDRESS)
            view = await desk.until(case, needs_a_person)
            assert "telling the customer" in reasons(view)
            assert "KeyError" in reasons(view)
        await desk.until(case, lambda view: not needs_a_person(view))
        assert len(box.letters) == 1


# -- a missing key ------------------------------------------------------------------------------------------------


@asynccontextmanager
async def mailing(temporal: Client, database_url: str, home: Path, box: LetterBox) -> AsyncIterator[Desk]:
    async with serving(box) as port:
        url = f"smtp://127.0.0.1:{port}"
        async with open_desk(temporal, database_url, home, smtp_url=url, mail_from="desk@shop.test") as opened:
            yield opened


def vault_of_another_key(_key: bytes, keys: SubjectKeys) -> Vault:
    return Vault(bytes(range(1, 33)), keys)


@pytest.mark.usefixtures("quick_tries")
async def test_under_a_wrong_master_key_nothing_goes_out_and_the_case_says_which_key_it_wants(
    temporal: Client, database_url: str, tmp_path: Path
) -> None:
    box = LetterBox()
    with pytest.MonkeyPatch.context() as restored:
        restored.setattr("worker.Vault", vault_of_another_key)
        async with mailing(temporal, database_url, tmp_path, box) as desk:
            case = await desk.open(email=ADDRESS)
            view = await desk.until(case, needs_a_person)
            assert "master key" in reasons(view)
            other = await desk.open()
            for each in (case, other):
                added = await desk.step(each, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
                assert added.view.state == "to_judge"
            assert box.letters == []
    async with mailing(temporal, database_url, tmp_path, box) as desk:
        await desk.until(case, lambda view: not needs_a_person(view))
        assert {letter["To"] for letter in box.letters} == {ADDRESS}


async def opened_with(desk: Desk, email: Any, order: Any) -> str:
    """A complaint whose customer's words were sealed before."""
    customer = Customer(subject=email.subject, email=email)
    return await desk.open(customer=customer, order_facts=order, order=None, description=None)


async def test_a_customer_whose_key_is_gone_is_told_by_a_person(
    temporal: Client, database_url: str, tmp_path: Path
) -> None:
    box = LetterBox()
    async with mailing(temporal, database_url, tmp_path, box) as desk:
        sealed, order = await desk.sealed("email", ADDRESS), await desk.register_order()
        async with desk.database.writing() as session:
            await session.execute(text("UPDATE subject_keys SET box = NULL, destroyed_at = now()"))
        case = await opened_with(desk, sealed, order)
        view = await desk.until(case, lambda view: any(task.step == "report_telling" for task in view.tasks))
        assert "key is gone" in next(task.reason for task in view.tasks if task.step == "report_telling")
        assert box.letters == []


# -- what cannot be decoded ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args"),
    [("payment_news", ["garbage"]), ("payment_news", []), ("payment_news", [1, 2]), ("nobody_knows_this", [{}])],
)
async def test_a_message_that_cannot_be_read_is_on_record_and_its_case_goes_on(
    desk: Desk, name: str, args: list[Any]
) -> None:
    case = await desk.open()
    for _ in range(2):
        await desk.case(case).signal(name, args=args)
    view = await desk.until(case, needs_a_person)
    assert "cannot be read" in reasons(view)
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    view = (await desk.step(case, SettleTrouble(actor=SUPERVISOR, number=1, how="Asked the sender."))).view
    assert not needs_a_person(view)
    await desk.replays(case)


async def test_a_step_that_cannot_be_read_is_refused_with_nothing_written(desk: Desk) -> None:
    case = await desk.open()
    await desk.look(case)
    with pytest.raises(WorkflowUpdateFailedError):
        await desk.case(case).execute_update("give_feedback", {"actor": 7})
    assert not [event async for event in desk.case(case).fetch_history_events() if "update" in str(event.ListFields())]


async def test_a_case_whose_opening_cannot_be_read_is_in_sight_and_others_go_on(
    temporal: Client, database_url: str, tmp_path: Path
) -> None:
    garbage = "AS-2026-000099"
    async with open_desk(temporal, database_url, tmp_path) as desk:
        await temporal.start_workflow(
            "Complaint", {"opening": 7}, id=garbage, task_queue=desk.settings.task_queue, memo={"shop": SHOP}
        )
        task = await seen(lambda: in_queue(desk, garbage))
        assert "cannot be decoded" in task.reason
        found = await stuck_case(temporal, garbage)
        assert found is not None
        assert found.because is StuckBecause.UNREADABLE
        other = await desk.open()
        await judged(desk, other)
        healthy = await redress(desk, "end", other, "by mistake")
        assert healthy.returncode == 1
    listed = await redress(desk, "stuck")  # nobody works now, and no API runs
    assert listed.returncode == 2, listed.stderr
    assert garbage in listed.stdout
    assert other not in listed.stdout
    assert f"redress resume {garbage}" in listed.stdout
    assert (await redress(desk, "resume", other)).stdout.startswith("Nothing holds")
    ended = await redress(desk, "end", garbage, "nobody wrote it")
    assert ended.returncode == 0, ended.stderr
    assert (await redress(desk, "stuck")).returncode == 0


async def redress(desk: Desk, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the desk, with its settings in the environment."""
    config = desk.client.service_client.config
    keys = {f"REDRESS_{name}_KEY": KEY for name in ("MASTER", "INDEX", "LINK")}
    environment = {
        **os.environ,
        **keys,
        "REDRESS_HOME": str(desk.settings.home),
        "DATABASE_URL": desk.settings.database_url,
        "TEMPORAL_ADDRESS": config.target_host,
        "TEMPORAL_NAMESPACE": desk.client.namespace,
    }
    command = [sys.executable, "-m", "cli", *words]
    run = partial(subprocess.run, command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    return await asyncio.to_thread(run)


async def test_an_answer_of_the_ledger_that_cannot_be_read_holds_the_slip_until_it_can(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = wire._JSON.from_payload

    def unreadable_answers(payload: Payload, type_hint: Any = None) -> Any:
        if type_hint is ports.ReserveAnswer:
            raise ValueError("not what the code expects")
        return real(payload, type_hint)

    with monkeypatch.context() as fault:
        fault.setattr(wire._JSON, "from_payload", unreadable_answers)
        case = await agreed_on_compensation(desk)
        task = await seen(lambda: in_queue(desk, f"{case}-P1"))
        assert "cannot be decoded" in task.reason
    await resume(desk.client, f"{case}-P1")  # False where its own retry came first
    await desk.state(f"{case}-P1", "to_approve")
    await seen(lambda: off_queue(desk, f"{case}-P1"))


# -- a bug in a rule ----------------------------------------------------------------------------------------------


def bug(*_: object, **__: object) -> None:
    raise ZeroDivisionError("the text of a fault, which may quote what was sent")


@pytest.mark.parametrize(
    ("place", "resumed"), [("domain.casework.next_instant", False), ("domain.casework._common_tasks", True)]
)
async def test_a_bug_in_a_rule_is_in_sight_and_the_case_goes_on_once_it_is_mended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, place: str, resumed: bool
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr(place, bug)
        case = await desk.open()
        task = await seen(lambda: in_queue(desk, case))
        assert "ZeroDivisionError" in task.reason
        assert "mend the code" in task.reason
        assert "quote" not in task.reason
        assert isinstance(task.due_at, datetime)
    if resumed:
        await resume(desk.client, case)  # False where its own retry came first
    assert (await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))).view.state == "to_judge"
    await seen(lambda: off_queue(desk, case))
    await desk.replays(case)


async def test_a_case_resumed_in_mid_story_loses_and_doubles_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await agreed_on_compensation(desk)
    slip = f"{case}-P1"
    with monkeypatch.context() as fault:
        fault.setattr("domain.casework.NewsTaken", bug)
        await paid(desk, slip, yuan(10))
        await seen(lambda: in_queue(desk, case))
        async with desk.database.reading() as session:
            row = await find_case(session, SHOP, case)
            shown = await with_stuck(session, [row] if row is not None else [])
        assert [view.tasks[0].key for view in shown] == [STUCK]
        assert await resume(desk.client, case)  # too early: nothing is mended yet
        await seen(lambda: stuck_case(desk.client, case))
    await resume(desk.client, case)  # False where its own retry came first
    view = await desk.state(case, "to_call_back")
    story: Any = view.story
    assert [payment["case"] for payment in story["payments"]] == [slip]
    await seen(lambda: off_queue(desk, case))
    assert not await resume(desk.client, case)
    assert await watch(desk.client, desk.database) == []
    told = [entry.event for entry in await desk.story(case)]
    assert told.count("proposal_accepted") == told.count("payment_news_taken") == 1
    await desk.replays(case)
