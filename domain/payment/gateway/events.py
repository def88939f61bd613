"""What happens between a slip and the payment gateway."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event, TimeActed
from domain.payment.gateway.state import Heard, Mismatch


@dataclass(frozen=True, kw_only=True)
class SlipSent(Event):
    """The slip is sent to the gateway, for the `number`-th time under its one key; on record before anything leaves."""

    number: int


@dataclass(frozen=True, kw_only=True)
class GatewayAsked(Event):
    """The gateway is asked what became of the slip, for the `number`-th time."""

    number: int


@dataclass(frozen=True, kw_only=True)
class GatewayHeard(Event):
    """The gateway said something of the slip, or nothing."""

    heard: Heard


@dataclass(frozen=True, kw_only=True)
class InquiryDue(TimeActed):
    """No answer has settled the slip: the gateway is to be asked."""

    @property
    def timer(self) -> str:
        """What was waited for."""
        return "gateway_inquiry"


@dataclass(frozen=True, kw_only=True)
class InquiryWanted(Event):
    """A person wants the gateway to be asked now."""


@dataclass(frozen=True, kw_only=True)
class FellToHand(Event):
    """The gateway certainly pays nothing: finance pays the slip by hand."""

    why: str


@dataclass(frozen=True, kw_only=True)
class MismatchFound(Event):
    """The gateway's record contradicts the slip's; nothing is overwritten."""

    part: Mismatch


@dataclass(frozen=True, kw_only=True)
class MismatchSettled(Event):
    """Finance cleared up a contradiction."""

    number: int
    how: str


@dataclass(frozen=True, kw_only=True)
class SlipReversed(Event):
    """The bank or gateway gave the money back: it is with the shop again, and the customer without it."""

    reference: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LateNewsOver(TimeActed):
    """The time has passed in which the ended slip heard of contradictions and reversals."""

    @property
    def timer(self) -> str:
        """What was waited for."""
        return "late_payment_news"
