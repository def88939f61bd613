"""What a parcel at the dock has to tell the returns: that it is here, or that it never was theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.dock.events import ReturnHeard
from domain.dock.state import DockParcel, Match
from domain.people import DESK


@dataclass(frozen=True)
class TellArrival:
    """Tell a return that a parcel of its own is here."""

    match: Match

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return ReturnHeard(at=now, by=DESK, return_case=self.match.return_case, arrived=True)


@dataclass(frozen=True)
class TellTakenBack:
    """Tell a return that the parcel never was its own."""

    match: Match

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return ReturnHeard(at=now, by=DESK, return_case=self.match.return_case, arrived=False)


Errand = TellArrival | TellTakenBack


def next_errand(case: DockParcel) -> Errand | None:
    """The first return that does not know yet; a match undone before it was told is told of neither."""
    for match in case.matches:
        if match.holds and not match.told:
            return TellArrival(match)
        if not match.holds and match.told and not match.undoing_told:
            return TellTakenBack(match)
    return None
