"""When a watched parcel is to be checked: at the same times of every day, rest days included [S].

No timer runs for it. The next check follows from the last one; how many were missed is counted when the next is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from domain.calendar import Calendar, minute_of_day
from domain.casefile import CaseFile


def planned_after(case: CaseFile, after: datetime) -> Iterator[datetime]:
    """The planned checks later than `after` (UTC), in order, without end; two that fall on one instant are one."""
    calendar = case.pinned.calendar
    minutes = [minute for text in case.pinned.policy.parcel_checks.value if (minute := minute_of_day(text)) is not None]
    last = after
    for at in _every_day(calendar, minutes, after):
        if at > last:
            last = at
            yield at


def planned_between(case: CaseFile, after: datetime, until: datetime) -> tuple[datetime, ...]:
    """The planned checks later than `after`, `until` included."""
    return tuple(takewhile(lambda at: at <= until, planned_after(case, after)))


def next_check(case: CaseFile, last: datetime) -> datetime:
    """The planned check that follows the last one made, or the beginning of the watch."""
    return next(planned_after(case, last))


def _every_day(calendar: Calendar, minutes: list[int], start: datetime) -> Iterator[datetime]:
    day = calendar.local_date(start)
    while True:
        yield from (calendar.instant_of(day, minute) for minute in minutes)
        day += timedelta(days=1)
