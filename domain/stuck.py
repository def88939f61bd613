"""A case whose workflow cannot go on: Temporal tries its task again and again, and each time it fails.

The case is whole and loses nothing: everything that was accepted is in its history, and whatever comes meanwhile waits
there too. But it answers nobody, so that it cannot say itself that it needs a person. What is known of it from outside
is said here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people import Role
from domain.view import Kind, Task

STUCK = "stuck"
"""Key of the task that such a case shows; a case has one at most, and none of its own is called so."""


class StuckBecause(StrEnum):
    """Why a case cannot go on."""

    FAULT = "fault_in_the_code"
    OTHER_PAST = "history_not_followed"
    UNREADABLE = "payload_unreadable"
    NO_ANSWER = "task_never_answered"


_SAID = {
    StuckBecause.FAULT: "a fault in the code stops it",
    StuckBecause.OTHER_PAST: "the code does not follow its history any more",
    StuckBecause.UNREADABLE: "something that was sent to it cannot be decoded",
    StuckBecause.NO_ANSWER: "its task is never answered: it takes too long, or ends the worker",
}
_WAY_OUT = {
    StuckBecause.FAULT: "mend the code and start the worker anew; the case goes on where it stood",
    StuckBecause.OTHER_PAST: "go back to the release before, or guard the change (`redress replay` names it)",
    StuckBecause.UNREADABLE: "start the worker of the release that wrote it, or mend what reads it",
    StuckBecause.NO_ANSWER: "look into the worker's log, mend the cause and start the worker anew",
}


@dataclass(frozen=True)
class StuckCase:
    """What is known from outside of a case that cannot go on.

    `since` is the instant of its first failed task since the last good one (UTC), `fault` the exception's type and
    `place` where it was raised, as `file:line function`; both may be empty. None of it names a person.
    """

    case: str
    shop: str
    kind: Kind | None
    since: datetime
    because: StuckBecause
    fault: str = ""
    place: str = ""

    @property
    def sentence(self) -> str:
        """Why it cannot go on, with the fault and its place."""
        where = ", ".join(part for part in (self.fault, self.place) if part)
        return f"the case cannot go on: {_SAID[self.because]}" + (f" ({where})" if where else "")

    @property
    def way_out(self) -> str:
        """What makes it go on."""
        return _WAY_OUT[self.because]

    def task(self) -> Task:
        """The task that it shows in lists: due since it stands still, on the supervisor's desk."""
        reason = f"{self.sentence}; {self.way_out}"
        return Task(STUCK, Role.SUPERVISOR, "", self.since, reason, needs_a_person=True)
