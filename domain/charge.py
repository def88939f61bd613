"""How urgent a case is and in whose charge it lies; a complaint's returns and slips share it with the complaint."""

from __future__ import annotations

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
