"""Rules of the sums beside the remedy (domain.md, "Money" [T], "Returns and exchanges" [S])."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event, TroubleArose
from domain.complaint.claiming import questions as claims
from domain.complaint.freight import CAME_TO_NOTHING
from domain.complaint.offering.questions import currency
from domain.complaint.parties import Party
from domain.complaint.recovering import questions as recover
from domain.complaint.refusals import PartUnknown
from domain.complaint.state import Complaint
from domain.complaint.sums import events as e
from domain.complaint.sums import questions as sums
from domain.complaint.sums import refusals as no
from domain.complaint.sums import steps as s
from domain.complaint.sums.state import Incoming, PaidBy, PlatformPayment, PriceDifference
from domain.money import Money
from domain.payment.purposes import Purpose
from domain.people import Actor, Role
from domain.steps import Step

CUSTOMERS_DESKS = (Role.AGENT, Role.SUPERVISOR)


def repayable(case: Complaint, payer: Party) -> Money:
    """The most that a party may be asked for now: the customer for what was paid to them, others for what they owe."""
    unit = currency(case)
    if payer is Party.CUSTOMER:
        return sums.with_the_customer(case, unit)
    open_items = {item.party: item.rest for item in recover.open_items(case)}
    owed = open_items.get(payer, Money(0, unit))
    granted = claims.granted_open(case) if payer is Party.COURIER else 0
    return Money(max(owed.minor, granted), unit)


def may_ask_repayment(case: Complaint, actor: Actor, _now: datetime) -> None:
    """Open while somebody whom this person's desk asks has something to pay back."""
    owing = [party for party in Party if repayable(case, party).minor > 0]
    if not owing:
        raise no.NothingToRepay
    if not any(_asks(actor, party) for party in owing):
        raise no.OtherDeskAsks(payer=owing[0].value, desk=_desk(owing[0]).value)


def ask_repayment(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """A slip for what comes in; it bounds itself by what the party has or owes, slips under way counted."""
    step = cast("s.AskRepayment", step)
    _check_sum(case, step.amount)
    most = repayable(case, step.payer)
    if step.amount > most:
        raise no.AboveRepayable(field="amount", amount=str(step.amount), most=str(most), payer=step.payer.value)
    if not _asks(step.actor, step.payer):
        raise no.OtherDeskAsks(field="payer", payer=step.payer.value, desk=_desk(step.payer).value)
    part = incoming(case, Purpose.REPAYMENT, step.payer, step.amount, reason=step.reason, by=step.actor, at=now)
    return (e.IncomingAsked(at=now, by=step.actor, part=part),)


def may_name_difference(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open for an agreed exchange whose goods have not left, once."""
    if not sums.exchange_agreed(case):
        raise no.NoExchangeWaits
    named = sums.difference(case)
    if named is not None and sums.difference_stands(case):
        raise no.DifferenceStands(amount=str(named.amount))


def name_difference(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Who pays how much; what the customer pays gets its slip at once, what the shop pays when the exchange is due."""
    step = cast("s.NameDifference", step)
    _check_sum(case, step.amount)
    number = sums.exchange_agreed(case)
    part = PriceDifference(number, step.paid_by, step.amount, step.reason, step.actor, now)
    named = e.DifferenceNamed(at=now, by=step.actor, part=part)
    if step.paid_by is PaidBy.SHOP:
        return (named,)
    slip = incoming(
        case, Purpose.SURCHARGE, Party.CUSTOMER, step.amount, reason=step.reason, by=step.actor, at=now, proposal=number
    )
    return (named, e.IncomingAsked(at=now, by=step.actor, part=slip))


def may_record_platform(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once it is known on which order line it counts."""
    if case.order_line is None:
        raise no.NoLineToCount


def record_platform(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The money is gone, whatever the ceiling says: it is counted, and what is too much is for a person [S][O]."""
    step = cast("s.RecordPlatformPayment", step)
    _check_sum(case, step.amount)
    if any(payment.reference == step.reference for payment in case.platform_payments):
        raise no.PlatformPaymentKnown(field="reference", reference=step.reference)
    if step.paid_at > now:
        raise no.PaidInFuture(field="paid_at", given=step.paid_at.isoformat())
    return (platform_paid(case, step.amount, step.reference, step.paid_at, by=step.actor, at=now),)


def platform_paid(
    case: Complaint, amount: Money, reference: str, paid_at: datetime, *, by: Actor, at: datetime
) -> Event:
    """The one door by which a payment of the platform comes in, whoever tells of it."""
    part = PlatformPayment(len(case.platform_payments) + 1, amount, reference, paid_at, by)
    return e.PlatformPaid(at=at, by=by, part=part)


def take_amount(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What a slip tells of its amount; news of a slip that is not this complaint's is set aside."""
    step = cast("s.TakeSlipAmount", step)
    if step.slip not in {slip.case for slip in (*case.payments, *case.incoming)}:
        raise PartUnknown(part=step.slip)
    return (e.SlipAmountChanged(at=now, by=step.actor, slip=step.slip, amount=step.amount),)


def came_to_nothing(slip: Incoming, result: str, now: datetime, by: Actor) -> tuple[Event, ...]:
    """What somebody has to look at when money did not come in: nobody forgets it in silence [O]."""
    if result not in CAME_TO_NOTHING:
        return ()
    what = f"slip {slip.case}, {slip.amount} from the {slip.payer.value}"
    sentence = f"{what}, came to nothing ({result}): ask anew, or let it be"
    return (TroubleArose(at=now, by=by, code="money_did_not_come", sentence=sentence, desk=_desk(slip.payer)),)


def incoming(
    case: Complaint,
    purpose: Purpose,
    payer: Party,
    amount: Money,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    proposal: int = 0,
) -> Incoming:
    """A slip for money that comes in, under the number after the case's last one."""
    name = f"{case.case}-P{sums.slips_asked(case) + 1}"
    return Incoming(name, purpose.value, payer, amount, reason, by, at, proposal)


def _check_sum(case: Complaint, amount: Money) -> None:
    expected = currency(case)
    if amount.minor <= 0 or amount.currency != expected:
        raise no.SumUnfit(field="amount", expected=expected)


def _asks(actor: Actor, payer: Party) -> bool:
    return actor.role in {Role.SUPERVISOR, _desk(payer)}


def _desk(payer: Party) -> Role:
    return recover.DESKS.get(payer, Role.AGENT)
