"""What a slip has to ask of the payment gateway now: to pay it, or what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.payment.gateway import events as g
from domain.payment.gateway import questions as ask
from domain.payment.state import Payment
from domain.people import DESK


@dataclass(frozen=True)
class SendSlip:
    """Send the slip, under its one key; on record before anything leaves [T][O]."""

    number: int

    def done(self, now: datetime) -> Event:
        """The event before it leaves."""
        return g.SlipSent(at=now, by=DESK, number=self.number)


@dataclass(frozen=True)
class AskAfterSlip:
    """Ask what became of the slip."""

    number: int

    def done(self, now: datetime) -> Event:
        """The event before it is asked."""
        return g.GatewayAsked(at=now, by=DESK, number=self.number)


GatewayErrand = SendSlip | AskAfterSlip


def next_errand(case: Payment) -> GatewayErrand | None:
    """What is to be asked of the gateway next."""
    if ask.to_send(case):
        return SendSlip(len(case.gateway.sent) + 1)
    if case.gateway.asking and case.closed_at is None:
        return AskAfterSlip(case.gateway.inquiries + 1)
    return None
