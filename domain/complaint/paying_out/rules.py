"""Rules of the way on which a complaint's money goes out (domain.md, "Money" [T])."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.paying_out import events as e
from domain.complaint.paying_out import refusals as no
from domain.complaint.paying_out import steps as s
from domain.complaint.state import Complaint
from domain.payment.means import Agreed, Means
from domain.steps import Step

NAMES_ACCOUNT = frozenset({Means.ACCOUNT, Means.WALLET})


def agreed_now(case: Complaint) -> Agreed | None:
    """The way that was agreed last; None for the original one."""
    last = case.agreed_means[-1] if case.agreed_means else None
    return None if last is None or last.means is Means.ORIGINAL else last


def agree(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """It holds for slips asked for from now on; those under way stay as they were signed."""
    step = cast("s.AgreeMeans", step)
    if (step.account is not None) is not (step.means in NAMES_ACCOUNT):
        needed = "needed" if step.means in NAMES_ACCOUNT else "left out"
        raise no.AccountMissing(field="account", means=step.means.value, needed=needed)
    if step.means is not Means.ORIGINAL and step.proof not in {photo.photo for photo in case.photos}:
        raise no.ProofMissing(field="proof")
    mark = step.account_mark if step.account is not None else ""
    part = Agreed(step.means, step.account, mark, step.with_whom, step.proof, step.reason, step.actor, now)
    return (e.MeansAgreed(at=now, by=step.actor, part=part),)
