"""What answers a customer who asked: everything by which a person, or news of goods and money, speaks to the customer.

What time brings about by itself (a reminder, a broken promise, progress) answers nobody.
"""

from __future__ import annotations

from domain.casefile import Event, LetterTold
from domain.complaint import events as spine
from domain.complaint.looking_into.events import Explained
from domain.complaint.promises.events import PromiseMade, PromiseRenewed, TimetableSet
from domain.complaint.requests.events import DeskAsked, RequestAnswered
from domain.complaint.requests.state import RequestKind
from domain.complaint.watching.events import ParcelChecked

ANSWERS: tuple[type[Event], ...] = (
    LetterTold,
    spine.FeedbackGiven,
    spine.RemedyProposed,
    spine.ClaimRefused,
    spine.CustomerDissatisfied,
    Explained,
    PromiseMade,
    PromiseRenewed,
    TimetableSet,
)
"""Events by which the customer is spoken to, whatever they say."""


def answers(event: Event) -> bool:
    """Whether the customer hears something by this event that a person said or found."""
    match event:
        case spine.CustomerCalled(call=call):
            return call.reached
        case spine.PaymentNewsTaken(result=result):
            return result == "paid"
        case ParcelChecked(changed=changed):
            return changed
        case DeskAsked(request=request):
            return request.request_kind is RequestKind.TRACE
        case RequestAnswered(answer=answer):
            return answer.traced is not None
        case _:
            return isinstance(event, ANSWERS)
