"""When the desk works, as a shop writes it: a zone, shifts by weekday, the country's holidays, its own exceptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.calendar import Span


class Weekday(StrEnum):
    """A day of the week as the policy writes it, Monday first."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


@dataclass(frozen=True)
class Shift:
    """One shift: the weekdays on which it is worked and its spans with the breaks left out; shifts may overlap."""

    days: tuple[Weekday, ...]
    spans: tuple[Span, ...]
    source: str


@dataclass(frozen=True)
class ClosedDay:
    """A date on which this shop's desk rests, whatever the country does."""

    on: date
    why: str


@dataclass(frozen=True)
class WorkedDay:
    """A date on which this shop's desk works, whatever the country does; without spans, as on a Monday."""

    on: date
    why: str
    spans: tuple[Span, ...] | None = None


AS_THE_SHOP = "shop"
"""What a team says whose zone or public holidays are the shop's."""


@dataclass(frozen=True)
class TeamPlan:
    """The hours of one team, where they are not the shop's: its own shifts, and what else differs.

    `zone` and `public_holidays` are as in the shop's plan, or `shop`. The shop's closed and worked days hold for the
    team too, unless the team says otherwise of that date.
    """

    source: str
    shifts: dict[str, Shift]
    zone: str = AS_THE_SHOP
    public_holidays: str | None = AS_THE_SHOP
    closed: tuple[ClosedDay, ...] = ()
    worked: tuple[WorkedDay, ...] = ()


@dataclass(frozen=True)
class CalendarPlan:
    """The desk's hours before they are made explicit, and those of its teams.

    `zone` is an IANA zone, `public_holidays` an ISO country code or None for a shop that works through holidays.
    """

    zone: str
    public_holidays: str | None
    source: str
    shifts: dict[str, Shift]
    closed: tuple[ClosedDay, ...] = ()
    worked: tuple[WorkedDay, ...] = ()
    teams: dict[str, TeamPlan] = field(default_factory=dict[str, TeamPlan])

    def of_team(self, name: str) -> CalendarPlan:
        """The team's hours as a plan of its own.

        Raises:
            KeyError: no such team.
        """
        team = self.teams[name]
        settled = {day.on for day in (*team.closed, *team.worked)}
        return CalendarPlan(
            zone=self.zone if team.zone == AS_THE_SHOP else team.zone,
            public_holidays=self.public_holidays if team.public_holidays == AS_THE_SHOP else team.public_holidays,
            source=team.source,
            shifts=team.shifts,
            closed=(*(day for day in self.closed if day.on not in settled), *team.closed),
            worked=(*(day for day in self.worked if day.on not in settled), *team.worked),
        )
