"""What a port's failure says: which kind it was, whether anybody tried, whether asking again would help."""

from __future__ import annotations

from temporalio.exceptions import ActivityError, ApplicationError, TimeoutType
from temporalio.exceptions import TimeoutError as PortTimeoutError

from workflows.ports import WORDS_DO_NOT_OPEN

WAYS_OUT = {
    "mail_unavailable": "the mail server does not take mail now",
    "gateway_unavailable": "the shop's message gateway does not take messages now",
    WORDS_DO_NOT_OPEN: "the customer's words do not open under this master key: give the desk the key that sealed them",
}
"""What stands beside a failure that is known by its type."""


def code_of(error: ActivityError) -> str:
    """What kind of failure it was: the error's type, or that there was no answer in time."""
    cause = error.cause
    return cause.type or "failed" if isinstance(cause, ApplicationError) else "unreachable"


def nobody_tried(error: ActivityError) -> bool:
    """Whether the time ran out without a single try: the worker was away, which is no trouble of the case."""
    cause = error.cause
    return isinstance(cause, PortTimeoutError) and cause.type is TimeoutType.SCHEDULE_TO_CLOSE and cause.cause is None


def is_definite(error: ActivityError) -> bool:
    """Whether asking again would bring the same answer."""
    return isinstance(error.cause, ApplicationError) and error.cause.non_retryable
