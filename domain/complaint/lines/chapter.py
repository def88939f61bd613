"""Claiming, bound together as a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.evolve import take_back_open_proposal, with_proposal
from domain.complaint.lines import events as e
from domain.complaint.lines import questions as claims
from domain.complaint.lines import rules
from domain.complaint.lines import steps as s
from domain.complaint.lines.state import CountState, LineCount
from domain.complaint.state import Complaint
from domain.plain import plain


def _claimed(case: Complaint, event: e.LineClaimed) -> Complaint:
    """An open proposal was for less, and is taken back; an agreed one grows by what was added."""
    grown = replace(case, further=(*case.further, event.claim))
    if not event.proposal:
        return take_back_open_proposal(grown, event)
    agreed, more = case.proposals[event.proposal - 1], event.refund
    if more is None or agreed.refund is None:
        return grown
    cost = agreed.cost + more if agreed.cost is not None else more
    return with_proposal(grown, agreed.number, refund=agreed.refund + more, cost=cost)


def _asked(case: Complaint, event: e.UnitsAsked) -> Complaint:
    asked = (LineCount(event.return_case, event.proposal, c.line, c.quantity, c.quantity) for c in event.lines)
    return replace(case, counts=(*case.counts, *asked))


def _held(case: Complaint, event: e.UnitsHeld) -> Complaint:
    return _answered(case, event.proposal, CountState.HELD)


def _refused(case: Complaint, event: e.UnitsRefused) -> Complaint:
    return _answered(case, event.proposal, CountState.REFUSED)


def _answered(case: Complaint, proposal: int, state: CountState) -> Complaint:
    counts = (
        replace(count, state=state) if count.proposal == proposal and count.state is CountState.ASKED else count
        for count in case.counts
    )
    return replace(case, counts=tuple(counts))


def _counted(case: Complaint, event: e.UnitsCounted) -> Complaint:
    units = {each.line: each.quantity for each in event.lines}
    counts = (
        replace(count, quantity=units[count.line])
        if count.return_case == event.return_case and count.line in units and count.state is CountState.HELD
        else count
        for count in case.counts
    )
    return replace(case, counts=tuple(counts))


def _shown(case: Complaint) -> dict[str, object]:
    if not case.further:
        return {}
    told: list[dict[str, Any]] = []
    for each in claims.claimed(case) or case.further:
        line = case.facts.find(each.line) if case.facts is not None else None
        told.append({**plain(each), "product": line.product if line is not None else None})
    return {"claimed": told}


CHAPTER: Chapter[Complaint] = Chapter(
    rules=(StepRule(s.ClaimMore, rules.may_claim_more, rules.claim_more),),
    changes={
        e.LineClaimed: _claimed,
        e.UnitsAsked: _asked,
        e.UnitsHeld: _held,
        e.UnitsRefused: _refused,
        e.UnitsCounted: _counted,
    },
    shown=_shown,
)
