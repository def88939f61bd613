"""A bank's or gateway's statement as CSV: one line a movement, read exactly or refused by its line."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.money import Money, MoneyUnreadable, read_money
from domain.payment.purposes import Direction

COLUMNS = ("reference", "direction", "amount", "currency", "at")
"""The first line of the file names them, in any order; further columns are passed over."""

MOST_LINES = 200_000


@dataclass(frozen=True)
class StatementLine:
    """One movement on the account: finance's or the gateway's reference, which way, how much, when (UTC)."""

    line: int
    reference: str
    direction: Direction
    amount: Money
    at: datetime


class StatementUnreadable(ValueError):  # noqa: N818  a finding about the file
    """The statement is not one; the message names the line and what is wrong, never its content."""


def read_statement(text: str) -> tuple[StatementLine, ...]:
    """Read a whole statement.

    Raises:
        StatementUnreadable: a column is missing, a line cannot be read exactly, or there are too many.
    """
    rows = csv.DictReader(text.removeprefix("\ufeff").splitlines(), strict=True)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise StatementUnreadable(f"line 1: the columns {', '.join(missing)} are missing")
    found: list[StatementLine] = []
    try:
        for row in rows:
            if len(found) == MOST_LINES:
                raise StatementUnreadable(f"line {rows.line_num}: more than {MOST_LINES} lines")
            found.append(_line(rows.line_num, row))
    except csv.Error:
        raise StatementUnreadable(f"line {rows.line_num + 1}: this is no CSV") from None
    return tuple(found)


def _line(number: int, row: dict[str, str | None]) -> StatementLine:
    told = {name: (row[name] or "").strip() for name in COLUMNS}
    if not told["reference"]:
        raise StatementUnreadable(f"line {number}: there is no reference")
    try:
        amount = read_money(told["amount"], told["currency"])
        at = datetime.fromisoformat(told["at"])
        direction = Direction(told["direction"])
    except MoneyUnreadable as unreadable:
        raise StatementUnreadable(f"line {number}: {unreadable}") from None
    except ValueError:
        raise StatementUnreadable(
            f"line {number}: direction is in or out, at an instant such as 2026-11-26T08:00Z"
        ) from None
    if at.utcoffset() is None:
        raise StatementUnreadable(f"line {number}: the instant has no timezone")
    return StatementLine(number, told["reference"], direction, amount, at.astimezone(UTC))
