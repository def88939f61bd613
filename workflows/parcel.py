"""A parcel at the dock: from the warehouse's hands to the return that it belongs to ("Returns and exchanges" [S])."""

from __future__ import annotations

from typing import ClassVar

from temporalio import workflow
from temporalio.exceptions import FailureError

from domain.dock.book import BOOK, finished, open_parcel, opening_events
from domain.dock.errands import Errand, TellArrival, next_errand
from domain.dock.state import OVER, DockParcel, OpenParcel
from domain.dock.steps import TakeReturnAnswer
from domain.goods_return.steps import TakeParcelBack, TakeParcelFromDock
from domain.people import DESK, Actor
from workflows.answers import Begin, Carried, Look
from workflows.desk_case import DeskCase
from workflows.listeners import tell_auditor
from workflows.news import DockCorrection, DockNews, LeadNews, News, ReturnAnswer
from workflows.step_handlers import answers_steps


@workflow.defn(name="Parcel")
@answers_steps(BOOK)
class Parcel(DeskCase[DockParcel]):
    """One parcel at the dock."""

    messages: ClassVar[dict[str, type[News]]] = {"return_answered": ReturnAnswer, "lead_came": LeadNews}

    @workflow.init
    def __init__(self, begin: Begin[OpenParcel, DockParcel]) -> None:
        self._opening = begin.opening
        super().__init__(open_parcel(begin.opening), begin.carried)
        if begin.carried is None:
            tell_auditor(opening_events(begin.opening))

    @workflow.run
    async def run(self, begin: Begin[OpenParcel, DockParcel]) -> str:
        """The story of a parcel; it ends once its goods are dealt with, or with where it went."""
        del begin
        await self.open_for_business()
        if self._new:
            self.record_by_machine(())  # a match made at the opening has its return to tell
        await self.until(finished)
        await self.close_the_books()
        return self.case.outcome or ""

    @workflow.query(description="The parcel as it stands, and the steps open to the person who looks")
    def look(self, actor: Actor) -> Look:
        """See `DeskCase.look`."""
        return super().look(actor)

    def next_errand(self) -> Errand | None:
        """A return that does not know yet."""
        return next_errand(self.case)

    async def run_errand(self, errand: Errand) -> None:
        """Tell it; one that has ended takes the parcel as little as one that answers so."""
        name = errand.match.return_case
        signal, news = self._news(errand)
        try:
            await workflow.get_external_workflow_handle(name).signal(signal, news)
        except FailureError:
            if isinstance(errand, TellArrival):
                self._has_ended(name)

    def _has_ended(self, name: str) -> None:
        answer = TakeReturnAnswer(actor=DESK, return_case=name, result=OVER)
        now = workflow.now()
        self.record_by_machine(BOOK.rules[answer.slug()].decide(self.case, answer, now))

    def _news(self, errand: Errand) -> tuple[str, DockNews | DockCorrection]:
        """The message, under a name that another match to the same return does not have."""
        case, seen = self.case, self.case.seen
        told = f"{case.case}/{errand.match.at.isoformat()}"
        if not isinstance(errand, TellArrival):
            return "parcel_taken_back", DockCorrection(f"{told}/back", TakeParcelBack(actor=DESK, dock=case.case))
        says = TakeParcelFromDock(
            actor=DESK,
            dock=case.case,
            tracking=seen.tracking or case.case,
            carrier=seen.carrier,
            received_at=case.opened_at,
            received_by=case.received_by.person,
            card_found=seen.note_found,
            freight_collect=seen.freight_collect,
        )
        return "parcel_came", DockNews(told, says)

    def continue_as_new(self, carried: Carried[DockParcel]) -> None:
        """A new run with the same opening and everything since."""
        workflow.continue_as_new(Begin(self._opening, carried))
