"""Old and new code side by side, a change that recorded histories refuse, and runs that turn over in mid-story."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio import activity
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.worker import Worker

from audit.export import runs_of
from audit.story import story_of
from audit.strict_replay import replay_strictly
from domain.complaint.problems import RemedyKind
from domain.complaint.steps import AcceptProposal, CallResult, GiveFeedback
from settings import CHECKOUT
from standalone.temporal_config import SHORT_RUNS
from tests.builders import it_goes_on
from tests.env import NamespaceClient
from tests.faults.next_release import NEXT_RELEASE, THANKS, hold_back
from tests.journeys.conftest import desk
from tests.journeys.desk import SOON, Desk, open_desk, yuan
from tests.journeys.moves import called, judged, paid, propose
from tests.journeys.people import AGENT, CUSTOMER
from workflows.answers import ANSWERS_CARRIED, StepAnswer
from workflows.ports import LetterOrder, LetterOutcome
from workflows.registry import WORKFLOWS, runner
from workflows.wire import WIRE

__all__ = ["desk"]  # the fixture

AT_ONCE = 8
"""Updates in flight for one case; Temporal takes ten."""


async def compensated(desk: Desk, *, close: bool = True) -> str:
    """A whole story with a slip."""
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(10)))
    await desk.step(case, AcceptProposal(actor=CUSTOMER, proposal=1))
    await paid(desk, f"{case}-P1", yuan(10))
    await desk.state(case, "to_call_back")
    if close:
        await desk.step(case, called(CallResult.SATISFIED))
    return case


async def new_worker(desk: Desk, **other: object) -> Worker:
    """A worker of the next release on the same task queue, as its own client; it leaves activities to the old one."""
    address = desk.client.service_client.config.target_host
    client = await Client.connect(address, namespace=desk.client.namespace, data_converter=WIRE)
    return Worker(
        client,
        task_queue=desk.settings.task_queue,
        workflows=list(NEXT_RELEASE),
        workflow_runner=runner(),
        max_cached_workflows=0,  # every task goes through the queue that both ask
        **other,  # pyright: ignore[reportArgumentType]  # options of the SDK by name
    )


async def differences(desk: Desk, case: str, code: tuple[type, ...]) -> list[str]:
    """What this code does otherwise than the histories of the case say."""
    found: list[str] = []
    for history in await runs_of(desk.client, case):
        report = await replay_strictly(
            history, workflows=code, data_converter=WIRE, namespace=desk.client.namespace, runner=runner()
        )
        found.extend(str(each) for each in report.differences)
    return found


async def failed_tasks(desk: Desk, case: str) -> int:
    events = [event async for event in desk.case(case).fetch_history_events()]
    return sum(event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED for event in events)


async def identities(desk: Desk, case: str) -> set[str]:
    events = [event async for event in desk.case(case).fetch_history_events()]
    return {
        event.workflow_task_completed_event_attributes.identity
        for event in events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    }


async def test_old_and_new_worker_share_the_stories_while_the_change_is_held_back(desk: Desk) -> None:
    async with await new_worker(desk, identity="next release", patch_activation_callback=hold_back):
        both, cases = set[str](), list[str]()
        async with asyncio.timeout(60):
            while len(both) < 2:  # which worker gets the first task of a case is chance, and the old one keeps its own
                cases.append(await compensated(desk))
                both |= await identities(desk, cases[-1])
    for case in cases:
        await at_rest(desk, case)
        assert await failed_tasks(desk, case) == 0
        assert await differences(desk, case, WORKFLOWS) == []
        assert await differences(desk, case, NEXT_RELEASE) == []


async def test_once_the_old_worker_has_gone_new_cases_take_the_change_and_old_ones_go_on_as_they_began(
    temporal: Client, database_url: str, tmp_path: Path
) -> None:
    async with open_desk(temporal, database_url, tmp_path) as opened:
        desk, begun = opened, await compensated(opened, close=False)
        await at_rest(desk, begun)
        await desk.step(begun, feedback(0))
        await at_rest(desk, begun)
    async with Worker(
        temporal,
        task_queue=desk.settings.task_queue,
        workflows=list(NEXT_RELEASE),
        activities=[nobody_can_be_told],
        workflow_runner=runner(),
    ):
        await desk.step(begun, called(CallResult.SATISFIED))
        fresh = await desk.open()
        await desk.look(fresh)
        assert THANKS not in await patches(desk, begun)
        assert THANKS in await patches(desk, fresh)
        for case in (begun, fresh):
            await at_rest(desk, case)
            assert await differences(desk, case, NEXT_RELEASE) == []
        assert await differences(desk, fresh, WORKFLOWS) != []


@activity.defn(name="tell_the_customer")
async def nobody_can_be_told(_: LetterOrder) -> LetterOutcome:
    """A desk without a mail server."""
    return LetterOutcome(sent=False, how="no mail server is configured")


async def at_rest(desk: Desk, case: str) -> None:
    """Return when no task of the case is under way, so that its history holds all that it did."""
    async with asyncio.timeout(SOON):
        while True:
            described = await desk.case(case).describe()
            raw = described.raw_description
            if not raw.HasField("pending_workflow_task") and not raw.pending_activities:
                return
            await asyncio.sleep(0.05)


async def patches(desk: Desk, case: str) -> str:
    """All markers of the history, as text."""
    events = [event async for event in desk.case(case).fetch_history_events()]
    return "".join(str(event) for event in events if event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED)


@pytest.mark.parametrize("change", ["another_deadline", "another_command", "another_answer"])
def test_an_incompatible_change_is_refused_by_the_recorded_histories(change: str) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.faults.incompatible"),
            *("-x", "-k", "replays_strictly", "tests/histories"),
        ],
        cwd=CHECKOUT,
        env={**os.environ, "PLANTED_CHANGE": change},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    assert "FAILED tests/histories/test_recorded_histories.py::test_a_recorded_history_replays" in done.stdout


@pytest_asyncio.fixture
async def short_runs(namespace_client: NamespaceClient, database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose runs end after twenty events."""
    async with open_desk(await namespace_client(namespace=SHORT_RUNS), database_url, tmp_path) as opened:
        yield opened


def feedback(number: int) -> GiveFeedback:
    return GiveFeedback(actor=AGENT, **it_goes_on(f"We are on it, part {number}."), fingerprint=f"body {number}")


async def test_updates_in_flight_while_runs_turn_over_are_taken_once_and_repeats_get_the_same_answer(
    short_runs: Desk,
) -> None:
    desk, steps = short_runs, 40
    case = await desk.open()
    await judged(desk, case)
    room = asyncio.Semaphore(AT_ONCE)

    async def ask(number: int) -> tuple[int, StepAnswer]:
        async with room:
            return number, await desk.step(case, feedback(number), key=f"feedback-{number}")

    answers: dict[int, list[StepAnswer]] = {number: [] for number in range(steps)}
    for number, answer in await asyncio.gather(*(ask(number) for number in range(steps) for _ in range(2))):
        answers[number].append(answer)
    in_order = sorted(answers, key=lambda number: min(each.view.version for each in answers[number]))
    for place, number in enumerate(in_order):
        given = [*answers[number], await desk.step(case, feedback(number), key=f"feedback-{number}")]
        assert {(each.recorded, each.fingerprint) for each in given} == {(given[0].recorded, f"body {number}")}
        if place >= steps - ANSWERS_CARRIED:
            assert given == [given[0]] * 3
    runs = await runs_of(desk.client, case)
    assert len(runs) >= 5
    told = await story_of(case, runs, desk.client.namespace)
    assert sum(entry.event == "feedback_given" for entry in told) == steps
    assert await differences(desk, case, WORKFLOWS) == []
