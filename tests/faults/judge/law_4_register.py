"""I4: the read model made anew from the cases equals the live one, row for row, column for column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from domain.view import CaseView
from tests.faults.judge.evidence import Violation
from tests.faults.judge.law_1_openings import canonical
from tests.faults.judge.law_2_steps import VIEWS
from tests.faults.judge.world import Row, World, fields

LAW = "I4"


def rows_equal_the_cases(world: World) -> Iterator[Violation]:
    """The whole law. Rows are made from each case's own answer here, not by the desk's code."""
    live = {row["case"]: row for row in world.rows}
    tasks = _by_case(world.tasks)
    tracking = _by_case(world.tracking)
    for case in world.cases.values():
        if case.view is None:
            continue
        row = live.get(case.case)
        if row is None:
            yield Violation(LAW, case.case, "has no row")
            continue
        yield from _differ(case.case, "the row", row, row_of(case.view))
        for what, has, should in (
            ("task", tasks.get(case.case, []), tasks_of(case.view)),
            ("tracking number", tracking.get(case.case, []), tracking_of(case.view)),
        ):
            yield from _sets_differ(case.case, what, has, should)
    for name in sorted((live.keys() | tasks.keys() | tracking.keys()) - world.cases.keys()):
        yield Violation(LAW, name, "has rows, and no such case exists")


def row_of(view: CaseView) -> Row:
    """The row of `cases` that a view stands for."""
    plain: Row = VIEWS.dump_python(view, mode="json")
    same = ("case", "shop", "parent", "version", "state", "problem", "channel", "customer", "handler", "phone_index")
    dues = [task.due_at for task in view.tasks if task.due_at is not None]
    return {
        **{name: getattr(view, name) for name in same},
        "kind": view.kind.value,
        "opened_at": view.opened_at,
        "closed_at": view.closed_at,
        "order_index": view.order_index,
        "amount_minor": view.amount.minor if view.amount is not None else None,
        "currency": view.amount.currency if view.amount is not None else None,
        "policy_version": view.policy_version,
        "due_at": min(dues, default=None),
        "priority": view.priority,
        "team": view.team or None,
        "view": plain,
    }


def tasks_of(view: CaseView) -> list[Row]:
    """The rows of `case_tasks`; of two tasks with one key the first stands."""
    rows: dict[str, Row] = {}
    for task in view.tasks:
        shared = {"case": view.case, "shop": view.shop, "kind": view.kind.value, "problem": view.problem}
        own = {"key": task.key, "desk": task.desk.value, "step": task.step, "due_at": task.due_at}
        last = {"reason": task.reason, "needs_a_person": task.needs_a_person}
        whose = {"priority": view.priority, "handler": view.handler, "team": view.team or None}
        acting = {"stand_in": view.stand_in, "stand_in_until": view.stand_in_until}
        rows.setdefault(task.key, {**shared, **own, **last, **whose, **acting})
    return list(rows.values())


def tracking_of(view: CaseView) -> list[Row]:
    """The rows of `case_tracking`."""
    return [{"shop": view.shop, "tracking": number, "case": view.case} for number in dict.fromkeys(view.tracking)]


def _by_case(rows: list[Row]) -> dict[str, list[Row]]:
    sorted_out: dict[str, list[Row]] = {}
    for row in rows:
        sorted_out.setdefault(row["case"], []).append(row)
    return sorted_out


def _differ(name: str, what: str, has: Row, should: Row) -> Iterator[Violation]:
    if has["version"] != should["version"]:
        yield Violation(LAW, name, f"{what} is at version {has['version']}, the case at {should['version']}")
        return
    for column in sorted(has.keys() | should.keys()):
        if _plain(has.get(column)) != _plain(should.get(column)):
            short = _plain(has.get(column))[:200], _plain(should.get(column))[:200]
            yield Violation(LAW, name, f"{what} has {column} {short[0]}, by the case {short[1]}")


def _sets_differ(name: str, what: str, has: list[Row], should: list[Row]) -> Iterator[Violation]:
    there, due = {_plain(row) for row in has}, {_plain(row) for row in should}
    for row in sorted(there - due):
        yield Violation(LAW, name, f"a {what} stands in the register and not in the case: {row[:300]}")
    for row in sorted(due - there):
        yield Violation(LAW, name, f"a {what} of the case is missing in the register: {row[:300]}")


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return canonical({name: _instant(each) for name, each in fields(cast("object", value)).items()})
    return canonical(_instant(value))


def _instant(value: Any) -> Any:
    return value.timestamp() if isinstance(value, datetime) else value
