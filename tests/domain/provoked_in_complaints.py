"""The shortest way to each refusal of a complaint, for test_refusals.py."""

from __future__ import annotations

from datetime import timedelta

from domain.complaint import refusals as no
from domain.complaint import refusals_parcel as of_parcel
from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.money import Money
from domain.order import OtherOrder
from domain.people import DESK
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.provoked import provokes

COMP = RemedyKind.COMPENSATION


# -- complaint: intake -----------------------------------------------------------------------------------------


@provokes(no.NothingMissing)
def _() -> object:
    return desk().take(cs.SupplyFacts(actor=b.CUSTOMER, line=1))


@provokes(no.NoFactsGiven)
def _() -> object:
    return desk(line=None).take(cs.SupplyFacts(actor=b.CUSTOMER))


@provokes(no.OrderNotRegistered)
def _() -> object:
    return desk(order_facts=None).take(cs.VerifyOrder(actor=b.LIN))


@provokes(OtherOrder)
def _() -> object:
    step = cs.VerifyOrder(actor=b.LIN, order_index="ix-other", order_facts=b.order())
    return desk(order_facts=None).take(step)


@provokes(no.AlreadyVerified)
def _() -> object:
    return desk().take(cs.VerifyOrder(actor=b.LIN, order_facts=b.order()))


@provokes(no.FactsMissing)
def _() -> object:
    return desk(description=None).take(m.judge())


@provokes(no.AlreadyGreeted)
def _() -> object:
    d = desk()
    d.take(cs.Greet(actor=b.LIN))
    return d.take(cs.Greet(actor=b.MEI))


@provokes(no.ExpectedInThePast)
def _() -> object:
    said = m.IT_GOES_ON | {"expected_by": b.START.isoformat()}
    return desk().take(cs.GiveFeedback(actor=b.LIN, **said))


@provokes(no.NobodyAwaited)
def _() -> object:
    return desk().take(cs.RecordCall(actor=b.LIN, reached=False))


@provokes(no.CallFirst)
def _() -> object:
    d = desk()
    d.wait(timedelta(hours=72))
    return d.take(cs.DeclareNoAnswer(actor=b.LIN, reason="no answer", message="write to us"))


# -- complaint: judging, proposing, answering ------------------------------------------------------------------


@provokes(no.FaultNotDescribed)
def _() -> object:
    return desk().take(m.judge(fault="  "))


@provokes(no.ReasonNeeded)
def _() -> object:
    d = desk()
    d.take(m.judge())
    return d.take(m.judge(reason=" "))


@provokes(no.NotJudged)
def _() -> object:
    return desk().take(m.propose())


@provokes(no.EvidenceMissing)
def _() -> object:
    d = desk()
    d.take(m.judge())
    return d.take(m.propose())


@provokes(no.NotVerified)
def _() -> object:
    return m.judged(desk(order_facts=None)).take(m.propose())


@provokes(no.FaultNotConfirmed)
def _() -> object:
    d = desk()
    d.take(m.photos())
    d.take(m.judge(fault_confirmed=False))
    return d.take(m.propose())


@provokes(no.FaultIsConfirmed)
def _() -> object:
    return m.judged(desk()).take(cs.RefuseClaim(actor=b.LIN, reason="we do not like it"))


@provokes(no.RemedyUnderWay)
def _() -> object:
    d = desk()
    m.returning(d)
    return d.take(m.propose())


@provokes(no.OutcomeStands)
def _() -> object:
    return m.apologised(desk()).take(m.propose())


@provokes(no.RemedyDoesNotFit)
def _() -> object:
    return m.judged(desk()).take(m.propose(RemedyKind.SEND_BACK, None))


@provokes(no.AmountNeeded)
def _() -> object:
    return m.judged(desk()).take(m.propose(COMP, None))


@provokes(no.NoAmountHere)
def _() -> object:
    return m.judged(desk()).take(m.propose(RemedyKind.APOLOGY, "1.00"))


@provokes(no.WrongCurrency)
def _() -> object:
    step = cs.ProposeRemedy(actor=b.LIN, kind=COMP, refund=Money(100, "USD"), words="sorry")
    return m.judged(desk()).take(step)


@provokes(no.AboveLinePaid)
def _() -> object:
    return m.judged(desk(quantity=1)).take(m.propose(COMP, "150.01"))


@provokes(no.NoProposalOpen)
def _() -> object:
    return m.judged(desk()).take(m.accept())


@provokes(no.OtherProposal)
def _() -> object:
    d = m.judged(desk())
    d.take(m.propose())
    return d.take(m.accept(2))


@provokes(no.HeardWhere)
def _() -> object:
    d = m.judged(desk())
    d.take(m.propose())
    return d.take(m.accept(actor=b.MEI))


# -- complaint: carrying out, calling back, closing ------------------------------------------------------------


@provokes(of_parcel.TrackingKnown)
def _() -> object:
    d = desk()
    d.take(m.shipped("SF1"))
    return d.take(m.shipped(" sf1 "))


@provokes(of_parcel.ReceiptUnknown)
def _() -> object:
    return desk().take(m.shipped(receipt="0" * 64))


@provokes(of_parcel.ReceiptUsed)
def _() -> object:
    d = desk()
    m.send(d)
    return d.take(m.shipped("SF2222", receipt=m.receipt().photos[0].photo))


@provokes(no.InspectionDidNotFail)
def _() -> object:
    d = desk()
    m.passed(d)
    return d.take(cs.AllowDespiteInspection(actor=b.WU, reason="good customer"))


@provokes(no.SlipNotFailed)
def _() -> object:
    d = desk()
    slip = m.compensated(d)
    return d.take(cs.RequestSlip(actor=b.LIN, slip=slip, reason="again"))


@provokes(no.PartUnknown)
def _() -> object:
    news = cs.TakePaymentNews(actor=DESK, payment_case="AS-9-P1", result="paid", reference="PAY-1", note="")
    return desk().take(news)


@provokes(no.NoCallBackDue)
def _() -> object:
    return desk().take(m.call_back(cs.CallResult.SATISFIED))


@provokes(no.HandlerMayNotCallBack)
def _() -> object:
    d = desk()
    d.take(m.photos())
    d.take(m.judge(b.WU))
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.take(m.accept())
    d.post()
    return d.take(m.call_back(cs.CallResult.SATISFIED, b.WU))


@provokes(no.TriedToday)
def _() -> object:
    d = m.apologised(desk())
    d.take(m.call_back(cs.CallResult.NOT_REACHED))
    return d.take(m.call_back(cs.CallResult.NOT_REACHED))


@provokes(no.WordsNeeded)
def _() -> object:
    step = cs.RecordCallBack(actor=b.HE, result=cs.CallResult.NOT_SATISFIED)
    return m.apologised(desk()).take(step)


@provokes(no.PaymentUnderWay)
def _() -> object:
    d = desk()
    m.compensated(d)
    return d.take(m.close())


@provokes(no.GoodsOnTheWay)
def _() -> object:
    d = desk()
    m.returning(d)
    d.take(m.shipped())
    return d.take(m.close())


@provokes(no.Irreversible)
def _() -> object:
    d = desk()
    m.compensated(d)
    return d.take(cs.Withdraw(actor=b.CUSTOMER))
