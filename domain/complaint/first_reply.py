"""The first word of a person to a customer who wrote on a chat: which promise holds, and what keeps it [D][T]."""

from __future__ import annotations

from domain.casefile import Event, LetterTold
from domain.clock import ClockRule
from domain.complaint import events as e
from domain.complaint.state import Complaint
from domain.people import Role
from domain.timekeeping import rule_of

FIRST_REPLY = "first_reply"

FIRST_WORDS = (e.CustomerGreeted, e.FeedbackGiven, e.RemedyProposed, e.ClaimRefused, e.NoAnswerDeclared, LetterTold)
"""Events by which a person's words reach the customer; so does a call that was answered."""


def row_for(case: Complaint) -> ClockRule | None:
    """The first row of the policy that fits the channel and the shifts that worked at the receipt; None: no promise."""
    for row in case.pinned.policy.first_reply:
        if case.channel.value in row.channels:
            calendar = case.pinned.calendar_of(row.clock.calendar)
            if row.shift is None or row.shift in calendar.on_duty(case.opened_at):
                return row.clock
    return None


def owed(case: Complaint) -> bool:
    """Whether a first word was promised and nobody has said it."""
    return case.replied_at is None and row_for(case) is not None


def clock_rule(case: Complaint, clock: str) -> ClockRule:
    """The row of any clock of a complaint.

    Raises:
        LookupError, AttributeError: the policy has no such row: a bug.
    """
    if clock != FIRST_REPLY:
        return rule_of(case, clock)
    row = row_for(case)
    if row is None:
        raise LookupError("no first reply is promised here")
    return row


def reaches_the_customer(event: Event) -> bool:
    """Whether a person's words reached the customer with this event, or the customer's were heard by a person."""
    if event.by.role in {Role.CUSTOMER, Role.INTEGRATION, Role.DESK}:
        return False
    answered = isinstance(event, e.CustomerCalled) and event.call.reached
    return isinstance(event, FIRST_WORDS) or answered or event.by.on_behalf_of is Role.CUSTOMER
