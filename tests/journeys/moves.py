"""Stretches of a case that many journeys share."""

from typing import Any

from domain.complaint import steps as s
from domain.complaint.offering.state import Part
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Party, Severity
from domain.goods_return import steps as r
from domain.goods_return.state import Grade
from domain.money import Money
from domain.payment import steps as p
from domain.shared_steps import AddEvidence, ReportTelling
from domain.view import Task
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.people import AGENT, CALLER, CUSTOMER, FINANCE, SUPERVISOR, WAREHOUSE


async def judged(desk: Desk, case: str) -> None:
    """The photo is in and the fault confirmed."""
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    await desk.step(case, judge())


def judge(confirmed: bool = True) -> s.Judge:
    """An agent's judgement."""
    return s.Judge(
        actor=AGENT,
        fault_confirmed=confirmed,
        reason="looked at it again",
        responsible=Party.SHOP,
        severity=Severity.MINOR,
        fault="handle broken off" if confirmed else "",
        place="left side",
    )


def propose(kind: RemedyKind = RemedyKind.RETURN_AND_REFUND, amount: Money | None = None) -> s.ProposeRemedy:
    """An agent's proposal; the price of one cup unless told otherwise."""
    pays = kind in {RemedyKind.RETURN_AND_REFUND, RemedyKind.COMPENSATION, RemedyKind.PART_REFUND}
    return s.ProposeRemedy(actor=AGENT, kind=kind, refund=(amount or yuan(89)) if pays else None, words="We are sorry.")


async def agreed(desk: Desk, case: str, kind: RemedyKind = RemedyKind.RETURN_AND_REFUND) -> None:
    """A remedy was proposed and accepted."""
    await judged(desk, case)
    await desk.step(case, propose(kind))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))


def offer(kind: RemedyKind, *also: Part, **more: Any) -> s.ProposeRemedy:
    """A proposal of several parts, or with a worth; by the agent unless told otherwise."""
    said: dict[str, Any] = {"actor": AGENT, "words": "We are sorry.", **more}
    return s.ProposeRemedy(kind=kind, also=also, **said)


async def told(desk: Desk, case: str, letter: str) -> None:
    """An agent told the customer a message that no machine could send."""
    view = await desk.until(case, lambda view: any(_tells(task, letter) for task in view.tasks))
    number = next(int(task.key.removeprefix("tell-")) for task in view.tasks if _tells(task, letter))
    await desk.step(case, ReportTelling(actor=AGENT, number=number, how="phone"))


def _tells(task: Task, letter: str) -> bool:
    return task.step == "report_telling" and f": {letter} (" in task.reason


async def apologised(desk: Desk, case: str) -> None:
    """An apology was accepted and told: the shortest way to an outcome."""
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.APOLOGY))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await told(desk, case, "apology")


def ship(
    tracking: str = "SF1001", freight: Money | None = Money(1200, "CNY"), receipt: str | None = None
) -> s.ReportShipment:
    """The customer reports a parcel."""
    return s.ReportShipment(actor=CUSTOMER, carrier="SF Express", tracking=tracking, freight=freight, receipt=receipt)


async def send(desk: Desk, case: str, tracking: str = "SF1001", freight: Money = Money(1200, "CNY")) -> None:
    """The customer sends the receipt of the freight, then reports the parcel with it."""
    paper = photo(f"receipt of {tracking} for {case}")
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(paper,), purpose="receipt"))
    await desk.step(case, ship(tracking, freight, paper.photo))


def receive(tracking: str = "SF1001") -> r.ReceiveParcel:
    """The warehouse receives a parcel."""
    return r.ReceiveParcel(actor=WAREHOUSE, tracking=tracking)


def inspect(**other: object) -> r.Inspect:
    """The warehouse's inspection; it passes unless told otherwise."""
    found: dict[str, object] = {
        "quantity": 1,
        "intact": True,
        "packaging_whole": True,
        "fault_found": True,
        "grade": Grade.B,
        "signed": "Zhao",
    }
    return r.Inspect(actor=WAREHOUSE, **{**found, **other})  # type: ignore[arg-type]


async def goods_back(desk: Desk, case: str, **found: object) -> str:
    """The goods came back and were inspected; the return's case number."""
    await desk.state(case, "returning")
    name = f"{case}-R1"
    await send(desk, case)
    await desk.state(name, "in_transit")
    await desk.step(name, receive())
    await desk.step(name, inspect(**found))
    return name


async def paid(desk: Desk, slip: str, amount: Money) -> None:
    """The slip was approved and paid."""
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=amount))
    await desk.step(slip, p.SignPaid(actor=FINANCE, amount=amount, reference=f"PAY-{slip}"))


def called(result: s.CallResult) -> s.RecordCallBack:
    """The call-back desk's call."""
    return s.RecordCallBack(actor=CALLER, result=result)
