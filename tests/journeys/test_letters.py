"""The customer is told at each step: by a real mail server where there is one, else by a person; all on record."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from temporalio.client import Client

from db.deliveries import Outcome, deliveries_of_case
from domain.complaint.steps import CallResult
from domain.shared_steps import ReportTelling
from tests.adapters.mail_server import LetterBox, serving
from tests.journeys.desk import SHOP, Desk, open_desk, yuan
from tests.journeys.moves import agreed, called, goods_back, paid
from tests.journeys.people import AGENT

ADDRESS = "li.hua@example.test"


@pytest_asyncio.fixture
async def box() -> LetterBox:
    """What the mail server received."""
    return LetterBox()


@pytest_asyncio.fixture
async def mailing_desk(temporal: Client, database_url: str, tmp_path: Path, box: LetterBox) -> AsyncIterator[Desk]:
    """A desk with a mail server."""
    async with (
        serving(box) as port,
        open_desk(
            temporal, database_url, tmp_path, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="desk@shop.test"
        ) as opened,
    ):
        yield opened


async def test_the_customer_gets_each_letter_once_and_the_ledger_shows_it(mailing_desk: Desk, box: LetterBox) -> None:
    desk = mailing_desk
    case = await desk.open(email=ADDRESS)
    await agreed(desk, case)
    returned = await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(89))
    await paid(desk, f"{case}-P2", yuan(12))
    await desk.state(case, "to_call_back")
    await desk.step(case, called(CallResult.SATISFIED))
    assert await desk.case(case).result() == "resolved"
    assert await desk.case(returned).result() == "passed"
    assert len(box.letters) == len({letter["Message-ID"] for letter in box.letters})
    assert {letter["To"] for letter in box.letters} == {ADDRESS}
    async with desk.database.reading() as session:
        mine = await deliveries_of_case(session, SHOP, case)
        goods = await deliveries_of_case(session, SHOP, returned)
    assert [d.letter.kind for d in mine] == ["acknowledged", "proposal", "paid", "paid", "closed"]
    assert [d.letter.kind for d in goods] == ["return_instructions", "received"]
    assert {d.state for d in (*mine, *goods)} == {Outcome.SENT}
    assert len(box.letters) == len(mine) + len(goods)


async def test_an_address_that_the_server_refuses_falls_to_a_person(mailing_desk: Desk, box: LetterBox) -> None:
    desk = mailing_desk
    box.at_rcpt[ADDRESS] = "550 5.1.1 no such user"
    case = await desk.open(email=ADDRESS)
    view = await desk.until(case, lambda view: any(task.step == "report_telling" for task in view.tasks))
    task = next(task for task in view.tasks if task.step == "report_telling")
    assert "550" in task.reason
    assert ADDRESS not in task.reason
    told = await desk.step(case, ReportTelling(actor=AGENT, number=1, how="phone", note="told"))
    assert not any(task.step == "report_telling" for task in told.view.tasks)
    acknowledgement = next(clock for clock in told.view.clocks if clock.name == "acknowledgement")
    assert acknowledgement.on_time is True
