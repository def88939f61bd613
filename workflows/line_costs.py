"""What a complaint asks the ledgers beside its slips: coupons, what the platform paid, units that go back."""

from __future__ import annotations

from temporalio import workflow

from domain.complaint.errands import BookPlatformPayment, HoldCost, LedgerErrand, SettleCost
from domain.complaint.ledger_answers import LedgerSays
from domain.complaint.lines.errands import CountUnits, HoldUnits
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.state import Complaint
from workflows.ports import (
    ONE_CALL,
    CostToHold,
    CostToSettle,
    GoodsRegister,
    LedgerAnswer,
    LineUnits,
    MoneyLedger,
    PlatformPaymentToBook,
    Tries,
    UnitsToCount,
)


async def ask_the_ledger(case: Complaint, errand: LedgerErrand, tries: Tries, _tried: int) -> LedgerSays:
    """Ask once, as `tries` says; what the ledger says in the domain's words.

    Raises:
        ActivityError: a definite no, or no answer.
    """
    line = case.order_line.line if case.order_line is not None else 0
    order = case.order_index or ""
    match errand:
        case HoldCost(key=key, amount=amount):
            answer = await workflow.execute_activity_method(
                MoneyLedger.hold_cost,
                CostToHold(key, case.shop, case.case, order, line, amount, workflow.now()),
                start_to_close_timeout=ONE_CALL,
                summary=f"hold {amount} on the order line",
                **tries,
            )
        case SettleCost(key=key, spent=spent):
            await workflow.execute_activity_method(
                MoneyLedger.settle_cost,
                CostToSettle(case.shop, key, spent, workflow.now()),
                start_to_close_timeout=ONE_CALL,
                summary="book the coupon" if spent else "release the coupon",
                **tries,
            )
            answer = LedgerAnswer()
        case HoldUnits(return_case=name, lines=lines):
            answer = await workflow.execute_activity_method(
                GoodsRegister.hold_units,
                UnitsToCount(case.shop, case.case, name, order, _units(lines), workflow.now()),
                start_to_close_timeout=ONE_CALL,
                summary=f"may the goods of {name} come back?",
                **tries,
            )
        case CountUnits(return_case=name, lines=lines):
            answer = await workflow.execute_activity_method(
                GoodsRegister.count_units,
                UnitsToCount(case.shop, case.case, name, order, _units(lines), workflow.now()),
                start_to_close_timeout=ONE_CALL,
                summary=f"count what came back of {name}",
                **tries,
            )
        case BookPlatformPayment(amount=amount, reference=reference, paid_at=paid_at):
            answer = await workflow.execute_activity_method(
                MoneyLedger.book_platform_payment,
                PlatformPaymentToBook(case.shop, case.case, order, line, amount, reference, paid_at),
                start_to_close_timeout=ONE_CALL,
                summary=f"count {amount} that the platform paid",
                **tries,
            )
    return LedgerSays(answer.sentence, answer.over)


def _units(lines: tuple[ClaimedLine, ...]) -> tuple[LineUnits, ...]:
    return tuple(LineUnits(each.line, each.quantity) for each in lines)
