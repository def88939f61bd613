"""Where returned goods go once they are the shop's, and what else lay in the box ("Returns and exchanges" [S]).

Nothing that the warehouse finds is refused by the form: more than announced, something else, an empty box are recorded
as they are, and what nobody announced stands with the supervisor until somebody has found whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event, TroubleArose
from domain.casework import StepRule
from domain.chapters import Chapter
from domain.goods_return import events as e
from domain.goods_return import refusals as no
from domain.goods_return import situation as at
from domain.goods_return import steps as s
from domain.goods_return.state import Disposed, Disposition, Grade, Inspection, Return
from domain.people import DESK, Actor, Role
from domain.steps import Step
from domain.view import Task

BY_GRADE: dict[Grade, Disposition | None] = {
    Grade.A: Disposition.RESTOCK,
    Grade.B: Disposition.SECOND_CHOICE,
    Grade.C: Disposition.SECOND_CHOICE,
    Grade.SCRAP: Disposition.SCRAP,
    Grade.NONE: None,
}
"""Where goods of a grade go if the inspector does not say [O]; only an empty box has no grade."""
STAYS = frozenset({"passed", "accepted", "kept"})
"""Outcomes after which the goods are the shop's."""


def after(case: Return, inspection: Inspection, outcome: str, now: datetime) -> tuple[Event, ...]:
    """What follows from an inspection beside its verdict."""
    return (*at_once(case, inspection, outcome, now), *_unannounced(case, inspection, now))


def at_once(case: Return, inspection: Inspection | None, outcome: str, now: datetime) -> tuple[Event, ...]:
    """Where goods go that are the shop's from now on: as the inspector said, else by the row of their grade [O]."""
    if outcome not in STAYS or case.mends or inspection is None or not inspection.quantity:
        return ()
    where = inspection.disposition or BY_GRADE[inspection.grade]
    return () if where is None else (e.GoodsDisposed(at=now, by=inspection.by, disposition=where),)


def may_dispose(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open once the goods are the shop's, as long as the return is not filed."""
    if not at.are_the_shops(case):
        raise no.NothingToDispose


def dispose(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """Somewhere else than before, with the reason [S][O]."""
    step = cast("s.DisposeGoods", step)
    if case.disposed and case.disposed[-1].to is step.disposition:
        raise no.DisposedSo(field="disposition", where=step.disposition.value)
    return (e.GoodsDisposed(at=now, by=step.actor, disposition=step.disposition, reason=step.reason),)


def _unannounced(case: Return, inspection: Inspection, now: datetime) -> Iterator[Event]:
    """More than announced, or something else: nobody's until a person has found whose it is [S]."""
    more = inspection.quantity - case.line.quantity
    if more > 0:
        yield _found("surplus_goods", f"{more} units more than announced came: find out why, and whose they are", now)
    if inspection.others:
        named = "; ".join(f"{each.quantity} x {each.barcode or each.what or '?'}" for each in inspection.others)
        yield _found("other_goods", f"the box held what nobody announced ({named}): find whose it is", now)


def _found(code: str, sentence: str, now: datetime) -> Event:
    return TroubleArose(at=now, by=DESK, code=code, sentence=sentence)


def _disposed(case: Return, event: e.GoodsDisposed) -> Return:
    fresh = Disposed(event.disposition, event.at, event.by, event.reason)
    return replace(case, disposed=(*case.disposed, fresh))


def _tasks(case: Return) -> Iterator[Task]:
    if at.on_hold(case):
        reason = f"the goods are on hold ({case.disposed[-1].to.value}): where do they go then?"
        yield Task("dispose", Role.WAREHOUSE, "dispose_goods", case.due("goods_on_hold"), reason)


DISPOSING: Chapter[Return] = Chapter(
    rules=(StepRule(s.DisposeGoods, may_dispose, dispose, lambda case: case.due("goods_on_hold")),),
    changes={e.GoodsDisposed: _disposed},
    clocks=lambda case: ("goods_on_hold",) if at.on_hold(case) else (),
    outliving=_tasks,
    late_steps=lambda _case: frozenset({s.DisposeGoods.slug()}),
)
