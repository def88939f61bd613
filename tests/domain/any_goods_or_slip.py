"""What may be said of goods that come back and of slips."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from domain.goods_return import steps as rs
from domain.goods_return.state import Disposition, Grade, OtherGoods
from domain.payment import steps as ps
from domain.payment.gateway import steps as gw
from domain.payment.parting import steps as pp
from domain.steps import Step
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk
from tests.domain.draws import MOSTLY, REASON, TRACKING, Draw, Facts, money


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


GOODS_OR_SLIP: dict[type[Step], Facts] = {
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
    ps.ChangeAmount: lambda draw, _d, _n: {"amount": money(draw) or b.yuan("5.00"), "reason": REASON},
    ps.RejectSlip: lambda _draw, _d, _n: {"reason": REASON},
    ps.SignPaid: lambda draw, d, n: {
        **_amount(draw, d, n),
        "reference": "PAY-1",
        "despite_hold": draw(st.sampled_from((False, True))),
    },
    ps.ReportNotPaid: lambda _draw, _d, _n: {"reason": REASON},
    ps.VoidSlip: lambda _draw, _d, _n: {"reason": REASON},
    pp.SignPart: lambda draw, _d, _n: {
        "amount": money(draw) or b.yuan("5.00"),
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
