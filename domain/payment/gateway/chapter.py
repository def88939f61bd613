"""The payment gateway, bound together as a chapter of a slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.casefile import Event
from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.instants import minute
from domain.payment.gateway import events as g
from domain.payment.gateway import questions as ask
from domain.payment.gateway import rules
from domain.payment.gateway import steps as s
from domain.payment.gateway.hearing import heard_of
from domain.payment.gateway.state import UNTOUCHED, Standing
from domain.payment.state import Payment
from domain.people import DESK, Role
from domain.plain import plain
from domain.view import Task


def _side(case: Payment, **changes: Any) -> Payment:
    return replace(case, gateway=replace(case.gateway, **changes))


def _sent(case: Payment, event: g.SlipSent) -> Payment:
    sent = (*case.gateway.sent, event.at)
    return _side(case, standing=Standing.SENT, sent=sent, asked=0, asking=False, not_found=0, why="")


def _asked(case: Payment, event: g.GatewayAsked) -> Payment:
    return _side(case, asking=False, inquiries=event.number)


def _due(case: Payment, _event: g.InquiryDue) -> Payment:
    return _side(case, asking=True, asked=case.gateway.asked + 1)


def _heard(case: Payment, event: g.GatewayHeard) -> Payment:
    return replace(case, gateway=heard_of(case, event.heard, event.at))


def _mismatch(case: Payment, event: g.MismatchFound) -> Payment:
    """Of a slip that is not ended nobody knows any more whether it was paid rightly."""
    found = _side(case, mismatches=(*case.gateway.mismatches, event.part))
    return found if case.closed_at is not None else _side(found, standing=Standing.UNKNOWN, why=event.part.code)


def _settled(case: Payment, event: g.MismatchSettled) -> Payment:
    settled = tuple(
        replace(each, settled_at=event.at, settled_by=event.by.person, how=event.how)
        if each.number == event.number
        else each
        for each in case.gateway.mismatches
    )
    return _side(case, mismatches=settled)


def _reversed(case: Payment, event: g.SlipReversed) -> Payment:
    """The ledger and the complaint are to be told anew; how it was paid stays on record."""
    back = replace(case, outcome="reversed", note=event.reason, booked=False)
    return _side(back, reversed_by=event.reference)


def _instants(case: Payment) -> Iterator[tuple[datetime, str]]:
    inquiry, late = ask.next_inquiry(case), ask.listens_until(case)
    if inquiry is not None:
        yield inquiry, "ask the gateway"
    if late is not None:
        yield late, "late payment news"


def _passed(case: Payment, now: datetime) -> tuple[Event, ...]:
    inquiry, late = ask.next_inquiry(case), ask.listens_until(case)
    if inquiry is not None and inquiry <= now:
        return (g.InquiryDue(at=now, by=DESK, due=inquiry),)
    return (g.LateNewsOver(at=now, by=DESK, due=late),) if late is not None and late <= now else ()


def _tasks(case: Payment) -> Iterator[Task]:
    if case.with_finance and case.gateway.under_way:
        stuck = ask.asked_to_the_end(case) or bool(case.gateway.open_mismatches)
        step = "settle_unknown" if stuck else "ask_gateway"
        yield Task("gateway", Role.FINANCE, step, case.due("payment"), _waits(case), needs_a_person=stuck)
    yield from _mismatches(case)


def _waits(case: Payment) -> str:
    since = minute(case.gateway.sent[-1]) if case.gateway.sent else "never sent"
    if case.gateway.standing is Standing.SENT:
        return f"{case.amount} is with the payment gateway since {since}; do not pay it by hand"
    return f"whether the gateway paid {case.amount} is unknown ({case.gateway.why}); do not pay it by hand"


def _mismatches(case: Payment) -> Iterator[Task]:
    step = "settle_unknown" if case.closed_at is None else "settle_mismatch"
    for each in case.gateway.open_mismatches:
        reason = f"{each.code}: the desk has [{each.ours}], the gateway says [{each.theirs}]"
        yield Task(f"mismatch-{each.number}", Role.FINANCE, step, None, reason, needs_a_person=True)


def _late_steps(case: Payment) -> frozenset[str]:
    late = {s.ReportReversed.slug(), s.TakeGatewayNews.slug()} if ask.listens_until(case) is not None else set[str]()
    return frozenset(late | ({s.SettleMismatch.slug()} if case.gateway.open_mismatches else set()))


def _shown(case: Payment) -> dict[str, object]:
    """How often it was asked is not shown: each inquiry would change the view, and say nothing to anybody."""
    side = case.gateway
    means: dict[str, object] = {"agreed": plain(case.agreed)} if case.agreed is not None else {}
    if replace(side, late_news_over=False) == UNTOUCHED:
        return means
    return {
        **means,
        "gateway": {
            "standing": side.standing.value,
            "sent": plain(side.sent),
            "why": side.why,
            "mismatches": plain(side.mismatches),
            "reversed_by": side.reversed_by,
        },
    }


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.AskGateway, rules.may_ask, rules.ask_now, lambda case: case.due("payment")),
    StepRule(s.SettleUnknown, rules.may_settle_unknown, rules.settle_unknown, lambda case: case.due("payment")),
    StepRule(s.SettleMismatch, rules.may_settle_mismatch, rules.settle_mismatch),
    StepRule(s.ReportReversed, rules.may_reverse, rules.reverse, ask.listens_until),
    StepRule(s.TakeGatewayNews, always, rules.take_news),
)

CHAPTER: Chapter[Payment] = Chapter(
    rules=_RULES,
    changes={
        g.SlipSent: _sent,
        g.GatewayAsked: _asked,
        g.GatewayHeard: _heard,
        g.InquiryDue: _due,
        g.InquiryWanted: lambda case, _event: _side(case, asking=True),
        g.FellToHand: lambda case, event: _side(case, standing=Standing.BY_HAND, why=event.why),
        g.MismatchFound: _mismatch,
        g.MismatchSettled: _settled,
        g.SlipReversed: _reversed,
        g.LateNewsOver: lambda case, _event: _side(case, late_news_over=True),
    },
    instants=_instants,
    passed=_passed,
    tasks=_tasks,
    outliving=_mismatches,
    late_steps=_late_steps,
    shown=_shown,
)
