"""Where a return stands: clocks, state, tasks, and what its complaint has to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.clock import PauseCause
from domain.goods_return import lines
from domain.goods_return.lines import LineStanding
from domain.goods_return.state import GOES_BACK, WITHOUT_GOODS, Disposed, Disposition, Return
from domain.people import Role
from domain.view import Task

WAITS = ("return_tracking", "arrival")
CAME_LATE = "came_late"
"""What the complaint hears when goods come after their return had ended without them."""
GONE_BACK = ("sent_back", "given_back")
"""Ends of goods that the customer has again."""
HOLDS = frozenset({Disposition.REPAIR, Disposition.TO_SUPPLIER})
"""Where goods do not stay."""


def to_inspect(case: Return) -> bool:
    """Whether a parcel is here that nobody opened yet."""
    return not case.settled_as and bool(lines.uninspected(case))


def to_send_back(case: Return) -> bool:
    """Whether goods are here that go back to the customer."""
    return case.closed_at is None and case.settled_as in GOES_BACK and case.received


def waits_for_prepaid(case: Return) -> bool:
    """Whether all that was on its way was turned away at the dock, and nothing came instead."""
    missing = [parcel.tracking for parcel in case.parcels if parcel.received_at is None and not parcel.given_up]
    return bool(missing) and all(case.was_turned_away(tracking) for tracking in missing)


def wanted_clocks(case: Return) -> frozenset[str]:
    """The clocks that the situation asks for."""
    called_off = case.settled_as == "call_off"  # goods that are on their way all the same are still waited for
    if case.closed_at is not None or (case.settled_as and not called_off):
        return frozenset()
    asked = {
        "return_tracking": not case.on_the_way and not called_off,
        "arrival": case.on_the_way and (not case.received or lines.waits_for_rest(case)),
        "inspection": to_inspect(case),
    }
    return frozenset(name for name, wanted in asked.items() if wanted)


def pause_causes(case: Return) -> frozenset[PauseCause]:
    """For whom the return waits: the customer who has to send, in time still, or the courier who has the parcel."""
    tracking = case.running("return_tracking")
    holds = {
        PauseCause.CUSTOMER: tracking is not None and tracking.breached_at is None,
        PauseCause.COURIER: case.closed_at is None and case.on_the_way and not case.received,
    }
    return frozenset(cause for cause, waits in holds.items() if waits)


def state_of(case: Return) -> str:
    """The state in the desk's words."""
    if case.closed_at is not None:
        return case.outcome or "closed"
    if to_send_back(case):
        return "to_send_back"
    if to_inspect(case):
        return "to_inspect"
    if lines.waits_for_rest(case):
        return "waiting_for_rest"
    if case.inspections:
        return "inspection_failed"
    return "in_transit" if case.on_the_way else "waiting_for_goods"


def tasks(case: Return) -> tuple[Task, ...]:
    """The open tasks."""
    return tuple(_tasks(case))


def _tasks(case: Return) -> Iterator[Task]:
    tracking, arrival = case.running("return_tracking"), case.running("arrival")
    if tracking is not None:
        late = tracking.breached_at is not None
        if late:
            yield Task("tracking", Role.AGENT, "give_up_return", tracking.due_at, "no tracking number came: call")
        else:
            reason = "the customer has to send the goods and report the number"
            yield Task("tracking", Role.CUSTOMER, "report_shipment", tracking.due_at, reason)
    if arrival is not None:
        late = arrival.breached_at is not None
        yield _prepaid(arrival.due_at, late=late) if waits_for_prepaid(case) else _arrival(arrival.due_at, late=late)
    if to_inspect(case):
        yield Task("inspect", Role.WAREHOUSE, "inspect", case.due("inspection"), _look_for(case))
    if to_send_back(case):
        yield Task("send_back", Role.WAREHOUSE, "send_goods_back", None, "the goods go back to the customer")


def _arrival(due: datetime, *, late: bool) -> Task:
    if late:
        return Task("arrival", Role.LOGISTICS, "extend_wait", due, "the parcel did not arrive: trace it")
    return Task("arrival", Role.WAREHOUSE, "receive_parcel", due, "the parcel is on its way")


def _prepaid(due: datetime, *, late: bool) -> Task:
    """A parcel that was turned away is nobody's to trace: the customer has it again and sends it prepaid."""
    if late:
        return Task("arrival", Role.AGENT, "give_up_return", due, "no prepaid parcel came instead: call")
    reason = "it came freight-collect and was turned away: the customer sends it prepaid, and reports the number"
    return Task("arrival", Role.CUSTOMER, "report_shipment", due, reason)


def _look_for(case: Return) -> str:
    """What the inspector has before the eyes: the fault of each line, in the order of the return."""
    if len(case.lines) == 1:
        fault = case.lines[0].fault
        return f"look for: {fault}" if fault else "whole, and fit to be sold again?"
    each = (f"{line.quantity} x {line.product}" + (f" ({line.fault})" if line.fault else "") for line in case.lines)
    return f"look for: {'; '.join(each)}"


@dataclass(frozen=True)
class Report:
    """What the complaint has to be told: the sums over all lines, and each line."""

    result: str
    announced: int
    accepted: int
    findings: str
    lines: tuple[LineStanding, ...] = ()


def report(case: Return) -> Report | None:
    """The news that the complaint does not have yet, if any."""
    if case.reopened > case.reopened_told:
        return _report(case, CAME_LATE)
    ended = case.outcome in {"not_sent", "lost", *GONE_BACK} or (case.outcome == "called_off" and case.reopened > 0)
    if ended and case.outcome and case.reported != case.outcome:
        return _report(case, case.outcome)
    if not _to_tell_of_inspections(case):
        return None
    found = "; ".join(lines.findings(case))
    return _report(case, "failed" if found else "passed", found)


def _to_tell_of_inspections(case: Return) -> bool:
    """Whether what the inspections come to is news: a new one, or a parcel that opened the matter again is gone."""
    again = case.reported == CAME_LATE and bool(case.inspections) and not lines.uninspected(case)
    return (len(case.inspections) > case.inspection_told or again) and not lines.undecided(case)


def _report(case: Return, result: str, found: str = "") -> Report:
    each = lines.standings(case)
    announced = sum(line.announced for line in each)
    accepted = sum(line.arrived for line in each) if result in {"passed", "failed"} else 0
    return Report(result, announced, accepted, found, each)


def finished(case: Return) -> bool:
    """Whether the story is over: closed, reported, every message told, every trouble settled."""
    if case.closed_at is None or (case.outcome in WITHOUT_GOODS and not case.late_over):
        return False
    return report(case) is None and not on_hold(case) and not case.has_loose_ends


def shops_lines(case: Return) -> tuple[LineStanding, ...]:
    """The lines whose goods the shop keeps: passed, accepted all the same, or kept for a part of the sum."""
    kept = case.outcome in {"passed", "accepted", "kept"} or case.settled_as == "send_back_failed"
    if case.mends or not kept:
        return ()
    return tuple(each for each in lines.standings(case) if each.accepted > 0)


def on_hold(case: Return) -> tuple[Disposed, ...]:
    """Goods that wait somewhere from which they have to come back: a hold always has an exit [O].

    What the customer has again waits nowhere, wherever it lay before; of a return in parts the shop keeps the rest.
    """
    if case.outcome in GONE_BACK and case.settled_as != "send_back_failed":
        return ()
    last = {each.line: each for each in case.disposed}
    return tuple(each for each in last.values() if each.to in HOLDS)
