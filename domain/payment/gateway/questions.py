"""Where a slip stands with the payment gateway: pure questions."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.payment.gateway.state import Standing
from domain.payment.means import BY_GATEWAY, Means
from domain.payment.purposes import Direction
from domain.payment.state import Payment


def goes_by_gateway(case: Payment) -> bool:
    """Whether the shop pays by gateway what goes out by this slip's means [O]."""
    chosen = case.pinned.policy.gateway_means.value
    return case.direction is Direction.OUT and Means(case.means) in BY_GATEWAY and case.means in chosen


def to_send(case: Payment) -> bool:
    """Whether it is to be sent now: first, or again after the gateway was certain that it has nothing of it."""
    if not case.with_finance or case.held or case.parts or not goes_by_gateway(case):
        return False
    if case.gateway.standing is Standing.NOT_SENT:
        return True
    return certainly_not_there(case) and not sent_to_the_end(case)


def certainly_not_there(case: Payment) -> bool:
    """Whether the gateway said often enough in a row, and for certain, that it has no such order [O]."""
    side = case.gateway
    often = side.not_found >= case.pinned.policy.gateway_not_found.value
    return side.standing is Standing.UNKNOWN and often and not side.open_mismatches


def sent_to_the_end(case: Payment) -> bool:
    """Whether it was sent as often as the policy lets it be."""
    return len(case.gateway.sent) >= case.pinned.policy.gateway_sendings.value


def next_inquiry(case: Payment) -> datetime | None:
    """When the gateway is asked next (UTC); None while it is being asked, or when nothing is left to ask."""
    side, plan = case.gateway, case.pinned.policy.gateway_inquiries.value
    if case.closed_at is not None or not side.under_way or side.asking or side.open_mismatches:
        return None
    return side.sent[-1] + plan[side.asked] if side.asked < len(plan) else None


def asked_to_the_end(case: Payment) -> bool:
    """Whether every planned inquiry was made and none settled it: a person decides."""
    side = case.gateway
    used_up = side.asked >= len(case.pinned.policy.gateway_inquiries.value)
    return case.closed_at is None and side.under_way and used_up and not side.asking


def listens_until(case: Payment) -> datetime | None:
    """Until when the ended slip hears that the money came back, or that the gateway tells otherwise (UTC) [O]."""
    if case.closed_at is None or case.gateway.late_news_over:
        return None
    paid_out = case.direction is Direction.OUT and case.paid_at is not None
    if not paid_out and not case.gateway.sent:
        return None
    return case.closed_at + timedelta(days=case.pinned.policy.late_payment_news_days.value)
