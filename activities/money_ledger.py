"""The account of every order line: what a slip holds, and how it ended (domain.md, "Money" [T])."""

from __future__ import annotations

from temporalio import activity
from temporalio.exceptions import ApplicationError

from db.ledger import LedgerRefusal, Reservation, SlipUnknown, book_paid, release, reserve
from db.ledger_reads import Purpose
from db.sessions import Database
from workflows.ports import MoneyLedger, ReserveAnswer, SumToReserve, SumToSettle


class PostgresMoneyLedger(MoneyLedger):
    """The ledger in PostgreSQL; a database that is away is asked again by Temporal."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        )
        try:
            async with self._database.writing() as session:
                held = await reserve(session, asked, sum_.freight_cap.minor)
        except LedgerRefusal as refusal:
            return ReserveAnswer(slip_number="", code=refusal.code, sentence=str(refusal))
        return ReserveAnswer(slip_number=held.slip_number)

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
            raise ApplicationError(str(refusal), type=refusal.code, non_retryable=True) from refusal
