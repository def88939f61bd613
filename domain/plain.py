"""Values of the domain as plain JSON values, for the part of a view that differs by kind of case."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, cast

from domain.money import Money
from domain.people import Actor
from domain.sealed import Sealed


def plain(value: object) -> Any:  # noqa: PLR0911  one row a type
    """`value` as JSON: money as amount and currency, instants as RFC 3339 text.

    Of sealed words only the fact that there are some is shown.

    Raises:
        TypeError: a type that views do not carry.
    """
    if value is None or (isinstance(value, bool | int | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return {"amount": value.amount(), "currency": value.currency}
    if isinstance(value, Sealed):
        return {"sealed": value.field}
    if isinstance(value, Actor):
        shown = {"person": value.person, "role": value.role.value, "name": value.name}
        return shown | ({"stands_in_for": value.stands_in_for} if value.stands_in_for else {})
    if isinstance(value, tuple | list):
        return [plain(item) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in cast("dict[object, object]", value).items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"a view does not carry {type(value).__name__}")
