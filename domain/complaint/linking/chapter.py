"""Linking and merging, bound together as a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.evolve import take_back_open_proposal
from domain.complaint.linking import events as e
from domain.complaint.linking import rules
from domain.complaint.linking import steps as s
from domain.complaint.linking.letters import letters_for
from domain.complaint.linking.questions import MERGED, merge_of
from domain.complaint.linking.state import Link, Merge, TakenIn, Word, WordOwed
from domain.complaint.state import Complaint
from domain.plain import plain


def _owing(case: Complaint, to: str, word: Word, number: int, reason: str = "") -> Complaint:
    return replace(case, words_owed=(*case.words_owed, WordOwed(to, word, number, reason)))


def _linked(case: Complaint, event: e.CaseLinked) -> Complaint:
    case = replace(case, links=(*case.links, Link(event.other_case, event.reason, event.at, event.by)))
    return _owing(case, event.other_case, Word.LINKED, len(case.links), event.reason)


def _link_heard(case: Complaint, event: e.LinkHeard) -> Complaint:
    link = Link(event.other_case, event.reason, event.at, event.there_by, there=True)
    return replace(case, links=(*case.links, link))


def _merged(case: Complaint, event: e.MergedInto) -> Complaint:
    case = take_back_open_proposal(case, event)
    made = Merge(event.number, event.other_case, event.reason, event.at, event.by, event.due)
    closed = replace(
        case, merges=(*case.merges, made), closed_at=event.at, outcome=MERGED, reopen_until=None, call_backs=()
    )
    return _owing(closed, event.other_case, Word.MERGED, event.number, event.reason)


def _last_merge(case: Complaint, **changes: Any) -> Complaint:
    return replace(case, merges=(*case.merges[:-1], replace(case.merges[-1], **changes)))


def _confirmed(case: Complaint, event: e.MergeConfirmed) -> Complaint:
    return _last_merge(case, taken_in_at=event.at)


def _opened_again(case: Complaint, event: e.Unmerged | e.MergeCameToNothing) -> Complaint:
    case = _last_merge(case, undone_at=event.at, undone_by=event.by, undone_because=event.reason)
    return replace(case, closed_at=None, outcome=None, calls=(), calls_answered=0)


def _unmerged(case: Complaint, event: e.Unmerged) -> Complaint:
    return _owing(_opened_again(case, event), event.other_case, Word.PARTED, event.number, event.reason)


def _taken_in(case: Complaint, event: e.CaseTakenIn) -> Complaint:
    taken = TakenIn(
        case=event.other_case,
        number=event.number,
        reason=event.reason,
        at=event.at,
        by=event.there_by,
        paid=event.paid,
        refunded=event.refunded,
        order_index=event.order_index,
        line=event.line,
    )
    hands = tuple(dict.fromkeys((*case.handlers, *event.handlers)))
    case = replace(case, taken_in=(*case.taken_in, taken), handlers=hands)
    return _owing(case, event.other_case, Word.TAKEN_IN, event.number)


def _turned_away(case: Complaint, event: e.CaseTurnedAway) -> Complaint:
    because = f"case {case.case} was closed in the meantime ({event.outcome})"
    return _owing(case, event.other_case, Word.TURNED_AWAY, event.number, because)


def _one_taken_in(case: Complaint, other: str, number: int, **changes: Any) -> Complaint:
    taken = tuple(
        replace(each, **changes) if (each.case, each.number) == (other, number) else each for each in case.taken_in
    )
    return replace(case, taken_in=taken)


def _parted(case: Complaint, event: e.CaseParted) -> Complaint:
    return _one_taken_in(case, event.other_case, event.number, parted_at=event.at)


def _over_there(case: Complaint, event: e.JointCaseOver) -> Complaint:
    return _last_merge(case, over_at=event.at)


def _told(case: Complaint, event: e.CaseTold) -> Complaint:
    if event.word is Word.OVER:
        return _one_taken_in(case, event.other_case, event.number, over_told=True)
    if event.word is Word.PHOTOS:
        return _last_merge(case, photos_told=event.photos_told)
    rest = tuple(owed for owed in case.words_owed if (owed.to, owed.word, owed.number) != _words_key(event))
    case = replace(case, words_owed=rest)
    return _last_merge(case, photos_told=event.photos_told) if event.word is Word.MERGED else case


def _words_key(event: e.CaseTold) -> tuple[str, Word, int]:
    return event.other_case, event.word, event.number


def _shown(case: Complaint) -> dict[str, object]:
    if not (case.links or case.merges or case.taken_in):
        return {}
    merge = merge_of(case)
    shown: dict[str, object] = {
        "merged_into": merge.into if merge is not None else "",
        "links": plain(case.links),
        "merges": [_without(plain(each), "photos_told", "due") for each in case.merges],
        "taken_in": [_without(plain(each), "over_told", "order_index", "line", "refunded") for each in case.taken_in],
    }
    return {name: value for name, value in shown.items() if value}


def _without(told: dict[str, object], *inner: str) -> dict[str, object]:
    """Without what only the telling needs: a change of that is no news to anybody."""
    return {name: value for name, value in told.items() if name not in inner and value is not None}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.LinkCase, rules.may_link, rules.link),
    StepRule(s.MergeInto, rules.may_merge, rules.merge),
    StepRule(s.Unmerge, rules.may_unmerge, rules.unmerge),
    StepRule(s.TakeWordFromCase, always, rules.take_word),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.CaseLinked: _linked,
        e.LinkHeard: _link_heard,
        e.MergedInto: _merged,
        e.MergeConfirmed: _confirmed,
        e.MergeCameToNothing: _opened_again,
        e.Unmerged: _unmerged,
        e.CaseTakenIn: _taken_in,
        e.CaseTurnedAway: _turned_away,
        e.CaseParted: _parted,
        e.JointCaseOver: _over_there,
        e.CaseTold: _told,
    },
    letters=letters_for,
    shown=_shown,
    told_to_customers=frozenset({"merged_into"}),
)
