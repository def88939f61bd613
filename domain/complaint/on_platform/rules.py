"""Rules of what runs on the platform (domain.md, "The platform's clocks" [S])."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from domain.calendar import as_utc
from domain.casefile import Event, TroubleArose
from domain.complaint.offering.questions import currency
from domain.complaint.on_platform import events as e
from domain.complaint.on_platform import questions as ask
from domain.complaint.on_platform import refusals as no
from domain.complaint.on_platform import steps as s
from domain.complaint.on_platform.state import (
    AnswerGiven,
    Fact,
    Matter,
    MatterKind,
    PlatformVerdict,
    Reminder,
    Said,
    SettledHow,
    SettledItem,
)
from domain.complaint.state import Complaint
from domain.complaint.sums.rules import platform_paid
from domain.people import Actor, Role
from domain.steps import Step

MOST_MATTERS = 20
MOST_FACTS = 50
"""Of one matter; a platform that tells more has gone wrong."""

VERDICTS = {
    MatterKind.REFUND_REQUEST: (PlatformVerdict.AGREED, PlatformVerdict.REFUSED),
    MatterKind.DISPUTE: (PlatformVerdict.ANSWERED,),
}


def record_news(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What a person saw; the same thing again is refused, so that nobody thinks it counted twice."""
    step = cast("s.RecordPlatformNews", step)
    if as_utc(step.when) > now:
        raise no.PlatformNewsInFuture(field="when", given=step.when.isoformat())
    name = f"by_hand/{step.said.value}/{step.payment or as_utc(step.when).isoformat()}"
    return _told(case, step, name, now)


def take_news(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What the platform tells by itself, in any order; its own clock may be ahead of ours."""
    step = cast("s.TakePlatformNews", step)
    return _told(case, step, step.news, now)


def may_answer(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a request or dispute waits."""
    if not ask.waiting(case):
        raise no.NothingOnPlatform


def answer(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Agreed or refused, or a dispute answered with what the case has as evidence [S]."""
    step = cast("s.AnswerPlatform", step)
    matter = _waiting(case, step.reference)
    if step.verdict not in VERDICTS[matter.kind]:
        allowed = ", ".join(verdict.value for verdict in VERDICTS[matter.kind])
        raise no.VerdictUnfit(field="verdict", matter=matter.kind.value, lacks=allowed)
    if step.verdict is PlatformVerdict.ANSWERED and not step.evidence:
        raise no.VerdictUnfit(field="evidence", matter=matter.kind.value, lacks="evidence")
    ours = {photo.photo for photo in case.photos} | {str(record.number) for record in case.records}
    for given in step.evidence:
        if given not in ours:
            raise no.EvidenceNotOurs(field="evidence", given=given)
    if step.verdict is PlatformVerdict.AGREED:
        _check_agreeing(case, matter, step.actor)
    given = AnswerGiven(step.verdict, step.words, step.evidence, now, step.actor)
    return (e.PlatformAnswered(at=now, by=step.actor, number=matter.number, reference=matter.reference, answer=given),)


def remind(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """A reminder on record, with person and time [S]."""
    step = cast("s.RemindOfPlatform", step)
    matter = _waiting(case, step.reference)
    reminder = Reminder(now, step.actor, case.handler or "", step.note)
    return (
        e.PlatformReminded(at=now, by=step.actor, number=matter.number, reference=matter.reference, reminder=reminder),
    )


def may_settle(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while something is out."""
    if not ask.open_items(case):
        raise no.NothingOutstanding


def settle(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """All that is left of the item came back, or is borne [S][O]."""
    step = cast("s.SettleOutstanding", step)
    items = ask.open_items(case)
    item = next((each for each in items if each.key == step.item), None)
    if item is None:
        raise no.ItemUnknown(field="item", item=step.item, open=", ".join(each.key for each in items))
    if step.how is SettledHow.BORNE and step.actor.role is not Role.SUPERVISOR:
        raise no.BearingIsSupervisors(field="how")
    settled = SettledItem(item.key, item.rest, step.how, step.reason, now, step.actor)
    return (e.OutstandingSettled(at=now, by=step.actor, settled=settled),)


def _told(
    case: Complaint, step: s.RecordPlatformNews | s.TakePlatformNews, name: str, now: datetime
) -> tuple[Event, ...]:
    lacks = "; ".join(lacking(step))
    if lacks:
        raise no.PlatformNewsUnfit(said=step.said.value, lacks=lacks)
    matter = ask.find(case, step.reference, step.kind)
    facts = matter.facts if matter is not None else ()
    if any(fact.news == name for fact in facts):
        raise no.PlatformNewsKnown(reference=step.reference)
    if len(facts) >= MOST_FACTS or (matter is None and len(case.platform_matters) >= MOST_MATTERS):
        raise no.PlatformFull
    due = as_utc(step.due_at) if step.due_at is not None else None
    fact = Fact(
        news=name,
        said=step.said,
        at=as_utc(step.when),
        heard_at=now,
        by=step.actor,
        due_at=due,
        amount=step.amount,
        payment=step.payment,
        favour=step.favour,
    )
    told = e.PlatformTold(at=now, by=step.actor, matter=step.kind, reference=step.reference, fact=fact)
    return (told, *_money(case, fact, now))


def lacking(step: s.RecordPlatformNews | s.TakePlatformNews) -> Iterator[str]:
    """What the news would need to say, or may not."""
    request = step.kind is MatterKind.REFUND_REQUEST
    needs_sum = step.said is Said.PAID or (request and step.said in {Said.OPENED, Said.APPROVED})
    if needs_sum and step.amount is None:
        yield "amount"
    if step.amount is not None and step.amount.minor <= 0:
        yield "amount above zero"
    if step.said is Said.PAID and not step.payment:
        yield "payment"
    if step.said is Said.EXTENDED and step.due_at is None:
        yield "due_at"
    if step.due_at is not None and step.due_at <= step.when:
        yield "due_at after its own instant"
    if step.said is Said.DECIDED and step.favour is None:
        yield "favour"


def _money(case: Complaint, fact: Fact, now: datetime) -> tuple[Event, ...]:
    """What was paid is counted once, by its number; what cannot be counted needs a person."""
    if fact.said is not Said.PAID or fact.amount is None:
        return ()
    known = next((paid for paid in case.platform_payments if paid.reference == fact.payment), None)
    what = f"the platform's payment {fact.payment} of {fact.amount}"
    if known is not None:
        differs = known.amount != fact.amount
        sentence = f"{what} is on record with {known.amount}"
        return (_trouble("platform_payment_differs", sentence, now, fact.by),) if differs else ()
    if fact.amount.currency != currency(case):
        sentence = f"{what} is not counted: the case is in {currency(case)}"
        return (_trouble("platform_payment_not_counted", sentence, now, fact.by),)
    paid = platform_paid(case, fact.amount, fact.payment, fact.at, by=fact.by, at=now)
    if case.order_line is None:
        sentence = f"{what} counts once the order line is verified"
        return (paid, _trouble("platform_payment_waits", sentence, now, fact.by))
    return (paid,)


def _trouble(code: str, sentence: str, now: datetime, by: Actor) -> Event:
    return TroubleArose(at=now, by=by, code=code, sentence=sentence)


def _check_agreeing(case: Complaint, matter: Matter, actor: Actor) -> None:
    """An agent agrees to what an agent may offer; the rest is the supervisor's word [O]."""
    most, amount = case.pinned.policy.agent_offers_up_to.value, matter.amount
    if actor.role is Role.AGENT and (amount is None or amount.currency != most.currency or amount > most):
        raise no.AgreeingIsSupervisors(field="verdict", amount=str(amount or "—"), most=str(most))


def _waiting(case: Complaint, reference: str) -> Matter:
    matter = ask.find(case, reference)
    if matter is None or not matter.waits:
        waiting = ", ".join(each.reference for each in ask.waiting(case))
        raise no.MatterUnknown(field="reference", reference=reference, waiting=waiting)
    return matter
