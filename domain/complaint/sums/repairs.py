"""What the customer bears of a repair: a slip for money in, once they agreed to the estimate ("Money" [T][O]).

It is a surcharge and no repayment: nothing that was paid to the customer before comes back by it.
"""

from __future__ import annotations

from datetime import datetime

from domain.casefile import Event, TroubleArose
from domain.complaint.fulfilling.state import Fulfilment
from domain.complaint.parties import Party
from domain.complaint.state import Complaint
from domain.complaint.sums import events as e
from domain.complaint.sums import questions as sums
from domain.complaint.sums.rules import incoming
from domain.money import Money
from domain.payment.purposes import Purpose
from domain.people import DESK, Role


def agreed(case: Complaint, part: Fulfilment, now: datetime) -> tuple[Event, ...]:
    """The slip for what an agreed estimate puts on the customer, beyond what was asked for this repair before.

    Whoever estimated asks for it; the mending does not wait for the money.
    """
    estimate = part.estimate
    pays = estimate.customer_pays if estimate is not None else None
    rest = (pays.minor if pays is not None else 0) - sums.asked_on_top(case, part.proposal)
    if estimate is None or pays is None or rest <= 0:
        return too_much(case, part, pays, now)
    slip = incoming(
        case,
        Purpose.SURCHARGE,
        Party.CUSTOMER,
        Money(rest, pays.currency),
        reason=f"repair, part {part.number}: {estimate.words}",
        by=estimate.by,
        at=now,
        proposal=part.proposal,
    )
    return (e.IncomingAsked(at=now, by=DESK, part=slip),)


def too_much(case: Complaint, part: Fulfilment, pays: Money | None, now: datetime) -> tuple[Event, ...]:
    """What an agent has to settle when the customer was asked for more than the repair costs them now [O]."""
    asked, owes = sums.asked_on_top(case, part.proposal), pays.minor if pays is not None else 0
    if asked <= owes:
        return ()
    more = Money(asked - owes, case.pinned.policy.currency if pays is None else pays.currency)
    sentence = (
        f"the customer was asked for {more} too much for the repair, part {part.number}: take it off, or repay it"
    )
    return (TroubleArose(at=now, by=DESK, code="repair_asked_too_much", sentence=sentence, desk=Role.AGENT),)
