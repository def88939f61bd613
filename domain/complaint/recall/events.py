"""What happens while a parcel is called back."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event


@dataclass(frozen=True, kw_only=True)
class RecallAsked(Event):
    """The logistics desk was asked to call the parcel back."""

    handles = True

    carrier: str
    tracking: str


@dataclass(frozen=True, kw_only=True)
class RecallRegistered(Event):
    """The courier was told, under the number of the slip."""

    slip: str
    courier: str


@dataclass(frozen=True, kw_only=True)
class PartOneSigned(Event):
    """The courier signed part one, and the label desk keeps it."""

    courier_signed: str


@dataclass(frozen=True, kw_only=True)
class OriginalReceived(Event):
    """The original parcel was received, in exchange for part one."""

    signed: str


@dataclass(frozen=True, kw_only=True)
class RecallFailed(Event):
    """The parcel could not be called back."""

    reason: str
