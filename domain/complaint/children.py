"""A complaint's returns and slips as it knows them: cases of their own, of which it hears."""

from __future__ import annotations

from dataclasses import dataclass

from domain.charge import NOBODYS, Charge
from domain.goods_return.lines import LineStanding
from domain.money import Money
from domain.people import Actor


@dataclass(frozen=True)
class ReturnOf:
    """The complaint's knowledge of one of its returns; `result` is None while it is under way."""

    case: str
    proposal: int
    result: str | None = None
    """passed, failed, not_sent, lost, called_off, sent_back, given_back"""
    announced: int = 0
    accepted: int = 0
    findings: str = ""
    lines: tuple[LineStanding, ...] = ()
    """How each line stood when it last reported."""
    lines_told: tuple[int, ...] = ()
    """Lines of the order that the return knows of."""
    shipments_told: int = 0
    """How many of the customer's parcels the return knows of."""
    first_shipment: int = 0
    """How many of the customer's parcels were earlier returns'."""
    settled_as: str = ""
    """What the return was told to do with the goods: accepted, kept, send_back, send_back_failed or call_off."""
    came_again: int = 0
    """How often it reported goods after its end, or after it had failed."""
    charge: Charge = NOBODYS
    """How urgent, and whose, the return knows the matter to be; `charge_told` counts how often it was told."""
    charge_told: int = 0


@dataclass(frozen=True)
class PaymentOf:
    """The complaint's knowledge of one of its slips; `result` is None while it is under way."""

    case: str
    proposal: int
    purpose: str  # refund, compensation, freight or price_difference
    amount: Money
    case_sum: Money
    """Sum of the case's payments that the slip was told, which decides about a second approver [T]."""
    requested_by: Actor
    result: str | None = None
    """paid, rejected, void, not_paid, refused, above_ceiling, reversed; asked_again once it was asked for anew"""
    reference: str = ""
    note: str = ""
    asked_again_by: Actor | None = None
    """Who asked anew for a slip that came to nothing: that person is the asker of the next one."""
    line: int = 0
    """The line of the order under whose ceiling it stands; 0 where that does not count."""
    return_case: str = ""
    """Of freight: the return it was prepaid for."""
    receipts: tuple[str, ...] = ()
    """Of freight: photo ids of the receipts that prove it."""
    held: bool = False
    """Whether the slip was told to wait, because what the refund rests on is in doubt."""
    holds_told: int = 0
    """How often it was told to wait, or to wait no longer."""
    void_told: bool = False
    """Whether it was told that the platform has paid instead."""
    charge: Charge = NOBODYS
    charge_told: int = 0
