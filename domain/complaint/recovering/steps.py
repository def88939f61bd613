"""Steps of recovering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.parties import Party
from domain.complaint.roles import DESK_HEADS
from domain.limits import Length, Reason, Says
from domain.money import Money
from domain.people import Role
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class SettleRecovery(Step):
    """A responsible party makes good its share without money moving: by a credit note, or a line of its statement [S].

    Money that comes in has a slip: `ask_repayment`.
    """

    roles = (Role.AGENT, Role.LOGISTICS, Role.SUPERVISOR)
    source = "S,O"
    summary = "Record a credit note or statement line that makes a share good; also after the case was closed."

    party: Party
    amount: Money
    reference: Annotated[str, Length(1, 64), Says("The credit note or statement line.", "SF-2026-03/118")]


@dataclass(frozen=True, kw_only=True)
class WriteOffRecovery(Step):
    """The supervisor gives up what a party still owes, with the reason [O]."""

    roles = DESK_HEADS
    source = "O"
    summary = "Write off what a responsible party still owes, with a reason; also after the case was closed."

    party: Party
    reason: Reason


AFTER_CLOSING = frozenset({SettleRecovery.slug(), WriteOffRecovery.slug()})
"""Steps that a closed case takes: recovering holds up the filing, not the customer."""
