"""The shop's order as a complaint is checked against it (domain.md, "Intake": facts are verified against the order)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.money import Money
from domain.refusals import NotLikeThis, NotNow


@dataclass(frozen=True)
class OrderLine:
    """One line of an order: `paid` is what the customer paid for all its units, discounts taken off.

    `barcode` and `grams` (weight of one unit) let the dock know the goods again; empty if the shop did not say.
    """

    line: int
    product: str
    quantity: int
    paid: Money
    barcode: str = ""
    grams: int | None = None


@dataclass(frozen=True)
class OrderFacts:
    """What the shop registered of an order; instants UTC. `handling` are needs such as fragile, damp, upright [S]."""

    lines: tuple[OrderLine, ...]
    carrier: str | None = None
    tracking: str | None = None
    paid_at: datetime | None = None
    dispatched_at: datetime | None = None
    arrival_agreed_at: datetime | None = None
    signed_at: datetime | None = None
    """When the customer signed for it."""
    handling: tuple[str, ...] = ()

    def find(self, line: int) -> OrderLine | None:
        """The line of that number, if the order has it."""
        return next((candidate for candidate in self.lines if candidate.line == line), None)


class UnknownLine(NotLikeThis):
    """The order has no such line."""

    code = "unknown_line"
    en = "The order has no line {line}; its lines are: {known}."
    zh = "订单没有第 {line} 行，现有行：{known}。"
    out_en = "Name one of the order's lines, or register the corrected order first."
    out_zh = "请填写订单中存在的行号。"
    source = "F"


class OtherOrder(NotNow):
    """The facts that came with a step are those of another order than the case's."""

    code = "other_order"
    en = "The registered order that came with this step is not the order of this case."
    zh = "随此操作提供的登记订单并非本工单的订单。"
    out_en = "The case's order was changed meanwhile: read the case and take the step again."
    out_zh = "工单的订单已变更，请重新读取后再操作。"
    source = "F"


class QuantityAboveBought(NotLikeThis):
    """More was complained about than was bought."""

    code = "quantity_above_bought"
    en = "{quantity} units are complained about, but the line has {bought}."
    zh = "投诉数量 {quantity} 超过购买数量 {bought}。"
    out_en = "Name at most the quantity bought."
    out_zh = "数量不得超过购买数量。"
    source = "F"


def check_against(order: OrderFacts, line: int, quantity: int | None) -> OrderLine:
    """The order's line that is complained about.

    Raises:
        UnknownLine: the order has no such line.
        QuantityAboveBought: more units than the line has.
    """
    found = order.find(line)
    if found is None:
        raise UnknownLine(field="line", line=line, known=", ".join(str(known.line) for known in order.lines))
    if quantity is not None and quantity > found.quantity:
        raise QuantityAboveBought(field="quantity", quantity=quantity, bought=found.quantity)
    return found
