"""Stopping an order, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.problems import PROBLEMS
from domain.complaint.sorting.events import Reclassified
from domain.complaint.state import Complaint
from domain.complaint.stopping import events as e
from domain.complaint.stopping import evolve, rules
from domain.complaint.stopping import questions as ask
from domain.complaint.stopping import steps as s
from domain.complaint.stopping.letters import letters_for
from domain.complaint.stopping.state import Aftermath, Found, StopRequest
from domain.people import Role
from domain.plain import plain
from domain.sealed import Sealed
from domain.view import Task

_FETCH = {
    None: "say how far the order is, and hold it back",
    Found.NOT_PRINTED: "not printed: hold the order back and confirm it",
    Found.PRINTED: "printed: fetch dispatch slip and courier label, then confirm",
    Found.PACKED: "packed: fetch the parcel, then confirm",
}


def _clocks(case: Complaint) -> Iterator[str]:
    if ask.pending(case):
        yield "label_desk_answer"
    if ask.to_change(case):
        yield "label_desk_change"


def _tasks(case: Complaint) -> Iterator[Task]:
    if ask.to_ask(case):
        wish = PROBLEMS[case.problem].stop
        reason = f"the order may still be held back: {wish.value if wish else ''}"
        yield Task("ask_stop", Role.AGENT, "ask_to_stop", case.due("judgement"), reason)
    if ask.pending(case):
        said = ask.answer(case)
        reason = _FETCH[said.found if said is not None else None]
        yield Task("stop", Role.LABEL_DESK, "confirm_stop", case.due("label_desk_answer"), reason)
    if ask.to_change(case):
        reason = "change the order as asked, with a remark"
        yield Task("change", Role.LABEL_DESK, "report_changed", case.due("label_desk_change"), reason)
    yield from _outliving(case)


def _outliving(case: Complaint) -> Iterator[Task]:
    """What was held back is not forgotten when the case is closed."""
    fitting = ask.fitting_aftermath(case)
    if fitting:
        desk = Role.WAREHOUSE if fitting == (Aftermath.BACK_INTO_STOCK,) else Role.LABEL_DESK
        reason = f"what was held back is to be settled and noted: {' or '.join(fitting)}"
        yield Task("aftermath", desk, "record_aftermath", None, reason)


def _late_steps(case: Complaint) -> frozenset[str]:
    waits = ask.standing(case) is not None or ask.to_settle(case) is not None
    return frozenset({"confirm_stop", "record_aftermath"}) if waits else frozenset()


def _request(request: StopRequest) -> dict[str, object]:
    told = cast("dict[str, object]", plain(request))
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _shown(case: Complaint) -> dict[str, object]:
    return {"stops": [_request(request) for request in case.stops]} if case.stops else {}


def _sealed(case: Complaint) -> dict[str, Sealed]:
    address = case.stops[-1].address if case.stops else None
    return {} if address is None else {"new_address": address}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.AskToStop, rules.may_ask, rules.ask_to_stop),
    StepRule(s.ConfirmStop, rules.may_confirm, rules.confirm, lambda case: case.due("label_desk_answer")),
    StepRule(s.ReportChanged, rules.may_change, rules.report_changed, lambda case: case.due("label_desk_change")),
    StepRule(s.RecordAftermath, rules.may_note, rules.note_aftermath),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.StopAsked: evolve.asked,
        e.StopConfirmed: evolve.confirmed,
        e.OrderChanged: evolve.changed,
        e.AftermathRecorded: evolve.noted,
        Reclassified: evolve.take_back_what_no_longer_fits,
    },
    clocks=_clocks,
    tasks=_tasks,
    outliving=_outliving,
    late_steps=_late_steps,
    letters=letters_for,
    shown=_shown,
    sealed=_sealed,
)
