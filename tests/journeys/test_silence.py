"""No photo, no answer: reminders, a call, a person's word; never closed in silence, and a late photo opens again."""

from domain.complaint import steps as s
from domain.shared_steps import AddEvidence, ReportTelling
from tests.journeys.desk import Desk, photo
from tests.journeys.moves import judge, propose
from tests.journeys.people import AGENT, CUSTOMER

MESSAGE = "We have not heard from you. Send us a photo and we go on at once."


def no_answer() -> s.DeclareNoAnswer:
    return s.DeclareNoAnswer(actor=AGENT, reason="two reminders and a call in vain", message=MESSAGE)


async def test_reminders_go_out_and_then_a_person_has_to_call(desk: Desk) -> None:
    case = await desk.open()
    assert await desk.refused(case, s.RecordCall(actor=AGENT, reached=False)) == "nobody_awaited"
    await desk.forward(case, hours=49)
    letters = (await desk.look(case)).view.story["letters"]  # type: ignore[index]
    assert [letter["kind"] for letter in letters].count("reminder_evidence") == 2
    assert await desk.refused(case, no_answer()) == "nobody_awaited"
    await desk.forward(case, hours=24)
    view = await desk.until(case, lambda view: any(task.step == "record_call" for task in view.tasks))
    evidence = next(clock for clock in view.clocks if clock.name == "evidence")
    assert evidence.warned_at is not None
    assert evidence.breached_at is not None
    assert evidence.breached_at >= evidence.due_at
    assert any(task.desk.value == "supervisor" and task.key == "overdue-evidence" for task in view.tasks)
    assert await desk.refused(case, no_answer()) == "call_first"


async def test_a_late_photo_opens_an_unanswered_case_again(desk: Desk) -> None:
    case = await desk.open()
    await desk.forward(case, hours=73)
    await desk.step(case, s.RecordCall(actor=AGENT, reached=False, note="no ring"))
    closed = await desk.step(case, no_answer())
    assert closed.view.state == "no_answer"
    await desk.forward(case, days=14)
    again = await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    assert again.recorded == ("reopened", "photos_added")
    assert again.view.state == "to_judge"
    await desk.replays(case)


async def test_an_unanswered_case_is_filed_when_its_window_is_over(desk: Desk) -> None:
    case = await desk.open()
    await desk.forward(case, hours=73)
    await desk.step(case, s.RecordCall(actor=AGENT, reached=False))
    await desk.step(case, no_answer())
    await desk.forward(case, days=16)
    assert await desk.refused(case, AddEvidence(actor=CUSTOMER, photos=(photo(),))) == "case_closed"
    for task in (await desk.look(case)).view.tasks:
        if task.step == "report_telling":
            await desk.step(case, told(int(task.key.removeprefix("tell-"))))
    assert await desk.case(case).result() == "no_answer"


def told(number: int) -> ReportTelling:
    return ReportTelling(actor=AGENT, number=number, how="phone")


async def test_money_waits_for_the_photo(desk: Desk) -> None:
    case = await desk.open()
    await desk.step(case, judge())
    assert await desk.refused(case, propose()) == "evidence_missing"
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    assert (await desk.step(case, propose())).view.state == "waiting_for_customer"
