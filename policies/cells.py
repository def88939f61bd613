"""Reads the cells of a policy table against the dataclass it is meant for: names first, then notations.

What is handed on holds plain JSON values alone; whether each value has the right type is then a question of types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time, timedelta
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from domain.calendar import Span
from domain.money import Money
from domain.quiet import TimeOfDay
from policies.notation import NotationUnreadable, read_duration, read_span, read_sum, read_time
from policies.refused import PolicyFault, cell_in

NONE = "none"
"""TOML has no empty value, so a cell that may be empty says this word."""

SHARES = tuple[float, ...]
"""Shares of a time, written as one number, as several in a list, or as `none`."""

Cell = Any
"""What TOML puts into a cell: text, number, truth, date, list or table."""


def plain_cells(cell: Cell, meant: object, path: str, faults: list[PolicyFault]) -> Cell:
    """The cell as plain JSON values for the type `meant`; what cannot be read is added to `faults`."""
    meant, may_be_none = _without_none(meant)
    if may_be_none and cell == NONE:
        return None
    if meant == SHARES:
        return _shares(cell)
    if meant in _NOTATIONS:
        return _noted(cell, _NOTATIONS[meant], path, faults)
    if isinstance(cell, dict):
        return _plain_table(cast("dict[str, Cell]", cell), meant, path, faults)
    if isinstance(cell, list):
        row = get_args(meant)[0] if get_origin(meant) is tuple else None
        cells = cast("list[Cell]", cell)
        return [plain_cells(each, row, cell_in(path, place), faults) for place, each in enumerate(cells)]
    return _plain_date(cell, meant, path, faults) if isinstance(cell, date | time) else cell


def _plain_date(cell: date | time, meant: object, path: str, faults: list[PolicyFault]) -> str | None:
    if meant is date and type(cell) is date:  # a datetime is a date as well, but not one that was meant
        return cell.isoformat()
    faults.append(
        PolicyFault(path, f"{cell} does not fit", "a date such as 2026-02-14" if meant is date else "no date")
    )
    return None


def _plain_table(table: dict[str, Cell], meant: object, path: str, faults: list[PolicyFault]) -> Cell:
    """A table for a dataclass, a table of like rows, or a table where none is meant, which its type will refuse."""
    if is_dataclass(get_origin(meant) or meant):
        return _expected_cells(table, meant, path, faults)
    row = get_args(meant)[1] if get_origin(meant) is dict else None
    return {name: plain_cells(each, row, cell_in(path, name), faults) for name, each in table.items()}


def _expected_cells(table: dict[str, Cell], meant: object, path: str, faults: list[PolicyFault]) -> dict[str, Cell]:
    """A table with every expected cell; unknown and missing cells are faults."""
    shape = cast("type[Any]", get_origin(meant) or meant)
    arguments = dict(zip(_type_names(shape), get_args(meant), strict=False))
    hints = get_type_hints(shape)
    expected = {each.name: each for each in fields(shape)}
    for name in (each for each in table if each not in expected):
        faults.append(PolicyFault(cell_in(path, name), "no such cell", " | ".join(expected)))
    for name, each in expected.items():
        if name not in table and each.default is MISSING and each.default_factory is MISSING:
            faults.append(PolicyFault(cell_in(path, name), "missing", "the cell has no default, write it out"))
    return {
        name: plain_cells(cell, arguments.get(hints[name], hints[name]), cell_in(path, name), faults)
        for name, cell in table.items()
        if name in expected
    }


def _type_names(shape: type[Any]) -> tuple[object, ...]:
    return tuple(cast("tuple[TypeVar, ...]", getattr(shape, "__parameters__", ())))


def _without_none(meant: object) -> tuple[object, bool]:
    if get_origin(meant) not in (Union, UnionType):
        return meant, False
    left = [each for each in get_args(meant) if each is not NoneType]
    return left[0], len(left) < len(get_args(meant))


def _noted(cell: Cell, read: Callable[[str], Cell], path: str, faults: list[PolicyFault]) -> Cell:
    try:
        return read(cell if isinstance(cell, str) else "")
    except NotationUnreadable as unreadable:
        faults.append(PolicyFault(path, f"{cell!r} cannot be read", str(unreadable)))
        return None


def _shares(cell: Cell) -> Cell:
    if cell == NONE:
        return []
    return [cell] if isinstance(cell, int | float) and not isinstance(cell, bool) else cell


def _duration(text: str) -> str:
    return f"PT{read_duration(text) // timedelta(seconds=1)}S"


def _sum(text: str) -> dict[str, Cell]:
    money = read_sum(text)
    return {"minor": money.minor, "currency": money.currency}


def _span(text: str) -> dict[str, Cell]:
    span = read_span(text)
    return {"opens": span.opens, "closes": span.closes}


def _time(text: str) -> dict[str, Cell]:
    return {"minute": read_time(text).minute}


_NOTATIONS: dict[object, Callable[[str], Cell]] = {timedelta: _duration, Money: _sum, Span: _span, TimeOfDay: _time}
