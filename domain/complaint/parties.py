"""Who answers for a problem, alone or by shares (domain.md, spine 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from domain.limits import Between, Says


class Party(StrEnum):
    """Who answers for the problem [T][F]."""

    SHOP = "shop"
    WAREHOUSE = "warehouse"
    COURIER = "courier"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    PLATFORM = "platform"
    UNDECIDED = "undecided"


WHOLE = 100
"""Shares are per cent of this."""


@dataclass(frozen=True)
class Share:
    """How much of the cost one party answers for; the shares of a judgement are 100 in sum."""

    party: Party
    percent: Annotated[int, Between(1, WHOLE), Says("Of 100.", 70)]
