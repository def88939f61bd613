"""Rules of linking and merging. Of two cases the one that came in first goes on, so no chain of merges ever closes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from domain.casefile import Event, PhotosAdded
from domain.charge import FIRST
from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint.linking import events as e
from domain.complaint.linking import refusals as no
from domain.complaint.linking import steps as s
from domain.complaint.linking.questions import may_part, merge_of, taken_in_now
from domain.complaint.linking.state import OtherCase, TakenIn, Word
from domain.complaint.priority.questions import priority_of
from domain.complaint.promises import questions as promises
from domain.complaint.recall import questions as recalls
from domain.complaint.replaced.refusals import ItsReplacement
from domain.complaint.requests import questions as desks
from domain.complaint.rules_outcome import may_close
from domain.complaint.state import Complaint
from domain.complaint.stopping import questions as stops
from domain.complaint.watching.events import ParcelWatched
from domain.complaint.watching.rules import MOST_PARCELS
from domain.money import Money
from domain.people import Actor
from domain.steps import Step

MOST_LINKS = 100


def may_link(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open until the case is full of links."""
    if len(case.links) >= MOST_LINKS:
        raise no.TooManyLinks(most=MOST_LINKS)


def link(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """With another complaint of the shop, open or closed."""
    step = cast("s.LinkCase", step)
    other = _known(case, step.other)
    if other.case in {each.case for each in case.links}:
        raise no.LinkedAlready(field="other_case", case=other.case)
    return (e.CaseLinked(at=now, by=step.actor, other_case=other.case, reason=step.reason),)


def may_merge(case: Complaint, actor: Actor, now: datetime) -> None:
    """Open while nothing agreed, asked or promised is under way and no outcome stands: that ends where it began."""
    may_close(case, actor, now)
    if at.carried_out(case):
        raise spine.OutcomeStands
    if case.accepted is not None or at.return_under_way(case) or at.inspection_failed(case):
        raise spine.RemedyUnderWay
    if desks.waiting(case) or _order_is_held(case):
        raise no.DesksAtWork
    if promises.running(case):
        raise no.PromiseToKeep


def _order_is_held(case: Complaint) -> bool:
    """Whether the order or its parcel is being got hold of, or is with us and neither let go nor paid back."""
    held = stops.standing(case) is not None or stops.to_settle(case) is not None
    return held or recalls.running(case) is not None or recalls.original_unpaid(case)


def merge(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Into an open case of the same matter that came in earlier."""
    step = cast("s.MergeInto", step)
    other = _known(case, step.other)
    if case.case == other.about or (case.about is not None and case.about.case == other.case):
        raise ItsReplacement(field="other_case", case=case.case if case.case == other.about else other.case)
    if other.closed:
        raise no.OtherCaseClosed(field="other_case", case=other.case, state=other.state)
    if (other.received_at, other.case) > (case.opened_at, case.case):
        raise no.MergeTheOther(field="other_case", case=other.case)
    same_customer = other.customer == case.customer.subject
    if not same_customer and not _same_line(case, other):
        raise no.NotTheSameMatter(field="other_case", case=other.case)
    if priority_of(case).level == FIRST and other.priority > FIRST:
        raise no.HealthGoesAlong(field="other_case", case=other.case)
    merged = e.MergedInto(
        at=now,
        by=step.actor,
        other_case=other.case,
        number=len(case.merges) + 1,
        reason=step.reason,
        due=other.due_at,
    )
    return (merged,)


def may_unmerge(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while the case goes on within another that is not over."""
    if not may_part(case):
        raise no.NotMerged


def unmerge(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """By itself again, with the reason."""
    step = cast("s.Unmerge", step)
    merge = merge_of(case)
    if merge is None:
        raise no.NotMerged
    return (e.Unmerged(at=now, by=step.actor, other_case=merge.into, number=merge.number, reason=step.reason),)


def take_word(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What another case tells; what does not fit (any more) is set aside on record."""
    step = cast("s.TakeWordFromCase", step)
    if step.word is Word.LINKED:
        return _link_heard(case, step, now)
    if step.word is Word.MERGED:
        return _merged_here(case, step, now)
    if step.word in {Word.PHOTOS, Word.PARTED}:
        return _from_one_taken_in(case, step, now)
    merge = merge_of(case)
    if merge is None or (merge.into, merge.number) != (step.case, step.number):
        raise no.NotMerged
    if step.word is Word.TAKEN_IN:
        return (e.MergeConfirmed(at=now, by=step.actor, other_case=step.case, number=step.number),)
    if step.word is Word.OVER:
        return (e.JointCaseOver(at=now, by=step.actor, other_case=step.case, number=step.number),)
    return (came_to_nothing(step.case, step.number, step.reason, step.actor, now),)


def came_to_nothing(other: str, number: int, reason: str, by: Actor, now: datetime) -> Event:
    """The other case is closed or over, so that this one goes on by itself."""
    return e.MergeCameToNothing(at=now, by=by, other_case=other, number=number, reason=reason)


def _known(case: Complaint, other: OtherCase | None) -> OtherCase:
    if other is None:
        raise no.OtherCaseUnknown(field="other_case")
    if other.case == case.case:
        raise no.ItsOwnCase(field="other_case")
    return other


def _same_line(case: Complaint, other: OtherCase) -> bool:
    known = case.order_index is not None and case.line is not None
    return known and (other.order_index, other.line) == (case.order_index, case.line)


def _link_heard(case: Complaint, step: s.TakeWordFromCase, now: datetime) -> tuple[Event, ...]:
    if step.case in {each.case for each in case.links}:
        raise no.LinkedAlready(case=step.case)  # both were linked at once
    may_link(case, step.actor, now)
    by = step.said_by or step.actor
    return (e.LinkHeard(at=now, by=step.actor, other_case=step.case, reason=step.reason, there_by=by),)


def _merged_here(case: Complaint, step: s.TakeWordFromCase, now: datetime) -> tuple[Event, ...]:
    if case.closed_at is not None:
        away = e.CaseTurnedAway(
            at=now, by=step.actor, other_case=step.case, number=step.number, outcome=case.outcome or "closed"
        )
        return (away,)
    photos, left_out = _photos(case, step, now)
    nothing = Money(0, case.pinned.policy.currency)
    taken = e.CaseTakenIn(
        at=now,
        by=step.actor,
        other_case=step.case,
        number=step.number,
        reason=step.reason,
        there_by=step.said_by or step.actor,
        paid=step.paid or nothing,
        refunded=step.refunded or nothing,
        order_index=step.order_index,
        line=step.line,
        handlers=step.handlers,
        left_out=left_out,
    )
    return (taken, *photos, *_parcels(case, step, now))


def _from_one_taken_in(case: Complaint, step: s.TakeWordFromCase, now: datetime) -> tuple[Event, ...]:
    _one_taken_in(case, step)
    if step.word is Word.PHOTOS:
        photos, left_out = _photos(case, step, now)
        return (e.PhotosPassedOn(at=now, by=step.actor, other_case=step.case, left_out=left_out), *photos)
    parted = e.CaseParted(
        at=now,
        by=step.actor,
        other_case=step.case,
        number=step.number,
        reason=step.reason,
        there_by=step.said_by or step.actor,
    )
    return (parted,)


def _one_taken_in(case: Complaint, step: s.TakeWordFromCase) -> TakenIn:
    for each in taken_in_now(case):
        if each.case == step.case and (step.word is Word.PHOTOS or each.number == step.number):
            return each
    raise no.NotMerged


def _parcels(case: Complaint, step: s.TakeWordFromCase, now: datetime) -> Iterator[Event]:
    """What the other waited for and this one does not yet, as long as there is room, is watched from now on [S]."""
    known = {each.tracking for each in case.parcels if each.watched}
    fresh = [each for each in step.parcels if each.tracking not in known]
    for each in fresh[: max(MOST_PARCELS - len(case.parcels), 0)]:
        yield ParcelWatched(at=now, by=step.actor, tracking=each.tracking, carrier=each.carrier, awaited_as=each.why)


def _photos(case: Complaint, step: s.TakeWordFromCase, now: datetime) -> tuple[list[Event], int]:
    """The other's photos as they fit here, by what they were sent as; and how many did not fit."""
    by_id = {photo.photo: photo for photo in step.photos}
    held = {photo.photo for photo in case.photos}
    room = case.pinned.policy.max_photos.value - len(held)
    fresh = [photo for photo in by_id if photo not in held]
    fitting = held | set(fresh[: max(room, 0)])
    events: list[Event] = []
    for purpose in dict.fromkeys(purpose for _, purpose in step.photo_purposes):
        known = case.photos_as(purpose)
        ids = [photo for photo, sent_as in step.photo_purposes if sent_as == purpose and photo in by_id]
        news = tuple(by_id[photo] for photo in dict.fromkeys(ids) if photo in fitting and photo not in known)
        if news:
            events.append(PhotosAdded(at=now, by=step.actor, photos=news, purpose=purpose))
    return events, len(fresh) - len(fresh[: max(room, 0)])
