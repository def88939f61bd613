"""The account of every order line: what a slip or a coupon holds, and how it ended (domain.md, "Money" [T])."""

from __future__ import annotations

from collections.abc import Callable

from temporalio import activity
from temporalio.exceptions import ApplicationError

from db.ledger import (
    LedgerRefusal,
    Part,
    Reservation,
    SlipUnknown,
    book_paid,
    book_part,
    lower,
    release,
    reserve,
    reverse,
)
from db.ledger_reads import SlipState, find_slip
from db.line_costs import LineCost, book_platform_payment, hold_cost, settle_cost
from db.sessions import Database
from domain.payment.purposes import Purpose
from workflows.ports import (
    CostToHold,
    CostToSettle,
    LedgerAnswer,
    MoneyLedger,
    PartToBook,
    PlatformPaymentToBook,
    ReserveAnswer,
    SumToChange,
    SumToReserve,
    SumToReverse,
    SumToSettle,
)


class PostgresMoneyLedger(MoneyLedger):
    """The ledger in PostgreSQL; a database that is away is asked again by Temporal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def activities(self) -> tuple[Callable[..., object], ...]:
        """The bodies of the port, for a worker to register."""
        slips = (self.reserve, self.change, self.settle, self.book_part, self.reverse)
        return (*slips, self.hold_cost, self.settle_cost, self.book_platform_payment)

    @activity.defn(name="reserve_sum")
    async def reserve(self, sum_: SumToReserve) -> ReserveAnswer:
        """Hold the sum and give the slip its number; the same key again gets the same answer."""
        asked = Reservation(
            refund_key=sum_.refund_key,
            shop=sum_.shop,
            case=sum_.complaint,
            order_index=sum_.order_index,
            line=sum_.line,
            purpose=Purpose(sum_.purpose),
            amount=sum_.amount,
            requested_at=sum_.requested_at,
            year=sum_.year,
            return_case=sum_.return_case,
            receipts=sum_.receipts,
            asked_by=sum_.asked_by,
            day=sum_.day,
        )
        try:
            async with self._database.writing() as session:
                held = await reserve(session, asked, sum_.freight_cap.minor)
        except LedgerRefusal as refusal:
            return ReserveAnswer(slip_number="", code=refusal.code, sentence=str(refusal))
        return ReserveAnswer(slip_number=held.slip_number, asked_today=held.asked_today)

    @activity.defn(name="change_sum")
    async def change(self, sum_: SumToChange) -> None:
        """Hold a smaller sum.

        Raises:
            ApplicationError: the ledger holds no such sum any more; its code is the type. A person looks at it.
        """
        try:
            async with self._database.writing() as session:
                await lower(session, sum_.refund_key, sum_.amount)
        except LedgerRefusal as refusal:
            raise _definite(refusal) from refusal

    @activity.defn(name="settle_sum")
    async def settle(self, sum_: SumToSettle) -> None:
        """Book the payment, or release the sum.

        Raises:
            ApplicationError: the ledger knows another end of this slip; its code is the type. A person looks at it.
        """
        try:
            async with self._database.writing() as session:
                if sum_.paid:
                    await book_paid(session, sum_.refund_key, sum_.reference, sum_.by, sum_.at)
                else:
                    await release(session, sum_.refund_key, sum_.at)
        except SlipUnknown:
            if sum_.paid:
                raise ApplicationError(
                    "no sum was held for this slip", type="slip_unknown", non_retryable=True
                ) from None
        except LedgerRefusal as refusal:
            raise _definite(refusal) from refusal

    @activity.defn(name="book_part")
    async def book_part(self, part: PartToBook) -> None:
        """Book a part of a slip that is paid in several.

        Raises:
            ApplicationError: the ledger knows another story; its code is the type. A person looks at it.
        """
        booked = Part(part.refund_key, part.number, part.amount, part.reference, part.by, part.at)
        try:
            async with self._database.writing() as session:
                await book_part(session, booked)
        except LedgerRefusal as refusal:
            raise _definite(refusal) from refusal

    @activity.defn(name="reverse_sum")
    async def reverse(self, sum_: SumToReverse) -> None:
        """Book that the money came back; the payment itself first, if that was not done yet.

        Raises:
            ApplicationError: the ledger knows another story; its code is the type. A person looks at it.
        """
        paid = sum_.paid
        try:
            async with self._database.writing() as session:
                stands = await find_slip(session, paid.refund_key)
                if stands is None or stands.state is not SlipState.REVERSED:
                    await book_paid(session, paid.refund_key, paid.reference, paid.by, paid.at)
                await reverse(session, paid.refund_key, sum_.reference, sum_.at)
        except LedgerRefusal as refusal:
            raise _definite(refusal) from refusal

    @activity.defn(name="hold_cost")
    async def hold_cost(self, cost: CostToHold) -> LedgerAnswer:
        """Hold a coupon's value; the same key again gets the same answer."""
        asked = LineCost(cost.key, cost.shop, cost.complaint, cost.order_index, cost.line, cost.amount, cost.at)
        try:
            async with self._database.writing() as session:
                await hold_cost(session, asked)
        except LedgerRefusal as refusal:
            return LedgerAnswer(refusal.code, str(refusal))
        return LedgerAnswer()

    @activity.defn(name="settle_cost")
    async def settle_cost(self, cost: CostToSettle) -> None:
        """Book the value as spent, or release it.

        Raises:
            ApplicationError: the ledger knows another end of it; its code is the type. A person looks at it.
        """
        try:
            async with self._database.writing() as session:
                await settle_cost(session, cost.shop, cost.key, cost.at, spent=cost.spent)
        except LedgerRefusal as refusal:
            raise _definite(refusal) from refusal

    @activity.defn(name="book_platform_payment")
    async def book_platform_payment(self, paid: PlatformPaymentToBook) -> LedgerAnswer:
        """Count what the platform paid; a payment that another case has on record is refused."""
        key = f"platform/{paid.reference}"
        cost = LineCost(key, paid.shop, paid.complaint, paid.order_index, paid.line, paid.amount, paid.paid_at)
        try:
            async with self._database.writing() as session:
                over = await book_platform_payment(session, cost)
        except LedgerRefusal as refusal:
            return LedgerAnswer(refusal.code, str(refusal))
        return LedgerAnswer(over=over if over.minor > 0 else None)


def _definite(refusal: LedgerRefusal) -> ApplicationError:
    return ApplicationError(str(refusal), type=refusal.code, non_retryable=True)
