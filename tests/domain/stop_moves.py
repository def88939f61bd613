"""The steps of stopping an order and recalling a parcel, with their usual content, and how far a story has come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.complaint.problems import Problem, RemedyKind, StopWish
from domain.complaint.recall import steps as rs
from domain.complaint.sorting.steps import Reclassify
from domain.complaint.stopping import steps as s
from domain.complaint.stopping.state import Aftermath, Change, Found
from domain.order import OrderFacts
from domain.people import Actor, Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

REFUND = RemedyKind.REFUND


def cancel(actor: Actor = b.LIN) -> s.AskToStop:
    return s.AskToStop(actor=actor, wish=StopWish.CANCEL)


def change(what: str = "size 40 instead of 39", actor: Actor = b.LIN, **more: Any) -> s.AskToStop:
    return s.AskToStop(actor=actor, wish=StopWish.CHANGE, change=what, **more)


def found(state: Found, *, secured: bool = True, actor: Actor = b.MA) -> s.ConfirmStop:
    return s.ConfirmStop(actor=actor, found=state, secured=secured and state is not Found.GONE)


def changed(done: Change, tracking: str = "") -> s.ReportChanged:
    return s.ReportChanged(actor=b.MA, done=done, remark="size 40, as asked", tracking=tracking)


def noted(done: Aftermath, actor: Actor = b.MA) -> s.RecordAftermath:
    return s.RecordAftermath(actor=actor, done=done, signed=actor.name)


def recall(**named: str) -> rs.AskForRecall:
    return rs.AskForRecall(actor=b.LIN, **named)


def registered(slip: str = "RC-1") -> rs.RegisterRecall:
    return rs.RegisterRecall(actor=b.LU, slip=slip, courier="SF, Hangzhou")


def part_one() -> rs.SignPartOne:
    return rs.SignPartOne(actor=b.MA, courier_signed="SF-20817")


def original() -> rs.SignOriginalReceived:
    return rs.SignOriginalReceived(actor=b.MA, signed="Ma")


def no_recall(actor: Actor = b.LU) -> rs.ReportRecallFailed:
    return rs.ReportRecallFailed(actor=actor, reason="the courier has delivered it already")


def dispatched() -> OrderFacts:
    """The shop's order, registered as dispatched."""
    return replace(b.order(), dispatched_at=b.START - b.HOUR)


def changed_mind(**changes: Any) -> Desk:
    """A customer who does not want the goods after all."""
    return desk(problem=Problem.CHANGED_MIND, **changes)


def other_variant(**changes: Any) -> Desk:
    """A customer who wants another size."""
    return desk(problem=Problem.OTHER_VARIANT, **changes)


# -- how far a story has come ----------------------------------------------------------------------------------


def sorted_anew(d: Desk, problem: Problem) -> None:
    """The desk's complaint belongs to that class."""
    if d.complaint.problem is not problem:
        d.take(Reclassify(actor=b.LIN, problem=problem, reason="that is what the customer wants"))


def held(d: Desk, state: Found = Found.PRINTED) -> None:
    """The cancelled order was found so, and is in hand."""
    sorted_anew(d, Problem.CHANGED_MIND)
    d.take(cancel())
    d.take(found(state))


def refund_agreed(d: Desk, state: Found = Found.PRINTED) -> str:
    """The same, and its refund is agreed; the name of the slip."""
    held(d, state)
    d.take(m.judge(fault=""))
    d.take(m.propose(REFUND, "150.00"))
    d.take(m.accept(len(d.complaint.proposals)))
    return d.complaint.payments[-1].case


def refund_held(d: Desk) -> None:
    """The same, and then the parcel has left after all."""
    refund_agreed(d)
    d.take(found(Found.GONE))


def refunded(d: Desk, state: Found = Found.PRINTED) -> None:
    """The refund is paid."""
    m.settle_slip(d, refund_agreed(d, state))


def gone(d: Desk) -> None:
    """The parcel left before it could be held back."""
    sorted_anew(d, Problem.CHANGED_MIND)
    d.take(cancel())
    d.take(found(Found.GONE))


def recalling(d: Desk) -> None:
    """The parcel is called back, and part one is with the label desk."""
    gone(d)
    d.take(recall())
    d.take(registered())
    d.take(part_one())


def recalled(d: Desk) -> None:
    """The parcel came back."""
    recalling(d)
    d.take(original())


def held_for_change(d: Desk, state: Found = Found.PRINTED) -> None:
    """An order that is in hand to be changed."""
    sorted_anew(d, Problem.OTHER_VARIANT)
    d.take(change())
    d.take(found(state))


# -- what is seen ----------------------------------------------------------------------------------------------


def task(d: Desk, key: str, name: str = "") -> tuple[Role, str] | None:
    """Whose the task of that key is, and the step that settles it."""
    return next(((each.desk, each.step) for each in d.view(name).tasks if each.key == key), None)


def troubles(d: Desk) -> list[str]:
    """The codes of the complaint's troubles, settled or not."""
    return [trouble.code for trouble in d.complaint.troubles]
