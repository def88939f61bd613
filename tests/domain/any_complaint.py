"""What may be said of a complaint itself: facts, evidence, records, judgement, who has it, what it belongs to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from domain.casefile import LetterState
from domain.complaint import steps as cs
from domain.complaint.assigning import steps as asg
from domain.complaint.assigning.state import Colleague
from domain.complaint.eligible import steps as els
from domain.complaint.lines import steps as cls
from domain.complaint.linking import steps as lks
from domain.complaint.linking.state import OtherCase
from domain.complaint.looking_into import questions as looking
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.state import Finding, RecordKind
from domain.complaint.parties import Party, Share
from domain.complaint.priority import state as prst
from domain.complaint.priority import steps as prs
from domain.complaint.problems import (
    Check,
    FaultKind,
    Problem,
    Urgency,
)
from domain.complaint.sorting import steps as ss
from domain.complaint.state import Channel, Extent, Severity
from domain.shared_steps import AddEvidence, ReportTelling, ResendMessage, SettleTrouble
from domain.steps import Step
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk
from tests.domain.draws import MOSTLY, REASON, Draw, Facts, money

BY_HALVES = (Share(Party.COURIER, 50), Share(Party.WAREHOUSE, 50))
LIES = st.sampled_from(("", "", "recordings/17"))


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
        "loss_amount": money(draw),
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


COMPLAINT: dict[type[Step], Facts] = {
    cs.SupplyFacts: _supply,
    cs.VerifyOrder: lambda draw, _d, _n: {"order_facts": b.order() if draw(MOSTLY) else None},
    cs.GiveFeedback: lambda _draw, _d, _n: m.IT_GOES_ON,
    cs.RecordCall: lambda draw, _d, _n: {"reached": not draw(MOSTLY)},
    cs.DeclareNoAnswer: lambda _draw, _d, _n: {"reason": REASON, "message": "write to us"},
    cs.Judge: _judge,
    cs.RefuseClaim: lambda _draw, _d, _n: {"reason": REASON},
    cs.RecordCallBack: _call_back,
    cs.CloseCase: lambda _draw, _d, _n: {"reason": REASON},
    AddEvidence: _photos,
    ls.AttachRecord: _record,
    ls.RecordCheck: _check,
    ls.ExemptFromPhoto: lambda draw, _d, _n: {"fault_kind": draw(st.sampled_from(FaultKind)), "reason": REASON},
    ls.Explain: lambda _draw, _d, _n: {"words": "it is meant to be so"},
    ls.ReportEffect: lambda draw, _d, _n: {"helped": not draw(MOSTLY), "heard_on": Channel.PHONE},
    ss.Reclassify: _sorting,
    ss.NameConcerned: lambda draw, _d, _n: {"person": draw(st.sampled_from((b.LIN.person, "somebody")))},
    ss.AddRemark: lambda _draw, _d, _n: {"words": "ask the courier first"},
    ss.PassToPlatform: lambda _draw, _d, _n: {"reason": REASON, "reference": "TM-1"},
    prs.Assess: _assess,
    prs.SetPriority: _own_level,
    asg.TakeCase: lambda draw, _d, _n: {"reason": draw(st.sampled_from((REASON, REASON, "")))},
    asg.Reassign: _named,
    asg.HandOver: _named,
    asg.StandIn: _stand_in,
    lks.LinkCase: _other_case,
    lks.MergeInto: _other_case,
    lks.Unmerge: lambda _draw, _d, _n: {"reason": REASON},
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
}
