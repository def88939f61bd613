"""A payment: one slip from its asking to finance's signature, paid once (domain.md, "Money" [T])."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from temporalio import workflow
from temporalio.exceptions import FailureError

from domain.casefile import TroubleArose
from domain.complaint.steps import TakePaymentNews
from domain.complaint.sums.steps import TakeSlipAmount
from domain.payment import events as e
from domain.payment.book import BOOK, finished, open_payment, opening_events
from domain.payment.gateway.errands import GatewayErrand, next_errand
from domain.payment.gateway.hearing import hear
from domain.payment.parting.chapter import part_to_book
from domain.payment.parting.events import PartBooked
from domain.payment.parting.state import PaidPart
from domain.payment.state import OpenPayment
from domain.payment.state import Payment as PaymentCase
from domain.people import DESK, Actor
from workflows.answers import Begin, Carried, Look
from workflows.desk_case import DeskCase
from workflows.gateway_calls import ask_gateway
from workflows.listeners import tell_auditor
from workflows.news import CaseSumNews, ChargeNews, GatewayNews, HoldNews, News, PaymentNews, SlipAmountNews
from workflows.ports import (
    ONE_CALL,
    MoneyLedger,
    PartToBook,
    ReserveAnswer,
    SumToChange,
    SumToReserve,
    SumToReverse,
    SumToSettle,
    Tries,
)
from workflows.step_handlers import answers_steps


def _to_pass_on(case: PaymentCase) -> bool:
    """Whether ledger or complaint do not know yet what changed before the slip's end."""
    return part_to_book(case) is not None or case.to_book or case.to_tell


@workflow.defn(name="Payment")
@answers_steps(BOOK)
class Payment(DeskCase[PaymentCase]):
    """One slip."""

    messages: ClassVar[dict[str, type[News]]] = {
        "case_sum_grew": CaseSumNews,
        "slip_held": HoldNews,
        "charge_changed": ChargeNews,
        "gateway_told": GatewayNews,
    }

    @workflow.init
    def __init__(self, begin: Begin[OpenPayment, PaymentCase]) -> None:
        self._opening = begin.opening
        self._at_the_gateway = False
        super().__init__(open_payment(begin.opening, workflow.now()), begin.carried)
        if begin.carried is None:
            tell_auditor(opening_events(begin.opening, workflow.now()))

    @workflow.run
    async def run(self, begin: Begin[OpenPayment, PaymentCase]) -> str:
        """The story of a slip; it ends as paid, reversed, refused, rejected, void, not_paid or above_ceiling."""
        del begin
        await self.open_for_business()
        if not self.case.reserved and self.case.closed_at is None:
            await self._reserve()
        await self.until(lambda c: c.closed_at is not None or _to_pass_on(c))
        while _to_pass_on(self.case):
            await self._pass_on_the_change()
            await self.until(lambda c: c.closed_at is not None or _to_pass_on(c))
        while not finished(self.case):
            if not self.case.booked:
                await self._settle_in_the_ledger()
            await self._tell_the_complaint()
            await self.until(lambda c: finished(c) or not c.booked or c.reported != c.outcome)
        await self.close_the_books()
        return self.case.outcome or ""

    @workflow.query(description="The slip as it stands, and the steps open to the person who looks")
    def look(self, actor: Actor) -> Look:
        """See `DeskCase.look`."""
        return super().look(actor)

    def next_errand(self) -> GatewayErrand | None:
        """What is to be asked of the payment gateway next, one thing after the other.

        An answer always belongs to the last sending that way: an inquiry that was begun before it says nothing of it.
        """
        return None if self._to_do or self._at_the_gateway else next_errand(self.case)

    async def run_errand(self, errand: GatewayErrand) -> None:
        """Ask it once; whatever it says or does not say is heard, and what settles nothing is asked for later."""
        self._at_the_gateway = True
        heard, gateway = await ask_gateway(self.case, errand)
        self._at_the_gateway = False
        now = workflow.now()
        self.record_by_machine(hear(self.case, heard, gateway, now))

    async def _reserve(self) -> None:
        answer = await self.with_patience("reserving the sum in the ledger", self._ask_to_reserve)
        now = workflow.now()
        if answer is None:
            sentence = "the ledger refused the reservation; a person dealt with it"
            self.record_by_machine((e.ReservationRefused(at=now, by=DESK, code="refused", sentence=sentence),))
        elif answer.slip_number:
            held = e.SumReserved(at=now, by=DESK, slip_number=answer.slip_number, asked_today=answer.asked_today)
            self.record_by_machine((held,))
        else:
            no = e.ReservationRefused(at=now, by=DESK, code=answer.code, sentence=answer.sentence)
            self.record_by_machine((no,))

    async def _ask_to_reserve(self, tries: Tries, _tried: int) -> ReserveAnswer:
        case = self.case
        day = case.pinned.calendar.local_date(case.opened_at)
        return await workflow.execute_activity_method(
            MoneyLedger.reserve,
            SumToReserve(
                refund_key=case.case,
                shop=case.shop,
                complaint=case.parent or "",
                order_index=case.order_index or "",
                line=case.line,
                purpose=case.purpose,
                amount=case.amount,
                freight_cap=case.pinned.policy.freight_cap.value,
                requested_at=case.opened_at,
                year=day.year,
                day=day,
                asked_by=case.requested_by.person,
                return_case=case.return_case,
                receipts=case.receipts,
            ),
            start_to_close_timeout=ONE_CALL,
            **tries,
            summary=f"reserve {case.amount} on the order line",
        )

    async def _pass_on_the_change(self) -> None:
        """The ledger holds the changed sum before anybody signs for it, knows each part, and the complaint hears."""
        part = part_to_book(self.case)
        if part is not None:
            await self.with_patience("booking a part in the ledger", partial(self._ask_to_book_part, part))
            self.record_by_machine((PartBooked(at=workflow.now(), by=DESK, number=part.number),))
            return
        amount = self.case.amount
        if self.case.to_book:
            await self.with_patience("changing the sum in the ledger", self._ask_to_change)
            self.record_by_machine((e.AmountBooked(at=workflow.now(), by=DESK, amount=amount),))
            return
        self.record_by_machine((e.AmountTold(at=workflow.now(), by=DESK, amount=amount),))
        says = TakeSlipAmount(actor=DESK, slip=self.case.case, amount=amount)
        await self._signal("slip_amount", SlipAmountNews(f"{self.case.case}/{amount}", says), f"stands at {amount}")

    async def _ask_to_change(self, tries: Tries, _tried: int) -> None:
        await workflow.execute_activity_method(
            MoneyLedger.change,
            SumToChange(self.case.case, self.case.amount),
            start_to_close_timeout=ONE_CALL,
            **tries,
            summary=f"hold {self.case.amount} only",
        )

    async def _ask_to_book_part(self, part: PaidPart, tries: Tries, _tried: int) -> None:
        await workflow.execute_activity_method(
            MoneyLedger.book_part,
            PartToBook(self.case.case, part.number, part.amount, part.reference, part.by.person, part.at),
            start_to_close_timeout=ONE_CALL,
            **tries,
            summary=f"book {part.amount}",
        )

    async def _settle_in_the_ledger(self) -> None:
        outcome = self.case.outcome or ""
        ask = self._ask_to_reverse if outcome == "reversed" else self._ask_to_settle
        await self.with_patience("booking the slip in the ledger", ask)
        self.record_by_machine((e.LedgerSettled(at=workflow.now(), by=DESK, outcome=outcome),))

    async def _ask_to_settle(self, tries: Tries, _tried: int) -> None:
        end = self._end_of(self.case)
        await workflow.execute_activity_method(
            MoneyLedger.settle,
            end,
            start_to_close_timeout=ONE_CALL,
            **tries,
            summary="book the payment" if end.paid else "release the sum",
        )

    async def _ask_to_reverse(self, tries: Tries, _tried: int) -> None:
        await workflow.execute_activity_method(
            MoneyLedger.reverse,
            SumToReverse(self._end_of(self.case), self.case.gateway.reversed_by, workflow.now()),
            start_to_close_timeout=ONE_CALL,
            **tries,
            summary="give the sum back to the order line",
        )

    def _end_of(self, case: PaymentCase) -> SumToSettle:
        return SumToSettle(
            refund_key=case.case,
            paid=case.paid_at is not None,
            reference=case.reference,
            by=case.paid_by.person if case.paid_by is not None else "",
            at=case.closed_at or workflow.now(),
        )

    async def _tell_the_complaint(self) -> None:
        case = self.case
        result = case.outcome or ""
        if case.reported == result:
            return
        says = TakePaymentNews(
            actor=DESK, payment_case=case.case, result=result, reference=case.reference, note=case.note
        )
        self.record_by_machine((e.ComplaintTold(at=workflow.now(), by=DESK, result=result),))
        await self._signal("payment_news", PaymentNews(f"{case.case}/{result}", says), f"was {result}")

    async def _signal(self, name: str, news: News, what: str) -> None:
        parent = self.case.parent or ""
        try:
            await workflow.get_external_workflow_handle(parent).signal(name, news)
        except FailureError:
            sentence = f"the complaint {parent} was over before it heard that its slip {what}"
            now = workflow.now()
            self.record_by_machine((TroubleArose(at=now, by=DESK, code="complaint_over", sentence=sentence),))

    def continue_as_new(self, carried: Carried[PaymentCase]) -> None:
        """A new run with the same opening and everything since."""
        workflow.continue_as_new(Begin(self._opening, carried))
