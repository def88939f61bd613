"""Steps of stopping an order before it is dispatched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.problems import StopWish
from domain.complaint.roles import AGENTS
from domain.complaint.stopping.state import Aftermath, Change, Found
from domain.limits import Length, Says, ShortText
from domain.people import Role
from domain.sealed import Sealed
from domain.steps import Step

Note = Annotated[str, Length(0, 1000), Says("What else the desk should know; no customer's name.", "")]


@dataclass(frozen=True, kw_only=True)
class AskToStop(Step):
    """A request in writing to the label desk: hold the order back, to cancel or to change it [S]."""

    roles = (Role.PRE_SALES, *AGENTS)
    source = "S"
    summary = "Ask the label desk to hold the order back before it is dispatched, to cancel or to change it."

    wish: StopWish
    change: Annotated[
        str, Length(0, 400), Says("What is to be other: size, colour; no address, no name.", "size 40 instead of 39")
    ] = ""
    address: Annotated[Sealed | None, Length(1, 500), Says("The new address, where that is what changes.")] = None


@dataclass(frozen=True, kw_only=True)
class ConfirmStop(Step):
    """How far the order is, and whether it is in hand; taken again whenever that changes, the last word counts [S]."""

    roles = (Role.LABEL_DESK,)
    source = "S"
    summary = "Answer the request: how far the order is, and whether it is in your hands; again when that changes."

    found: Found
    secured: Annotated[
        bool, Says("Void confirmed, dispatch slip and courier label back, or parcel back, by the state found.", True)
    ]
    note: Note = ""


@dataclass(frozen=True, kw_only=True)
class ReportChanged(Step):
    """The order is edited, its papers corrected or the parcel reprinted, with the remark that stands on it [S]."""

    roles = (Role.LABEL_DESK,)
    source = "S"
    summary = "Report that the order was changed as asked: it goes out so."

    done: Change
    remark: Annotated[
        str, Length(3, 400), Says("The remark on the order; no address, no name.", "size 40 instead of 39, as asked")
    ]
    tracking: Annotated[str, Length(0, 64), Says("Tracking number, if it is known already.", "SF1234567890")] = ""


@dataclass(frozen=True, kw_only=True)
class RecordAftermath(Step):
    """Papers destroyed or goods back in stock after the refund, with name and date; or the order goes on after all."""

    roles = (Role.LABEL_DESK, Role.WAREHOUSE)
    source = "S,O"
    summary = "Note what became of what was held back; also after the case was closed."

    done: Aftermath
    signed: Annotated[ShortText, Says("Name of the person who did it.", "Ma")]
    note: Note = ""
