"""The steps that people take in the stories, with their usual content."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.complaint import steps as cs
from domain.complaint.claiming import steps as cl
from domain.complaint.eligible import steps as els
from domain.complaint.fulfilling import steps as fs
from domain.complaint.lines import steps as cls
from domain.complaint.offering import steps as os
from domain.complaint.offering.state import Part
from domain.complaint.on_platform import steps as on
from domain.complaint.on_platform.state import MatterKind, PlatformVerdict, Said, SettledHow
from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.complaint.recovering import steps as vs
from domain.complaint.state import Channel, Extent, Severity
from domain.complaint.sums import steps as sm
from domain.complaint.sums.state import PaidBy
from domain.complaint.watching.state import ParcelState
from domain.complaint.watching.steps import RecordParcelCheck
from domain.evidence import Photo
from domain.goods_return import steps as rs
from domain.goods_return.state import Disposition, Grade, LineFound
from domain.money import Money
from domain.payment import steps as ps
from domain.people import Actor
from domain.shared_steps import AddEvidence
from tests import builders as b
from tests.domain.desk import Desk, desk

IT_GOES_ON = b.it_goes_on()
RETURN = RemedyKind.RETURN_AND_REFUND


def photos(*pictures: Photo, actor: Actor = b.CUSTOMER, purpose: str = "fault") -> AddEvidence:
    return AddEvidence(actor=actor, photos=pictures or (b.photo(),), purpose=purpose)


def judge(actor: Actor = b.LIN, **changes: Any) -> cs.Judge:
    said: dict[str, Any] = {
        "fault_confirmed": True,
        "responsible": Party.SHOP,
        "severity": Severity.SERIOUS,
        "extent": Extent.ONE,
        "fault": "cracked handle",
        "place": "left",
        "reason": "there is news",
    }
    return cs.Judge(actor=actor, **(said | changes))


def propose(
    kind: RemedyKind = RETURN, refund: str | None = "150.00", actor: Actor = b.LIN, freight: bool = True
) -> cs.ProposeRemedy:
    money = b.yuan(refund) if refund is not None else None
    return cs.ProposeRemedy(actor=actor, kind=kind, refund=money, freight=freight, words="we are sorry")


def beside(kind: RemedyKind, *, refund: str | None = None, worth: str | None = None, what: str = "") -> Part:
    """A further part of a remedy."""
    return Part(kind, b.yuan(refund) if refund else None, b.yuan(worth) if worth else None, what)


def offer(kind: RemedyKind, *also: Part, actor: Actor = b.LIN, **more: Any) -> cs.ProposeRemedy:
    """A proposal of several parts, or one with a worth, out of goodwill …; sums as texts."""
    money = {name: b.yuan(more.pop(name)) for name in ("refund", "worth") if name in more}
    return cs.ProposeRemedy(actor=actor, kind=kind, also=also, words="we are sorry", **money, **more)


def accept(number: int = 1, actor: Actor = b.CUSTOMER, heard_on: Channel | None = None) -> cs.AcceptProposal:
    return cs.AcceptProposal(actor=actor, proposal=number, heard_on=heard_on)


def decline(number: int = 1, actor: Actor = b.CUSTOMER) -> cs.DeclineProposal:
    return cs.DeclineProposal(actor=actor, proposal=number, reason=b.sealed("answer"))


def counter(number: int = 1, refund: Money | None = None) -> cs.CounterPropose:
    return cs.CounterPropose(
        actor=b.CUSTOMER, proposal=number, kind=RemedyKind.COMPENSATION, refund=refund, words=b.sealed("answer")
    )


def shipped(tracking: str = "SF1111", freight: str | None = "12.00", **changes: Any) -> cs.ReportShipment:
    money = b.yuan(freight) if freight is not None else None
    said: dict[str, Any] = {"actor": b.CUSTOMER, "carrier": "SF Express", "tracking": tracking, "freight": money}
    return cs.ReportShipment(**(said | changes))


def receipt(tracking: str = "SF1111") -> AddEvidence:
    """The photo of the courier's receipt for that parcel."""
    return photos(b.photo(f"receipt {tracking}"), purpose="receipt")


def turn_away(tracking: str = "SF1111") -> rs.TurnAwayParcel:
    """The dock does not take a freight-collect parcel in."""
    return rs.TurnAwayParcel(actor=b.ZHAO, tracking=tracking, carrier="SF Express")


def receive(tracking: str = "SF1111") -> rs.ReceiveParcel:
    return rs.ReceiveParcel(actor=b.ZHAO, tracking=tracking)


def tell_how(actor: Actor = b.LIN) -> rs.TellHowToSend:
    return rs.TellHowToSend(actor=actor, how="phone")


def share_freight(tracking: str = "SF1111", actor: Actor = b.LIN) -> rs.ShareCollectedFreight:
    return rs.ShareCollectedFreight(actor=actor, tracking=tracking, note="taken off the refund as agreed")


def inspect(quantity: int = 2, **changes: Any) -> rs.Inspect:
    said: dict[str, Any] = {
        "actor": b.ZHAO,
        "quantity": quantity,
        "intact": True,
        "packaging_whole": True,
        "fault_found": True,
        "grade": Grade.B,
        "signed": "Zhao",
    }
    return rs.Inspect(**(said | changes))


def found(line: int, quantity: int = 1, **changes: Any) -> LineFound:
    """What an inspection found of a further line."""
    said: dict[str, Any] = {"intact": True, "packaging_whole": True, "fault_found": True, "grade": Grade.B}
    return LineFound(line, quantity, **(said | changes))


def claim_more(line: int = 2, quantity: int = 1, refund: str | None = None, **changes: Any) -> cls.ClaimMore:
    """A further line of the order, to a return under way with its own sum."""
    money = b.yuan(refund) if refund is not None else None
    heard = Channel.PHONE if refund is not None else None
    said: dict[str, Any] = {"actor": b.LIN, "line": line, "quantity": quantity, "refund": money, "heard_on": heard}
    return cls.ClaimMore(**(said | changes))


def describe(actor: Actor = b.CUSTOMER, **changes: Any) -> els.DescribeGoods:
    """The goods are as new, unless told otherwise."""
    said: dict[str, Any] = {"actor": actor, "intact": True, "packaging_whole": True, "fit_to_sell": True}
    return els.DescribeGoods(**(said | changes))


def dispose(to: Disposition = Disposition.SCRAP, actor: Actor = b.ZHAO) -> rs.DisposeGoods:
    return rs.DisposeGoods(actor=actor, disposition=to, reason="the glaze came off")


def approve(amount: str, actor: Actor = b.WU, signed_today: str | None = None) -> ps.ApproveSlip:
    signed = b.yuan(signed_today) if signed_today is not None else None
    return ps.ApproveSlip(actor=actor, amount=b.yuan(amount), signed_today=signed)


def lower(amount: str, actor: Actor = b.LIN) -> ps.ChangeAmount:
    return ps.ChangeAmount(actor=actor, amount=b.yuan(amount), reason="a part of it was a typing error")


def repay(payer: Party, amount: str, actor: Actor = b.LIN) -> sm.AskRepayment:
    return sm.AskRepayment(actor=actor, payer=payer, amount=b.yuan(amount), reason="paid back as agreed")


def difference(paid_by: PaidBy, amount: str, actor: Actor = b.LIN) -> sm.NameDifference:
    return sm.NameDifference(actor=actor, paid_by=paid_by, amount=b.yuan(amount), reason="the larger pot")


def platform_paid(amount: str, reference: str = "TM-1", at: datetime = b.START) -> sm.RecordPlatformPayment:
    return sm.RecordPlatformPayment(actor=b.SHOP, amount=b.yuan(amount), reference=reference, paid_at=at)


def pay(amount: str, actor: Actor = b.QIAN, reference: str = "PAY-1") -> ps.SignPaid:
    return ps.SignPaid(actor=actor, amount=b.yuan(amount), reference=reference)


def told_by_platform(said: Said, at: datetime = b.START, **more: Any) -> on.RecordPlatformNews:
    """What the shop's system records of a refund request about 150.00, unless told otherwise."""
    facts: dict[str, Any] = {"kind": MatterKind.REFUND_REQUEST, "reference": "RQ-1"}
    if said in {Said.OPENED, Said.APPROVED, Said.PAID}:
        facts |= {"amount": b.yuan("150.00")}
    facts |= {"payment": "TM-1"} if said is Said.PAID else {}
    return on.RecordPlatformNews(actor=b.SHOP, said=said, when=at, **(facts | more))


def answered(
    verdict: PlatformVerdict = PlatformVerdict.REFUSED, actor: Actor = b.LIN, **more: Any
) -> on.AnswerPlatform:
    facts: dict[str, Any] = {"reference": "RQ-1", "words": "the goods are not back"}
    return on.AnswerPlatform(actor=actor, verdict=verdict, **(facts | more))


def reminded(reference: str = "RQ-1", actor: Actor = b.WU) -> on.RemindOfPlatform:
    return on.RemindOfPlatform(actor=actor, reference=reference, note="before noon")


def recovered(item: str, how: SettledHow = SettledHow.GOODS_BACK, actor: Actor = b.LIN) -> on.SettleOutstanding:
    return on.SettleOutstanding(actor=actor, item=item, how=how, reason="brought to the counter")


def claimed(amount: str = "50.00", tracking: str = "SF1111") -> cl.FileClaim:
    return cl.FileClaim(
        actor=b.LU, tracking=tracking, carrier="SF Express", amount=b.yuan(amount), reason="no scan since Monday"
    )


def claim_answered(granted: str | None = "50.00", claim: int = 1) -> cl.AnswerClaim:
    sum_ = b.yuan(granted) if granted is not None else None
    return cl.AnswerClaim(actor=b.LU, claim=claim, granted=sum_, answer="as the scans show", number_there="SF-CL-1")


def approve_offer(number: int = 1, actor: Actor = b.WU) -> os.ApproveProposal:
    return os.ApproveProposal(actor=actor, proposal=number)


def reject_offer(number: int = 1, actor: Actor = b.WU) -> os.RejectProposal:
    return os.RejectProposal(actor=actor, proposal=number, reason="too much for a scratch")


def part_sent(number: int = 1, tracking: str = "SF7001", actor: Actor = b.MA) -> fs.ReportPartSent:
    return fs.ReportPartSent(actor=actor, part=number, carrier="SF Express", tracking=tracking)


def seen(result: ParcelState = ParcelState.ARRIVED, tracking: str = "SF7001") -> RecordParcelCheck:
    """A check of a watched parcel; it has come unless told otherwise."""
    return RecordParcelCheck(actor=b.LU, tracking=tracking, result=result)


def coupon(number: int = 1, actor: Actor = b.LIN) -> fs.ReportCoupon:
    return fs.ReportCoupon(actor=actor, part=number, code=b.sealed("code"), code_shown="…77AF")


def corrected(number: int = 1, actor: Actor = b.LIN) -> fs.RecordCorrection:
    return fs.RecordCorrection(actor=actor, part=number, words="the invoice names the company now")


def repaired(number: int = 1, actor: Actor = b.ZHAO) -> fs.ReportRepaired:
    return fs.ReportRepaired(actor=actor, part=number, note="new handle fitted")


def estimate(actor: Actor = b.ZHAO, **changes: Any) -> fs.EstimateRepair:
    return fs.EstimateRepair(**({"actor": actor, "part": 1, "days": 5, "words": "a new handle"} | changes))


def answer_estimate(agreed: bool = True, actor: Actor = b.CUSTOMER) -> fs.AnswerEstimate:
    return fs.AnswerEstimate(actor=actor, part=1, agreed=agreed)


def part_failed(number: int = 1, actor: Actor = b.LIN) -> fs.ReportPartFailed:
    return fs.ReportPartFailed(actor=actor, part=number, reason="not in stock any more")


def settle(party: Party, amount: str, actor: Actor = b.LU) -> vs.SettleRecovery:
    return vs.SettleRecovery(actor=actor, party=party, amount=b.yuan(amount), reference="SF-2026-03/118")


def write_off(party: Party, actor: Actor = b.WU) -> vs.WriteOffRecovery:
    return vs.WriteOffRecovery(actor=actor, party=party, reason="not worth the letter")


def reject(actor: Actor = b.SUN) -> ps.RejectSlip:
    return ps.RejectSlip(actor=actor, reason="not like this")


def call_back(result: cs.CallResult, actor: Actor = b.HE) -> cs.RecordCallBack:
    words = b.sealed("answer") if result is cs.CallResult.NOT_SATISFIED else None
    return cs.RecordCallBack(actor=actor, result=result, words=words)


def close(actor: Actor = b.WU) -> cs.CloseCase:
    return cs.CloseCase(actor=actor, reason="for a good reason")


# -- how far a story has come ----------------------------------------------------------------------------------


def dear() -> Desk:
    """A complaint about goods for which 9000.00 were paid."""
    found = desk(order_facts=b.order("9000.00"))
    found.ceiling = 900_000
    return found


def photographed(desk: Desk) -> Desk:
    """The photo is in."""
    desk.take(photos())
    return desk


def judged(desk: Desk) -> Desk:
    """Photo in, fault confirmed."""
    photographed(desk).take(judge())
    return desk


def returning(desk: Desk, refund: str = "150.00") -> str:
    """Return and refund agreed; the name of the return that runs."""
    judged(desk)
    desk.take(propose(refund=refund))
    desk.take(accept())
    return desk.complaint.returns[-1].case


def send(desk: Desk, tracking: str = "SF1111", freight: str = "12.00") -> None:
    """The customer reports a parcel with the receipt for its freight."""
    paper = receipt(tracking)
    desk.take(paper)
    desk.take(shipped(tracking, freight, receipt=paper.photos[0].photo))


def failed(desk: Desk, **findings: Any) -> str:
    """The goods are here and failed the inspection; the name of the return."""
    name = returning(desk)
    send(desk)
    desk.take(receive(), name)
    desk.take(inspect(**(findings or {"intact": False})), name)
    return name


def passed(desk: Desk, refund: str = "150.00") -> str:
    """The goods are here and passed; slips are asked for. The name of the return."""
    name = returning(desk, refund)
    send(desk)
    desk.take(receive(), name)
    desk.take(inspect(), name)
    return name


def compensated(desk: Desk, amount: str = "50.00") -> str:
    """A compensation agreed; the name of its slip."""
    judged(desk)
    desk.take(propose(RemedyKind.COMPENSATION, amount))
    desk.take(accept())
    return desk.complaint.payments[-1].case


def apologised(desk: Desk) -> Desk:
    """An apology accepted and sent: the shortest way to an outcome."""
    judged(desk)
    desk.take(propose(RemedyKind.APOLOGY, None))
    desk.take(accept())
    desk.post()
    return desk


def exchanged(desk: Desk, *also: Part, kind: RemedyKind = RemedyKind.EXCHANGE, **found: Any) -> str:
    """An exchange (or a repair) agreed, the goods here and inspected; the name of the return."""
    judged(desk).take(offer(kind, *also, worth="40.00", what="the same cup"))
    desk.take(accept())
    name = desk.complaint.returns[-1].case
    desk.take(shipped(freight=None))
    desk.take(receive(), name)
    desk.take(inspect(**found), name)
    return name


def agreed(desk: Desk, kind: RemedyKind, *also: Part, **more: Any) -> Desk:
    """A remedy of several parts proposed and accepted."""
    judged(desk).take(offer(kind, *also, **more))
    desk.take(accept())
    return desk


def settle_slip(desk: Desk, name: str, *approvers: Actor) -> None:
    """Approve and pay a slip."""
    amount = desk.payments[name].amount.amount()
    for approver in approvers or (b.WU,):
        desk.take(approve(amount, approver), name)
    desk.take(pay(amount), name)
