"""Where a return stands: clocks, state, tasks, and what its complaint has to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.clock import PauseCause
from domain.goods_return.state import WITHOUT_GOODS, Disposition, Inspection, Return, ReturnLine
from domain.people import Role
from domain.view import Task

WAITS = ("return_tracking", "arrival")
CAME_LATE = "came_late"
"""What the complaint hears when goods come after their return had ended without them."""
HOLDS = frozenset({Disposition.REPAIR, Disposition.TO_SUPPLIER})
"""Where goods do not stay."""


def findings(line: ReturnLine, inspection: Inspection) -> tuple[str, ...]:
    """Why an inspection does not pass, in fixed words; empty when it passes [S]."""
    other = wrong_item(inspection)
    table = (
        (other, "wrong item"),
        (not other and inspection.quantity < line.quantity, f"short: {inspection.quantity} of {line.quantity}"),
        (not inspection.intact, "damaged"),
        (not inspection.packaging_whole, "packaging not whole"),
        (bool(line.fault) and not inspection.fault_found, "registered fault not found"),
    )
    return tuple(words for fails, words in table if fails)


def wrong_item(inspection: Inspection) -> bool:
    """Whether nothing of what was announced lay in the box, but something else did."""
    return inspection.quantity == 0 and bool(inspection.others)


def to_inspect(case: Return) -> bool:
    """Whether goods are here that nobody inspected since they came."""
    if case.settled_as or not case.received:
        return False
    last = case.inspection
    return last is None or any(p.received_at is not None and p.received_at > last.at for p in case.parcels)


def to_send_back(case: Return) -> bool:
    """Whether goods are here that go back to the customer."""
    return case.closed_at is None and case.settled_as in {"send_back", "call_off"} and case.received


def wanted_clocks(case: Return) -> frozenset[str]:
    """The clocks that the situation asks for."""
    called_off = case.settled_as == "call_off"  # goods that are on their way all the same are still waited for
    if case.closed_at is not None or (case.settled_as and not called_off):
        return frozenset()
    asked = {
        "return_tracking": not case.on_the_way and not called_off,
        "arrival": case.on_the_way and not case.received,
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
    if case.inspection is not None:
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
        reason = "the parcel did not arrive: trace it" if late else "the parcel is on its way"
        desk = Role.LOGISTICS if late else Role.WAREHOUSE
        yield Task("arrival", desk, "extend_wait" if late else "receive_parcel", arrival.due_at, reason)
    if to_inspect(case):
        reason = f"look for: {case.line.fault}" if case.line.fault else "whole, and fit to be sold again?"
        yield Task("inspect", Role.WAREHOUSE, "inspect", case.due("inspection"), reason)
    if to_send_back(case):
        yield Task("send_back", Role.WAREHOUSE, "send_goods_back", None, "the goods go back to the customer")


@dataclass(frozen=True)
class Report:
    """What the complaint has to be told."""

    result: str
    announced: int
    accepted: int
    findings: str


def report(case: Return) -> Report | None:
    """The news that the complaint does not have yet, if any."""
    announced = case.line.quantity
    if case.reopened > case.reopened_told:
        return Report(CAME_LATE, announced, 0, "")
    ended = case.outcome in {"not_sent", "lost", "sent_back"} or (case.outcome == "called_off" and case.reopened > 0)
    if ended and case.outcome and case.reported != case.outcome:
        return Report(case.outcome, announced, 0, "")
    inspection = case.inspection
    if inspection is None or len(case.inspections) == case.inspection_told:
        return None
    found = findings(case.line, inspection)
    accepted = min(inspection.quantity, announced)
    return Report("failed" if found else "passed", announced, accepted, "; ".join(found))


def finished(case: Return) -> bool:
    """Whether the story is over: closed, reported, every message told, every trouble settled."""
    if case.closed_at is None or (case.outcome in WITHOUT_GOODS and not case.late_over):
        return False
    return report(case) is None and not on_hold(case) and not case.has_loose_ends


def are_the_shops(case: Return) -> bool:
    """Whether goods are here that the shop keeps: passed, accepted all the same, or kept for a part of the sum."""
    inspection = case.inspection
    ours = case.outcome in {"passed", "accepted", "kept"} and not case.mends
    return ours and inspection is not None and inspection.quantity > 0


def on_hold(case: Return) -> bool:
    """Whether the goods wait somewhere from which they have to come back: a hold always has an exit [O]."""
    return bool(case.disposed) and case.disposed[-1].to in HOLDS
