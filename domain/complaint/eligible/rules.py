"""The door that every return passes on the server: an agent's remedy, a line added later, a return opened directly."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint import situation as at
from domain.complaint.eligible import events as e
from domain.complaint.eligible import refusals as no
from domain.complaint.eligible import steps as s
from domain.complaint.eligible.rule import Answer, Eligibility, eligibility
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.heard import heard_where
from domain.complaint.looking_into import questions as ask
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint
from domain.instants import minute
from domain.money import Money
from domain.people import Actor
from domain.steps import Step

RETURNS = frozenset({RemedyKind.RETURN_AND_REFUND, RemedyKind.EXCHANGE})
"""Remedies for which goods come back for good."""


def check(case: Complaint, kind: RemedyKind, refund: Money | None = None, override: str = "") -> Eligibility | None:
    """What the rule says of this remedy; None where it says nothing. A promise made outside binds all the same [S].

    Raises:
        NotEligible: no, and nobody states why an exception is asked for.
    """
    ruled = eligibility(case) if kind in RETURNS else None
    if ruled is None or ruled.answer is not Answer.NO or override or ask.promise_for(case, kind, refund) is not None:
        return ruled
    until = minute(ruled.until) if ruled.until is not None else "—"
    raise no.NotEligible(field="kind", why=ruled.words(0), why_zh=ruled.words(1), until=until, rule=ruled.rule)


def may_describe(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open until the goods are agreed to come back."""
    if at.carried_out(case):
        raise no.NothingToDescribe(why="the outcome stands")
    agreed = case.accepted
    if agreed is not None and agreed.kind in RETURNS and not at.to_propose(case):
        raise no.NothingToDescribe(why="the goods are agreed to come back")


def describe(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """In the customer's word."""
    step = cast("s.DescribeGoods", step)
    told = GoodsCondition(step.intact, step.packaging_whole, step.fit_to_sell)
    heard = heard_where(step.actor, step.heard_on)
    return (e.GoodsDescribed(at=now, by=step.actor, described=told, heard_on=heard),)
