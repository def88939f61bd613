"""The chapter of promises that an inspection did not bear out (domain.md "Returns and exchanges" [S])."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.casefile import Event, TroubleArose
from domain.chapters import Chapter
from domain.complaint import freight
from domain.complaint.disproving.events import PromiseDisproved
from domain.complaint.disproving.state import DisprovedPromise
from domain.complaint.looking_into import questions as ask
from domain.complaint.state import Complaint
from domain.complaint.steps import TakeReturnNews
from domain.goods_return.lines import NOT_FOUND
from domain.people import DESK
from domain.plain import plain


def found(case: Complaint, news: TakeReturnNews, now: datetime) -> tuple[Event, ...]:
    """The promise to the customer is kept; the freight is recorded against whoever promised it, once a return [S].

    Where the rule asks for no photo, or the kind is excepted from it, nobody promised too much.
    """
    known = any(each.return_case == news.return_case for each in case.disproved)
    found = {words.partition(": ")[0] for words in news.findings.split("; ")}
    no_such_fault = news.result == "failed" and NOT_FOUND in found
    if known or not no_such_fault or case.evidence_at is not None or not ask.needs_photo(case):
        return ()
    who = promiser(case)
    if not who:
        return ()
    promise = DisprovedPromise(news.return_case, who, freight.freight_due(case), now)
    sentence = f"{who} promised the freight of {news.return_case} without a photo, and no such fault was found"
    seen = TroubleArose(at=now, by=DESK, code="promise_disproved", sentence=sentence)
    return (PromiseDisproved(at=now, by=news.actor, promise=promise), seen)


def promiser(case: Complaint) -> str:
    """Who promised the freight: outside the software, else who proposed it; empty if nobody did."""
    agreed = case.accepted
    if agreed is None or not agreed.freight:
        return ""
    outside = (each.promised_by for each in case.outside_promises if each.freight and each.kind is agreed.kind)
    return next(outside, agreed.by.name or agreed.by.person)


def _disproved(case: Complaint, event: PromiseDisproved) -> Complaint:
    return replace(case, disproved=(*case.disproved, event.promise))


def _shown(case: Complaint) -> dict[str, object]:
    return {"disproved": plain(case.disproved)} if case.disproved else {}


CHAPTER: Chapter[Complaint] = Chapter(changes={PromiseDisproved: _disproved}, shown=_shown)
