"""How urgent a case is and in whose charge it lies; a complaint's returns and slips share it with the complaint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

FIRST, MIDDLE, LAST = 1, 3, 5
"""Levels of priority: the first belongs to health and food safety alone [F], the middle one to what nobody assessed."""


@dataclass(frozen=True)
class Charge:
    """`priority` is 1 (first) to 5; `handler` the person whose case it is, None while it lies with its desk or `team`.

    `stand_in` acts for the handler until `stand_in_until` (UTC), by leave of a supervisor [E].
    """

    priority: int = MIDDLE
    handler: str | None = None
    team: str = ""
    stand_in: str | None = None
    stand_in_until: datetime | None = None


NOBODYS = Charge()
"""As a case is before anybody has looked at it."""


Away = Mapping[str, datetime | None]
"""People who are not on duty now, with the instant (UTC) at which they are back; None where nobody knows."""


def keeper(charge: Charge, now: datetime) -> str | None:
    """Who looks after the case at `now`: who stands in while that lasts, else the handler."""
    standing_in = charge.stand_in_until is not None and now < charge.stand_in_until
    return charge.stand_in if standing_in else charge.handler


def is_anybodys(charge: Charge, due_at: datetime | None, away: Away, now: datetime) -> bool:
    """Whether anybody of the desk may take up a task: it is nobody's, or would be late before its keeper is back [T].

    What has no due instant waits for its keeper, unless nobody knows when that is.
    """
    whose = keeper(charge, now)
    if whose is None:
        return True
    if whose not in away:
        return False
    back = away[whose]
    return back is None or (due_at is not None and due_at < back)
