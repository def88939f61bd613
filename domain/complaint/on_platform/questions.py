"""Which requests and disputes wait, and what is out and has to come back: pure questions about a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.complaint.freight import goods_are_ours
from domain.complaint.on_platform.counting import beyond_line, paid_beyond
from domain.complaint.on_platform.state import Matter, MatterKind
from domain.complaint.parties import Party
from domain.complaint.problems import PAYS, RemedyKind
from domain.complaint.state import Complaint
from domain.complaint.stopping import questions as stops
from domain.complaint.sums import questions as sums
from domain.money import Money
from domain.people import Role


class Why(StrEnum):
    """Why something has to come back."""

    PAID_TWICE = "paid_twice"
    """More went to the customer than was agreed, or than the order line cost."""
    RAN_OUT = "ran_out"
    """The platform paid by itself while the goods are out [S]."""
    TURNED_UP = "turned_up"
    """Lost goods turned up after the refund: money and goods are both with the customer [F][D]."""


@dataclass(frozen=True)
class Outstanding:
    """Money or goods that are out; `rest` is what has not come back, `asked` what slips under way ask for."""

    key: str
    why: Why
    amount: Money
    rest: Money
    asked: Money
    owner: str
    """The case's handler; empty while it is nobody's, and then it stands on the supervisor's desk."""

    @property
    def desk(self) -> Role:
        """Whose list it stands on."""
        return Role.AGENT if self.owner else Role.SUPERVISOR


def waiting(case: Complaint) -> tuple[Matter, ...]:
    """What waits for the shop's answer, closed case or not: the platform does not look at that."""
    return tuple(matter for matter in case.platform_matters if matter.waits)


def unended(case: Complaint) -> tuple[Matter, ...]:
    """What the platform has not brought to its end; a case is not filed before it has."""
    return tuple(matter for matter in case.platform_matters if matter.ended_as is None)


def find(case: Complaint, reference: str, kind: MatterKind | None = None) -> Matter | None:
    """The matter of that number, of that kind if one is named; one that waits before one that is over."""
    mine = [m for m in case.platform_matters if m.reference == reference and kind in {None, m.kind}]
    return min(mine, key=lambda matter: not matter.waits, default=None)


def outstanding(case: Complaint) -> tuple[Outstanding, ...]:
    """What is or was out, with what came back taken off: first what was paid twice, then what ran out, then goods."""
    unit = case.pinned.policy.currency if case.order_line is None else case.order_line.paid.currency
    came, asked = sums.from_party(case, Party.CUSTOMER), sums.asked_from(case, Party.CUSTOMER)
    found: list[Outstanding] = []
    for key, why, minor in _out(case):
        settled = sum(each.amount.minor for each in case.outstanding_settled if each.key == key)
        left = max(minor - settled, 0)
        back = min(came, left)
        came, left = came - back, left - back
        covered = min(asked, left)
        asked -= covered
        item = Outstanding(
            key,
            why,
            amount=Money(minor, unit),
            rest=Money(left, unit),
            asked=Money(covered, unit),
            owner=case.handler or "",
        )
        found.append(item)
    return tuple(found)


def open_items(case: Complaint) -> tuple[Outstanding, ...]:
    """What has not come back."""
    return tuple(item for item in outstanding(case) if item.rest.minor > 0)


def keeps_open(case: Complaint) -> Outstanding | None:
    """The refund that ran out and keeps the case open until goods or money are back, if there is one [S]."""
    if not any(matter.ran_out for matter in case.platform_matters):
        return None  # asked at every turn, and seldom so
    return next((item for item in open_items(case) if item.why is Why.RAN_OUT), None)


def _out(case: Complaint) -> Iterator[tuple[str, Why, int]]:
    over = (paid.over.minor for paid in case.platform_payments if paid.over is not None)
    beyond = max([paid_beyond(case), beyond_line(case), *over])
    if beyond:
        yield Why.PAID_TWICE.value, Why.PAID_TWICE, beyond
    for matter in case.platform_matters:
        if matter.ran_out and matter.amount is not None and _goods_out(case) and not _agreed_without_goods(case):
            yield matter.clock, Why.RAN_OUT, matter.amount.minor
    for request in case.requests:
        both = sum(slip.amount.minor for slip in case.payments if slip.result == "paid") + sums.by_platform(case)
        if request.turned_up and both > beyond:
            yield f"turned_up#{request.number}", Why.TURNED_UP, both - beyond


def _goods_out(case: Complaint) -> bool:
    """Whether the goods are with the customer, or on a way: not held back, recalled, or returned and accepted."""
    here = case.original_received or stops.secured(case) or any(goods_are_ours(part) for part in case.returns)
    return not here


def _agreed_without_goods(case: Complaint) -> bool:
    """Whether money without goods was agreed: then what the platform paid is a part of that, or was paid twice."""
    agreed = case.accepted
    kinds = {part.kind for part in agreed.parts} if agreed is not None else set[RemedyKind]()
    return bool(kinds & (PAYS - {RemedyKind.RETURN_AND_REFUND}))
