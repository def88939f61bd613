"""By which means money goes to a customer: as it was paid, or another way that was agreed [T][O]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people import Actor
from domain.sealed import Sealed


class Means(StrEnum):
    """A way for money to the customer."""

    ORIGINAL = "original"
    """By the means and to the account from which the order was paid."""
    ACCOUNT = "account"
    """To a bank account that the customer named."""
    WALLET = "wallet"
    """To a wallet (Alipay, WeChat) that the customer named."""
    CASH = "cash"
    """Over the counter."""


BY_GATEWAY = (Means.ORIGINAL, Means.ACCOUNT, Means.WALLET)
"""What a payment gateway can be asked for at all."""


@dataclass(frozen=True)
class Agreed:
    """Another way for the money than the original one, and who agreed to it.

    account: the customer's words, sealed. account_mark: its blind mark, by which a gateway names it back. proof: id of
    a photo in the case.
    """

    means: Means
    account: Sealed | None
    account_mark: str
    with_whom: str
    proof: str
    reason: str
    by: Actor
    at: datetime
