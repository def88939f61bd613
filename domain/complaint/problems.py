"""The problem tree, and what each problem asks of the desk: one row a problem (domain.md, "Problem by problem").

Adding a problem is adding its row here and its words in `problem_words`; what only it needs is a chapter of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.people import Unit


class Problem(StrEnum):
    """What the customer complains about; each has its row in the rule book."""

    QUALITY = "quality"
    NOT_AS_IMAGINED = "not_as_imagined"
    SERVICE = "service"
    SHORT_OR_MISSING = "short_or_missing"
    LATE_DELIVERY = "late_delivery"
    WRONG_DELIVERY = "wrong_delivery"
    LOST_DELIVERY = "lost_delivery"
    DAMAGED = "damaged"
    CHANGED_MIND = "changed_mind"
    OTHER_VARIANT = "other_variant"
    """Another size, colour or address before dispatch [S]."""
    TECHNICAL = "technical"
    OPERATION = "operation"
    OTHER = "other"


class Group(StrEnum):
    """The five classes of the ticket [F]."""

    QUALITY = "quality"
    DELIVERY = "delivery"
    OPERATION_OR_TECHNICAL = "operation_or_technical"
    SERVICE = "service"
    OTHER = "other"


class FaultKind(StrEnum):
    """The leaf of the tree, where a problem has kinds."""

    BELOW_STANDARD = "below_standard"
    EXPIRED = "expired"
    PACKAGING = "packaging"
    WRONG_DESCRIPTION = "wrong_description"
    LINING = "lining"
    INSOLE = "insole"
    HIDDEN = "hidden"
    """Another fault that no photo shows [S]."""
    ATTITUDE = "attitude"
    DELAY = "delay"


class Extent(StrEnum):
    """One customer or many [F]."""

    ONE = "one"
    SEVERAL = "several"
    SYSTEMIC = "systemic"


class Urgency(StrEnum):
    """Whether it stops the customer's business, and whether health is at risk [F]."""

    ORDINARY = "ordinary"
    BUSINESS_STOPPED = "business_stopped"
    HEALTH_AT_RISK = "health_at_risk"
    """Of people: the complaint is about food safety, or somebody may come to harm."""


class PhotoRule(StrEnum):
    """When a problem's remedy waits for a photo."""

    ALWAYS = "always"
    UNLESS_OUR_FAULT = "unless_our_fault"
    """Only when everything on our side is correct [T]."""
    IF_SIGNED_FOR = "if_signed_for"
    """For goods refused at the door the courier's note counts [T]."""
    NEVER = "never"


class Check(StrEnum):
    """What the agent looks up before judging, each with its finding on record [T]."""

    CONVERSATION = "conversation"
    ORDER = "order"
    TRACKING = "tracking"
    STAFF_ERROR = "staff_error"
    CAUSE = "cause"
    """Of lateness: late dispatch, a bad address, the courier [T][S]."""
    COURIERS_NOTE = "couriers_note"
    """On goods refused at the door: it counts in place of a photo [T]."""


class StopWish(StrEnum):
    """What becomes of an order that the label desk is asked to hold back before it is dispatched [S]."""

    CANCEL = "cancel"
    CHANGE = "change"


class RemedyKind(StrEnum):
    """What the desk may propose."""

    RETURN_AND_REFUND = "return_and_refund"
    REFUND = "refund"
    """The money back without goods to return: they never came, or the parcel was stopped or recalled."""
    COMPENSATION = "compensation"
    EXCHANGE = "exchange"
    RESHIPMENT = "reshipment"
    REPAIR = "repair"
    COUPON = "coupon"
    APOLOGY = "apology"
    CORRECTION = "correction"
    """Of an invoice, an address, an account, an order."""
    PART_REFUND = "part_refund"
    """After a failed inspection: the shop keeps the goods and repays a part."""
    SEND_BACK = "send_back"
    """After a failed inspection: the goods go back to the customer."""


PAYS = frozenset({RemedyKind.RETURN_AND_REFUND, RemedyKind.REFUND, RemedyKind.COMPENSATION, RemedyKind.PART_REFUND})
"""Remedies that pay a sum by slip."""

BRINGS_GOODS = frozenset({RemedyKind.RETURN_AND_REFUND, RemedyKind.EXCHANGE, RemedyKind.REPAIR})
"""Remedies for which the customer sends the goods in: a return of its own, and its inspection decides [S]."""

BY_HAND = frozenset(
    {
        RemedyKind.EXCHANGE,
        RemedyKind.RESHIPMENT,
        RemedyKind.REPAIR,
        RemedyKind.COUPON,
        RemedyKind.CORRECTION,
        RemedyKind.APOLOGY,
    }
)
"""Remedies that somebody carries out, followed to their end as a part of the case."""

HAS_WORTH = BY_HAND - {RemedyKind.APOLOGY}
"""Of these, the ones that cost the shop something beside money."""

COSTS = PAYS | (HAS_WORTH - {RemedyKind.CORRECTION})
"""Remedies that need their ground: evidence, a confirmed fault, a registered order."""

BESIDE_ANYTHING = frozenset({RemedyKind.COUPON, RemedyKind.APOLOGY, RemedyKind.CORRECTION})
"""What may be added to any remedy."""

BESIDE = BESIDE_ANYTHING | {RemedyKind.COMPENSATION, RemedyKind.RESHIPMENT}
"""What may be a further part at all; where the goods go is decided by the main one."""


@dataclass(frozen=True, kw_only=True)
class ProblemRow:
    """What one problem asks for.

    `checks` are made in this order before judging; `conversation_attached`: the record itself is in the case before it
    counts as read; `explain_first`: money only after an explanation did not help; `fault_is_registered`: a confirmed
    fault is described for the warehouse; `asks_who_signed`: whether the goods were taken in decides what is asked for;
    `stop` is what the label desk is asked for while the order can still be held back; `recalls`: a parcel that has left
    can be called back through the courier; `customer_pays_return`: the way back is the customer's [S];
    `asks_unit`: this unit's answer comes before the judgement; `traced`: the courier's trace comes before a remedy that
    costs; `remedies` are those that fit while no goods have come back, the usual ones first.
    """

    group: Group
    source: str
    kinds: tuple[FaultKind, ...] = ()
    photo: PhotoRule = PhotoRule.NEVER
    checks: tuple[Check, ...] = ()
    conversation_attached: bool = False
    explain_first: bool = False
    fault_is_registered: bool = False
    asks_who_signed: bool = False
    stop: StopWish | None = None
    recalls: bool = False
    customer_pays_return: bool = False
    asks_unit: Unit | None = None
    traced: bool = False
    remedies: tuple[RemedyKind, ...]


_K = RemedyKind
_GOODS_OR_MONEY = (_K.RETURN_AND_REFUND, _K.COMPENSATION, _K.EXCHANGE)
_KIND_WORDS = (_K.COUPON, _K.APOLOGY)

PROBLEMS: dict[Problem, ProblemRow] = {
    Problem.QUALITY: ProblemRow(
        group=Group.QUALITY,
        kinds=(
            FaultKind.BELOW_STANDARD,
            FaultKind.EXPIRED,
            FaultKind.PACKAGING,
            FaultKind.WRONG_DESCRIPTION,
            FaultKind.LINING,
            FaultKind.INSOLE,
            FaultKind.HIDDEN,
        ),
        photo=PhotoRule.ALWAYS,
        fault_is_registered=True,
        remedies=(*_GOODS_OR_MONEY, _K.REPAIR, *_KIND_WORDS),
        source="T,S,F",
    ),
    Problem.NOT_AS_IMAGINED: ProblemRow(
        group=Group.OTHER, explain_first=True, remedies=(*_GOODS_OR_MONEY, *_KIND_WORDS), source="T"
    ),
    Problem.SERVICE: ProblemRow(
        group=Group.SERVICE,
        kinds=(FaultKind.ATTITUDE, FaultKind.DELAY),
        checks=(Check.CONVERSATION,),
        conversation_attached=True,
        remedies=(*_GOODS_OR_MONEY, *_KIND_WORDS),
        source="T,F",
    ),
    Problem.SHORT_OR_MISSING: ProblemRow(
        group=Group.DELIVERY,
        photo=PhotoRule.UNLESS_OUR_FAULT,
        checks=(Check.CONVERSATION, Check.ORDER, Check.TRACKING, Check.STAFF_ERROR),
        remedies=(_K.RESHIPMENT, _K.REFUND, _K.COMPENSATION, *_KIND_WORDS),
        source="T",
    ),
    Problem.LATE_DELIVERY: ProblemRow(
        group=Group.DELIVERY,
        checks=(Check.TRACKING, Check.CAUSE),
        remedies=(_K.COMPENSATION, *_KIND_WORDS, _K.REFUND, _K.RESHIPMENT),
        source="T,S",
    ),
    Problem.WRONG_DELIVERY: ProblemRow(
        group=Group.DELIVERY,
        photo=PhotoRule.ALWAYS,
        traced=True,
        remedies=(_K.RESHIPMENT, *_GOODS_OR_MONEY, _K.REFUND, *_KIND_WORDS),
        source="F,D,T",
    ),
    Problem.LOST_DELIVERY: ProblemRow(
        group=Group.DELIVERY,
        traced=True,
        remedies=(_K.RESHIPMENT, _K.REFUND, _K.COMPENSATION, *_KIND_WORDS),
        source="F,D",
    ),
    Problem.DAMAGED: ProblemRow(
        group=Group.DELIVERY,
        photo=PhotoRule.IF_SIGNED_FOR,
        fault_is_registered=True,
        asks_who_signed=True,
        remedies=(*_GOODS_OR_MONEY, _K.RESHIPMENT, _K.REFUND, *_KIND_WORDS),
        source="T",
    ),
    Problem.CHANGED_MIND: ProblemRow(
        group=Group.OTHER,
        stop=StopWish.CANCEL,
        recalls=True,
        customer_pays_return=True,
        remedies=(_K.RETURN_AND_REFUND, _K.REFUND, _K.EXCHANGE, *_KIND_WORDS),
        source="S",
    ),
    Problem.OTHER_VARIANT: ProblemRow(
        group=Group.OTHER,
        stop=StopWish.CHANGE,
        customer_pays_return=True,
        remedies=(_K.EXCHANGE, _K.RETURN_AND_REFUND, *_KIND_WORDS),  # the change itself is the label desk's
        source="S",
    ),
    Problem.TECHNICAL: ProblemRow(
        group=Group.OPERATION_OR_TECHNICAL,
        asks_unit=Unit.TECHNICAL,
        remedies=(_K.CORRECTION, _K.REPAIR, *_GOODS_OR_MONEY, *_KIND_WORDS),
        source="F",
    ),
    Problem.OPERATION: ProblemRow(
        group=Group.OPERATION_OR_TECHNICAL,
        asks_unit=Unit.TECHNICAL,
        remedies=(_K.CORRECTION, *_GOODS_OR_MONEY, *_KIND_WORDS),
        source="F",
    ),
    Problem.OTHER: ProblemRow(
        group=Group.OTHER,
        remedies=(*_GOODS_OR_MONEY, _K.REFUND, _K.CORRECTION, *_KIND_WORDS),
        source="F",
    ),
}
"""Every problem's row."""
