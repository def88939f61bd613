"""What may be asked of other desks, promised, watched and stopped while a complaint goes on."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from domain.complaint.problems import (
    PROBLEMS,
    StopWish,
    Urgency,
)
from domain.complaint.promises import steps as pr
from domain.complaint.promises.state import PlannedLine
from domain.complaint.recall import steps as recalling
from domain.complaint.requests import steps as rq
from domain.complaint.requests.state import OtherDesk, RequestKind, TraceResult, Verdict
from domain.complaint.state import Channel, Extent
from domain.complaint.stopping import questions as stops
from domain.complaint.stopping import steps as stopping
from domain.complaint.stopping.state import CHANGES, Aftermath, Change, Found
from domain.complaint.watching import steps as ws
from domain.complaint.watching.state import Condition, Manner, ParcelState, Why
from domain.people import Unit
from domain.steps import Step
from tests import builders as b
from tests.domain.desk import Desk
from tests.domain.draws import MOSTLY, REASON, Draw, Facts


def _stop(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    wish = draw(st.sampled_from((PROBLEMS[desk.complaint.problem].stop or StopWish.CANCEL, *StopWish)))
    change = draw(st.sampled_from(("size 40", "size 41", ""))) if wish is StopWish.CHANGE else ""
    return {"wish": wish, "change": change, "address": b.sealed("address") if change == "size 41" else None}


def _found(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    return {"found": draw(st.sampled_from((*Found, Found.GONE))), "secured": draw(MOSTLY)}


def _changed(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    said = stops.answer(desk.complaint)
    fitting = CHANGES.get(said.found) if said is not None else None
    done = fitting if fitting is not None and draw(MOSTLY) else draw(st.sampled_from(Change))
    return {"done": done, "remark": REASON, "tracking": draw(st.sampled_from(("", "SF7")))}


def _aftermath(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    fitting = stops.fitting_aftermath(desk.complaint)
    return {"done": draw(st.sampled_from(fitting or tuple(Aftermath))), "signed": "Ma"}


def _where(draw: Draw, kind: RequestKind = RequestKind.OTHER) -> dict[str, Any]:
    usual = OtherDesk.LOGISTICS if kind is RequestKind.TRACE else OtherDesk.DEPARTMENT
    desk = usual if draw(MOSTLY) else draw(st.sampled_from(OtherDesk))
    unit = draw(st.sampled_from((Unit.TECHNICAL, Unit.TECHNICAL, Unit.DELIVERY)))
    return {"desk": desk, "unit": unit if desk is OtherDesk.DEPARTMENT and draw(MOSTLY) else None}


def _ask(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(RequestKind))
    return {
        **_where(draw, kind),
        "kind": kind,
        "asked": "why it will not start",
        "facts": "bought in March",
        "loss": "two days",
        "extent": draw(st.sampled_from(Extent)),
        "urgency": draw(st.sampled_from(Urgency)),
        "mendable": draw(st.booleans()),
        "suspected_cause": "the new firmware",
        "needed": draw(MOSTLY),
    }


def _request(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    """Mostly one that waits."""
    numbers = [r.number for r in desk.complaint.requests if r.waiting or not draw(MOSTLY)]
    return {"number": draw(st.sampled_from(numbers or [1, 99]))}


def _of_desk(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    """The same, by somebody who is mostly of the unit that has it."""
    told = _request(draw, desk, name)
    units = [request.unit for request in desk.complaint.requests if request.number == told["number"]]
    return {**told, "from_unit": units[0] if units and draw(MOSTLY) else draw(st.sampled_from((None, *Unit)))}


def _findings(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    told = _of_desk(draw, desk, name)
    kinds = [request.request_kind for request in desk.complaint.requests if request.number == told["number"]]
    trace = RequestKind.TRACE in kinds and draw(MOSTLY)
    found = {"result": draw(st.sampled_from(TraceResult))} if trace else {"verdict": draw(st.sampled_from(Verdict))}
    return {**told, "findings": "the fuse was blown", **found}


def _with_reason(more: Facts) -> Facts:
    return lambda draw, desk, name: {**more(draw, desk, name), "reason": REASON}


def _minutes(draw: Draw) -> int:
    return draw(st.sampled_from((1, 20, 600, 4_000, 60_000)))


def _promise(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"number": len(desk.complaint.promises) + draw(st.sampled_from((0, 0, -1, 1)))}


def _renewal(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    return {**_promise(draw, desk, name), "minutes": _minutes(draw), "message": "it takes longer"}


def _timetable(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    until = (desk.now + b.HOUR * hours for hours in draw(st.lists(st.integers(-1, 400), min_size=1, max_size=3)))
    return {"lines": tuple(PlannedLine("the workshop looks at it", at) for at in sorted(until))}


def _parcel(draw: Draw, desk: Desk) -> dict[str, Any]:
    known = [parcel.tracking for parcel in desk.complaint.parcels]
    return {"tracking": draw(st.sampled_from((*known, *known, "SF7001", "sf7002")))}


def _parcel_check(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    result = draw(st.sampled_from((ParcelState.NOT_MOVING, ParcelState.ARRIVED, *ParcelState)))
    return {**_parcel(draw, desk), "result": result}


def _arrival(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {
        **_parcel(draw, desk),
        "arrived_at": desk.now - b.HOUR * draw(st.sampled_from((1, 1, -1))),
        "condition": draw(st.sampled_from(Condition)),
        "manner": draw(st.sampled_from(Manner)),
        "signed_by_customer": draw(MOSTLY),
    }


FOLLOW_UP: dict[type[Step], Facts] = {
    pr.MakePromise: lambda draw, _d, _n: {"words": "I call you back", "minutes": _minutes(draw)},
    pr.KeepPromise: lambda draw, d, n: {**_promise(draw, d, n), "note": "called"},
    pr.RenewPromise: _renewal,
    pr.SettlePromise: lambda draw, d, n: {**_promise(draw, d, n), "how": REASON},
    pr.SetTimetable: _timetable,
    pr.RecordContact: lambda draw, _d, _n: {"channel": Channel.PHONE, "answered": draw(st.booleans())},
    ws.WatchParcel: lambda draw, d, _n: {
        **_parcel(draw, d),
        "carrier": "SF Express",
        "why": draw(st.sampled_from(Why)),
    },
    ws.RecordParcelCheck: _parcel_check,
    ws.ChaseCourier: lambda draw, d, _n: {**_parcel(draw, d), "answer": "goes out today"},
    ws.ReRegisterParcel: lambda draw, d, _n: {
        **_parcel(draw, d),
        "new_tracking": draw(st.sampled_from(("SF8001", "SF8002"))),
        "carrier": "SF Express",
        "reason": REASON,
    },
    ws.GiveUpWatch: lambda draw, d, _n: {**_parcel(draw, d), "reason": REASON},
    ws.ConfirmArrival: _arrival,
    ws.AcknowledgeException: lambda draw, d, _n: _parcel(draw, d),
    stopping.AskToStop: _stop,
    stopping.ConfirmStop: _found,
    stopping.ReportChanged: _changed,
    stopping.RecordAftermath: _aftermath,
    recalling.RegisterRecall: lambda _draw, _d, _n: {"slip": "RC-1", "courier": "SF, Hangzhou"},
    recalling.SignPartOne: lambda _draw, _d, _n: {"courier_signed": "SF-20817"},
    recalling.SignOriginalReceived: lambda _draw, _d, _n: {"signed": "Ma"},
    recalling.ReportRecallFailed: lambda _draw, _d, _n: {"reason": REASON},
    rq.AskDesk: _ask,
    rq.ReceiveRequest: _of_desk,
    rq.AnswerRequest: _findings,
    rq.PassOnRequest: lambda draw, d, n: {**_with_reason(_of_desk)(draw, d, n), **_where(draw)},
    rq.SendBackRequest: _with_reason(_request),
    rq.NameDesk: lambda draw, d, n: {**_with_reason(_request)(draw, d, n), **_where(draw)},
    rq.WithdrawRequest: _with_reason(_request),
    rq.MarkRequest: lambda draw, d, n: {**_with_reason(_request)(draw, d, n), "needed": not draw(MOSTLY)},
    rq.RemindDesk: _request,
    rq.ReportTurnedUp: lambda draw, d, n: {**_request(draw, d, n), "note": "handed in at the depot"},
}
