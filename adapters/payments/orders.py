"""What a payment gateway is told and says, whatever the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.money import Money
from domain.payment.gateway.state import Heard


@dataclass(frozen=True, repr=False)
class Order:
    """One payment to make. `key` is the slip's number: the same key is the same payment, however often it comes.

    account: in clear, so an order is never shown; `account_mark` is the mark under which the gateway names it back.
    """

    key: str
    amount: Money
    purpose: str
    means: str
    account: str = ""
    account_mark: str = ""

    def __repr__(self) -> str:
        return f"Order({self.key}, {self.amount})"


class Gateway(Protocol):
    """A payment gateway. It never raises for what the other side does: what is not certain is `unsure`."""

    async def order(self, order: Order) -> Heard:
        """Have it pay, once a key."""
        ...

    async def inquire(self, key: str, number: int) -> Heard:
        """Ask what became of a key; the `number` of the inquiry only tells repeats apart."""
        ...
