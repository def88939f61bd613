"""What comes beside the first parcel and the first line: lines added later, a rest given up, goods handed back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.casework import Draft, StepRule
from domain.chapters import Chapter
from domain.goods_return import events as e
from domain.goods_return import steps as s
from domain.goods_return.rules import may_send_back
from domain.goods_return.state import Goods, Return, Verdict
from domain.steps import Step


def give_back(_case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer has the goods in hand; the return is over."""
    step = cast("s.GiveGoodsBack", step)
    return (
        e.GoodsGivenBack(at=now, by=step.actor, note=step.note),
        e.ReturnClosed(at=now, by=step.actor, outcome="given_back"),
    )


def _added(case: Return, event: e.LinesAdded) -> Return:
    return replace(case, lines=(*case.lines, *event.lines))


def _rest_given_up(case: Return, _event: e.RestGivenUp) -> Return:
    """What came counts: the parcels that did not are waited for no more."""
    parcels = tuple(replace(p, given_up=True) if p.received_at is None else p for p in case.parcels)
    return replace(case, parcels=parcels, verdict=Verdict.NEEDS_A_PERSON)


def _given_back(case: Return, _event: e.GoodsGivenBack) -> Return:
    return replace(case, goods=Goods.GIVEN_BACK)


def _letters(case: Return, event: Event) -> tuple[Draft, ...]:
    if not isinstance(event, e.LinesAdded):
        return ()
    named = "; ".join(f"{line.quantity} x {line.product}" for line in event.lines)
    due = case.due("return_tracking")
    return (("return_lines_added", {"goods": named, "due": due.isoformat() if due is not None else ""}),)


CHAPTER: Chapter[Return] = Chapter(
    rules=(StepRule(s.GiveGoodsBack, may_send_back, give_back),),
    changes={e.LinesAdded: _added, e.RestGivenUp: _rest_given_up, e.GoodsGivenBack: _given_back},
    letters=_letters,
)
