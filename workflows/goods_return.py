"""A return: the customer's goods from the authorisation to the shelf, or back ("Returns and exchanges" [S])."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from temporalio import workflow
from temporalio.exceptions import FailureError

from domain.casefile import Event, TroubleArose
from domain.complaint.steps import TakeReturnNews
from domain.dock.steps import TakeReturnAnswer
from domain.goods_return import situation as at
from domain.goods_return.book import BOOK, open_return, opening_events
from domain.goods_return.dock import DockReport, dock_report
from domain.goods_return.events import ComplaintTold, DockTold
from domain.goods_return.state import OpenReturn
from domain.goods_return.state import Return as ReturnCase
from domain.people import DESK, Actor
from workflows.answers import Begin, Carried, Look
from workflows.desk_case import DeskCase
from workflows.listeners import tell_auditor
from workflows.news import (
    ChargeNews,
    CourierNews,
    DockCorrection,
    DockNews,
    News,
    ReturnAnswer,
    ReturnNews,
    WordFromComplaint,
)
from workflows.step_handlers import answers_steps


@dataclass(frozen=True)
class TellDock:
    """The errand of a return: what came of a parcel of the dock."""

    report: DockReport

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return DockTold(at=now, by=DESK, dock=self.report.dock, result=self.report.result)


@dataclass(frozen=True)
class TellComplaint:
    """The errand of a return: news for its complaint, after so many inspections."""

    report: at.Report
    inspections: int
    reopened: int = 0

    def name(self, case: str) -> str:
        """The news' own id: a return that was opened again may end twice in the same way."""
        again = f"/{self.reopened}" if self.reopened else ""
        return f"{case}/{self.report.result}/{self.inspections}{again}"

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return ComplaintTold(at=now, by=DESK, result=self.report.result)


@workflow.defn(name="Return")
@answers_steps(BOOK)
class Return(DeskCase[ReturnCase]):
    """One return."""

    messages: ClassVar[dict[str, type[News]]] = {
        "courier_news": CourierNews,
        "word_from_complaint": WordFromComplaint,
        "charge_changed": ChargeNews,
        "parcel_came": DockNews,
        "parcel_taken_back": DockCorrection,
    }

    @workflow.init
    def __init__(self, begin: Begin[OpenReturn, ReturnCase]) -> None:
        self._opening = begin.opening
        super().__init__(open_return(begin.opening, workflow.now()), begin.carried)
        if begin.carried is None:
            tell_auditor(opening_events(begin.opening, workflow.now()))

    @workflow.run
    async def run(self, begin: Begin[OpenReturn, ReturnCase]) -> str:
        """The story of a return; it ends with its outcome."""
        del begin
        await self.open_for_business()
        await self.until(lambda c: bool(c.closed_at) or c.on_the_way or c.received)
        await self.until(lambda c: bool(c.closed_at) or c.received)
        await self.until(lambda c: bool(c.closed_at or c.inspections))
        await self.until(lambda c: bool(c.closed_at or c.settled_as))
        await self.until(at.finished)
        await self.close_the_books()
        return self.case.outcome or ""

    @workflow.query(description="The return as it stands, and the steps open to the person who looks")
    def look(self, actor: Actor) -> Look:
        """See `DeskCase.look`."""
        return super().look(actor)

    def next_errand(self) -> TellComplaint | TellDock | None:
        """What the complaint does not know yet, then what the dock does not."""
        report = at.report(self.case)
        if report is not None:
            return TellComplaint(report, len(self.case.inspections), self.case.reopened)
        answer = dock_report(self.case)
        return None if answer is None else TellDock(answer)

    async def run_errand(self, errand: TellComplaint | TellDock) -> None:
        """Tell whoever has to know."""
        if isinstance(errand, TellDock):
            await self._tell_dock(errand.report)
        else:
            await self._tell_complaint(errand)

    async def _tell_dock(self, report: DockReport) -> None:
        says = TakeReturnAnswer(actor=DESK, return_case=self.case.case, result=report.result)
        news = ReturnAnswer(f"{self.case.case}/{report.result}", says)
        try:
            await workflow.get_external_workflow_handle(report.dock).signal("return_answered", news)
        except FailureError:
            # A parcel ends only once its returns have answered, or while none had it: nothing is left to be heard.
            workflow.logger.info("%s has ended before it could be told", report.dock)

    async def _tell_complaint(self, errand: TellComplaint) -> None:
        """One that is over before it heard is a trouble, unless it settled the goods itself."""
        report = errand.report
        says = TakeReturnNews(
            actor=DESK,
            return_case=self.case.case,
            result=report.result,
            announced=report.announced,
            accepted=report.accepted,
            findings=report.findings,
            lines=report.lines,
        )
        news = ReturnNews(errand.name(self.case.case), says)
        try:
            await workflow.get_external_workflow_handle(self.case.parent or "").signal("return_news", news)
        except FailureError:
            if self.case.settled_as in {"call_off", "send_back"} or report.result == at.CAME_LATE:
                return  # it settled that before it ended; of goods that came late the inspection's result is heard
            sentence = f"the complaint {self.case.parent} was over before it heard that its goods {report.result}"
            now = workflow.now()
            self.record_by_machine((TroubleArose(at=now, by=DESK, code="complaint_over", sentence=sentence),))

    def continue_as_new(self, carried: Carried[ReturnCase]) -> None:
        """A new run with the same opening and everything since."""
        workflow.continue_as_new(Begin(self._opening, carried))
