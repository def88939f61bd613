"""What answers a customer who asked: every message that a person, or news of goods and money, brings about; and words.

What time brings about by itself (a reminder, a broken promise, progress) answers nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.casefile import Event, LetterTold, TimeActed
from domain.complaint.events import CustomerCalled
from domain.complaint.promises.events import PromiseMade
from domain.complaint.promises.questions import unanswered
from domain.complaint.state import Complaint


def with_answers(case: Complaint, event: Event, writes: Callable[[Complaint, Event], object]) -> Complaint:
    """The case with all that was asked answered, if this event speaks to the customer.

    writes: the messages that an event causes, by the case after it.
    """
    if unanswered(case) is None or isinstance(event, TimeActed) or not (_speaks(event) or writes(case, event)):
        return case
    contacts = (each if each.answered_at is not None else replace(each, answered_at=event.at) for each in case.contacts)
    return replace(case, contacts=tuple(contacts))


def _speaks(event: Event) -> bool:
    """Whether somebody spoke with the customer, without a message going out."""
    reached = isinstance(event, CustomerCalled) and event.call.reached
    return reached or isinstance(event, LetterTold | PromiseMade)
