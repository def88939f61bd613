"""Bugs in the read model, in deadlines, in what leads on, and in replay: I4 to I7."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any, cast

import pytest

from domain import casework, clock
from domain.complaint.book import BOOK
from domain.view import CaseView
from tests.builders import it_goes_on
from tests.faults.planted.desk import PlantedDesk
from tests.faults.planted.plant import Plant
from upkeep.case_rows import CaseRows

FEEDBACK = it_goes_on("We are looking into it.")
DICE = itertools.count(1)


async def _opened(desk: PlantedDesk) -> str:
    await desk.register("T")
    return await desk.open("T")


async def _settled(desk: PlantedDesk, case: str) -> None:
    """Return when the row shows that the first message is with a person: nothing else is under way then."""

    async def shown() -> bool:
        listed = (await desk.counter.get("agent", f"/v1/cases/{case}?from=list")).json()["case"]
        return any(task["key"] == "tell-1" for task in listed["tasks"])

    await desk.until(shown)


async def _at_rest(desk: PlantedDesk, case: str) -> None:
    """Return when the case has nothing under way: whatever wakes it later would arm what the bug left out."""
    await _settled(desk, case)

    async def rests() -> bool:
        told = (await desk.client.get_workflow_handle(case).describe()).raw_description
        return not told.pending_activities and not told.HasField("pending_workflow_task")

    await desk.until(rests)


async def row_one_behind(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    case = await _opened(desk)
    await desk.photo(case)
    await _settled(desk, case)
    write = CaseRows.keep
    last: list[CaseView] = []

    async def write_the_last_but_one(self: CaseRows, view: CaseView) -> None:
        for earlier in last:
            await write(self, earlier)
        last[:] = [view]

    broken.setattr(CaseRows, "keep", write_the_last_but_one)
    assert (await desk.judge(case)).status_code == 200


async def row_never_written(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """Neither by the asker nor by the worker, whose turn is the first message that falls to a person."""
    seen: list[CaseView] = []

    async def write_nothing(_rows: CaseRows, view: CaseView) -> None:
        seen.append(view)

    broken.setattr(CaseRows, "keep", write_nothing)
    case = await _opened(desk)
    await _until_told(desk, case, seen)


async def closed_case_still_listed(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    write = CaseRows.keep
    seen: list[CaseView] = []

    async def write_open_ones(self: CaseRows, view: CaseView) -> None:
        seen.append(view)
        if view.closed_at is None:
            await write(self, view)

    broken.setattr(CaseRows, "keep", write_open_ones)
    case = await _opened(desk)
    await desk.took("agent", case, "withdraw", reason="The customer keeps it.")
    await _until_told(desk, case, seen, letters=2)


async def _until_told(desk: PlantedDesk, case: str, seen: list[CaseView], letters: int = 1) -> None:
    """Return when the worker has had its turn at a row that shows all messages with a person."""

    async def shown() -> bool:
        found = [view for view in seen if view.case == case]
        states: list[str] = [letter["state"] for letter in cast("Any", found[-1].story)["letters"]] if found else []
        return len(states) >= letters and "by_machine" not in states

    await desk.until(shown)


async def task_left_over(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    case = await _opened(desk)
    await desk.photo(case)
    await _settled(desk, case)
    await desk.sql("UPDATE case_tasks SET reason = 'something else' WHERE \"case\" = :case", case=case)


async def timer_an_hour_late(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    right = casework.next_instant

    def late(book: Any, case: Any) -> Any:
        found = right(book, case)
        return None if found is None else (found[0] + timedelta(hours=1), found[1])

    broken.setattr("workflows.desk_case.next_instant", late)
    case = await _opened(desk)
    await desk.forward(case, hours=4)


async def timer_never_armed(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    broken.setattr("workflows.desk_case.next_instant", lambda *_: None)
    case = await _opened(desk)
    await desk.photo(case)
    await _at_rest(desk, case)


async def breach_noticed_twice(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """Reminders and breaches are acted on as often as there are two of them."""
    right = casework.time_passed
    noted = clock.after_fact

    def twice(book: Any, case: Any, now: Any) -> Any:
        return tuple(event for event in right(book, case, now) for _ in range(2))

    def noted_again(running: Any, fact: Any, at: Any) -> Any:
        try:
            return noted(running, fact, at)
        except clock.FactOutOfTurn:
            return running

    broken.setattr("domain.casework.time_passed", twice)
    broken.setattr("domain.clock.after_fact", noted_again)
    case = await _opened(desk)
    await desk.forward(case, hours=80)


async def breach_noticed_early(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    right = clock.passed
    broken.setattr("domain.clock.passed", lambda running, now: right(running, now + timedelta(hours=2)))
    case = await _opened(desk)
    await desk.took("agent", case, "give_feedback", **FEEDBACK)


async def nothing_leads_on(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """No step is open and no clock runs."""
    broken.setattr("domain.casework._belongs", lambda *_: False)
    broken.setattr("domain.casework._reconcile_clocks", lambda _book, case, _event: case)
    await _opened(desk)


async def fault_in_a_rule(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    await _opened(desk)

    def fault(*_: object) -> None:
        raise ZeroDivisionError("a fault in a rule")

    broken.setattr("domain.casework.apply", fault)
    broken.setattr("domain.complaint.book.apply", fault)
    broken.setattr("domain.casework.letters_to_send", fault)
    other = await desk.client.start_workflow(
        "Complaint", args=[await _begin(desk)], id=desk.names[-1] + "9", task_queue=desk.settings.task_queue
    )
    desk.names.append(other.id)

    async def fails() -> bool:
        described = await other.describe()
        return described.raw_description.pending_workflow_task.attempt > 2

    await desk.until(fails)


async def _begin(desk: PlantedDesk) -> Any:
    async for event in desk.client.get_workflow_handle(desk.names[-1]).fetch_history_events(page_size=1):
        payloads = event.workflow_execution_started_event_attributes.input.payloads
        return (await desk.client.data_converter.decode(payloads))[0]
    raise AssertionError("a history has a first event")


async def rule_throws_dice(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    right = BOOK.letters_for

    def by_chance(case: Any, event: Any) -> Any:
        return tuple((kind, {**says, "dice": str(next(DICE))}) for kind, says in right(case, event))

    object.__setattr__(BOOK, "letters_for", by_chance)
    try:
        case = await _opened(desk)
        await desk.until(lambda: _first_letter_ordered(desk, case))
    finally:
        object.__setattr__(BOOK, "letters_for", right)


async def _first_letter_ordered(desk: PlantedDesk, case: str) -> bool:
    return (await desk.client.get_workflow_handle(case).describe()).history_length > 5


PLANTS = (
    Plant("the read model is one behind", "I4", row_one_behind),
    Plant("a row is never written", "I4", row_never_written),
    Plant("a closed case stays on the lists", "I4", closed_case_still_listed),
    Plant("a task's row is stale", "I4", task_left_over, tampered=True),
    Plant("a deadline acts an hour late", "I5", timer_an_hour_late),
    Plant("a deadline is never armed", "I5", timer_never_armed),
    Plant("a deadline acts twice", "I5", breach_noticed_twice),
    Plant("a deadline is noticed before its instant", "I5", breach_noticed_early),
    Plant("no step leads on and no clock runs", "I6", nothing_leads_on, while_judged=True),
    Plant("a fault in a rule holds a case", "I6", fault_in_a_rule, while_judged=True),
    Plant("a rule throws dice", "I7", rule_throws_dice),
)
