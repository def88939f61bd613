"""The shop's policy: every number in brackets of the rule books, its default elsewhere, its source beside it.

A case pins the policy and calendar it was opened under and carries both in its history.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from domain.calendar import Calendar
from domain.clock import ClockRule
from domain.letter_phrases import Text
from domain.money import Money
from domain.quiet import QuietHours, Way

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
    identification: ClockRule
    """Somebody takes on a parcel of which nobody knows whose it is [S]."""
    parcel_owner: ClockRule
    """Who took it on finds out whose it is [O]."""
    inspection: ClockRule
    """The warehouse inspects what arrived [S]."""
    after_inspection: ClockRule
    """The agent settles with the customer what failed the inspection."""
    goods_on_hold: ClockRule
    """Goods at repair or with the supplier come back and go where they stay [O]."""
    slip_approval: ClockRule
    """The slip of a payment is approved."""
    payment: ClockRule
    """Finance pays the approved slip."""
    label_desk_answer: ClockRule
    """The label desk says how far the order is, and whether it is in hand [S]."""
    label_desk_change: ClockRule
    """The label desk changes an order that is in hand, as asked [S]."""
    recall_registration: ClockRule
    """The logistics desk registers a recall with the courier [S]."""
    recall_arrival: ClockRule
    """The recalled parcel comes back to the label desk [S]."""
    telling: ClockRule
    """A person tells the customer what could not be told by machine."""
    call_back: ClockRule
    """The call-back desk calls the customer after completion [D][E][S]."""
    broken_promise: ClockRule
    """The supervisor deals with a promise that was broken; one clock a promise [O]."""
    contact_answer: ClockRule
    """A customer who had to ask gets an answer [O]."""
    arrival_call: ClockRule
    """A parcel has arrived at the customer, who is called for the four facts; one clock a parcel [S][O]."""
    resolution: ClockRule
    """The whole case: from the opening until the outcome stands [O]."""
    department: ClockRule
    """Another desk answers a request; reminders ask it again [D][S]. One clock a request, `department#2`."""
    refund_request: ClockRule
    """A refund request is answered on the platform; by default, for the platform names its own deadline [S]."""
    dispute: ClockRule
    """A dispute is answered on the platform; by default, for the platform names its own deadline [S]."""
    courier_claim: ClockRule
    """The courier answers a claim; one clock a claim [S][O]."""
    trace: ClockRule
    """The courier answers a trace, through the logistics desk [F][D]. One clock a trace, `trace#2`."""


@dataclass(frozen=True)
class FirstReply:
    """A row for the first word of a person to a customer who wrote on one of these channels [D][T].

    `shift` names the shift that has to work at the instant of receipt, None fits at any time; of the rows that fit the
    first one counts. No row, no clock.
    """

    channels: tuple[str, ...]
    clock: ClockRule
    shift: str | None = None


@dataclass(frozen=True)
class PriorityRules:
    """Points for each answer to the four questions [F]; their sum decides how soon a case is looked at.

    Health and food safety are no row: they go before any sum.
    """

    small_loss: Sourced[int]
    """The customer's actual loss is small."""
    large_loss: Sourced[int]
    """The customer's actual loss is large."""
    large_loss_from: Sourced[Money]
    """From this sum on a loss is large."""
    several: Sourced[int]
    """Several customers complain of it."""
    systemic: Sourced[int]
    """It is a fault of the system: more will come."""
    business_stopped: Sourced[int]
    """It stops the customer's business."""
    not_mendable_simply: Sourced[int]
    """It cannot be mended simply."""
    level_2_from: Sourced[int]
    """Points from which the case is of level 2."""
    level_3_from: Sourced[int]
    """Points from which the case is of level 3."""
    level_4_from: Sourced[int]
    """Points from which the case is of level 4; below it is of level 5."""


@dataclass(frozen=True)
class ReturnAddress:
    """Where the shop takes returns: the shop's own address, not a person's."""

    addressee: str
    phone: str
    address: str


class Anchor(StrEnum):
    """From when the time counts in which goods come back."""

    PAID = "paid"
    DISPATCHED = "dispatched"
    SIGNED = "signed"


@dataclass(frozen=True)
class ReturnWindow:
    """For these problems goods come back within so many days, counted to the end of the last one on the shop's clock.

    `whole`: only intact, box whole, fit to be sold again, as the customer says before sending them [S].
    """

    problems: tuple[str, ...]
    days: int
    anchor: Anchor
    whole: bool
    source: str


class FreightCollect(StrEnum):
    """What the dock does with a parcel for which the courier wants the freight from us [S]."""

    TAKE_IN = "take_in"
    TURN_AWAY = "turn_away"


@dataclass(frozen=True)
class ReturnRules:
    """When goods may come back; a problem without a row asks for nothing of the kind."""

    windows: tuple[ReturnWindow, ...]
    final_sale: Sourced[tuple[str, ...]]
    """Barcodes or products that are sold for good, where a row asks."""
    freight_collect: Sourced[FreightCollect] = Sourced(FreightCollect.TAKE_IN, "S")
    """Whether a freight-collect parcel is taken in or turned away; the return goes on either way [S]."""


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
    asker_limit_a_day: Sourced[Money]
    """What one person asks for on one day beyond this needs a second approver, slip by slip [O]."""
    approver_limit_a_day: Sourced[Money]
    """The most that one person approves on one day, over all cases [O]."""
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
    progress_every_hours: Sourced[int]
    """While a case is open the customer hears of its progress at least so often, in hours [F]."""
    promise_days_ahead: Sourced[int]
    """The furthest that a promise to the customer reaches, in days."""
    timetable_days_ahead: Sourced[int]
    """The furthest that a line of a complex case's timetable reaches, in days."""
    platform_list_at: Sourced[str]
    """When the supervisor goes through refund requests and disputes, every day, by the desk's wall clock [S][T]."""
    parcel_checks: Sourced[tuple[str, ...]]
    """When a parcel that a case waits for is checked, every day, by the desk's wall clock [S]."""
    bounces_before_naming: Sourced[int]
    """How often units pass a request on before the supervisor names who answers [D][E]."""
    late_news_days: Sourced[int]
    """How long a closed case still hears a late answer of a desk, or that a lost parcel turned up."""
    important_customer_level: Sourced[int]
    """From this level on a customer is important: the complaint goes to the centre manager [S]."""
    mark_lasts: Sourced[timedelta]
    """How long the mark of somebody who looks at a case is shown to others, unless renewed."""
    duplicate_days: Sourced[int]
    """Within so many days another complaint of the same customer is a likely duplicate."""
    priority: PriorityRules
    late_goods_days: Sourced[int]
    """How long a return that ended without its goods still takes them if they come after all [O]."""
    return_address: ReturnAddress
    returns: ReturnRules
    letters: dict[Language, dict[str, Text]] = field(default_factory=dict[Language, dict[str, Text]])
    """The shop's own texts of messages to customers, by language and kind; the others are the desk's."""

    def own_text(self, kind: str) -> Text | None:
        """The shop's own text of a message in the language it writes in, if it has one."""
        return self.letters.get(self.language, {}).get(kind)

    first_reply: tuple[FirstReply, ...] = ()
    gateway_means: Sourced[tuple[str, ...]] = Sourced((), "O")
    """Which means of payment go out by the shop's payment gateway; the others, and without one all, by hand [O]."""
    gateway_inquiries: Sourced[tuple[timedelta, ...]] = Sourced((timedelta(minutes=1),), "O")
    """How long after its sending a slip is asked for at the gateway, again and again; then a person decides [O]."""
    gateway_not_found: Sourced[int] = Sourced(2, "O")
    """How often in a row the gateway has to be certain that it has no such order, before the slip is sent again [O]."""
    gateway_in_flight: Sourced[timedelta] = Sourced(timedelta(seconds=45), "O")
    """So long after its sending an order may be on its way: that the gateway does not know it is not certain [O]."""
    gateway_sendings: Sourced[int] = Sourced(3, "O")
    """How often a slip is sent to the gateway at most, always under its one key; then finance pays it by hand [O]."""
    late_payment_news_days: Sourced[int] = Sourced(60, "O")
    """How long an ended slip hears that its money came back, or that the gateway tells otherwise [O]."""
    ways_to_customer: Sourced[tuple[Way, ...]] = Sourced((Way.EMAIL, Way.GATEWAY, Way.PERSON), "F,O")
    """By which way a message goes to the customer: the first of these that is there; a person is the last."""
    quiet: QuietHours | None = None
    """When messages by some of these ways wait until the morning."""


@dataclass(frozen=True)
class TeamCalendar:
    """The business hours of one team of the shop."""

    team: str
    calendar: Calendar


@dataclass(frozen=True)
class PinnedPolicy:
    """Policy and calendars as a case carries them; `version` is the SHA-256 of their canonical JSON, in hex.

    `calendar` is the shop's, `teams` are those of its teams in which a clock counts.
    """

    version: str
    policy: ShopPolicy
    calendar: Calendar
    teams: tuple[TeamCalendar, ...] = ()

    def calendar_of(self, team: str | None) -> Calendar:
        """The team's calendar, or the shop's without a team.

        Raises:
            KeyError: no such team: a bug, since a policy that names an unknown team is refused.
        """
        return self.calendar if team is None else {each.team: each.calendar for each in self.teams}[team]
