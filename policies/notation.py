"""How a policy writes durations, sums and opening hours: `72h`, `200.00 CNY`, `09:00-11:30`."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.calendar import Span
from domain.money import Money, MoneyUnreadable, read_money
from domain.quiet import TimeOfDay

_DURATION = re.compile(r"(0|[1-9][0-9]{0,5})(s|m|h|d)", re.ASCII)
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_SPAN = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})", re.ASCII)
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_MINUTES_AN_HOUR = 60


class NotationUnreadable(ValueError):  # noqa: N818  an answer to who wrote the cell
    """The text is not in the notation; the message says what is allowed."""


def read_duration(text: str) -> timedelta:
    """Read `20s`, `30m`, `72h` or `15d` (24 hours each).

    Raises:
        NotationUnreadable: anything else, a sign included.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        raise NotationUnreadable("a whole number with s, m, h or d, such as 20s, 30m, 72h or 15d, not negative")
    return int(found.group(1)) * _UNITS[found.group(2)]


def duration_in_words(duration: timedelta) -> str:
    """A duration as a fault names it: `72 h`, `90 min`, `20 s`."""
    minutes, seconds = divmod(duration, timedelta(minutes=1))
    if seconds:
        return f"{duration // timedelta(seconds=1)} s"
    hours, rest = divmod(minutes, _MINUTES_AN_HOUR)
    return f"{minutes} min" if rest else f"{hours} h"


def read_sum(text: str) -> Money:
    """Read `200.00 CNY` exactly.

    Raises:
        NotationUnreadable: anything else.
    """
    amount, _, currency = text.partition(" ")
    try:
        return read_money(amount, currency)
    except MoneyUnreadable as unreadable:
        raise NotationUnreadable(f"an amount with its currency, such as 200.00 CNY ({unreadable})") from unreadable


def read_time(text: str) -> TimeOfDay:
    """Read `21:00`.

    Raises:
        NotationUnreadable: anything else.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise NotationUnreadable("a time of day, 00:00 to 23:59")
    return TimeOfDay(int(found[1]) * _MINUTES_AN_HOUR + int(found[2]))


def read_span(text: str) -> Span:
    """Read `09:00-11:30`; the end of the day is written `24:00`.

    Raises:
        NotationUnreadable: anything else, a span past midnight included (write two).
    """
    allowed = "opening hours within one day, such as 09:00-11:30 or 18:30-24:00; past midnight is written as two"
    found = _SPAN.fullmatch(text)
    if found is None:
        raise NotationUnreadable(allowed)
    hours_from, minutes_from, hours_to, minutes_to = map(int, found.groups())
    if minutes_from >= _MINUTES_AN_HOUR or minutes_to >= _MINUTES_AN_HOUR:
        raise NotationUnreadable(allowed)
    try:
        return Span(hours_from * _MINUTES_AN_HOUR + minutes_from, hours_to * _MINUTES_AN_HOUR + minutes_to)
    except ValueError as impossible:
        raise NotationUnreadable(allowed) from impossible
