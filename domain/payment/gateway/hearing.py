"""What a gateway's word makes of a slip, whether it answers, is asked, or tells by itself; late, twice, in any order.

Only an answer that is certain settles anything. What contradicts the slip's own record overwrites nothing: it stands
beside it until finance has cleared it up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.casefile import Event
from domain.payment import events as e
from domain.payment.gateway import events as g
from domain.payment.gateway import questions as ask
from domain.payment.gateway.state import AtGateway, Heard, Mismatch, Standing, Stands
from domain.payment.state import Payment
from domain.people import Actor


def hear(case: Payment, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    """The events that the gateway's word brings; none for what is on record already."""
    if heard.stands is Stands.REVERSED:
        return _reversed(case, heard, by, now)
    if case.closed_at is not None:
        return _after_the_end(case, heard, by, now)
    if not case.gateway.under_way:
        return _never_asked(case, heard, by, now)
    return (g.GatewayHeard(at=now, by=by, heard=heard), *_awaited(case, heard, by, now))


def _awaited(case: Payment, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    """While contradictions are open a person is at it: what fits now does not undo what did not."""
    if heard.stands is Stands.PAID:
        return _paid(case, heard, by, now)
    if heard.stands is not Stands.REFUSED:
        return _to_hand(case, heard, by, now)
    why = heard.reply or "the gateway refused it"
    return () if case.gateway.open_mismatches else (e.SlipEnded(at=now, by=by, outcome="refused", reason=why),)


def _paid(case: Payment, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    code = _differs(case, heard)
    if code:
        return _mismatch(case, code, heard, by, now)
    if case.gateway.open_mismatches:
        return ()
    return (e.SlipPaid(at=now, by=by, reference=heard.reference),)


def _differs(case: Payment, heard: Heard) -> str:
    if not heard.reference:
        return "reference"
    if heard.amount is not None and heard.amount != case.amount:
        return "amount"
    return "account" if heard.account and heard.account != case.account_mark else ""


def _to_hand(case: Payment, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    """Once it is certain that nothing was paid and it is not sent any more."""
    if heard.stands is Stands.NOT_SENT and len(case.gateway.sent) == 1 and case.gateway.inquiries == 0:
        return (g.FellToHand(at=now, by=by, why=heard.reply or "the shop has no payment gateway"),)
    if heard.stands is not Stands.NOT_FOUND or not heard.certain:
        return ()
    after = replace(case, gateway=heard_of(case, heard, now))
    if not ask.certainly_not_there(after) or not ask.sent_to_the_end(case):
        return ()
    times = len(case.gateway.sent)
    return (g.FellToHand(at=now, by=by, why=f"sent {times} times, and the gateway certainly has nothing of it"),)


def heard_of(case: Payment, heard: Heard, at: datetime) -> AtGateway:
    """The slip's side at the gateway after a word that settles nothing.

    While the order may still be on its way nobody there can be certain that it does not come.
    """
    side = case.gateway
    arrived = bool(side.sent) and at - side.sent[-1] >= case.pinned.policy.gateway_in_flight.value
    match heard.stands:
        case Stands.PENDING:
            return replace(side, standing=Standing.SENT, not_found=0, why="")
        case Stands.NOT_FOUND:
            times = side.not_found + 1 if heard.certain and arrived else 0
            return replace(side, standing=Standing.UNKNOWN, not_found=times, why=_why(heard))
        case Stands.UNSURE | Stands.NOT_SENT:
            return replace(side, standing=Standing.UNKNOWN, not_found=0, why=_why(heard))
        case Stands.PAID | Stands.REFUSED | Stands.REVERSED:
            return side


def _why(heard: Heard) -> str:
    return heard.reply or heard.stands.value


def _never_asked(case: Payment, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    """Finance pays it by hand, or nobody does yet: what the gateway paid all the same stands beside that."""
    return _mismatch(case, "paid_not_asked", heard, by, now) if heard.stands is Stands.PAID else ()


def _after_the_end(case: Payment, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    paid_here = case.paid_at is not None
    if heard.stands is Stands.PAID and not paid_here:
        return _mismatch(case, "paid_elsewhere", heard, by, now)
    if heard.stands is Stands.PAID:
        if heard.reference != case.reference:
            return _mismatch(case, "paid_twice", heard, by, now)
        code = _differs(case, heard)
        return _mismatch(case, code, heard, by, now) if code else ()
    if heard.stands is Stands.REFUSED and paid_here:
        return _mismatch(case, "refused_here_paid", heard, by, now)
    return ()


def _reversed(case: Payment, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    if case.outcome == "paid":
        whole = heard.amount is None or heard.amount == case.amount
        if whole and heard.reference:
            return (g.SlipReversed(at=now, by=by, reference=heard.reference, reason=heard.reply or "the gateway"),)
        return _mismatch(case, "amount" if not whole else "reference", heard, by, now)
    if case.outcome == "reversed" and heard.reference == case.gateway.reversed_by:
        return ()
    return _mismatch(case, "not_ours_to_reverse", heard, by, now)


def _mismatch(case: Payment, code: str, heard: Heard, by: Actor, now: datetime) -> tuple[Event, ...]:
    if any((each.code, each.heard) == (code, heard) for each in case.gateway.mismatches):
        return ()
    number = len(case.gateway.mismatches) + 1
    return (g.MismatchFound(at=now, by=by, part=Mismatch(number, code, _ours(case), _theirs(case, heard), heard, now)),)


def _ours(case: Payment) -> str:
    stands = case.outcome or case.gateway.standing.value
    under = f" under {case.reference}" if case.reference else ""
    return f"slip {case.slip_number}, {case.amount} by {case.means}: {stands}{under}"


def _theirs(case: Payment, heard: Heard) -> str:
    moved = f" {heard.amount}" if heard.amount is not None else ""
    under = f" under {heard.reference}" if heard.reference else ", without a reference"
    other = ", to another account" if heard.account and heard.account != case.account_mark else ""
    return f"{heard.stands.value}{moved}{under}{other}"
