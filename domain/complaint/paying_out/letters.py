"""What the customer hears of money on its way."""

from __future__ import annotations

from domain.casefile import Event
from domain.casework import Draft
from domain.complaint.events import PaymentNewsTaken
from domain.complaint.state import Complaint


def letters_for(case: Complaint, event: Event) -> tuple[Draft, ...]:
    """Of money that came back the customer is told: the account may be wrong."""
    if not isinstance(event, PaymentNewsTaken) or event.result != "reversed":
        return ()
    payment = next(p for p in case.payments if p.case == event.payment_case)
    return (("money_came_back", {"amount": str(payment.amount), "purpose": payment.purpose}),)
