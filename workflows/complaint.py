"""A complaint from the first word to the filing (domain.md, "The spine every case shares")."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from temporalio import workflow
from temporalio.common import Priority, WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, FailureError, WorkflowAlreadyStartedError

from domain.complaint import situation as at
from domain.complaint.book import BOOK, open_complaint, opening_events
from domain.complaint.errands import (
    BookPlatformPayment,
    Errand,
    HoldCost,
    HoldPayment,
    LedgerErrand,
    SettleCost,
    StartIncoming,
    StartPayment,
    StartReturn,
    TellCharge,
    TellPayment,
    TellReturn,
    errands,
)
from domain.complaint.ledger_answers import ledgers_answer
from domain.complaint.lines.errands import CountUnits, HoldUnits
from domain.complaint.linking.errands import TellCase
from domain.complaint.linking.state import Word
from domain.complaint.linking.steps import TakeWordFromCase
from domain.complaint.looking_into import questions as ask
from domain.complaint.offering import weighing
from domain.complaint.offering.weighing import Weighed
from domain.complaint.state import Complaint as ComplaintCase
from domain.complaint.state import OpenComplaint
from domain.goods_return.state import OpenReturn
from domain.goods_return.steps import TakeWordFromComplaint
from domain.payment.state import OpenPayment
from domain.payment.steps import TakeCaseSum, TakeHold
from domain.people import DESK, Actor
from domain.taking_charge import TakeCharge
from workflows.answers import Begin, Carried, Look
from workflows.desk_case import DeskCase
from workflows.goods_return import Return
from workflows.line_costs import ask_the_ledger
from workflows.listeners import tell_auditor
from workflows.news import (
    CaseSumNews,
    CaseWord,
    ChargeNews,
    CourierNews,
    HoldNews,
    News,
    PaymentNews,
    PlatformNews,
    ReturnNews,
    SlipAmountNews,
    WordFromComplaint,
)
from workflows.payment import Payment
from workflows.ports import FOR_EVER
from workflows.step_handlers import answers_steps


@workflow.defn(name="Complaint")
@answers_steps(BOOK)
class Complaint(DeskCase[ComplaintCase]):
    """One complaint."""

    messages: ClassVar[dict[str, type[News]]] = {
        "return_news": ReturnNews,
        "payment_news": PaymentNews,
        "word_from_case": CaseWord,
        "slip_amount": SlipAmountNews,
        "platform_news": PlatformNews,
        "courier_news": CourierNews,
    }

    @workflow.init
    def __init__(self, begin: Begin[OpenComplaint, ComplaintCase]) -> None:
        self._opening = begin.opening
        super().__init__(open_complaint(begin.opening), begin.carried)
        if begin.carried is None:
            tell_auditor(opening_events(begin.opening))

    @workflow.run
    async def run(self, begin: Begin[OpenComplaint, ComplaintCase]) -> str:
        """The story of a complaint; it ends as filed, with its outcome."""
        await self.open_for_business()
        if (begin.opening.direct or begin.opening.about is not None) and begin.carried is None:
            self.record_by_machine(())  # what was agreed or linked at the opening has its errands
        while not at.filed(self.case):
            await self._complete_the_facts_and_gather_evidence()
            await self._judge()
            await self._agree_on_a_remedy()
            await self._carry_it_out()
            await self._call_back()
            await self._file()
        await self.close_the_books()
        return self.case.outcome or ""

    async def _complete_the_facts_and_gather_evidence(self) -> None:
        await self.until(lambda c: bool(c.closed_at or c.proposals) or (not c.missing and ask.has_evidence(c)))

    async def _judge(self) -> None:
        await self.until(lambda c: bool(c.closed_at or c.judgement))

    async def _agree_on_a_remedy(self) -> None:
        await self.until(lambda c: bool(c.closed_at or c.refused_because or (c.accepted and not at.to_propose(c))))

    async def _carry_it_out(self) -> None:
        await self.until(lambda c: bool(c.closed_at) or at.carried_out(c) or not c.accepted or at.to_propose(c))

    async def _call_back(self) -> None:
        await self.until(lambda c: bool(c.closed_at) or not at.carried_out(c))

    async def _file(self) -> None:
        await self.until(lambda c: c.closed_at is None or at.filed(c))

    @workflow.query(description="The case as it stands, and the steps open to the person who looks")
    def look(self, actor: Actor) -> Look:
        """See `DeskCase.look`."""
        return super().look(actor)

    @workflow.query(description="What each remedy would cost now, and why one is not open")
    def weigh(self) -> tuple[Weighed, ...]:
        """A dry run: nothing is proposed by it."""
        return weighing.weigh(self.case)

    def next_errand(self) -> Errand | None:
        """A return or a slip to start, or to tell what it needs to know."""
        return next(iter(errands(self.case)), None)

    async def run_errand(self, errand: Errand) -> None:
        """Start it or tell it."""
        match errand:
            case StartReturn(opening=opening):
                goods = ", ".join(line.product for line in opening.lines)
                await self._start(Return.run, opening, f"return of {goods}")
            case StartPayment(opening=opening) | StartIncoming(opening=opening):
                await self._start(Payment.run, opening, f"{opening.purpose} {opening.amount}")
            case TellReturn(return_case=name, shipments=shipments, settle_as=settle_as, lines=lines):
                word = TakeWordFromComplaint(actor=DESK, shipments=shipments, settle_as=settle_as, lines=lines)
                await self._tell(name, "word_from_complaint", WordFromComplaint(errand.name, word))
            case TellPayment(payment_case=name, case_sum=case_sum):
                grown = CaseSumNews(str(case_sum), TakeCaseSum(actor=DESK, case_sum=case_sum))
                await self._tell(name, "case_sum_grew", grown)
            case HoldPayment(payment_case=name, held=held, told=told, void=void):
                hold = HoldNews(f"hold/{told}", TakeHold(actor=DESK, held=held, told=told, void=void))
                await self._tell(name, "slip_held", hold)
            case TellCharge(part=name, charge=charge, number=number):
                says = TakeCharge(actor=DESK, charge=charge)
                await self._tell(name, "charge_changed", ChargeNews(f"charge/{number}", says))
            case TellCase():
                await self._tell_case(errand)
            case HoldCost() | SettleCost() | BookPlatformPayment() | HoldUnits() | CountUnits():
                await self._tell_the_ledger(errand)

    async def _tell_the_ledger(self, errand: LedgerErrand) -> None:
        """Ask the ledger until it answers; a definite no becomes a trouble on record, and the case goes on."""
        try:
            answer = await self._ask_on("asking the ledger", partial(ask_the_ledger, self.case, errand), FOR_EVER)
        except ActivityError as error:
            self._trouble(error, "the ledger refuses; deal with it, then settle this")
            return
        self.record_by_machine(ledgers_answer(self.case, errand, answer, workflow.now()))

    async def _tell_case(self, errand: TellCase) -> None:
        """Tell another case; one that was over before it could take this one in has turned it away."""
        told = await self._tell(errand.to, "word_from_case", CaseWord(errand.news, errand.says))
        if not told and errand.says.word is Word.MERGED:
            says = TakeWordFromCase(
                actor=DESK,
                case=errand.to,
                word=Word.TURNED_AWAY,
                number=errand.says.number,
                reason=f"case {errand.to} was over before it could be told",
            )
            self.take_in(CaseWord(f"{errand.to}/over/{errand.says.number}", says))

    async def _start(self, run: object, opening: OpenReturn | OpenPayment, summary: str) -> None:
        name = opening.case
        try:
            await workflow.start_child_workflow(
                run,  # pyright: ignore[reportCallIssue, reportArgumentType, reportUnknownVariableType]  # one call for two kinds
                Begin(opening),
                id=name,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                static_summary=f"{name}: {summary}",
                priority=Priority(priority_key=opening.charge.priority, fairness_key=opening.shop),
            )
        except WorkflowAlreadyStartedError:
            workflow.logger.info("%s runs already", name)

    async def _tell(self, name: str, signal: str, news: News) -> bool:
        """Tell another case; false if it has ended."""
        handle = workflow.get_external_workflow_handle(name)
        try:
            await handle.signal(signal, news)
        except FailureError:
            # The other case has ended in the meantime; its own news about that is on the way here.
            workflow.logger.info("%s has ended before it could be told", name)
            return False
        return True

    def continue_as_new(self, carried: Carried[ComplaintCase]) -> None:
        """A new run with the same opening and everything since."""
        workflow.continue_as_new(Begin(self._opening, carried))
