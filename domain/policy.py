"""The shop's policy: every number in brackets of the rule books, its default elsewhere, its source beside it.

A case pins the policy and calendar it was opened under and carries both in its history.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from domain.calendar import Calendar
from domain.clock import ClockRule
from domain.money import Money

T = TypeVar("T")


class Language(StrEnum):
    """The language in which the shop writes to its customers."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True)
class Sourced(Generic[T]):
    """A value of the policy with the tags of the rule books it comes from (domain.md), comma between them."""

    value: T
    source: str


@dataclass(frozen=True)
class ClockRules:
    """The service clocks of a complaint, in the order in which a case meets them."""

    acknowledgement: ClockRule
    """The complaint is acknowledged and its facts verified."""
    first_feedback: ClockRule
    """First substantive feedback: process, expected time, next step [F]."""
    missing_facts: ClockRule
    """The customer supplies what the complaint lacks; then a person calls [F][O]."""
    verification: ClockRule
    """An order that is not registered yet is found or declared unknown."""
    evidence: ClockRule
    """The customer sends the photos that the remedy asks for."""
    judgement: ClockRule
    """The agent judges responsibility, severity and frequency."""
    proposal: ClockRule
    """The agent proposes a remedy after judging."""
    proposal_answer: ClockRule
    """The customer accepts or refuses the proposal."""
    proposal_approval: ClockRule
    """The supervisor or the centre manager approves or rejects a proposal before the customer sees it [O]."""
    reshipment: ClockRule
    """The label desk sends goods of an exchange, reshipment or repair and reports the number the same day [S]."""
    repair: ClockRule
    """The warehouse has the customer's goods mended [O]."""
    coupon: ClockRule
    """The agent issues the coupon in the shop's system and records its code [O]."""
    correction: ClockRule
    """What was wrong with an invoice, an address, an account or an order is put right [O]."""
    return_tracking: ClockRule
    """The customer reports the return's tracking number [O]."""
    arrival: ClockRule
    """The return arrives at the warehouse."""
    inspection: ClockRule
    """The warehouse inspects what arrived [S]."""
    after_inspection: ClockRule
    """The agent settles with the customer what failed the inspection."""
    slip_approval: ClockRule
    """The slip of a payment is approved."""
    payment: ClockRule
    """Finance pays the approved slip."""
    telling: ClockRule
    """A person tells the customer what could not be told by machine."""
    call_back: ClockRule
    """The call-back desk calls the customer after completion [D][E][S]."""


@dataclass(frozen=True)
class ReturnAddress:
    """Where the shop takes returns: the shop's own address, not a person's."""

    addressee: str
    phone: str
    address: str


@dataclass(frozen=True)
class ShopPolicy:
    """What a shop has decided. Money is in minor units of `currency`; days are calendar days.

    `evidence_required` names the problems whose remedy waits for a photo.
    """

    currency: str
    language: Language
    clocks: ClockRules
    call_back_tries: Sourced[int]
    """How often an unreached customer is called before the supervisor hears of it."""
    call_back_days: Sourced[int]
    """On how many different days those calls are made, at least."""
    reopen_window_days: Sourced[int]
    """How long after filing late evidence opens a case again."""
    second_approver_above: Sourced[Money]
    """Payments of a case above this sum need a second approver [T]."""
    freight_cap: Sourced[Money]
    """The most return freight that is repaid for one return."""
    proposal_valid_days: Sourced[int]
    """How long a proposal can be accepted once the customer has it; the agent may always propose anew [O]."""
    agent_offers_up_to: Sourced[Money]
    """What a proposal may cost the shop without the supervisor's approval, if an agent makes it [O]."""
    supervisor_offers_up_to: Sourced[Money]
    """What it may cost without the centre manager's approval, whoever makes it [O]."""
    customer_link_days: Sourced[int]
    """How long a customer's link to the case works."""
    max_photos: Sourced[int]
    """How many photos one case takes."""
    evidence_required: Sourced[tuple[str, ...]]
    photo_exempt_kinds: Sourced[tuple[str, ...]]
    """Kinds of fault that no photo shows: the warehouse's inspection decides instead [S]."""
    return_address: ReturnAddress


@dataclass(frozen=True)
class PinnedPolicy:
    """Policy and calendar as a case carries them; `version` is the SHA-256 of their canonical JSON, in hex."""

    version: str
    policy: ShopPolicy
    calendar: Calendar
