"""Where the sums beside the remedy stand: pure questions about a complaint."""

from __future__ import annotations

from domain.complaint.freight import CAME_TO_NOTHING
from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint
from domain.complaint.sums.state import Incoming, PaidBy, PlatformPayment, PriceDifference
from domain.money import Money
from domain.payment.purposes import Purpose


def slips_asked(case: Complaint) -> int:
    """How many slips the complaint has asked for, out and in: the next one has the number after it."""
    return len(case.payments) + len(case.incoming)


def to_start(case: Complaint) -> tuple[Incoming, ...]:
    """The slips for money in that were asked for and not started yet."""
    return tuple(slip for slip in case.incoming if not slip.started)


def under_way(case: Complaint) -> tuple[Incoming, ...]:
    """The slips for money in that have not come to their end."""
    return tuple(slip for slip in case.incoming if slip.result is None)


def from_party(case: Complaint, party: Party) -> int:
    """What a party has paid back by slips, in minor units."""
    return sum(s.amount.minor for s in _repayments(case, party) if s.result == "paid")


def asked_from(case: Complaint, party: Party) -> int:
    """What a party is asked for by slips under way, in minor units."""
    return sum(s.amount.minor for s in _repayments(case, party) if s.result is None)


def _repayments(case: Complaint, party: Party) -> tuple[Incoming, ...]:
    return tuple(s for s in case.incoming if s.purpose == Purpose.REPAYMENT and s.payer is party)


def with_the_customer(case: Complaint, currency: str) -> Money:
    """What this case paid to the customer, the platform's own payments included, less what was or is asked back."""
    paid = sum(slip.amount.minor for slip in case.payments if slip.result == "paid")
    back = from_party(case, Party.CUSTOMER) + asked_from(case, Party.CUSTOMER)
    return Money(max(paid + by_platform(case) - back, 0), currency)


def by_platform(case: Complaint) -> int:
    """What the platform paid by itself, in minor units."""
    return sum(payment.amount.minor for payment in case.platform_payments)


def to_tell_the_ledger(case: Complaint) -> tuple[PlatformPayment, ...]:
    """The platform's payments that the ledger does not know yet, once it is known on which line they count."""
    return tuple(p for p in case.platform_payments if not p.told) if case.order_line is not None else ()


def exchange_agreed(case: Complaint) -> int:
    """The number of the agreed exchange whose goods have not left yet; 0 without one."""
    agreed = case.accepted
    if agreed is None or agreed.kind is not RemedyKind.EXCHANGE:
        return 0
    parts = (p for p in case.fulfilments if p.proposal == agreed.number and p.kind is RemedyKind.EXCHANGE)
    return 0 if any(part.went_out for part in parts) else agreed.number


def difference(case: Complaint) -> PriceDifference | None:
    """The price difference of the agreed exchange, if one was named; the last one counts."""
    agreed = case.accepted
    found = (d for d in reversed(case.differences) if agreed is not None and d.proposal == agreed.number)
    return next(found, None)


def due_to_customer(case: Complaint) -> Money | None:
    """The price difference that a slip pays to the customer."""
    named = difference(case)
    return named.amount if named is not None and named.paid_by is PaidBy.SHOP else None


def difference_open(case: Complaint) -> str:
    """Why the exchange waits for its price difference; empty when it does not [S]."""
    named = difference(case)
    if named is None:
        return ""
    purpose = Purpose.PRICE_DIFFERENCE if named.paid_by is PaidBy.SHOP else Purpose.SURCHARGE
    slips = (*case.payments, *case.incoming)
    mine = [s for s in slips if s.proposal == named.proposal and s.purpose == purpose]
    if any(slip.result == "paid" for slip in mine):
        return ""
    return f"{named.amount}, slip {mine[-1].case}" if mine else str(named.amount)


def asked_on_top(case: Complaint, proposal: int) -> int:
    """What the customer was asked to pay on top for a proposal, by slips that did not come to nothing; minor units."""
    mine = (s for s in case.incoming if s.purpose == Purpose.SURCHARGE and s.proposal == proposal)
    return sum(slip.amount.minor for slip in mine if slip.result not in CAME_TO_NOTHING)


def difference_stands(case: Complaint) -> bool:
    """Whether the difference is paid or on its way, so that no other one is named."""
    named = difference(case)
    if named is None:
        return False
    if named.paid_by is PaidBy.SHOP:
        return True  # a slip that came to nothing is asked for again, as every other
    mine = [s for s in case.incoming if s.purpose == Purpose.SURCHARGE and s.proposal == named.proposal]
    return not mine or mine[-1].result not in CAME_TO_NOTHING
