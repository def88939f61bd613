"""The steps of priority, assigning and linking, with their usual content."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from domain.complaint.assigning import steps as asg
from domain.complaint.assigning.state import Colleague
from domain.complaint.linking import steps as lks
from domain.complaint.linking.state import OtherCase
from domain.complaint.priority import steps as prs
from domain.complaint.priority.questions import priority_of
from domain.complaint.state import Complaint
from domain.people import Actor, Role
from tests import builders as b
from tests.domain.desk import Desk, desk, exchange

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


def seen(case: Complaint, /, **changes: Any) -> OtherCase:
    """Another case as the API's edge finds it in the register."""
    known: dict[str, Any] = {
        "case": case.case,
        "received_at": case.opened_at,
        "customer": case.customer.subject,
        "order_index": case.order_index,
        "line": case.line,
        "state": case.outcome or "open",
        "closed": case.closed_at is not None,
        "priority": priority_of(case).level,
        "due_at": case.due("first_feedback"),
    }
    return OtherCase(**(known | changes))


def link(other: Complaint, /, actor: Actor = b.LIN, **changes: Any) -> lks.LinkCase:
    return lks.LinkCase(actor=actor, other_case=other.case, reason=REASON, other=seen(other, **changes))


def merge(into: Complaint, /, actor: Actor = b.LIN, **changes: Any) -> lks.MergeInto:
    return lks.MergeInto(actor=actor, other_case=into.case, reason=REASON, other=seen(into, **changes))


def unmerge(actor: Actor = b.MEI) -> lks.Unmerge:
    return lks.Unmerge(actor=actor, reason=REASON)


def earlier(**changes: Any) -> Desk:
    """The case that came in an hour before."""
    made = desk(case="AS-2026-000000", received_at=b.START - b.HOUR, **changes)
    made.now = b.START
    return made


def merged(into: Desk, late: Desk) -> None:
    """The later case goes on within the other, which has taken it in."""
    late.take(merge(into.complaint))
    exchange(into, late)
