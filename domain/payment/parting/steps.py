"""Steps of a slip that is paid in parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.limits import Length, Says
from domain.money import Money
from domain.people import Role
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class SignPart(Step):
    """Finance paid a part of the slip; the last part is signed by `sign_paid` with what was left [T][O]."""

    roles = (Role.FINANCE,)
    source = "T,O"
    summary = "Sign that a part of the slip's money moved; the rest is still owed."

    amount: Annotated[Money, Says("The part; less than what is left of the slip.")]
    reference: Annotated[str, Length(1, 64), Says("Reference of this part in finance's system.", "PAY-20261122-18")]
