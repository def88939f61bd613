"""What an agreed remedy pays by slip, before anything is taken off it: pure questions about a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.complaint import freight
from domain.complaint.children import ReturnOf
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.lines import questions as claims
from domain.complaint.problems import PAYS, RemedyKind
from domain.complaint.recall import questions as recalls
from domain.complaint.state import Complaint
from domain.complaint.sums import questions as sums
from domain.money import Money
from domain.payment.purposes import Purpose


@dataclass(frozen=True)
class Due:
    """A sum that is due for a purpose, under the ceiling of a line of the order."""

    purpose: str
    amount: Money
    line: int


def agreed_sums(case: Complaint) -> tuple[Due, ...]:
    """What the agreed remedy pays now, line by line; nothing while it waits for goods."""
    agreed, line = case.accepted, case.order_line
    if agreed is None or line is None:
        return ()
    if not fulfil.goods_in(case, agreed):
        # Of an exchange that the supervisor lets go first, the difference is settled before the label all the same [S].
        return _difference_due(case, line.line) if agreed.number in case.shipped_first else ()
    due: list[Due] = []
    for part in agreed.parts:
        groundless = part.kind is RemedyKind.REFUND and recalls.ground_lost(case)
        if part.kind in PAYS and part.refund is not None and not groundless:
            due.extend(_of_part(case, part.kind, part.refund))
    if agreed.kind is RemedyKind.SEND_BACK:
        due.extend(_of_what_passed(case))
    prepaid = freight.freight_due(case)
    if agreed.freight and prepaid is not None:
        due.append(Due("freight", prepaid, line.line))
    return (*due, *_difference_due(case, line.line))


def mixed(case: Complaint, part: ReturnOf) -> bool:
    """Whether some lines of a return that pays for its goods passed, and others did not."""
    of_money = case.proposals[part.proposal - 1].kind is RemedyKind.RETURN_AND_REFUND
    return of_money and part.result != "passed" and any(each.accepted for each in part.lines)


def _difference_due(case: Complaint, line: int) -> tuple[Due, ...]:
    difference = sums.due_to_customer(case)
    return () if difference is None else (Due(Purpose.PRICE_DIFFERENCE.value, difference, line),)


def _of_part(case: Complaint, kind: RemedyKind, offered: Money) -> Iterator[Due]:
    """The sums of a part; a refund for a return counts, line by line, only what arrived and was accepted."""
    purpose = "compensation" if kind is RemedyKind.COMPENSATION else "refund"
    last = case.returns[-1] if case.returns else None
    of_goods = kind is RemedyKind.RETURN_AND_REFUND and last is not None
    for line, amount in claims.split(case, offered):
        stands = next((each for each in last.lines if each.line == line), None) if of_goods and last else None
        sum_ = amount if stands is None else amount.share(stands.arrived, stands.announced)
        if sum_.minor > 0:
            yield Due(purpose, sum_, line)


def _of_what_passed(case: Complaint) -> Iterator[Due]:
    """Of a return of which only a part goes back: what was agreed for the lines that passed [S]."""
    last = case.returns[-1] if case.returns else None
    if last is None or not mixed(case, last):
        return
    agreed = case.proposals[last.proposal - 1].refund
    for line, amount in claims.split(case, agreed) if agreed is not None else ():
        accepted = next((each for each in last.lines if each.line == line), None)
        if accepted is not None and accepted.accepted:
            yield Due("refund", amount.share(accepted.accepted, accepted.announced), line)
