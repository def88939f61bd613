"""Steps that every kind of case knows: photos, telling the customer in person, dealing with a trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar, cast

from domain.casefile import CaseFile, Event, LetterResent, LetterState, LetterTold, PhotosAdded, TroubleSettled
from domain.casework import StepRule, always, letter_fell_to_person
from domain.evidence import Photo
from domain.limits import Reason, Says, ShortText
from domain.people import Actor, Role
from domain.refusals import LetterUnknown, MessageNotSent, NotLikeThis, NotNow, ReceiptLate, TroubleUnknown
from domain.steps import Step

C = TypeVar("C", bound=CaseFile)

_HANDED_OVER = {LetterState.TO_SEND, LetterState.SENT}
OPENED_FOR_PHOTOS = (Role.CUSTOMER, Role.AGENT, Role.SUPERVISOR, Role.WAREHOUSE, Role.INTEGRATION)


class TooManyPhotos(NotNow):
    """A case takes so many photos and no more (policy `max_photos`)."""

    code = "too_many_photos"
    en = "The case has {held} photos and takes {most} in all; {offered} more are too many."
    zh = "本工单已有 {held} 张照片，最多 {most} 张，不能再加 {offered} 张。"
    out_en = "Send fewer photos; an agent can say which matter most."
    out_zh = "请减少照片数量。"


class PhotosKnown(NotLikeThis):
    """The very same photos are in the case already, for the very same purpose."""

    code = "photos_known"
    en = "These photos are in the case already."
    zh = "这些照片已在工单中。"
    out_en = "Nothing more to do; send other photos if there are any."
    out_zh = "无需重复上传。"


@dataclass(frozen=True, kw_only=True)
class AddEvidence(Step):
    """Photos, already checked, cleaned, hashed and stored by the API's edge, become part of the case [T][S][F]."""

    roles = OPENED_FOR_PHOTOS
    source = "T,S,F"
    summary = "Put photos into the case (sent as files to /evidence; the step carries only their references)."

    photos: tuple[Photo, ...]
    purpose: Annotated[str, Says("What the photos show: fault, receipt or inspection.", "fault")] = "fault"


@dataclass(frozen=True, kw_only=True)
class ReportTelling(Step):
    """A person told the customer what no machine could."""

    roles = (Role.AGENT, Role.SUPERVISOR, Role.CALL_BACK)
    source = "T,F"
    summary = "Record that you told the customer one of the messages that wait for a person."

    number: Annotated[int, Says("Number of the message, as in the task tell-N.", 1)]
    how: Annotated[ShortText, Says("By which channel.", "phone")]
    note: Annotated[str, Says("What the customer said, in the agent's words; no names.", "")] = ""


@dataclass(frozen=True, kw_only=True)
class ResendMessage(Step):
    """A message that was sent or told goes out once more, because the customer asks for it or never got it."""

    roles = (Role.AGENT, Role.SUPERVISOR, Role.CALL_BACK)
    source = "T,F"
    summary = "Send one of the case's messages to the customer again, by machine where that is possible."

    number: Annotated[int, Says("Number of the message, as the case's story lists it.", 1)]


@dataclass(frozen=True, kw_only=True)
class TakeReceipt(Step):
    """The shop's gateway tells that it could not deliver a message; each receipt counts once."""

    roles = (Role.DESK, Role.INTEGRATION)
    by_machine = True

    number: int
    round: int
    why: str


@dataclass(frozen=True, kw_only=True)
class SettleTrouble(Step):
    """A person has dealt with what the case could not settle by itself."""

    roles = (Role.SUPERVISOR, Role.CENTRE_MANAGER, Role.LOGISTICS)
    source = "O"
    summary = "Record how a trouble in `needs a person` was dealt with; the case goes on."

    number: Annotated[int, Says("Number of the trouble, as in the task trouble-N.", 1)]
    how: Reason


def _any_letter(case: CaseFile, _actor: Actor, _now: datetime) -> None:
    if not any(letter.state is LetterState.WITH_A_PERSON for letter in case.letters):
        raise LetterUnknown(number="—")


def _any_trouble(case: CaseFile, _actor: Actor, _now: datetime) -> None:
    if not any(trouble.settled_at is None for trouble in case.troubles):
        raise TroubleUnknown(number="—")


def may_take_photos(_case: CaseFile, _actor: Actor, _now: datetime) -> None:
    """Open even when the case is full: a photo that it holds may be sent again for another purpose."""


def add_photos(case: CaseFile, step: Step, now: datetime, kept_free: int = 0) -> tuple[Event, ...]:
    """What is new: another photo, or a known one for another purpose; the same picture is stored and listed once.

    `kept_free` is how many places are not for these photos.
    """
    step = cast("AddEvidence", step)
    held, known = {photo.photo for photo in case.photos}, case.photos_as(step.purpose)
    news = {photo.photo: photo for photo in step.photos if photo.photo not in known}
    if not news:
        raise PhotosKnown(field="photos")
    most = case.pinned.policy.max_photos.value - kept_free
    fresh = len(news.keys() - held)
    if fresh and len(held) + fresh > most:
        raise TooManyPhotos(field="photos", held=len(held), most=most, offered=fresh)
    return (PhotosAdded(at=now, by=step.actor, photos=tuple(news.values()), purpose=step.purpose),)


def _tell(case: CaseFile, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("ReportTelling", step)
    waiting = {letter.number for letter in case.letters if letter.state is LetterState.WITH_A_PERSON}
    if step.number not in waiting:
        raise LetterUnknown(field="number", number=step.number)
    return (LetterTold(at=now, by=step.actor, number=step.number, how=step.how, note=step.note),)


def _any_sent(case: CaseFile, _actor: Actor, _now: datetime) -> None:
    if not any(letter.state is not LetterState.TO_SEND for letter in case.letters):
        raise MessageNotSent(number="—")


def _resend(case: CaseFile, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("ResendMessage", step)
    known = {letter.number for letter in case.letters if letter.state is not LetterState.TO_SEND}
    if step.number not in known:
        raise MessageNotSent(field="number", number=step.number)
    return (LetterResent(at=now, by=step.actor, number=step.number),)


def _receipt(case: CaseFile, step: Step, now: datetime) -> tuple[Event, ...]:
    """Also while the machine still hands the message over: the receipt may be faster than its own answer."""
    step = cast("TakeReceipt", step)
    waiting = {(each.number, each.round) for each in case.letters if each.state in _HANDED_OVER}
    if (step.number, step.round) not in waiting:
        raise ReceiptLate(number=step.number)
    return (letter_fell_to_person(case, step.number, step.why, now),)


def _settle(case: CaseFile, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("SettleTrouble", step)
    if step.number not in {trouble.number for trouble in case.troubles if trouble.settled_at is None}:
        raise TroubleUnknown(field="number", number=step.number)
    return (TroubleSettled(at=now, by=step.actor, number=step.number, how=step.how),)


def shared_rules() -> tuple[StepRule[Any], ...]:
    """The rules of the steps that every kind of case has."""
    return (
        StepRule(AddEvidence, may_take_photos, add_photos),
        StepRule(ReportTelling, _any_letter, _tell, lambda case: case.due("telling")),
        StepRule(ResendMessage, _any_sent, _resend),
        StepRule(SettleTrouble, _any_trouble, _settle),
        StepRule(TakeReceipt, always, _receipt),
    )
