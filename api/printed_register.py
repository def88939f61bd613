"""A register as a page to print: the same lines as its list, in both of the desk's languages, with nothing to load."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, cast

from pydantic import BaseModel

from domain.instants import minute
from domain.money import Money, read_money

NOTHING = "—"

_PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>
<style>
@page {{ size: landscape; }}
body {{ font: 10pt/1.4 serif; margin: 1cm; }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 1em; }}
thead {{ display: table-header-group; }}
th, td {{ border: 1px solid #000; padding: 0.2em 0.4em; text-align: left; vertical-align: top; }}
tr {{ break-inside: avoid; }}
</style></head><body>
<h1>{title}</h1>
<p>{about}</p>
{tables}
</body></html>
"""


@dataclass(frozen=True)
class Column:
    """A column: its head, and what of a line stands in it; `sums`: a column of money that is added up by currency."""

    head: str
    of: Callable[[Any], object]
    sums: bool = False


@dataclass(frozen=True)
class Sheet:
    """What is printed of a register: its title, and its columns in order."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Listed:
    """The lines of a register now. `more`: there are more than fit on a print; `about` is what else stands on top."""

    lines: Sequence[object]
    more: bool = False
    about: str = ""
    totals: tuple[tuple[str, str], ...] = ()
    """Totals that the register itself keeps, instead of those of the columns."""


def printed_register(sheet: Sheet, listed: Listed, shop: str, now: datetime) -> str:
    """The page. Everything that people wrote is escaped; sealed words are on no register. now: UTC."""
    said = [f"Shop 店铺: {shop}", f"Printed 打印: {minute(now)}", f"Lines 行数: {len(listed.lines)}", listed.about]
    if listed.more:
        said.append("There are more lines than these 未列全")
    totals = listed.totals or tuple(_totals(sheet, listed.lines))
    tables = [_table([c.head for c in sheet.columns], ([_cell(c.of(x)) for c in sheet.columns] for x in listed.lines))]
    if totals:
        tables.append(_table(("Total 合计", "Amount 金额"), ([escape(what), escape(sum_)] for what, sum_ in totals)))
    about = escape(" · ".join(filter(None, said)))
    return _PAGE.format(title=escape(sheet.title), about=about, tables="\n".join(tables))


def _totals(sheet: Sheet, lines: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Each column of money, by currency: sums of different currencies are never one."""
    for column in sheet.columns:
        sums: dict[str, int] = {}
        for money in (_money(column.of(line)) for line in lines if column.sums):
            if money is not None:
                known = read_money(money["amount"], money["currency"])
                sums[known.currency] = sums.get(known.currency, 0) + known.minor
        for currency, minor in sorted(sums.items()):
            yield column.head, str(Money(minor, currency))


def _money(value: object) -> dict[str, str] | None:
    told = value.model_dump() if isinstance(value, BaseModel) else value
    if not isinstance(told, dict):
        return None
    money = cast("dict[str, str]", told)
    return money if set(money) == {"amount", "currency"} else None


def _table(heads: Sequence[str], rows: Iterator[list[str]] | Sequence[list[str]]) -> str:
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>\n{body}\n</tbody></table>"


def _cell(value: object) -> str:
    """A value in words: money with its currency, an instant to the minute, yes or no."""
    money = _money(value)
    if money is not None:
        return escape(f"{money['amount']} {money['currency']}")
    if isinstance(value, datetime):
        return escape(minute(value))
    if isinstance(value, bool):
        return "yes 是" if value else "no 否"
    words = "" if value is None else str(value)
    return escape(words).replace("\n", "<br>") or NOTHING
