"""Finance's own book: what left the account, written before the desk is told of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from decimal import Decimal

from tests.faults.client_log import ClientLog, Signature
from tests.faults.load.sending import Request


@dataclass
class FinanceBook:
    """Each slip is paid once, under one reference; what the desk has not taken yet is owed to it."""

    log: ClientLog
    name: str
    paid: dict[str, str] = field(default_factory=dict[str, str])
    owed: dict[str, tuple[Request, str]] = field(default_factory=dict[str, tuple[Request, str]])
    """By slip: the signature that still has to be taken, and its story."""

    def pay(self, slip: str, amount: dict[str, str], story: str) -> Request:
        """Pay a slip that is with finance, outside, and give the signature to send: the same one every time."""
        if slip not in self.paid:
            reference = f"PAY-{self.name}-{len(self.paid) + 1}"
            self.paid[slip] = reference
            minor = int(Decimal(amount["amount"]) * 100)
            self.log.signed(Signature(slip, reference, minor, amount["currency"], time.time()))
            signing = Request(
                intent="step",
                role="finance",
                method="POST",
                path=f"/v1/cases/{slip}/steps/sign_paid",
                key=f"{self.name}-sign-{slip}",
                body={"amount": amount, "reference": reference},
                case=slip,
                step="sign_paid",
            )
            self.owed[slip] = (signing, story)
        return self.owed[slip][0]

    def settled(self, slip: str) -> None:
        """The desk has taken the signature."""
        self.owed.pop(slip, None)
