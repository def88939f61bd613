"""Steps about a slip and the payment gateway."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from domain.limits import Length, Reason, Says
from domain.payment.gateway.state import Heard
from domain.people import Role
from domain.steps import Step


class Found(StrEnum):
    """What the gateway's own statement says of a slip."""

    PAID = "paid"
    NOT_PAID = "not_paid"


@dataclass(frozen=True, kw_only=True)
class AskGateway(Step):
    """Finance has the gateway asked now, beside the planned inquiries [O]."""

    roles = (Role.FINANCE,)
    source = "O"
    summary = "Ask the payment gateway now what became of the slip."


@dataclass(frozen=True, kw_only=True)
class SettleUnknown(Step):
    """Finance read the gateway's own statement and decides a slip that no inquiry settled [T][O]."""

    roles = (Role.FINANCE,)
    source = "T,O"
    summary = "Decide a slip of unknown outcome by the gateway's own statement."

    found: Annotated[Found, Says("What the statement says.", "paid")]
    reference: Annotated[str, Length(0, 64), Says("The payment's reference there; needed if it was paid.", "")] = ""
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class SettleMismatch(Step):
    """Finance cleared up a contradiction between the slip and the gateway's record, after the slip had ended [T][O]."""

    roles = (Role.FINANCE,)
    source = "T,O"
    summary = "Record how a contradiction between the slip and the gateway was cleared up."

    number: Annotated[int, Says("Number of the contradiction, as in the task mismatch-N.", 1)]
    how: Reason


@dataclass(frozen=True, kw_only=True)
class ReportReversed(Step):
    """The bank gave the money back: the customer does not have it [T][O]."""

    roles = (Role.FINANCE,)
    source = "T,O"
    summary = "Report that a paid slip's money came back from the bank; the complaint pays it anew."

    reference: Annotated[str, Length(1, 64), Says("The bank's reference of the reversal.", "REV-20261122-3")]
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class TakeGatewayNews(Step):
    """The gateway tells by itself what became of a slip, under its signature; each notice counts once."""

    roles = (Role.DESK, Role.INTEGRATION)
    by_machine = True

    heard: Heard
