"""What may be offered, answered, carried out and got back, and what others say of its money."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from domain.complaint import steps as cs
from domain.complaint.claiming import steps as cl
from domain.complaint.fulfilling import steps as fs
from domain.complaint.fulfilling.questions import open_parts
from domain.complaint.looking_into import steps as ls
from domain.complaint.offering import steps as os
from domain.complaint.offering.parts import fitting
from domain.complaint.offering.state import Part
from domain.complaint.on_platform import steps as on
from domain.complaint.on_platform.questions import open_items as outstanding
from domain.complaint.on_platform.state import Favour, MatterKind, PlatformVerdict, Said, SettledHow
from domain.complaint.parties import Party
from domain.complaint.paying_out import steps as pw
from domain.complaint.problems import (
    BESIDE,
    HAS_WORTH,
    PAYS,
    RemedyKind,
)
from domain.complaint.recovering import steps as vs
from domain.complaint.recovering.questions import open_items
from domain.complaint.state import Channel
from domain.complaint.sums import steps as sm
from domain.complaint.sums.rules import repayable
from domain.complaint.sums.state import PaidBy
from domain.payment.means import Means
from domain.steps import Step
from tests import builders as b
from tests.domain.desk import Desk
from tests.domain.draws import MOSTLY, REASON, TRACKING, Draw, Facts, money

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
        "amount": money(draw) or b.yuan("5.00"),
        "payment": draw(st.sampled_from(("TM-1", "TM-2"))),
        "favour": draw(st.sampled_from(Favour)),
    }


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
    return Part(kind, money(draw) if kind in PAYS else None, b.yuan(worth) if worth is not None else None)


def _decide(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"proposal": _proposal(draw, desk), "reason": REASON}


def _approve_it(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"proposal": _proposal(draw, desk)}


def _carried(**facts: Any) -> Facts:
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


def _proposal(draw: Draw, desk: Desk) -> int:
    return len(desk.complaint.proposals) + draw(st.sampled_from((0, 0, 0, 0, 1)))


def _answer(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"proposal": _proposal(draw, desk), "heard_on": Channel.PHONE}


def _decline(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    return {**_answer(draw, desk, name), "reason": b.sealed("answer")}


def _counter(draw: Draw, desk: Desk, name: str) -> dict[str, Any]:
    wish = {"kind": draw(st.sampled_from(RemedyKind)), "refund": money(draw), "words": b.sealed("answer")}
    return {**_answer(draw, desk, name), **wish}


def _shipment(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    freight = draw(st.sampled_from((None, "12.00", "31.00")))
    money = None if freight is None else b.yuan(freight)
    receipt = draw(st.sampled_from((None, *sorted(desk.complaint.photos_as("receipt")))))
    return {"carrier": "SF Express", "tracking": draw(TRACKING), "freight": money, "receipt": receipt}


def _slip(draw: Draw, desk: Desk, _name: str) -> dict[str, Any]:
    return {"slip": draw(st.sampled_from(("none", *(p.case for p in desk.complaint.payments)))), "reason": REASON}


def _outside(draw: Draw, _desk: Desk, _name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(RemedyKind))
    return {
        "kind": kind,
        "refund": money(draw) if kind in PAYS else None,
        "freight": draw(MOSTLY),
        "promised_by": b.MEI.person,
        "heard_on": Channel.PHONE,
        "reason": REASON,
    }


REMEDY: dict[type[Step], Facts] = {
    cs.ProposeRemedy: _propose,
    cs.AcceptProposal: _answer,
    cs.DeclineProposal: _decline,
    cs.CounterPropose: _counter,
    cs.ReportShipment: _shipment,
    cs.AllowDespiteInspection: lambda _draw, _d, _n: {"reason": REASON},
    cs.RequestSlip: _slip,
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
    ls.RecordOutsidePromise: _outside,
    sm.AskRepayment: _repayment,
    sm.NameDifference: lambda draw, _d, _n: {
        "paid_by": draw(st.sampled_from(PaidBy)),
        "amount": money(draw) or b.yuan("5.00"),
        "reason": REASON,
    },
    sm.RecordPlatformPayment: lambda draw, d, _n: {
        "amount": money(draw) or b.yuan("5.00"),
        "reference": draw(st.sampled_from(("TM-1", "TM-2"))),
        "paid_at": d.now,
    },
    cl.FileClaim: lambda draw, _d, _n: {
        "tracking": draw(TRACKING),
        "carrier": "SF Express",
        "amount": money(draw) or b.yuan("5.00"),
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
    pw.AgreeMeans: lambda draw, d, _n: {
        "means": draw(st.sampled_from(Means)),
        "account": draw(st.sampled_from((None, b.sealed("account")))),
        "with_whom": "the customer, by phone",
        "proof": d.complaint.photos[0].photo if d.complaint.photos else "",
        "reason": REASON,
    },
}
