"""Sums beside the remedy, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.charge import NOBODYS, Charge
from domain.complaint.parties import Party
from domain.money import Money
from domain.people import Actor


class PaidBy(StrEnum):
    """Who pays the difference of an exchange: the shop for cheaper goods, the customer for dearer ones."""

    SHOP = "shop"
    CUSTOMER = "customer"


@dataclass(frozen=True)
class Incoming:
    """The complaint's knowledge of a slip for money that comes in; `result` is None while it is under way."""

    case: str
    purpose: str
    """repayment or surcharge"""
    payer: Party
    amount: Money
    reason: str
    asked_by: Actor
    asked_at: datetime
    proposal: int = 0
    """Of a surcharge: the exchange or repair that it belongs to."""
    started: bool = False
    result: str | None = None
    """paid, rejected, void or not_paid"""
    reference: str = ""
    note: str = ""
    charge: Charge = NOBODYS
    """How urgent, and whose, the slip knows the matter to be; `charge_told` counts how often it was told."""
    charge_told: int = 0


@dataclass(frozen=True)
class PriceDifference:
    """What the goods of an agreed exchange cost more or less than those that came back."""

    proposal: int
    paid_by: PaidBy
    amount: Money
    reason: str
    by: Actor
    at: datetime


@dataclass(frozen=True)
class PlatformPayment:
    """What the platform paid to the customer by itself; `reference` is the platform's own, unique in the shop."""

    number: int
    amount: Money
    reference: str
    paid_at: datetime
    by: Actor
    told: bool = False
    """Whether the ledger was told."""
    over: Money | None = None
    """What the order line had given back beyond what was paid for it, once the ledger counted this."""
