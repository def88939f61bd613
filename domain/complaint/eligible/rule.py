"""The rule on goods that come back for no fault of theirs: its window, its list, their condition (domain.md [S][O]).

A row of the policy says for which problems it holds. What the row asks for and nobody knows is for a person; without a
row the goods may come back, since then it is the shop's fault or the shop's own offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from domain.complaint.lines.questions import claimed
from domain.complaint.state import Complaint
from domain.order import OrderFacts, OrderLine
from domain.policy import Anchor, ReturnWindow


class Answer(StrEnum):
    """Whether goods may come back."""

    YES = "yes"
    NO = "no"
    ASK = "ask_a_person"


class Reason(StrEnum):
    """Why not, or what is not known."""

    WINDOW_OVER = "window_over"
    FINAL_SALE = "final_sale"
    NOT_INTACT = "not_intact"
    PACKAGING_NOT_WHOLE = "packaging_not_whole"
    NOT_FIT_TO_SELL = "not_fit_to_sell"
    ANCHOR_UNKNOWN = "anchor_unknown"
    CONDITION_UNKNOWN = "condition_unknown"


TO_ASK = frozenset({Reason.ANCHOR_UNKNOWN, Reason.CONDITION_UNKNOWN})
WORDS: dict[Reason, tuple[str, str]] = {
    Reason.WINDOW_OVER: ("the time in which goods come back is over", "已超过退货期限"),
    Reason.FINAL_SALE: ("these goods are sold for good", "该商品不支持退货"),
    Reason.NOT_INTACT: ("the goods are not intact", "商品已损坏"),
    Reason.PACKAGING_NOT_WHOLE: ("the packaging is not whole", "包装不完整"),
    Reason.NOT_FIT_TO_SELL: ("the goods cannot be sold again", "商品不能再次销售"),
    Reason.ANCHOR_UNKNOWN: ("it is not known from when the time counts", "退货期限起算时间不明"),
    Reason.CONDITION_UNKNOWN: ("nobody has said how the goods are", "商品状况不明"),
}


@dataclass(frozen=True)
class Eligibility:
    """The answer for all claimed lines together; `rule` names the row's rule books, `until` is when the window ends."""

    answer: Answer
    reasons: tuple[Reason, ...] = ()
    rule: str = ""
    anchor: Anchor | None = None
    until: datetime | None = None

    def words(self, place: int) -> str:
        """The reasons in words. place: 0 for English, 1 for Chinese."""
        return ("; ", "；")[place].join(WORDS[reason][place] for reason in self.reasons)


def eligibility(case: Complaint) -> Eligibility | None:
    """Whether the claimed goods may come back; None while no row of the policy asks."""
    row = row_for(case)
    if row is None or not claimed(case):
        return None
    until = window_ends(case, row)
    reasons = tuple(_reasons(case, row, until))
    refused = tuple(reason for reason in reasons if reason not in TO_ASK)
    answer = Answer.NO if refused else Answer.ASK if reasons else Answer.YES
    return Eligibility(answer, refused or reasons, row.source, row.anchor, until)


def row_for(case: Complaint) -> ReturnWindow | None:
    """The row of the policy for the case's problem; of several the first one counts."""
    rows = case.pinned.policy.returns.windows
    return next((row for row in rows if case.problem.value in row.problems), None)


def window_ends(case: Complaint, row: ReturnWindow) -> datetime | None:
    """The first instant (UTC) after the window: the end of its last day on the shop's clock; None: not known yet.

    The time of a replacement counts from its own arrival, whatever the row counts from: nobody could try it before [O].
    """
    first = _anchor(case.facts, row.anchor) if case.facts is not None else None
    about = case.about
    replaced = about is not None and all(claim.line in about.lines for claim in claimed(case))
    anchor = about.arrived_at if about is not None and replaced else first
    if anchor is None:
        return None
    calendar = case.pinned.calendar
    after = calendar.local_date(anchor) + timedelta(days=row.days + 1)
    midnight = datetime.combine(after, time(), UTC)
    return midnight - timedelta(seconds=calendar.offset_at(midnight))


def _reasons(case: Complaint, row: ReturnWindow, until: datetime | None) -> Iterator[Reason]:
    if until is None:
        yield Reason.ANCHOR_UNKNOWN
    elif case.opened_at >= until:  # counted to the day on which the customer asked, whenever that was entered [E]
        yield Reason.WINDOW_OVER
    if any(_for_good(case, line) for line in _lines(case)):
        yield Reason.FINAL_SALE
    if not row.whole:
        return
    told = case.condition
    if told is None:
        yield Reason.CONDITION_UNKNOWN
        return
    said = ((told.intact, Reason.NOT_INTACT), (told.packaging_whole, Reason.PACKAGING_NOT_WHOLE))
    yield from (reason for holds, reason in (*said, (told.fit_to_sell, Reason.NOT_FIT_TO_SELL)) if not holds)


def _anchor(facts: OrderFacts, anchor: Anchor) -> datetime | None:
    table = {Anchor.PAID: facts.paid_at, Anchor.DISPATCHED: facts.dispatched_at, Anchor.SIGNED: facts.signed_at}
    return table[anchor]


def _lines(case: Complaint) -> Iterator[OrderLine]:
    for claim in claimed(case):
        line = case.facts.find(claim.line) if case.facts is not None else None
        if line is not None:
            yield line


def _for_good(case: Complaint, line: OrderLine) -> bool:
    """Whether it stands on the list, by its barcode or the words of its product."""
    listed = {each.casefold() for each in case.pinned.policy.returns.final_sale.value}
    return bool(listed & {line.barcode.casefold(), line.product.casefold()} - {""})
