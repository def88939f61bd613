"""What a complaint has to tell the cases that it belongs together with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.complaint.linking.events import CaseTold
from domain.complaint.linking.questions import merge_of, over, paid_within, refunded_within, taken_in_now
from domain.complaint.linking.state import AwaitedParcel, Word, WordOwed
from domain.complaint.linking.steps import TakeWordFromCase
from domain.complaint.state import Complaint
from domain.money import Money
from domain.people import DESK, Actor


@dataclass(frozen=True)
class TellCase:
    """Tell another case."""

    to: str
    says: TakeWordFromCase
    photos_told: int = 0

    @property
    def news(self) -> str:
        """The message's id, the same however often it is sent."""
        return f"{self.says.case}/{self.says.word.value}/{self.says.number}"

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return CaseTold(
            at=now,
            by=DESK,
            other_case=self.to,
            word=self.says.word,
            number=self.says.number,
            photos_told=self.photos_told,
        )


def words_to_cases(case: Complaint) -> Iterator[TellCase]:
    """What is owed first; then photos that came after the merge; and at the end, that the matter is over."""
    for owed in case.words_owed:
        yield _said(case, owed)
    merge = merge_of(case)
    told = len(case.photo_purposes)
    if merge is not None and merge.taken_in_at is not None and merge.over_at is None and merge.photos_told < told:
        says = _with_photos(case, Word.PHOTOS, told, merge.photos_told)
        yield TellCase(merge.into, says, told)
    if over(case):
        for each in taken_in_now(case):
            if not each.over_told:
                yield TellCase(each.case, _word(case, Word.OVER, each.number))


def _said(case: Complaint, owed: WordOwed) -> TellCase:
    if owed.word is not Word.MERGED:
        return TellCase(owed.to, _word(case, owed.word, owed.number, owed.reason, _who(case, owed)))
    return TellCase(owed.to, _merged(case, owed), len(case.photo_purposes))


def _word(case: Complaint, word: Word, number: int, reason: str = "", said_by: Actor | None = None) -> TakeWordFromCase:
    return TakeWordFromCase(actor=DESK, case=case.case, word=word, number=number, reason=reason, said_by=said_by)


def _merged(case: Complaint, owed: WordOwed) -> TakeWordFromCase:
    paid = [slip for slip in case.payments if slip.result == "paid"]
    total = sum(slip.amount.minor for slip in paid) + paid_within(case)
    refunded = sum(slip.amount.minor for slip in paid if slip.purpose != "freight") + refunded_within(case)
    currency = case.pinned.policy.currency
    return TakeWordFromCase(
        actor=DESK,
        case=case.case,
        word=Word.MERGED,
        number=owed.number,
        reason=owed.reason,
        said_by=_who(case, owed),
        paid=Money(total, currency),
        refunded=Money(refunded, currency),
        order_index=case.order_index,
        line=case.line,
        photos=case.photos,
        photo_purposes=case.photo_purposes,
        parcels=_awaited(case),
        handlers=case.handlers,
    )


def _awaited(case: Complaint) -> tuple[AwaitedParcel, ...]:
    """Parcels still under way, and those of whose arrival the customer was not asked yet [S]."""
    waits = (each for each in case.parcels if each.watched or each.call_owed)
    return tuple(AwaitedParcel(each.tracking, each.carrier, each.why) for each in waits)


def _with_photos(case: Complaint, word: Word, number: int, since: int) -> TakeWordFromCase:
    sent = case.photo_purposes[since:]
    ids = {photo for photo, _ in sent}
    return TakeWordFromCase(
        actor=DESK,
        case=case.case,
        word=word,
        number=number,
        photos=tuple(photo for photo in case.photos if photo.photo in ids),
        photo_purposes=sent,
    )


def _who(case: Complaint, owed: WordOwed) -> Actor | None:
    """Who linked, merged or parted here."""
    if owed.word is Word.LINKED:
        return next((each.by for each in case.links if each.case == owed.to), None)
    merge = next((each for each in case.merges if each.number == owed.number), None)
    if merge is None or owed.word not in {Word.MERGED, Word.PARTED}:
        return None
    return merge.by if owed.word is Word.MERGED else merge.undone_by
