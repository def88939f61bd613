"""Steps of assigning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from domain.complaint.assigning.state import Colleague
from domain.complaint.roles import AGENTS, DESK_HEADS
from domain.limits import Length, Reason, Says
from domain.people import Role
from domain.steps import Step

Person = Annotated[str, Length(1, 64), Says("The person's id (from /v1/people).", "p_8d2f0c6b1a9e4f37")]


@dataclass(frozen=True, kw_only=True)
class TakeCase(Step):
    """A person makes the case their own: nobody's, or, with the reason, a colleague's [F][T]."""

    roles = (*AGENTS, Role.CENTRE_MANAGER)
    source = "F,T"
    summary = "Take the case: it is yours from now on; a colleague's only with the reason."

    reason: Annotated[str, Length(0, 1000), Says("Why; needed when the case is a colleague's.")] = ""


@dataclass(frozen=True, kw_only=True)
class Reassign(Step):
    """The supervisor names who works on the case [F][D]."""

    roles = DESK_HEADS
    source = "F,D"
    summary = "Put the case into other hands, with the reason."

    person: Person
    reason: Reason
    colleague: Annotated[Colleague | None, Says("hidden")] = None


@dataclass(frozen=True, kw_only=True)
class HandOver(Step):
    """The handler hands the case over, not without cause [T]."""

    roles = AGENTS
    source = "T"
    summary = "Hand your case over to a colleague, with the cause."

    person: Person
    reason: Reason
    colleague: Annotated[Colleague | None, Says("hidden")] = None


@dataclass(frozen=True, kw_only=True)
class StandIn(Step):
    """Somebody acts for the handler for a time, by leave of the supervisor; both names are shown [E]."""

    roles = DESK_HEADS
    source = "E,T"
    summary = "Name who stands in for the handler, until when and why; both names are shown."

    person: Person
    until: Annotated[datetime, Says("Until when; the handler's own again from then on.", "2026-11-30T10:00:00Z")]
    reason: Reason
    colleague: Annotated[Colleague | None, Says("hidden")] = None
