"""The steps of priority, assigning and linking, with their usual content."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from domain.complaint.assigning import steps as asg
from domain.complaint.assigning.state import Colleague
from domain.complaint.priority import steps as prs
from domain.people import Actor, Role
from tests import builders as b

REASON = "for a good reason"


def assess(actor: Actor = b.LIN, **answers: Any) -> prs.Assess:
    return prs.Assess(actor=actor, **answers)


def set_priority(level: int | None, actor: Actor = b.LIN) -> prs.SetPriority:
    return prs.SetPriority(actor=actor, level=level, reason=REASON)


def colleague(actor: Actor, *roles: Role) -> Colleague:
    """The person as the API's edge looks them up."""
    return Colleague(actor.person, actor.name, roles or (actor.role,), "tableware")


def take(actor: Actor = b.LIN, reason: str = "") -> asg.TakeCase:
    return asg.TakeCase(actor=actor, reason=reason)


def reassign(to: Actor, actor: Actor = b.WU) -> asg.Reassign:
    return asg.Reassign(actor=actor, person=to.person, reason=REASON, colleague=colleague(to))


def hand_over(to: Actor, actor: Actor = b.LIN) -> asg.HandOver:
    return asg.HandOver(actor=actor, person=to.person, reason=REASON, colleague=colleague(to))


def stand_in(who: Actor, until: datetime = b.START + timedelta(days=3), actor: Actor = b.WU) -> asg.StandIn:
    return asg.StandIn(actor=actor, person=who.person, until=until, reason=REASON, colleague=colleague(who))
