"""Carrying out, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from domain.casefile import Event
from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.fulfilling import estimates, rules
from domain.complaint.fulfilling import events as e
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling import steps as s
from domain.complaint.fulfilling.letters import letters_for
from domain.complaint.fulfilling.state import Fulfilment, Hold, PartState
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint
from domain.people import Role
from domain.plain import plain
from domain.sealed import Sealed
from domain.view import Task


def _follows(case: Complaint, event: Event) -> Complaint:
    """What was agreed begins when its time has come, and what was sent ends with its parcel, whatever brought it."""
    return fulfil.begin(fulfil.follow_parcels(case, event.at), event.at)


def _first(case: Complaint, event: e.ShippingFirstAllowed) -> Complaint:
    return replace(case, shipped_first=(*case.shipped_first, event.proposal))


def _sent(case: Complaint, event: e.PartSent) -> Complaint:
    told = {"carrier": event.carrier, "tracking": event.tracking}
    return _changed(case, event.part, state=PartState.SENT, by=event.by, **told)


def _estimated(case: Complaint, event: e.RepairEstimated) -> Complaint:
    return _changed(case, event.part, estimate=event.estimate)


def _estimate_answered(case: Complaint, event: e.EstimateAnswered) -> Complaint:
    part = fulfil.find(case, event.part)
    if part is None or part.estimate is None:
        return case
    return _changed(case, event.part, estimate=replace(part.estimate, agreed=event.agreed))


def _mended(case: Complaint, event: e.PartMended) -> Complaint:
    return _changed(case, event.part, state=PartState.MENDED, note=event.note)


def _corrected(case: Complaint, event: e.PartCorrected) -> Complaint:
    return _changed(case, event.part, state=PartState.DONE, ended_at=event.at, by=event.by, note=event.words)


def _issued(case: Complaint, event: e.CouponIssued) -> Complaint:
    coupon = {"code": event.code, "code_shown": event.code_shown}
    return _changed(case, event.part, state=PartState.DONE, ended_at=event.at, by=event.by, **coupon)


def _failed(case: Complaint, event: e.PartFailed) -> Complaint:
    return _changed(
        case,
        event.part,
        state=PartState.FAILED,
        ended_at=event.at,
        by=event.by,
        note=event.reason,
        alternatives=event.alternatives,
    )


def _asked(case: Complaint, event: e.CostAsked) -> Complaint:
    return _changed(case, event.part, hold=Hold.ASKED)


def _held(case: Complaint, event: e.CostHeld) -> Complaint:
    return _changed(case, event.part, hold=Hold.HELD)


def _refused(case: Complaint, event: e.CostRefused) -> Complaint:
    return _changed(case, event.part, hold=Hold.REFUSED)


def _settled(case: Complaint, event: e.CostSettled) -> Complaint:
    return _changed(case, event.part, hold=Hold.SPENT if event.spent else Hold.RELEASED)


def _changed(case: Complaint, number: int, **changes: Any) -> Complaint:
    parts = tuple(replace(part, **changes) if part.number == number else part for part in case.fulfilments)
    return replace(case, fulfilments=parts)


def _clocks(case: Complaint) -> Iterator[str]:
    yield from (fulfil.clock_of(part) for part in fulfil.open_parts(case))


def _tasks(case: Complaint) -> Iterator[Task]:
    for part in fulfil.open_parts(case):
        if fulfil.with_the_ledger(case, part):
            continue
        what = f": {part.what}" if part.what else ""
        reason = f"part {part.number} of the agreed remedy, {part.kind.value}{what}"
        due = case.due(fulfil.clock_of(part))
        if part.estimate_waits:
            asked = "answer the estimate of the repair"
            yield Task(f"part-{part.number}", Role.CUSTOMER, s.AnswerEstimate.slug(), due, asked)
            continue
        yield Task(f"part-{part.number}", fulfil.desk_of(part), rules.step_of(part).slug(), due, reason)


def _shown(case: Complaint) -> dict[str, object]:
    told = [_told(case, part) for part in case.fulfilments]
    inside = [_inside(part) for part in case.fulfilments if part.by is not None or part.note]
    first = list(case.shipped_first)
    shown: dict[str, object] = {"fulfilments": told, "fulfilments_inside": inside, "shipped_first": first}
    return {name: value for name, value in shown.items() if value}


def _told(case: Complaint, part: Fulfilment) -> dict[str, object]:
    """A part as the customer may see it."""
    state = PartState.DONE if part.kind is RemedyKind.APOLOGY and fulfil.is_done(case, part) else part.state
    facts: dict[str, object] = {"number": part.number, "proposal": part.proposal, "kind": part.kind, "state": state}
    more = ("what", "begun_at", "ended_at", "carrier", "tracking", "code_shown")
    facts |= {name: getattr(part, name) for name in more}
    if part.estimate is not None:
        asked = ("days", "customer_pays", "words", "agreed")
        facts |= {"estimate": {name: getattr(part.estimate, name) for name in asked}}
    return {name: plain(value) for name, value in facts.items() if value}


def _inside(part: Fulfilment) -> dict[str, object]:
    """What only the desk knows of it: what it cost, who did it, and the desk's own words."""
    facts = {"number": part.number, "worth": part.worth, "by": part.by, "note": part.note}
    facts |= {"alternatives": part.alternatives}
    return {name: plain(value) for name, value in facts.items() if value}


def _sealed(case: Complaint) -> dict[str, Sealed]:
    return {f"coupon_{part.number}": part.code for part in case.fulfilments if part.code is not None}


def _reporting(step: type[Any], fits: rules.Fits, decide: Callable[..., tuple[Event, ...]]) -> StepRule[Any]:
    def until(case: Complaint) -> Any:
        waiting = next((part for part in fulfil.open_parts(case) if fits(part)), None)
        return case.due(fulfil.clock_of(waiting)) if waiting is not None else None

    return StepRule(step, rules.may_report(fits), decide, until)


_RULES: tuple[StepRule[Any], ...] = (
    _reporting(s.ReportPartSent, rules.to_send, rules.sent),
    _reporting(s.ReportRepaired, rules.to_mend, rules.repaired),
    _reporting(s.RecordCorrection, rules.to_correct, rules.corrected),
    _reporting(s.ReportCoupon, rules.to_issue, rules.issued),
    StepRule(s.ReportPartFailed, rules.may_report_failed, rules.failed),
    StepRule(s.EstimateRepair, estimates.may_estimate, estimates.estimate),
    StepRule(s.AnswerEstimate, estimates.may_answer, estimates.answer),
    StepRule(s.ShipFirst, rules.may_ship_first, rules.ship_first),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.ShippingFirstAllowed: _first,
        e.PartSent: _sent,
        e.RepairEstimated: _estimated,
        e.EstimateAnswered: _estimate_answered,
        e.PartMended: _mended,
        e.PartCorrected: _corrected,
        e.CouponIssued: _issued,
        e.PartFailed: _failed,
        e.CostAsked: _asked,
        e.CostHeld: _held,
        e.CostRefused: _refused,
        e.CostSettled: _settled,
    },
    follows=_follows,
    clocks=_clocks,
    tasks=_tasks,
    letters=letters_for,
    shown=_shown,
    sealed=_sealed,
    told_to_customers=frozenset({"fulfilments"}),
)
