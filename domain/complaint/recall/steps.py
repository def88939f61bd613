"""Steps of recalling a parcel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.roles import AGENTS
from domain.limits import Length, Reason, Says, ShortText
from domain.people import Role
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class AskForRecall(Step):
    """The parcel has left and the customer does not want it: it is called back through the courier [S]."""

    roles = AGENTS
    source = "S"
    summary = "Ask the logistics desk to call the parcel back; carrier and tracking number are the order's own."

    carrier: Annotated[str, Length(0, 120), Says("The courier company, if the order does not name it.", "")] = ""
    tracking: Annotated[str, Length(0, 64), Says("The parcel's number, if the order does not name it.", "")] = ""


@dataclass(frozen=True, kw_only=True)
class RegisterRecall(Step):
    """The courier is told, and the slip in two parts is written [S]."""

    roles = (Role.LOGISTICS,)
    source = "S"
    summary = "Register the recall with the courier under the number of its slip."

    slip: Annotated[str, Length(1, 64), Says("Number of the recall slip, both parts.", "RC-0117")]
    courier: Annotated[
        ShortText, Says("Branch or post of the courier that was told; no person's name.", "SF, Hangzhou")
    ]


@dataclass(frozen=True, kw_only=True)
class SignPartOne(Step):
    """The courier signs part one, which the label desk keeps; part two travels [S]."""

    roles = (Role.LABEL_DESK,)
    source = "S"
    summary = "Record that the courier signed part one of the slip and you keep it."

    courier_signed: Annotated[ShortText, Says("The courier's staff number or initials on part one.", "SF-20817")]


@dataclass(frozen=True, kw_only=True)
class SignOriginalReceived(Step):
    """The parcel is handed over in exchange for part one: "original parcel received", name and date [S]."""

    roles = (Role.LABEL_DESK,)
    source = "S"
    summary = "Sign that the original parcel is back; part one goes to the courier in exchange."

    signed: Annotated[ShortText, Says("Name of the person who signs.", "Ma")]


@dataclass(frozen=True, kw_only=True)
class ReportRecallFailed(Step):
    """The courier does not bring the parcel back: the customer is told at once, an ordinary return fits then [S]."""

    roles = (Role.LOGISTICS, Role.LABEL_DESK)
    source = "S"
    summary = "Report that the parcel could not be called back, with the reason; the customer is told at once."

    reason: Reason
