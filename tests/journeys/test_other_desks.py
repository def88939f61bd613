"""Whole stories with other desks in them: a technical complaint that goes round, and a lost parcel."""

from typing import Any

from domain.complaint import steps as s
from domain.complaint.looking_into import steps as ls
from domain.complaint.on_platform.state import SettledHow
from domain.complaint.on_platform.steps import SettleOutstanding
from domain.complaint.problems import Extent, Problem, RemedyKind, Urgency
from domain.complaint.requests import steps as rq
from domain.complaint.requests.state import OtherDesk, RequestKind, TraceResult, Verdict
from domain.complaint.state import Party, Severity
from domain.people import Actor, Role, Unit
from domain.shared_steps import ReportTelling
from domain.view import CaseView
from tests.journeys.desk import Desk, yuan
from tests.journeys.moves import called, paid, told
from tests.journeys.people import AGENT, CARRIER_DESK, CUSTOMER, LOGISTICS, SUPERVISOR, TECHNICIAN

UNITS = {TECHNICIAN: Unit.TECHNICAL, CARRIER_DESK: Unit.DELIVERY}


def ask(**changes: Any) -> rq.AskDesk:
    """The technical unit is asked, unless told otherwise."""
    said: dict[str, Any] = {
        "desk": OtherDesk.DEPARTMENT,
        "unit": Unit.TECHNICAL,
        "kind": RequestKind.ANALYSIS,
        "asked": "why it will not start",
        "facts": "bought in March, the battery is new",
        "loss": "two days without the machine",
        "extent": Extent.ONE,
        "urgency": Urgency.BUSINESS_STOPPED,
        "mendable": True,
        "suspected_cause": "the new firmware",
    }
    return rq.AskDesk(actor=AGENT, **(said | changes))


def trace() -> rq.AskDesk:
    """The logistics desk is asked for the parcel."""
    return ask(desk=OtherDesk.LOGISTICS, unit=None, kind=RequestKind.TRACE, asked="where it is", tracking="SF1001")


def answer(by: Actor, findings: str, **found: Any) -> rq.AnswerRequest:
    """What a desk found."""
    return rq.AnswerRequest(actor=by, number=1, findings=findings, from_unit=UNITS.get(by), **found)


def pass_on(by: Actor, to: Unit) -> rq.PassOnRequest:
    """Not ours."""
    return rq.PassOnRequest(actor=by, number=1, unit=to, reason="not our matter", from_unit=UNITS[by])


def judge(confirmed: bool, responsible: Party) -> s.Judge:
    """The agent's judgement."""
    return s.Judge(actor=AGENT, fault_confirmed=confirmed, responsible=responsible, severity=Severity.MINOR)


def desk_of(view: CaseView, key: str) -> Role | None:
    """On whose list a task is."""
    return next((task.desk for task in view.tasks if task.key == key), None)


def letters(view: CaseView) -> list[str]:
    """The kinds of messages to the customer so far."""
    story: Any = view.story
    return [letter["kind"] for letter in story["letters"]]


async def all_told(desk: Desk, case: str) -> None:
    """A person tells the customer everything, once it has fallen to people: this desk has no mail server."""

    def fallen(view: CaseView) -> bool:
        story: Any = view.story
        return all(letter["state"] != "by_machine" for letter in story["letters"])

    for task in (await desk.until(case, fallen)).tasks:
        if task.step == "report_telling":
            number = int(task.key.removeprefix("tell-"))
            await desk.step(case, ReportTelling(actor=AGENT, number=number, how="phone"))


async def test_a_technical_complaint_goes_round_comes_late_and_ends_in_guidance(desk: Desk) -> None:
    case = await desk.open(problem=Problem.TECHNICAL)
    assert (await desk.look(case)).view.state == "to_ask"
    assert await desk.refused(case, judge(confirmed=True, responsible=Party.SHOP)) == "ask_unit_first"
    await desk.step(case, ask())

    # bounced twice: the supervisor names one, and it stays there
    await desk.step(case, pass_on(TECHNICIAN, Unit.DELIVERY))
    assert await desk.refused(case, answer(TECHNICIAN, "the fuse")) == "not_your_request"
    bounced = await desk.step(case, pass_on(CARRIER_DESK, Unit.TECHNICAL))
    assert desk_of(bounced.view, "request-1") is Role.SUPERVISOR
    named = rq.NameDesk(
        actor=SUPERVISOR, number=1, desk=OtherDesk.DEPARTMENT, unit=Unit.TECHNICAL, reason="it is the firmware"
    )
    assert desk_of((await desk.step(case, named)).view, "request-1") is Role.DEPARTMENT
    assert await desk.refused(case, pass_on(TECHNICIAN, Unit.DELIVERY)) == "desk_was_named"

    # late: asked again, the supervisor told, and the customer before they ask
    await desk.forward(case, days=5)
    late = await desk.until(case, lambda view: "answer_delayed" in letters(view))
    assert desk_of(late, "overdue-department#1") is Role.SUPERVISOR
    story: Any = late.story
    assert story["requests"][0]["reminders"] == 1
    await desk.step(case, rq.ReceiveRequest(actor=TECHNICIAN, number=1, from_unit=Unit.TECHNICAL))
    first = answer(TECHNICIAN, "it was never charged", verdict=Verdict.NO_FAULT_FOUND)
    assert "request_answered" in (await desk.step(case, first)).recorded

    # insufficient: a second round, in time, and the first stays
    await desk.step(case, rq.SendBackRequest(actor=AGENT, number=1, reason="was the charger tried as well"))
    assert await desk.refused(case, judge(confirmed=False, responsible=Party.CUSTOMER)) == "request_unanswered"
    second = answer(TECHNICIAN, "the lid has to click shut", verdict=Verdict.USER_ERROR)
    answered = await desk.step(case, second)
    rounds: Any = answered.view.story
    told = rounds["requests"][0]["answers"]
    assert [(each["overdue"], each["findings"]) for each in told] == [
        (True, "it was never charged"),
        (False, "the lid has to click shut"),
    ]
    assert letters(answered.view).count("answer_delayed") == 1

    # a matter of use: guidance, the customer's word that it works, the call-back by another desk
    await desk.step(case, judge(confirmed=False, responsible=Party.UNDECIDED))
    await desk.step(case, ls.Explain(actor=AGENT, words="Press the lid until it clicks; then it starts by itself."))
    works = await desk.step(case, ls.ReportEffect(actor=CUSTOMER, helped=True))
    assert works.view.state == "to_call_back"
    assert (await desk.step(case, called(s.CallResult.SATISFIED))).view.state == "resolved"
    await all_told(desk, case)
    assert await desk.case(case).result() == "resolved"
    sentences = " ".join(line.sentence for line in await desk.story(case))
    assert "Request 1 was passed on from department (technical) to department (delivery)" in sentences
    await desk.replays(case)


async def test_a_lost_parcel_is_traced_refunded_without_a_return_and_turns_up_weeks_later(desk: Desk) -> None:
    case = await desk.open(problem=Problem.LOST_DELIVERY)
    await desk.step(case, trace())
    assert await desk.refused(case, judge(confirmed=True, responsible=Party.COURIER)) == "request_unanswered"
    lost = await desk.step(case, answer(LOGISTICS, "no scan since Monday", result=TraceResult.LOST))
    assert letters(lost.view)[-2:] == ["trace_asked", "trace_result"]
    await desk.step(case, judge(confirmed=True, responsible=Party.SHOP))
    refund = s.ProposeRemedy(actor=AGENT, kind=RemedyKind.REFUND, refund=yuan(89), words="We repay the parcel.")
    await desk.step(case, refund)
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await paid(desk, f"{case}-P1", yuan(89))
    await desk.state(case, "to_call_back")
    assert (await desk.step(case, called(s.CallResult.SATISFIED))).view.state == "resolved"
    await all_told(desk, case)

    # its slip listens for the bank's late word, and a case of which a part is open does not skip
    await desk.forward(f"{case}-P1", days=61)
    # money and goods: it comes back to a person, though the case was closed
    await desk.forward(case, days=20)
    found = rq.ReportTurnedUp(actor=LOGISTICS, number=1, note="handed in at the depot, unopened")
    back = await desk.step(case, found)
    assert back.recorded == ("parcel_turned_up",)
    assert desk_of(back.view, "outstanding-turned_up#1") is Role.AGENT
    words = "the customer keeps the parcel and pays it again"
    paid_again = SettleOutstanding(actor=SUPERVISOR, item="turned_up#1", how=SettledHow.MONEY_BACK, reason=words)
    await desk.step(case, paid_again)
    assert await desk.case(case).result() == "resolved"
    assert not (await desk.look(case)).view.story["returns"]  # type: ignore[index]
    await desk.replays(case)


async def test_a_courier_who_is_silent_for_a_day_holds_up_nothing_and_the_late_answer_is_kept(desk: Desk) -> None:
    case = await desk.open(problem=Problem.LOST_DELIVERY)
    await desk.step(case, trace())
    await desk.forward(case, hours=25)
    await desk.state(case, "to_judge")
    await desk.step(case, judge(confirmed=True, responsible=Party.COURIER))
    apology = s.ProposeRemedy(actor=AGENT, kind=RemedyKind.APOLOGY, words="We are very sorry.")
    await desk.step(case, apology)
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await told(desk, case, "apology")
    assert (await desk.step(case, called(s.CallResult.SATISFIED))).view.state == "resolved"
    late = await desk.step(case, answer(LOGISTICS, "it stood in the depot", result=TraceResult.FOUND))
    story: Any = late.view.story
    assert story["requests"][0]["answers"][0]["afterwards"] is True
    assert "trace_result" not in letters(late.view)
    await all_told(desk, case)
    assert await desk.case(case).result() == "resolved"
    await desk.replays(case)


async def test_a_closed_case_that_nobody_answers_is_filed_after_the_policys_days(desk: Desk) -> None:
    case = await desk.open(problem=Problem.LOST_DELIVERY)
    await desk.step(case, trace())
    await desk.step(case, s.Withdraw(actor=CUSTOMER))
    await all_told(desk, case)
    await desk.forward(case, days=29)
    assert (await desk.case(case).describe()).close_time is None
    await desk.forward(case, days=2)
    assert await desk.case(case).result() == "withdrawn"
    story: Any = (await desk.look(case)).view.story
    assert story["requests"][0]["state"] == "unanswered"
    await desk.replays(case)
