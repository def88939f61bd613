"""The shortest way to each refusal of priority, assigning and linking, for test_refusals.py."""

from __future__ import annotations

from datetime import timedelta

from domain.complaint.assigning import refusals as no_hands
from domain.complaint.assigning import steps as asg
from domain.complaint.linking import refusals as no_link
from domain.complaint.linking import steps as lks
from domain.complaint.linking.rules import MOST_LINKS
from domain.complaint.priority import refusals as no_level
from domain.complaint.problems import Extent, Urgency
from domain.complaint.sorting import steps as ss
from tests import builders as b
from tests.domain.asking import ask
from tests.domain.desk import Desk, desk
from tests.domain.intake_moves import (
    assess,
    hand_over,
    link,
    merge,
    reassign,
    set_priority,
    stand_in,
    take,
    unmerge,
)
from tests.domain.provoked import provokes
from tests.domain.provoked_by_promises import promise


@provokes(no_level.NothingAssessed)
def _() -> object:
    return desk().take(assess())


@provokes(no_level.AnswerChanged)
def _() -> object:
    d = desk()
    d.take(assess(extent=Extent.ONE))
    return d.take(assess(extent=Extent.SYSTEMIC))


@provokes(no_level.HealthGoesFirst)
def _() -> object:
    d = desk()
    d.take(assess(urgency=Urgency.HEALTH_AT_RISK))
    return d.take(set_priority(3, b.WU))


@provokes(no_level.FirstIsForHealth)
def _() -> object:
    return desk().take(set_priority(1))


@provokes(no_level.SamePriority)
def _() -> object:
    return desk().take(set_priority(None))


# -- assigning -------------------------------------------------------------------------------------------------


def lins() -> Desk:
    """A case that Lin has."""
    d = desk()
    d.take(take())
    return d


@provokes(no_hands.ColleagueUnknown)
def _() -> object:
    return desk().take(asg.Reassign(actor=b.WU, person="p-nobody", reason="for a good reason"))


@provokes(no_hands.CannotHandle)
def _() -> object:
    return desk().take(reassign(b.ZHAO))


@provokes(no_hands.TheirsAlready)
def _() -> object:
    return lins().take(reassign(b.LIN))


@provokes(no_hands.NotYourCase)
def _() -> object:
    return lins().take(hand_over(b.LIN, b.MEI))


@provokes(no_hands.CauseNeeded)
def _() -> object:
    return lins().take(take(b.MEI))


@provokes(no_hands.NobodysCase)
def _() -> object:
    return desk().take(stand_in(b.MEI))


@provokes(no_hands.StandInTime)
def _() -> object:
    return lins().take(stand_in(b.MEI, b.START - timedelta(minutes=1)))


@provokes(no_hands.ConcernedNotInCharge)
def _() -> object:
    d = desk()
    d.take(ss.NameConcerned(actor=b.WU, person=b.MEI.person))
    return d.take(reassign(b.MEI))


# -- linking ---------------------------------------------------------------------------------------------------

EARLIER = b.complaint(case="AS-2026-000000", received_at=b.START - timedelta(hours=1))


@provokes(no_link.OtherCaseUnknown)
def _() -> object:
    return desk().take(lks.LinkCase(actor=b.LIN, other_case="AS-2026-999999", reason="for a good reason"))


@provokes(no_link.ItsOwnCase)
def _() -> object:
    d = desk()
    return d.take(link(d.complaint))


@provokes(no_link.LinkedAlready)
def _() -> object:
    d = desk()
    d.take(link(EARLIER))
    return d.take(link(EARLIER))


@provokes(no_link.TooManyLinks)
def _() -> object:
    d = desk()
    for number in range(MOST_LINKS):
        d.take(link(EARLIER, case=f"AS-2025-{number:06d}"))
    return d.take(link(EARLIER))


@provokes(no_link.OtherCaseClosed)
def _() -> object:
    return desk().take(merge(EARLIER, closed=True, state="merged"))


@provokes(no_link.MergeTheOther)
def _() -> object:
    return desk().take(merge(EARLIER, received_at=b.START + timedelta(seconds=1)))


@provokes(no_link.NotTheSameMatter)
def _() -> object:
    return desk().take(merge(EARLIER, customer="c-2", line=2))


@provokes(no_link.HealthGoesAlong)
def _() -> object:
    d = desk()
    d.take(assess(urgency=Urgency.HEALTH_AT_RISK))
    return d.take(merge(EARLIER))


@provokes(no_link.DesksAtWork)
def _() -> object:
    d = desk()
    d.take(ask())
    return d.take(merge(EARLIER))


@provokes(no_link.PromiseToKeep)
def _() -> object:
    d = desk()
    d.take(promise())
    return d.take(merge(EARLIER))


@provokes(no_link.NotMerged)
def _() -> object:
    return desk().take(unmerge())
