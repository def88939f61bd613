"""Stretches of a stopped order and a recalled parcel that many journeys share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from domain.complaint import steps as s
from domain.complaint.problems import Problem, RemedyKind, StopWish
from domain.complaint.recall import steps as recalling
from domain.complaint.state import Party
from domain.complaint.stopping import steps as stopping
from domain.complaint.stopping.state import Aftermath, Change, Found
from domain.order import OrderFacts
from domain.people import Actor
from tests.journeys.desk import Desk, yuan
from tests.journeys.people import AGENT, CUSTOMER, LABEL_DESK, LOGISTICS

SUM = yuan(89)


def cancel(actor: Actor = AGENT) -> stopping.AskToStop:
    return stopping.AskToStop(actor=actor, wish=StopWish.CANCEL)


def change(what: str = "the green one instead of the blue one") -> stopping.AskToStop:
    return stopping.AskToStop(actor=AGENT, wish=StopWish.CHANGE, change=what)


def found(state: Found, *, secured: bool = True, actor: Actor = LABEL_DESK) -> stopping.ConfirmStop:
    return stopping.ConfirmStop(actor=actor, found=state, secured=secured and state is not Found.GONE)


def changed(done: Change, tracking: str = "") -> stopping.ReportChanged:
    return stopping.ReportChanged(actor=LABEL_DESK, done=done, remark="green, as asked", tracking=tracking)


def noted(done: Aftermath, actor: Actor = LABEL_DESK) -> stopping.RecordAftermath:
    return stopping.RecordAftermath(actor=actor, done=done, signed=actor.name)


def recall(tracking: str = "SF3003") -> recalling.AskForRecall:
    return recalling.AskForRecall(actor=AGENT, tracking=tracking)


REGISTERED = recalling.RegisterRecall(actor=LOGISTICS, slip="RC-0117", courier="SF, Hangzhou")
PART_ONE = recalling.SignPartOne(actor=LABEL_DESK, courier_signed="SF-20817")
ORIGINAL = recalling.SignOriginalReceived(actor=LABEL_DESK, signed="Ma")
NO_RECALL = recalling.ReportRecallFailed(actor=LOGISTICS, reason="delivered this morning")
JUSTIFIED = s.Judge(
    actor=AGENT, fault_confirmed=True, responsible=Party.CUSTOMER, severity=s.Severity.MINOR, reason="as they asked"
)


def refund(kind: RemedyKind = RemedyKind.REFUND) -> s.ProposeRemedy:
    return s.ProposeRemedy(actor=AGENT, kind=kind, refund=SUM, words="The money comes back.")


async def dispatched(desk: Desk) -> OrderFacts:
    """The order as the shop registered it when it was sent."""
    facts = await desk.register_order()
    return replace(facts, tracking="SF3003", dispatched_at=datetime.now(UTC))


async def held(desk: Desk, state: Found) -> str:
    """A changed mind whose order was found so, and is in hand."""
    case = await desk.open(problem=Problem.CHANGED_MIND)
    await desk.step(case, cancel())
    await desk.step(case, found(state))
    return case


async def gone(desk: Desk) -> str:
    """A changed mind whose parcel had left."""
    return await held(desk, Found.GONE)


async def agreed(desk: Desk, case: str, kind: RemedyKind = RemedyKind.REFUND, number: int = 1) -> None:
    """The remedy is proposed and accepted."""
    await desk.step(case, JUSTIFIED)
    await desk.step(case, refund(kind))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=number))
