"""The catalogue of the steps of a parcel at the dock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from domain.dock.state import Lead
from domain.limits import Between, Length, Reason, Says
from domain.people import Role
from domain.steps import Step

MATCHERS = (Role.AGENT, Role.SUPERVISOR, Role.LOGISTICS)
"""After-sales find the customer of a parcel without a card [S]; the warehouse hands it over."""

CaseNumber = Annotated[str, Length(1, 64), Says("Number of the return.", "AS-2026-000001-R1")]
FromRegister = Annotated[tuple[Lead, ...], Says("hidden")]
"""The returns that a step names, as the register shows them: the edge fills it, one of another shop is not there."""


@dataclass(frozen=True, kw_only=True)
class MatchParcel(Step):
    """A person says whose parcel it is; what spoke for that return stands beside it [S]."""

    roles = MATCHERS
    source = "S"
    summary = "Match an unidentified parcel to the return that it belongs to."

    return_case: CaseNumber
    reason: Reason
    leads: FromRegister = ()


@dataclass(frozen=True)
class Share:
    """So many units of one barcode belong to this return."""

    return_case: CaseNumber
    barcode: Annotated[str, Length(1, 64), Says("The barcode on the goods.", "6901234567892")]
    quantity: Annotated[int, Between(1, 100_000)]


@dataclass(frozen=True, kw_only=True)
class SplitParcel(Step):
    """One parcel with the goods of several returns is divided among them; each hears of its own [S][O]."""

    roles = MATCHERS
    source = "S,O"
    summary = "Divide an unidentified parcel among the returns whose goods lie in it."

    shares: Annotated[tuple[Share, ...], Length(1, 50)]
    reason: Reason
    leads: FromRegister = ()


@dataclass(frozen=True, kw_only=True)
class UnmatchParcel(Step):
    """The match was wrong: the return waits on as if nothing had been, and the parcel is unidentified again [O]."""

    roles = MATCHERS
    source = "O"
    summary = "Take a wrong match back; the return's deadlines are those that it had."

    return_case: CaseNumber
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class TakeOnParcel(Step):
    """Somebody owns the question whose parcel it is, so that it ages with a name beside it [S][O]."""

    roles = MATCHERS
    source = "S,O"
    summary = "Take on an unidentified parcel: you find out whose it is."


class WhereItWent(StrEnum):
    """Where a parcel goes that belongs to no return."""

    SENT_TO_SENDER = "sent_to_sender"
    HANDED_TO_COURIER = "handed_to_courier"
    RECORDED_TWICE = "recorded_twice"
    NOT_A_RETURN = "not_a_return"
    DISPOSED_OF = "disposed_of"


@dataclass(frozen=True, kw_only=True)
class CloseParcel(Step):
    """A parcel that is nobody's return: where it goes is written [S][O]."""

    roles = (Role.SUPERVISOR,)
    source = "S,O"
    summary = "End an unidentified parcel that belongs to no return, and say where it goes."

    outcome: WhereItWent
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class TakeLead(Step):
    """The register shows a return that this parcel may belong to and that was not there when it came."""

    roles = (Role.DESK,)
    by_machine = True

    lead: Lead


@dataclass(frozen=True, kw_only=True)
class TakeReturnAnswer(Step):
    """A return says what came of the parcel: inspected, or over."""

    roles = (Role.DESK,)
    by_machine = True

    return_case: str
    result: str
