"""Where returned goods go once they are the shop's, and what else lay in the box ("Returns and exchanges" [S]).

Nothing that the warehouse finds is refused by the form: more than announced, something else, an empty box are recorded
as they are, and what nobody announced stands with the supervisor until somebody has found whose it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event, TroubleArose
from domain.casework import StepRule
from domain.chapters import Chapter
from domain.goods_return import events as e
from domain.goods_return import lines
from domain.goods_return import refusals as no
from domain.goods_return import situation as at
from domain.goods_return import steps as s
from domain.goods_return.state import KEPT, Disposed, Disposition, Grade, Return, ReturnLine
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
STAYS = frozenset({"passed", *KEPT})
"""Outcomes after which the goods are the shop's."""


def at_once(case: Return, outcome: str, now: datetime) -> tuple[Event, ...]:
    """Where goods go that are the shop's from now on: as the inspector said, else by the row of their grade [O]."""
    if case.mends or outcome not in {*STAYS, "send_back_failed"}:
        return ()
    kept = [line for line in case.lines if outcome in STAYS or not lines.findings_of(case, line)]
    return tuple(event for line in kept for event in _places(case, line, now))


def _places(case: Return, line: ReturnLine, now: datetime) -> Iterator[Event]:
    """One event for each place to which units of a line go: never twice for the same units [S]."""
    by_place: Counter[Disposition] = Counter()
    for inspection in lines.holding(case):
        for found in inspection.found:
            where = found.disposition or BY_GRADE[found.grade]
            if found.line == line.line and found.quantity and where is not None:
                by_place[where] += found.quantity
    by = case.inspections[-1].by
    for where, quantity in by_place.items():
        yield e.GoodsDisposed(at=now, by=by, disposition=where, line=line.line, quantity=quantity)


def may_dispose(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open once goods are the shop's, as long as the return is not filed."""
    if not at.shops_lines(case):
        raise no.NothingToDispose


def dispose(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """Somewhere else than before, with the reason [S][O]."""
    step = cast("s.DisposeGoods", step)
    number = step.line or case.lines[0].line
    mine = next((each for each in at.shops_lines(case) if each.line == number), None)
    if mine is None:
        raise no.NothingToDispose(field="line")
    before = [each for each in case.disposed if each.line == number]
    if before and before[-1].to is step.disposition and before[-1].quantity == mine.arrived:
        raise no.DisposedSo(field="disposition", where=step.disposition.value)
    goes = e.GoodsDisposed(
        at=now,
        by=step.actor,
        disposition=step.disposition,
        reason=step.reason,
        line=number,
        quantity=mine.arrived,
    )
    return (goes,)


def unannounced(case: Return, inspected: Return, now: datetime) -> Iterator[Event]:
    """More than announced, or something else: nobody's until a person has found whose it is [S].

    `inspected` is the return with its last inspection, `case` without.
    """
    for line in inspected.lines:
        more = lines.arrived_of(inspected, line) - line.quantity
        if more > max(0, lines.arrived_of(case, line) - line.quantity):
            name = f" of line {line.line}" if len(inspected.lines) > 1 else ""
            sentence = f"{more} units{name} more than announced came: find out why, and whose they are"
            yield _found("surplus_goods", sentence, now)
    others = inspected.inspections[-1].others
    if others:
        named = "; ".join(f"{each.quantity} x {each.barcode or each.what or '?'}" for each in others)
        yield _found("other_goods", f"the box held what nobody announced ({named}): find whose it is", now)


def _found(code: str, sentence: str, now: datetime) -> Event:
    return TroubleArose(at=now, by=DESK, code=code, sentence=sentence)


def _disposed(case: Return, event: e.GoodsDisposed) -> Return:
    fresh = Disposed(event.disposition, event.at, event.by, event.reason, event.line, event.quantity)
    return replace(case, disposed=(*case.disposed, fresh))


def _tasks(case: Return) -> Iterator[Task]:
    waiting = at.on_hold(case)
    if waiting:
        reason = f"the goods are on hold ({waiting[0].to.value}): where do they go then?"
        yield Task("dispose", Role.WAREHOUSE, "dispose_goods", case.due("goods_on_hold"), reason)


DISPOSING: Chapter[Return] = Chapter(
    rules=(StepRule(s.DisposeGoods, may_dispose, dispose, lambda case: case.due("goods_on_hold")),),
    changes={e.GoodsDisposed: _disposed},
    clocks=lambda case: ("goods_on_hold",) if at.on_hold(case) else (),
    outliving=_tasks,
    late_steps=lambda _case: frozenset({s.DisposeGoods.slug()}),
)
