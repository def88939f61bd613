"""The catalogue of a slip's steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.limits import Length, Reason, Says
from domain.money import Money
from domain.people import Role
from domain.steps import Step

APPROVERS = (Role.SUPERVISOR, Role.CENTRE_MANAGER)


@dataclass(frozen=True, kw_only=True)
class ApproveSlip(Step):
    """An approver signs; above the policy's limit in sum a second one has to [T][O]."""

    roles = APPROVERS
    source = "T,O"
    summary = "Approve the slip: amount, reason and asker were checked."

    amount: Annotated[Money, Says("The amount approved; must be the slip's, so that nobody signs a stale sum.")]
    signed_today: Annotated[Money | None, Says("hidden")] = None
    """What this person signed for on the same day of the shop, over all cases; looked up at the edge."""


@dataclass(frozen=True, kw_only=True)
class ChangeAmount(Step):
    """A slip is made smaller before it goes to finance; whoever signed for the old sum signs again [T]."""

    roles = (Role.AGENT, Role.SUPERVISOR)
    source = "T,O"
    summary = "Lower the slip's amount before it is with finance; it needs its approvals anew."

    amount: Annotated[Money, Says("The new amount; more than was agreed needs another proposal.")]
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class RejectSlip(Step):
    """An approver refuses; the complaint goes back to the agent [T]."""

    roles = APPROVERS
    source = "T"
    summary = "Reject the slip with a reason."

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class SignPaid(Step):
    """Finance paid in its own system, or found the money come in, and signs with the reference [T]."""

    roles = (Role.FINANCE,)
    source = "T"
    summary = "Sign that the slip's money went out, or came in, with the payment's reference."

    amount: Annotated[Money, Says("The amount paid; must be the slip's.")]
    reference: Annotated[str, Length(1, 64), Says("Reference of the payment in finance's system.", "PAY-20261122-17")]
    despite_hold: Annotated[
        bool, Says("Only for a slip that is held back: the money had left before you could know.", False)
    ] = False


@dataclass(frozen=True, kw_only=True)
class ReportNotPaid(Step):
    """Finance could not pay, or nothing came in; the account is as it was [T]."""

    roles = (Role.FINANCE,)
    source = "T"
    summary = "Report that the slip was not paid, with the reason."

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class VoidSlip(Step):
    """A slip is taken back before it goes to finance; its number is kept with the reason [T]."""

    roles = APPROVERS
    source = "T"
    summary = "Void the slip before it is with finance; the number stays on record."

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class TakeCaseSum(Step):
    """The complaint's payments have grown."""

    roles = (Role.DESK,)
    by_machine = True

    case_sum: Money


@dataclass(frozen=True, kw_only=True)
class TakeHold(Step):
    """The complaint says that what the slip pays for is in doubt, or no longer; the highest count is the last word."""

    roles = (Role.DESK,)
    by_machine = True

    held: bool
    told: int
    void: str = ""
    """Why it is void, if the platform has paid instead."""
