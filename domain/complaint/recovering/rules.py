"""Rules of recovering (domain.md, "Keeping score": freight and claims against each carrier's statement [S])."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.parties import Party
from domain.complaint.recovering import events as e
from domain.complaint.recovering import questions as recover
from domain.complaint.recovering import refusals as no
from domain.complaint.recovering import steps as s
from domain.complaint.recovering.questions import Item
from domain.complaint.recovering.state import Recovered
from domain.complaint.state import Complaint
from domain.people import Actor, Role
from domain.steps import Step


def may_settle(case: Complaint, actor: Actor, now: datetime) -> None:
    """Open while a party owes something that this person's desk settles."""
    may_write_off(case, actor, now)
    items = recover.open_items(case)
    if not any(_settles(actor, item) for item in items):
        raise no.OtherDeskRecovers(party=items[0].party.value, desk=items[0].desk.value)


def settle(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What was made good, up to what is still owed; the rest stays open."""
    step = cast("s.SettleRecovery", step)
    item = _item(case, step.party)
    if not _settles(step.actor, item):
        raise no.OtherDeskRecovers(party=item.party.value, desk=item.desk.value)
    if step.amount.minor <= 0 or step.amount.currency != item.rest.currency:
        raise no.RecoveryAmountUnfit(field="amount", expected=item.rest.currency)
    if step.amount > item.rest:
        raise no.AboveOwed(field="amount", amount=str(step.amount), open=str(item.rest), party=item.party.value)
    made_good = Recovered(step.party, step.amount, now, step.actor, reference=step.reference)
    return (e.RecoverySettled(at=now, by=step.actor, part=made_good),)


def may_write_off(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a party owes something."""
    if not recover.open_items(case):
        raise no.NothingToRecover


def write_off(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """All that the party still owes is given up; what it owes later, by another judgement, is not."""
    step = cast("s.WriteOffRecovery", step)
    item = _item(case, step.party)
    given_up = Recovered(step.party, item.rest, now, step.actor, written_off_because=step.reason)
    return (e.RecoveryWrittenOff(at=now, by=step.actor, part=given_up),)


def _settles(actor: Actor, item: Item) -> bool:
    return actor.role in {item.desk, Role.SUPERVISOR}


def _item(case: Complaint, party: Party) -> Item:
    items = recover.open_items(case)
    found = next((item for item in items if item.party is party), None)
    if found is None:
        owing = ", ".join(item.party.value for item in items)
        raise no.PartyOwesNothing(field="party", party=party.value, owing=owing)
    return found
