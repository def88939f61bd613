"""What is asked of other desks in the stories, and what they answer."""

from __future__ import annotations

from typing import Any

from domain.complaint.problems import Extent, Problem, Urgency
from domain.complaint.requests import steps as rq
from domain.complaint.requests.state import OtherDesk, Request, RequestKind, TraceResult, Verdict
from domain.people import Actor, Unit
from tests import builders as b
from tests.domain.desk import Desk, desk

TECHNICAL, DELIVERY = Unit.TECHNICAL, Unit.DELIVERY


def ask(unit: Unit | None = TECHNICAL, actor: Actor = b.LIN, **changes: Any) -> rq.AskDesk:
    """A department is asked for an analysis, unless told otherwise."""
    said: dict[str, Any] = {
        "desk": OtherDesk.DEPARTMENT,
        "unit": unit,
        "kind": RequestKind.ANALYSIS,
        "asked": "why it will not start",
        "facts": "bought in March, the battery is new",
        "loss": "two days without the machine",
        "extent": Extent.ONE,
        "urgency": Urgency.ORDINARY,
        "mendable": True,
        "suspected_cause": "the new firmware",
    }
    return rq.AskDesk(actor=actor, **(said | changes))


def trace(**changes: Any) -> rq.AskDesk:
    """The logistics desk is asked to trace the order's parcel."""
    return ask(None, **({"desk": OtherDesk.LOGISTICS, "kind": RequestKind.TRACE, "asked": "where it is"} | changes))


def receive(number: int = 1, actor: Actor = b.DAI) -> rq.ReceiveRequest:
    return rq.ReceiveRequest(actor=actor, number=number, from_unit=b.UNITS.get(actor))


def answer(number: int = 1, actor: Actor = b.DAI, **changes: Any) -> rq.AnswerRequest:
    said = {"findings": "the fuse was blown", "verdict": Verdict.SYSTEM_FAULT} | changes
    return rq.AnswerRequest(actor=actor, number=number, from_unit=b.UNITS.get(actor), **said)


def traced(result: TraceResult = TraceResult.LOST, number: int = 1) -> rq.AnswerRequest:
    return answer(number, b.LU, findings="the courier says so", verdict=None, result=result)


def pass_on(to: Unit = DELIVERY, number: int = 1, actor: Actor = b.DAI, **changes: Any) -> rq.PassOnRequest:
    said: dict[str, Any] = {"unit": to, "reason": "it broke on the way"} | changes
    return rq.PassOnRequest(actor=actor, number=number, from_unit=b.UNITS.get(actor), **said)


def send_back(number: int = 1) -> rq.SendBackRequest:
    return rq.SendBackRequest(actor=b.LIN, number=number, reason="which fuse, and why")


def name(unit: Unit = TECHNICAL, number: int = 1, actor: Actor = b.WU) -> rq.NameDesk:
    return rq.NameDesk(actor=actor, number=number, desk=OtherDesk.DEPARTMENT, unit=unit, reason="it is yours")


def withdraw(number: int = 1) -> rq.WithdrawRequest:
    return rq.WithdrawRequest(actor=b.LIN, number=number, reason="the customer found it out")


def mark(number: int = 1, *, needed: bool = False) -> rq.MarkRequest:
    return rq.MarkRequest(actor=b.LIN, number=number, needed=needed, reason="we know enough")


def turned_up(number: int = 1, actor: Actor = b.LU) -> rq.ReportTurnedUp:
    return rq.ReportTurnedUp(actor=actor, number=number, note="handed in at the depot, unopened")


# -- how far a story has come ----------------------------------------------------------------------------------


def technical(**changes: Any) -> Desk:
    """A technical complaint about which the technical unit was asked."""
    d = desk(problem=Problem.TECHNICAL, **changes)
    d.take(ask())
    return d


def bounced(d: Desk) -> None:
    """Passed on twice: on the supervisor's list."""
    d.take(pass_on())
    d.take(pass_on(TECHNICAL, actor=b.NING))


def lost(**changes: Any) -> Desk:
    """A lost parcel, traced in vain."""
    d = desk(problem=Problem.LOST_DELIVERY, **changes)
    d.take(trace())
    d.take(traced())
    return d


def request(d: Desk, number: int = 1) -> Request:
    return d.complaint.requests[number - 1]


def shown(d: Desk, number: int = 1) -> dict[str, object]:
    """What the case shows of a request."""
    story: dict[str, object] = d.view().story or {}
    return story["requests"][number - 1]  # type: ignore[index]
