"""Where the parts of an accepted remedy stand: which are to be begun, which are open, done or failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.complaint.fulfilling.state import Fulfilment, Hold, PartState
from domain.complaint.offering.questions import worth_of
from domain.complaint.offering.state import Part
from domain.complaint.problems import BRINGS_GOODS, BY_HAND, RemedyKind
from domain.complaint.state import Complaint, Proposal
from domain.complaint.watching.state import ParcelState
from domain.people import Role

SENT_BY_LABEL_DESK = frozenset({RemedyKind.EXCHANGE, RemedyKind.RESHIPMENT})
OWING_NOTHING = frozenset({RemedyKind.APOLOGY, RemedyKind.CORRECTION})
"""What waits for no goods: words, and mistakes put right."""

CLOCK = {
    RemedyKind.EXCHANGE: "reshipment",
    RemedyKind.RESHIPMENT: "reshipment",
    RemedyKind.REPAIR: "repair",
    RemedyKind.COUPON: "coupon",
    RemedyKind.CORRECTION: "correction",
}
"""The policy's clock of each kind; an apology has the one of telling the customer."""


def goods_in(case: Complaint, agreed: Proposal) -> bool:
    """Whether the goods that a remedy waits for, if any, came and passed, or the supervisor let it stand [S]."""
    if agreed.kind not in BRINGS_GOODS:
        return True
    last = case.returns[-1] if case.returns else None
    if last is None or last.proposal != agreed.number:
        return False
    return last.result == "passed" or case.allowed_despite_inspection == agreed.number


def begin(case: Complaint, at: datetime) -> Complaint:
    """The case with every part begun whose time has come."""
    agreed = case.accepted
    if agreed is None or case.closed_at is not None:
        return case
    for part in agreed.parts:
        if part.kind in BY_HAND and _time_has_come(case, agreed, part) and _of(case, agreed, part.kind) is None:
            begun = Fulfilment(
                number=len(case.fulfilments) + 1,
                proposal=agreed.number,
                kind=part.kind,
                begun_at=at,
                what=part.what,
                worth=worth_of(case, part),
            )
            case = replace(case, fulfilments=(*case.fulfilments, begun))
    return case


def may_ship_first(case: Complaint) -> bool:
    """Whether an exchange is agreed whose goods are still awaited, and nothing was sent yet."""
    agreed = case.accepted
    last = case.returns[-1] if case.returns else None
    if agreed is None or agreed.kind is not RemedyKind.EXCHANGE or last is None:
        return False
    awaited = last.proposal == agreed.number and last.result is None
    return awaited and _of(case, agreed, RemedyKind.EXCHANGE) is None


def is_done(case: Complaint, part: Fulfilment) -> bool:
    """Whether a part came to its good end; an apology did once the customer got it or was told."""
    if part.kind is RemedyKind.APOLOGY:
        return _told(case, part)
    return part.state is PartState.DONE


def open_parts(case: Complaint) -> tuple[Fulfilment, ...]:
    """The parts that lie with somebody now, apologies aside: those are letters."""
    waiting = {PartState.OPEN, PartState.MENDED}
    return tuple(p for p in case.fulfilments if p.kind is not RemedyKind.APOLOGY and p.state in waiting)


def failed_parts(case: Complaint) -> tuple[Fulfilment, ...]:
    """The parts of the agreed remedy that failed."""
    agreed = case.accepted
    return tuple(
        part
        for part in case.fulfilments
        if agreed is not None and part.proposal == agreed.number and part.state is PartState.FAILED
    )


def fulfilled(case: Complaint, agreed: Proposal) -> bool:
    """Whether every part of it that is no money is done, and nothing of an earlier one is still open."""
    due = [part for part in agreed.parts if part.kind in BY_HAND]
    mine = [part for part in case.fulfilments if part.proposal == agreed.number]
    return len(mine) == len(due) and all(is_done(case, part) for part in mine) and not open_parts(case)


def to_hold(case: Complaint) -> tuple[Fulfilment, ...]:
    """The coupons whose value the ledger is still to hold on the order line [T][O]."""
    return tuple(p for p in open_parts(case) if has_ceiling(case, p) and p.hold is Hold.NONE)


def to_settle(case: Complaint) -> tuple[Fulfilment, ...]:
    """The coupons that are held and whose end the ledger does not know yet."""
    ended = {PartState.DONE, PartState.FAILED}
    return tuple(part for part in case.fulfilments if part.hold is Hold.HELD and part.state in ended)


def has_ceiling(case: Complaint, part: Fulfilment) -> bool:
    """Whether the part gives back a value that counts under the ceiling of an order line."""
    return part.kind is RemedyKind.COUPON and part.worth is not None and case.order_line is not None


def with_the_ledger(case: Complaint, part: Fulfilment) -> bool:
    """Whether an open part waits for the ledger's word, and so for nobody."""
    return has_ceiling(case, part) and part.hold is not Hold.HELD


def cost_key(case: Complaint, part: Fulfilment) -> str:
    """Under which key the ledger holds the value, unique for good."""
    return f"{case.case}-C{part.number}"


def irrevocable(case: Complaint) -> bool:
    """Whether a part lies with a desk or went out, so that nobody simply takes it back."""
    return any(p.kind is not RemedyKind.APOLOGY and p.state is not PartState.FAILED for p in case.fulfilments)


def find(case: Complaint, number: int) -> Fulfilment | None:
    """The part of that number."""
    return next((part for part in case.fulfilments if part.number == number), None)


def desk_of(part: Fulfilment) -> Role:
    """With whom an open part lies."""
    if part.kind in SENT_BY_LABEL_DESK or part.state is PartState.MENDED:
        return Role.LABEL_DESK
    return Role.WAREHOUSE if part.kind is RemedyKind.REPAIR else Role.AGENT


def clock_of(part: Fulfilment) -> str:
    """The clock of an open part, its number behind the policy's row."""
    row = "reshipment" if part.state is PartState.MENDED else CLOCK[part.kind]
    return f"{row}#{part.number}"


def parcels_to_customer(case: Complaint) -> tuple[Fulfilment, ...]:
    """The parts that are on their way to the customer, each with carrier and tracking number."""
    return tuple(part for part in case.fulfilments if part.state is PartState.SENT)


def follow_parcels(case: Complaint, at: datetime) -> Complaint:
    """The case with the parts ended whose parcel has come, or will not come any more [S].

    A parcel that nobody watches, because the case watches too many or a person gave it up, counts as come.
    """
    ended = {part.number: _ended(case, part, at) for part in parcels_to_customer(case)}
    if not ended:
        return case
    return replace(case, fulfilments=tuple(ended.get(part.number, part) for part in case.fulfilments))


def _ended(case: Complaint, part: Fulfilment, at: datetime) -> Fulfilment:
    parcel = next((each for each in reversed(case.parcels) if part.tracking in each.numbers), None)
    if parcel is not None and parcel.watched:
        return part
    if parcel is not None and parcel.result is ParcelState.LOST:
        return replace(part, state=PartState.FAILED, ended_at=at, note="the parcel was lost on its way")
    if parcel is not None and parcel.to_us and parcel.result is ParcelState.ARRIVED:
        return replace(part, state=PartState.FAILED, ended_at=at, note="the parcel was refused and is back")
    return replace(part, state=PartState.DONE, ended_at=at)


def _time_has_come(case: Complaint, agreed: Proposal, part: Part) -> bool:
    if part.kind in OWING_NOTHING or goods_in(case, agreed):
        return True
    return part.kind is RemedyKind.EXCHANGE and agreed.number in case.shipped_first


def _of(case: Complaint, agreed: Proposal, kind: RemedyKind) -> Fulfilment | None:
    return next((p for p in case.fulfilments if p.proposal == agreed.number and p.kind is kind), None)


def _told(case: Complaint, apology: Fulfilment) -> bool:
    """Each apology has one letter of that kind, in the same order."""
    letters = [letter for letter in case.letters if letter.kind == "apology"]
    place = [part.number for part in case.fulfilments if part.kind is RemedyKind.APOLOGY].index(apology.number)
    return place < len(letters) and letters[place].reached
