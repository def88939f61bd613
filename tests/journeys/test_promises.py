"""Promises, silence and a late parcel on the real server, with a case's own clock moved: told before anybody asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from temporalio.client import Client

from domain.complaint import steps as s
from domain.complaint.problems import Problem
from domain.complaint.promises import steps as pr
from domain.complaint.promises.state import PlannedLine
from domain.complaint.state import Channel
from domain.complaint.watching import steps as ws
from domain.complaint.watching.state import Condition, Manner, ParcelState
from domain.order import OrderFacts, OrderLine
from domain.people import Actor, Role
from domain.shared_steps import AddEvidence
from domain.view import CaseView
from tests.adapters.mail_server import LetterBox, serving
from tests.builders import it_goes_on
from tests.journeys.desk import Desk, open_desk, photo, yuan
from tests.journeys.people import AGENT, CUSTOMER, LOGISTICS, SUPERVISOR

ADDRESS = "li.hua@example.test"
SALESPERSON = Actor("p_sales", Role.SALESPERSON, "Xu")
TRACKING = "SF1234567890"


@pytest_asyncio.fixture
async def box() -> LetterBox:
    """What the mail server received."""
    return LetterBox()


@pytest_asyncio.fixture
async def mailing(temporal: Client, database_url: str, tmp_path: Path, box: LetterBox) -> AsyncIterator[Desk]:
    """A desk with a mail server."""
    async with (
        serving(box) as port,
        open_desk(
            temporal, database_url, tmp_path, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="desk@shop.test"
        ) as opened,
    ):
        yield opened


def promise(minutes: int) -> pr.MakePromise:
    return pr.MakePromise(actor=AGENT, words="I call you back", minutes=minutes)


def letters(view: CaseView) -> list[str]:
    story: Any = view.story
    return [letter["kind"] for letter in story["letters"]]


def parts(view: CaseView, part: str) -> list[dict[str, Any]]:
    story: Any = view.story
    return story[part]


async def test_a_promise_kept_in_time_one_broken_at_night_and_one_renewed_with_notice(
    mailing: Desk, box: LetterBox
) -> None:
    desk = mailing
    case = await desk.open(email=ADDRESS)
    await desk.step(case, promise(20))
    await desk.forward(case, minutes=10)
    kept = await desk.step(case, pr.KeepPromise(actor=AGENT, number=1, note="called at once"))
    assert kept.recorded == ("promise_kept",)

    passed = timedelta(minutes=10)
    at_night = _until(desk, passed, hour=2)
    await desk.step(case, pr.MakePromise(actor=AGENT, words="I write to you", until=at_night))
    await desk.step(case, promise(60 * 24 * 3))
    moved = pr.RenewPromise(actor=AGENT, number=3, minutes=60 * 24 * 4, message="The workshop is closed tomorrow.")
    assert "promise_renewed" in letters((await desk.step(case, moved)).view)

    await desk.forward(case, seconds=(at_night - datetime.now(UTC) - passed).total_seconds())
    view = await desk.until(case, lambda view: "promise_broken" in letters(view))
    task = next(task for task in view.tasks if task.key == "broken-promise-2")
    assert task.desk is Role.SUPERVISOR
    assert task.due_at is not None
    assert desk.pinned.calendar.is_open(task.due_at - timedelta(seconds=1)), "the supervisor answers in office hours"
    broken = parts(view, "promises")[1]
    assert broken["broken_at"] is not None
    assert broken["kept_at"] is None
    assert [parts(view, "promises")[place]["broken_at"] for place in (0, 2)] == [None, None]

    assert await desk.refused(case, pr.RenewPromise(actor=AGENT, number=2, minutes=9, message="later")) == (
        "promise_is_broken"
    )
    await desk.step(case, pr.SettlePromise(actor=SUPERVISOR, number=2, how="apologised on the phone"))
    await desk.until(case, lambda _view: _told(box, "一项承诺延误了") == 1)
    story = [entry.event for entry in await desk.story(case)]
    assert [story.count(event) for event in ("promise_broken", "promise_kept", "promise_renewed")] == [1, 1, 1]
    await desk.replays(case)


async def test_lines_of_a_timetable_that_pass_unkept_are_told_one_by_one(mailing: Desk) -> None:
    desk = mailing
    case = await desk.open(email=ADDRESS)
    lines = tuple(PlannedLine(f"step {day}", datetime.now(UTC) + timedelta(days=day)) for day in (1, 2, 3))
    await desk.step(case, pr.SetTimetable(actor=AGENT, lines=lines))
    await desk.forward(case, days=2, hours=1)
    view = await desk.until(case, lambda view: letters(view).count("promise_broken") == 2)
    assert [promise["broken_at"] is not None for promise in parts(view, "promises")] == [True, True, False]
    await desk.replays(case)


async def test_a_customer_who_hears_nothing_is_told_every_two_days_and_who_asks_is_answered(
    mailing: Desk, box: LetterBox
) -> None:
    desk = mailing
    case = await desk.open(email=ADDRESS)
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    await desk.forward(case, hours=47)
    assert "progress" not in letters((await desk.look(case)).view)
    await desk.forward(case, hours=1, minutes=5)
    await desk.until(case, lambda view: letters(view).count("progress") == 1)
    await desk.forward(case, hours=47)
    assert letters((await desk.look(case)).view).count("progress") == 1
    asked = await desk.step(case, pr.AskHowItStands(actor=CUSTOMER, words=await desk.sealed("words", "Hello?")))
    assert any(task.key == "contact" for task in asked.view.tasks)
    await desk.forward(case, hours=2)
    await desk.until(case, lambda view: letters(view).count("progress") == 2)
    told = await desk.step(case, s.GiveFeedback(actor=AGENT, **it_goes_on("We judge it tomorrow.")))
    assert not any(task.key == "contact" for task in told.view.tasks)
    again = await desk.step(case, pr.RecordContact(actor=AGENT, channel=Channel.PHONE, answered=True))
    story: Any = again.view.story
    assert story["chased"] == 2
    await desk.until(case, lambda _view: _told(box, "处理到哪一步了") == 2)
    await desk.replays(case)


async def test_a_late_parcel_is_watched_over_a_weekend_until_it_arrives_with_four_facts(mailing: Desk) -> None:
    desk = mailing
    facts = OrderFacts((OrderLine(1, "Tea cup", 2, yuan(178)),), carrier="SF Express", tracking=TRACKING)
    case = await desk.open(email=ADDRESS, problem=Problem.LATE_DELIVERY, order_facts=facts)
    passed = timedelta(0)

    async def until(weekday: int, hour: int, minute: int) -> None:
        nonlocal passed
        target = _until(desk, passed, hour=hour, minute=minute, weekday=weekday)
        by = target - datetime.now(UTC) - passed
        await desk.forward(case, seconds=by.total_seconds())
        passed += by

    await until(4, 16, 20)  # Friday
    looked = await desk.step(case, look(ParcelState.MOVING))
    assert letters(looked.view)[-1] == "parcel_news"
    await until(0, 9, 20)  # Monday: nobody looked over the weekend
    found = await desk.step(case, look(ParcelState.NOT_MOVING))
    (parcel,) = parts(found.view, "parcels")
    assert parcel["checks"][-1]["missed"] == 4
    assert len(parcel["checks"][-1]["missed_checks"]) == 4
    assert letters(found.view)[-1] == "parcel_news"
    await until(0, 16, 5)
    still = await desk.step(case, look(ParcelState.NOT_MOVING))
    assert letters(still.view).count("parcel_news") == 2, "what stays the same is not repeated"
    assert any(task.key == f"chase-{TRACKING}" for task in still.view.tasks)
    await desk.step(case, ws.ChaseCourier(actor=LOGISTICS, tracking=TRACKING, answer="goes out this afternoon"))
    await until(1, 9, 10)
    came = await desk.step(case, look(ParcelState.ARRIVED))
    assert any(task.key == f"arrival-{TRACKING}" for task in came.view.tasks)
    arrival = ws.ConfirmArrival(
        actor=AGENT,
        tracking=TRACKING,
        arrived_at=datetime.now(UTC) + passed - timedelta(hours=1),
        condition=Condition.OPENED,
        manner=Manner.POOR,
        signed_by_customer=False,
        signed_by=await desk.sealed("signed_by", "Wang Wu"),
    )
    told = await desk.step(case, arrival)
    desks = {task.desk for task in told.view.tasks if task.step == "acknowledge_exception"}
    assert desks == {Role.SUPERVISOR, Role.SALESPERSON}
    for person in (SUPERVISOR, SALESPERSON):
        seen = await desk.step(case, ws.AcknowledgeException(actor=person, tracking=TRACKING))
    assert not any(task.step == "acknowledge_exception" for task in seen.view.tasks)
    assert [check.get("missed", 0) for check in parts(seen.view, "parcels")[0]["checks"]][1:] == [4, 0, 0]
    await desk.replays(case)


def look(result: ParcelState) -> ws.RecordParcelCheck:
    return ws.RecordParcelCheck(actor=LOGISTICS, tracking=TRACKING, result=result)


def _until(desk: Desk, passed: timedelta, *, hour: int, minute: int = 0, weekday: int | None = None) -> datetime:
    """The next instant, by a case's clock that was moved by `passed`, at which the desk's wall shows that time."""
    calendar, now = desk.pinned.calendar, datetime.now(UTC) + passed
    day = calendar.local_date(now)
    while True:
        at = calendar.instant_of(day, hour * 60 + minute)
        if at > now + timedelta(minutes=2) and weekday in {None, day.weekday()}:
            return at
        day += timedelta(days=1)


def _told(box: LetterBox, subject: str) -> int:
    """How many messages with that in their subject the mail server received."""
    return sum(subject in str(letter["Subject"]) for letter in box.letters)
