"""The ledger is away: the slip stands in "needs a person", is tried on, and goes on by itself."""

from sqlalchemy import text

from domain.complaint import steps as s
from domain.complaint.problems import RemedyKind
from domain.payment import steps as p
from domain.shared_steps import SettleTrouble
from tests.journeys.desk import Desk, yuan
from tests.journeys.moves import judged, propose
from tests.journeys.people import CUSTOMER, FINANCE, SUPERVISOR


async def rename(desk: Desk, table: str, name: str) -> None:
    async with desk.database.writing() as session:
        await session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


async def compensated(desk: Desk) -> str:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(10)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    return case


async def test_a_ledger_that_is_away_becomes_a_trouble_that_ends_by_itself(desk: Desk) -> None:
    await rename(desk, "slip_counters", "slip_counters_away")
    case = await compensated(desk)
    slip = f"{case}-P1"
    await desk.until(slip, lambda view: view.state == "reserving")
    await desk.forward(slip, minutes=2)
    view = await desk.until(slip, lambda view: any(task.needs_a_person for task in view.tasks))
    assert "tried on" in next(task.reason for task in view.tasks if task.needs_a_person)
    await rename(desk, "slip_counters_away", "slip_counters")
    await desk.forward(slip, minutes=2)
    view = await desk.state(slip, "to_approve")
    assert not any(task.needs_a_person for task in view.tasks)
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=yuan(10)))
    await desk.step(slip, p.SignPaid(actor=FINANCE, amount=yuan(10), reference="PAY-1"))
    await desk.state(case, "to_call_back")


async def test_a_definite_no_of_the_ledger_waits_for_a_person_and_is_not_asked_for_ever(desk: Desk) -> None:
    case = await compensated(desk)
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=yuan(10)))
    async with desk.database.writing() as session:
        await session.execute(text("UPDATE ledger SET state = 'released', settled_at = now()"))
    await desk.step(slip, p.SignPaid(actor=FINANCE, amount=yuan(10), reference="PAY-1"))
    view = await desk.until(slip, lambda view: any(task.needs_a_person for task in view.tasks))
    assert "already_released" in next(task.reason for task in view.tasks if task.needs_a_person)
    await desk.step(slip, SettleTrouble(actor=SUPERVISOR, number=1, how="Booked by hand with finance."))
    await desk.state(case, "to_call_back")
