"""Random content for every step of every kind of case, sensible more often than not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from domain.casefile import LetterState
from domain.complaint import steps as cs
from domain.complaint.assigning import steps as asg
from domain.complaint.assigning.state import Colleague
from domain.complaint.claiming import steps as cl
from domain.complaint.eligible import steps as els
from domain.complaint.fulfilling import steps as fs
from domain.complaint.fulfilling.questions import open_parts
from domain.complaint.lines import steps as cls
from domain.complaint.linking import steps as lks
from domain.complaint.linking.state import OtherCase
from domain.complaint.looking_into import questions as looking
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.state import Finding, RecordKind
from domain.complaint.offering import steps as os
from domain.complaint.offering.parts import fitting
from domain.complaint.offering.state import Part
from domain.complaint.on_platform import steps as on
from domain.complaint.on_platform.questions import open_items as outstanding
from domain.complaint.on_platform.state import Favour, MatterKind, PlatformVerdict, Said, SettledHow
from domain.complaint.parties import Party, Share
from domain.complaint.paying_out import steps as pw
from domain.complaint.priority import state as prst
from domain.complaint.priority import steps as prs
from domain.complaint.problems import (
    BESIDE,
    HAS_WORTH,
    PAYS,
    PROBLEMS,
    Check,
    FaultKind,
    Problem,
    RemedyKind,
    StopWish,
    Urgency,
)
from domain.complaint.promises import steps as pr
from domain.complaint.promises.state import PlannedLine
from domain.complaint.recall import steps as recalling
from domain.complaint.recovering import steps as vs
from domain.complaint.recovering.questions import open_items
from domain.complaint.requests import steps as rq
from domain.complaint.requests.state import OtherDesk, RequestKind, TraceResult, Verdict
from domain.complaint.sorting import steps as ss
from domain.complaint.state import Channel, Extent, Severity
from domain.complaint.stopping import questions as stops
from domain.complaint.stopping import steps as stopping
from domain.complaint.stopping.state import CHANGES, Aftermath, Change, Found
from domain.complaint.sums import steps as sm
from domain.complaint.sums.rules import repayable
from domain.complaint.sums.state import PaidBy
from domain.complaint.watching import steps as ws
from domain.complaint.watching.state import Condition, Manner, ParcelState, Why
from domain.goods_return import steps as rs
from domain.goods_return.state import Disposition, Grade, OtherGoods
from domain.payment import steps as ps
from domain.payment.gateway import steps as gw
from domain.payment.means import Means
from domain.payment.parting import steps as pp
from domain.people import Actor, Unit
from domain.shared_steps import AddEvidence, ReportTelling, ResendMessage, SettleTrouble
from domain.steps import Step
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk

Draw = Callable[[st.SearchStrategy[Any]], Any]
MOSTLY = st.sampled_from((True, True, True, False))
TRACKING = st.sampled_from(("T001", "T002", "t002", "T003"))
SUMS = st.sampled_from((None, "10.00", "60.00", "150.00", "299.99", "300.00", "300.01"))
REASON = "for a good reason"
LIES = st.sampled_from(("", "", "recordings/17"))


REQUESTS = st.sampled_from(("RQ-1", "RQ-2"))


def platform_news(draw: Draw, desk: Desk) -> dict[str, Any]:
    """Something that the platform may tell of one of two matters, some of it long ago or again."""
    when = desk.now - timedelta(hours=draw(st.sampled_from((0, 1, 30))))
    return {
        "kind": draw(st.sampled_from(MatterKind)),
        "reference": draw(REQUESTS),
        "said": draw(st.sampled_from(Said)),
        "when": when,
        "due_at": draw(st.sampled_from((None, when + timedelta(hours=2), when + timedelta(hours=50)))),
        "amount": _money(draw) or b.yuan("5.00"),
        "payment": draw(st.sampled_from(("TM-1", "TM-2"))),
        "favour": draw(st.sampled_from(Favour)),
    }


def content(draw: Draw, desk: Desk, name: str, step: type[Step], actor: Actor) -> Step:
    """A step of that type by that person, its content drawn."""
    facts = _FACTS.get(step)
    return step(actor=actor, **(facts(draw, desk, name) if facts is not None else {}))


def _money(draw: Draw) -> Any:
    text = draw(SUMS)
    return None if text is None else b.yuan(text)


def _proposal(draw: Draw, desk: Desk) -> int:
    return len(desk.complaint.proposals) + draw(st.sampled_from((0, 0, 0, 0, 1)))


def _supply(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    return {
        "line": draw(st.sampled_from((None, 1, 1, 2, 9))),
        "quantity": draw(st.sampled_from((None, 1, 2, 3))),
        "order": draw(st.sampled_from((None, b.sealed("order")))),
        "order_index": draw(st.sampled_from((None, "ix-order", "ix-order", "ix-other"))),
        "order_facts": draw(st.sampled_from((None, b.order()))),
        "description": draw(st.sampled_from((None, b.sealed("description")))),
        "phone": draw(st.sampled_from((None, b.sealed("phone")))),
        "signed_for": draw(st.sampled_from((None, True, False))),
    }


def _judge(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    return {
        "fault_confirmed": draw(MOSTLY),
        "responsible": draw(st.sampled_from(Party)),
        "severity": draw(st.sampled_from(Severity)),
        "extent": draw(st.sampled_from(Extent)),
        "fault": draw(st.sampled_from(("cracked", "cracked", ""))),
        "reason": draw(st.sampled_from((REASON, REASON, ""))),
        "shares": draw(st.sampled_from(((), (), BY_HALVES))),
    }


BY_HALVES = (Share(Party.COURIER, 50), Share(Party.WAREHOUSE, 50))


def _propose(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    fit = tuple(RemedyKind) if not draw(MOSTLY) else fitting(desk.complaint)[0]
    main = _part(draw, draw(st.sampled_from(fit)))
    beside = draw(st.lists(st.sampled_from((*sorted(BESIDE), RemedyKind.REPAIR)), max_size=2))
    return {
        "kind": main.kind,
        "refund": main.refund,
        "worth": main.worth,
        "also": tuple(_part(draw, kind) for kind in beside),
        "freight": draw(MOSTLY),
        "words": "sorry",
        "goodwill": not draw(MOSTLY),
    }


def _part(draw: Draw, kind: RemedyKind) -> Part:
    worth = draw(st.sampled_from((None, "10.00", "10.00", "600.00", "6000.00"))) if kind in HAS_WORTH else None
    if kind is RemedyKind.COUPON:
        worth = worth or "5.00"
    return Part(kind, _money(draw) if kind in PAYS else None, b.yuan(worth) if worth is not None else None)


def _decide(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"proposal": _proposal(draw, desk), "reason": REASON}


def _approve_it(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"proposal": _proposal(draw, desk)}


def _carried(**facts: Any) -> Callable[[Draw, Desk, str], dict[str, Any]]:
    """A report about one of the parts being carried out, seldom about one that is not there."""

    def made(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
        numbers = [part.number for part in open_parts(desk.complaint)]
        return {"part": draw(st.sampled_from((*numbers, 99))), **facts}

    return made


def _recovery(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    owing = [item for item in open_items(desk.complaint) if draw(MOSTLY)]
    party = owing[0].party if owing else draw(st.sampled_from(Party))
    amount = owing[0].rest if owing and draw(MOSTLY) else b.yuan("1.00")
    return {"party": party, "amount": amount, "reference": "SF-2026-03"}


def _repayment(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    owing = [party for party in Party if repayable(desk.complaint, party).minor > 0]
    payer = owing[0] if owing and draw(MOSTLY) else draw(st.sampled_from(Party))
    most = repayable(desk.complaint, payer)
    return {"payer": payer, "amount": most if draw(MOSTLY) else b.yuan("1.00"), "reason": REASON}


def _write_off(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    return {"party": _recovery(draw, desk, name)["party"], "reason": REASON}


def _answer(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"proposal": _proposal(draw, desk), "heard_on": Channel.PHONE}


def _decline(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    return {**_answer(draw, desk, name), "reason": b.sealed("answer")}


def _counter(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    wish = {"kind": draw(st.sampled_from(RemedyKind)), "refund": _money(draw), "words": b.sealed("answer")}
    return {**_answer(draw, desk, name), **wish}


def _shipment(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    freight = draw(st.sampled_from((None, "12.00", "31.00")))
    money = None if freight is None else b.yuan(freight)
    receipt = draw(st.sampled_from((None, *sorted(desk.complaint.photos_as("receipt")))))
    return {"carrier": "SF Express", "tracking": draw(TRACKING), "freight": money, "receipt": receipt}


def _slip(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"slip": draw(st.sampled_from(("none", *(p.case for p in desk.complaint.payments)))), "reason": REASON}


def _call_back(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    result = draw(st.sampled_from((*cs.CallResult, cs.CallResult.NOT_SATISFIED, cs.CallResult.NOT_REACHED)))
    return {"result": result, "words": draw(st.sampled_from((b.sealed("answer"), b.sealed("answer"), None)))}


def _photos(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3))
    purpose = draw(st.sampled_from(("fault", "fault", "receipt", "receipt", "inspection")))
    return {"photos": tuple(b.photo(name) for name in names), "purpose": purpose}


def _telling(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    waiting = [x.number for x in desk.case(name).letters if x.state is LetterState.WITH_A_PERSON]
    return {"number": draw(st.sampled_from((*waiting, 99))), "how": "phone"}


def _resend(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    return {"number": draw(st.sampled_from((*(x.number for x in desk.case(name).letters), 99)))}


def _trouble(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    waiting = [x.number for x in desk.case(name).troubles if x.settled_at is None]
    return {"number": draw(st.sampled_from((*waiting, 99))), "how": REASON}


def _record(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    words = draw(st.sampled_from((None, b.sealed("record"))))
    told = {"words": words, "words_digest": draw(st.sampled_from("ab")) if words else ""}
    return {"kind": draw(st.sampled_from(RecordKind)), "title": "what was said", "reference": draw(LIES), **told}


def _check(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    missing = looking.checks_missing(desk.complaint) or tuple(Check)
    check = missing[0] if draw(MOSTLY) else draw(st.sampled_from(Check))
    return {"check": check, "finding": draw(st.sampled_from(Finding)), "note": REASON}


def _sorting(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    problem = draw(st.sampled_from(Problem))
    return {"problem": problem, "fault_kind": draw(st.sampled_from((None, *FaultKind))), "reason": REASON}


def _assess(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    return {
        "loss_size": draw(st.sampled_from((None, *prst.Loss))),
        "loss_amount": _money(draw),
        "extent": draw(st.sampled_from((None, *Extent))),
        "urgency": draw(st.sampled_from((None, *Urgency))),
        "mendable_simply": draw(st.sampled_from((None, True, False))),
        "reason": draw(st.sampled_from((REASON, REASON, ""))),
    }


def _named(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    person = draw(st.sampled_from((b.LIN, b.MEI, b.WU, b.GAO, b.ZHAO, None)))
    known = None if person is None else Colleague(person.person, person.name, (person.role,))
    return {"person": "p", "colleague": known, "reason": REASON}


def _stand_in(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    days = draw(st.sampled_from((-1, 1, 3, 61)))
    return {**_named(draw, desk, name), "until": desk.now + timedelta(days=days)}


def _other_case(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    earlier = desk.complaint.opened_at - timedelta(hours=draw(st.sampled_from((1, 1, 1, -1))))
    known = OtherCase(
        case=draw(st.sampled_from(("AS-2025-000001", "AS-2025-000002", desk.complaint.case))),
        received_at=earlier,
        customer=draw(st.sampled_from(("c-1", "c-1", "c-2"))),
        order_index="ix-order",
        line=1,
        state="to_judge",
        closed=not draw(MOSTLY),
        priority=draw(st.sampled_from((1, 3))),
    )
    return {"other_case": known.case, "reason": REASON, "other": draw(st.sampled_from((known, known, known, None)))}


def _own_level(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    return {"level": draw(st.sampled_from((None, 1, 2, 3, 4, 5))), "reason": REASON}


def _outside(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(RemedyKind))
    return {
        "kind": kind,
        "refund": _money(draw) if kind in PAYS else None,
        "freight": draw(MOSTLY),
        "promised_by": b.MEI.person,
        "heard_on": Channel.PHONE,
        "reason": REASON,
    }


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


def _with_reason(more: Callable[[Draw, Desk, str], dict[str, Any]]) -> Callable[[Draw, Desk, str], dict[str, Any]]:
    return lambda draw, desk, name: {**more(draw, desk, name), "reason": REASON}


def _inspect(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    return {
        "quantity": draw(st.sampled_from((0, 1, 2, 2))),
        "intact": draw(MOSTLY),
        "packaging_whole": draw(MOSTLY),
        "fault_found": draw(MOSTLY),
        "grade": draw(st.sampled_from(Grade)),
        "others": draw(st.sampled_from(((), (), (OtherGoods(2, "6909"),)))),
        "disposition": draw(st.sampled_from((None, None, *Disposition))),
        "further": draw(st.sampled_from(((), (), (m.found(2),), (m.found(2, 0, intact=False),)))),
        "parcel": draw(st.sampled_from(("", "", "T001", "t002"))),
        "signed": "Zhao",
    }


def _amount(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    right = desk.payments[name].amount if name in desk.payments else b.yuan("1.00")
    return {"amount": right if draw(MOSTLY) else b.yuan("1.00")}


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


_FACTS: dict[type[Step], Callable[[Draw, Desk, str], dict[str, Any]]] = {
    cs.SupplyFacts: _supply,
    cs.VerifyOrder: lambda draw, _d, _n: {"order_facts": b.order() if draw(MOSTLY) else None},
    cs.GiveFeedback: lambda _draw, _d, _n: m.IT_GOES_ON,
    cs.RecordCall: lambda draw, _d, _n: {"reached": not draw(MOSTLY)},
    cs.DeclareNoAnswer: lambda _draw, _d, _n: {"reason": REASON, "message": "write to us"},
    cs.Judge: _judge,
    cs.RefuseClaim: lambda _draw, _d, _n: {"reason": REASON},
    cs.ProposeRemedy: _propose,
    cs.AcceptProposal: _answer,
    cs.DeclineProposal: _decline,
    cs.CounterPropose: _counter,
    cs.ReportShipment: _shipment,
    cs.AllowDespiteInspection: lambda _draw, _d, _n: {"reason": REASON},
    cs.RequestSlip: _slip,
    cs.RecordCallBack: _call_back,
    cs.CloseCase: lambda _draw, _d, _n: {"reason": REASON},
    AddEvidence: _photos,
    os.ApproveProposal: _approve_it,
    os.RejectProposal: _decide,
    fs.ReportPartSent: _carried(carrier="SF Express", tracking="sf7001"),
    fs.EstimateRepair: _carried(days=5, words="a new handle"),
    fs.AnswerEstimate: lambda draw, d, n: {
        **_carried()(draw, d, n),
        "agreed": draw(MOSTLY),
        "heard_on": Channel.PHONE if draw(MOSTLY) else None,
    },
    fs.ReportRepaired: _carried(note="new handle"),
    fs.RecordCorrection: _carried(words="the invoice is right"),
    fs.ReportCoupon: _carried(code=b.sealed("code"), code_shown="…77AF"),
    fs.ReportPartFailed: _carried(reason=REASON),
    fs.ShipFirst: lambda _draw, _d, _n: {"reason": REASON},
    vs.SettleRecovery: _recovery,
    vs.WriteOffRecovery: _write_off,
    ls.AttachRecord: _record,
    ls.RecordCheck: _check,
    ls.ExemptFromPhoto: lambda draw, _d, _n: {"fault_kind": draw(st.sampled_from(FaultKind)), "reason": REASON},
    ls.Explain: lambda _draw, _d, _n: {"words": "it is meant to be so"},
    ls.ReportEffect: lambda draw, _d, _n: {"helped": not draw(MOSTLY), "heard_on": Channel.PHONE},
    ls.RecordOutsidePromise: _outside,
    ss.Reclassify: _sorting,
    ss.NameConcerned: lambda draw, _d, _n: {"person": draw(st.sampled_from((b.LIN.person, "somebody")))},
    ss.AddRemark: lambda _draw, _d, _n: {"words": "ask the courier first"},
    ss.PassToPlatform: lambda _draw, _d, _n: {"reason": REASON, "reference": "TM-1"},
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
    prs.Assess: _assess,
    prs.SetPriority: _own_level,
    asg.TakeCase: lambda draw, _d, _n: {"reason": draw(st.sampled_from((REASON, REASON, "")))},
    asg.Reassign: _named,
    asg.HandOver: _named,
    asg.StandIn: _stand_in,
    lks.LinkCase: _other_case,
    lks.MergeInto: _other_case,
    lks.Unmerge: lambda _draw, _d, _n: {"reason": REASON},
    sm.AskRepayment: _repayment,
    sm.NameDifference: lambda draw, _d, _n: {
        "paid_by": draw(st.sampled_from(PaidBy)),
        "amount": _money(draw) or b.yuan("5.00"),
        "reason": REASON,
    },
    sm.RecordPlatformPayment: lambda draw, d, _n: {
        "amount": _money(draw) or b.yuan("5.00"),
        "reference": draw(st.sampled_from(("TM-1", "TM-2"))),
        "paid_at": d.now,
    },
    cl.FileClaim: lambda draw, _d, _n: {
        "tracking": draw(TRACKING),
        "carrier": "SF Express",
        "amount": _money(draw) or b.yuan("5.00"),
        "reason": REASON,
    },
    cl.AnswerClaim: lambda draw, _d, _n: {
        "claim": draw(st.integers(1, 2)),
        "granted": draw(st.sampled_from((None, b.yuan("5.00"), b.yuan("10.00")))),
        "answer": REASON,
    },
    cl.GiveUpClaim: lambda draw, _d, _n: {"claim": draw(st.integers(1, 2)), "reason": REASON},
    on.RecordPlatformNews: lambda draw, d, _n: platform_news(draw, d),
    on.AnswerPlatform: lambda draw, d, _n: {
        "reference": draw(REQUESTS),
        "verdict": draw(st.sampled_from(PlatformVerdict)),
        "words": REASON,
        "evidence": tuple(photo.photo for photo in d.complaint.photos[:1]),
    },
    on.RemindOfPlatform: lambda draw, _d, _n: {"reference": draw(REQUESTS)},
    on.SettleOutstanding: lambda draw, d, _n: {
        "item": draw(st.sampled_from([item.key for item in outstanding(d.complaint)] or ["paid_twice"])),
        "how": draw(st.sampled_from(SettledHow)),
        "reason": REASON,
    },
    cls.ClaimMore: lambda draw, _d, _n: {
        "line": draw(st.sampled_from((2, 2, 1, 9))),
        "quantity": 1,
        "refund": b.yuan("15.00") if draw(MOSTLY) else None,
        "heard_on": Channel.PHONE if draw(MOSTLY) else None,
    },
    els.DescribeGoods: lambda draw, _d, _n: {
        "intact": draw(MOSTLY),
        "packaging_whole": draw(MOSTLY),
        "fit_to_sell": draw(MOSTLY),
        "heard_on": Channel.PHONE if draw(MOSTLY) else None,
    },
    ReportTelling: _telling,
    ResendMessage: _resend,
    SettleTrouble: _trouble,
    rs.ReceiveParcel: lambda draw, _d, _n: {"tracking": draw(TRACKING), "freight_collect": not draw(MOSTLY)},
    rs.TurnAwayParcel: lambda draw, _d, _n: {"tracking": draw(TRACKING)},
    rs.Inspect: _inspect,
    rs.DisposeGoods: lambda draw, _d, _n: {"disposition": draw(st.sampled_from(Disposition)), "reason": REASON},
    rs.SendGoodsBack: lambda _draw, _d, _n: {"carrier": "SF Express", "tracking": "SF9999"},
    rs.ExtendWait: lambda draw, _d, _n: {"days": draw(st.integers(1, 9)), "reason": REASON},
    rs.GiveGoodsBack: lambda _draw, _d, _n: {"note": "showed the order"},
    rs.TellHowToSend: lambda _draw, _d, _n: {"how": "phone"},
    rs.ShareCollectedFreight: lambda draw, _d, _n: {"tracking": draw(TRACKING), "note": "taken off the refund"},
    rs.GiveUpReturn: lambda _draw, _d, _n: {"reason": REASON},
    ps.ApproveSlip: _amount,
    ps.ChangeAmount: lambda draw, _d, _n: {"amount": _money(draw) or b.yuan("5.00"), "reason": REASON},
    ps.RejectSlip: lambda _draw, _d, _n: {"reason": REASON},
    ps.SignPaid: lambda draw, d, n: {
        **_amount(draw, d, n),
        "reference": "PAY-1",
        "despite_hold": draw(st.sampled_from((False, True))),
    },
    ps.ReportNotPaid: lambda _draw, _d, _n: {"reason": REASON},
    ps.VoidSlip: lambda _draw, _d, _n: {"reason": REASON},
    pw.AgreeMeans: lambda draw, d, _n: {
        "means": draw(st.sampled_from(Means)),
        "account": draw(st.sampled_from((None, b.sealed("account")))),
        "with_whom": "the customer, by phone",
        "proof": d.complaint.photos[0].photo if d.complaint.photos else "",
        "reason": REASON,
    },
    pp.SignPart: lambda draw, _d, _n: {
        "amount": _money(draw) or b.yuan("5.00"),
        "reference": draw(st.sampled_from(("PART-1", "PART-2"))),
    },
    gw.AskGateway: lambda _draw, _d, _n: {},
    gw.SettleUnknown: lambda draw, _d, _n: {
        "found": draw(st.sampled_from(gw.Found)),
        "reference": draw(st.sampled_from(("", "GW-1"))),
        "reason": REASON,
    },
    gw.SettleMismatch: lambda draw, _d, _n: {"number": draw(st.integers(1, 2)), "how": REASON},
    gw.ReportReversed: lambda draw, _d, _n: {"reference": draw(st.sampled_from(("REV-1", "REV-2"))), "reason": REASON},
}
