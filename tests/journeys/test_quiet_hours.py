"""At night short messages wait for the morning, e-mail goes, and so does what the policy exempts."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio
from temporalio.client import Client

from adapters.vault import Vault
from adapters.webhooks.signing import new_secret
from db.deliveries import Outcome, deliveries_of_case
from db.subject_keys import SubjectKeyRegister
from db.webhooks import SECRET, Takes, add_webhook, new_id
from domain.complaint.steps import GiveFeedback
from domain.policy import PinnedPolicy
from domain.quiet import TimeOfDay
from domain.shared_steps import ResendMessage
from domain.view import CaseView
from settings import key_bytes
from tests.adapters.mail_server import LetterBox, serving
from tests.adapters.webhook_receiver import Receiver, receiving
from tests.builders import it_goes_on
from tests.journeys.desk import SHOP, Desk, open_desk
from tests.journeys.people import AGENT

ADDRESS = "li.hua@example.test"
FEEDBACK = GiveFeedback(actor=AGENT, **it_goes_on("We look into it."))


def quiet_now(pinned: PinnedPolicy, hours: int = 3) -> PinnedPolicy:
    """The same policy with quiet hours that began an hour ago and end in so many hours, on the shop's clock."""
    assert pinned.policy.quiet is not None
    now = datetime.now(UTC) + timedelta(seconds=pinned.calendar.offset_at(datetime.now(UTC)))
    minute = now.hour * 60 + now.minute
    quiet = replace(
        pinned.policy.quiet,
        begins=TimeOfDay((minute - 60) % 1440),
        ends=TimeOfDay((minute + 60 * hours) % 1440),
    )
    return replace(pinned, policy=replace(pinned.policy, quiet=quiet))


@pytest_asyncio.fixture
async def gateway() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


async def with_gateway(desk: Desk, receiver: Receiver) -> None:
    vault = Vault(key_bytes(desk.settings.master_key), SubjectKeyRegister(desk.database))
    webhook = new_id()
    sealed = await vault.seal(SHOP, webhook, SECRET, new_secret())
    async with desk.database.writing() as session:
        await add_webhook(session, webhook, SHOP, Takes.MESSAGES, receiver.url, (), sealed)
    desk.pinned = quiet_now(desk.pinned)


@pytest_asyncio.fixture
async def desk(temporal: Client, database_url: str, tmp_path: Path, gateway: Receiver) -> AsyncIterator[Desk]:
    """A desk with a gateway and no mail server, an hour into its night."""
    allowed = {"webhook_hosts": "127.0.0.1", "webhook_http": True}
    async with open_desk(temporal, database_url, tmp_path, **allowed) as opened:
        await with_gateway(opened, gateway)
        yield opened


def kinds(receiver: Receiver) -> list[str]:
    return [json.loads(seen.body)["data"]["kind"] for seen in receiver.seen]


def waiting(view: CaseView) -> list[str]:
    story = view.story or {}
    messages: list[dict[str, str]] = story["letters"]  # type: ignore[assignment]
    return [each["kind"] for each in messages if each["not_before"]]


async def ledger(desk: Desk, case: str) -> list[tuple[str, str, Outcome]]:
    async with desk.database.reading() as session:
        found = await deliveries_of_case(session, SHOP, case)
    return [(each.letter.kind, each.letter.channel, each.state) for each in found]


async def test_a_short_message_waits_for_the_morning_and_the_first_word_does_not(desk: Desk, gateway: Receiver) -> None:
    case = await desk.open()
    await desk.step(case, FEEDBACK)
    await desk.until(case, lambda view: waiting(view) == ["feedback"])
    assert kinds(gateway) == ["acknowledged"]
    await desk.forward(case, hours=2, minutes=30)
    assert kinds(gateway) == ["acknowledged"]
    await desk.forward(case, hours=1)
    await desk.until(case, lambda view: not waiting(view) or len(kinds(gateway)) == 2)
    async with desk.database.reading() as session:
        found = await deliveries_of_case(session, SHOP, case)
    assert [(each.letter.kind, each.letter.channel, each.state) for each in found] == [
        ("acknowledged", "gateway", Outcome.SENT),
        ("feedback", "gateway", Outcome.SENT),
    ]
    await desk.replays(case)


async def test_a_message_that_waits_holds_up_no_other(desk: Desk, gateway: Receiver) -> None:
    case = await desk.open()
    await desk.step(case, FEEDBACK)
    await desk.until(case, lambda view: waiting(view) == ["feedback"])
    await desk.step(case, ResendMessage(actor=AGENT, number=1))
    await desk.until(case, lambda _view: kinds(gateway) == ["acknowledged", "acknowledged"])
    assert waiting((await desk.look(case)).view) == ["feedback"]


async def test_a_case_that_waits_at_night_is_a_case_like_any_other(desk: Desk, gateway: Receiver) -> None:
    """It takes steps, and its timeline tells until when a message waits."""
    case = await desk.open()
    await desk.step(case, FEEDBACK)
    await desk.until(case, lambda view: waiting(view) == ["feedback"])
    told = [entry.sentence for entry in await desk.story(case)]
    assert any(each.startswith("Message 2 waits until ") for each in told)


async def test_without_a_gateway_a_persons_task_says_until_when_nobody_is_called(
    temporal: Client, database_url: str, tmp_path: Path
) -> None:
    async with open_desk(temporal, database_url, tmp_path) as desk:
        desk.pinned = quiet_now(desk.pinned)
        case = await desk.open()
        await desk.step(case, FEEDBACK)
        view = await desk.until(case, lambda view: len([t for t in view.tasks if t.step == "report_telling"]) == 2)
        reasons = {task.key: task.reason for task in view.tasks if task.step == "report_telling"}
        assert reasons["tell-1"].endswith("(no mail server is configured)")
        assert "; not by phone before " in reasons["tell-2"]


@asynccontextmanager
async def mailing_beside(
    gateway: Receiver, box: LetterBox, temporal: Client, database_url: str, home: Path
) -> AsyncGenerator[Desk]:
    """A desk whose shop has a gateway, and that has a mail server besides."""
    async with (
        serving(box) as port,
        open_desk(
            temporal,
            database_url,
            home,
            smtp_url=f"smtp://127.0.0.1:{port}",
            mail_from="desk@shop.test",
            webhook_hosts="127.0.0.1",
            webhook_http=True,
        ) as desk,
    ):
        await with_gateway(desk, gateway)
        yield desk


async def test_e_mail_goes_at_night_too(temporal: Client, database_url: str, tmp_path: Path, gateway: Receiver) -> None:
    box = LetterBox()
    async with mailing_beside(gateway, box, temporal, database_url, tmp_path) as desk:
        case = await desk.open(email=ADDRESS)
        await desk.step(case, FEEDBACK)
        await desk.until(case, lambda _view: len(box.letters) == 2)
        assert gateway.seen == []


async def test_an_address_that_the_mail_server_refuses_is_passed_over_for_the_gateway_and_not_asked_again(
    temporal: Client, database_url: str, tmp_path: Path, gateway: Receiver
) -> None:
    box = LetterBox()
    box.at_rcpt[ADDRESS] = "550 5.1.1 no such user"
    async with mailing_beside(gateway, box, temporal, database_url, tmp_path) as desk:
        case = await desk.open(email=ADDRESS)
        await desk.step(case, FEEDBACK)
        await desk.until(case, lambda view: waiting(view) == ["feedback"])
        assert await ledger(desk, case) == [
            ("acknowledged", "gateway", Outcome.SENT),
            ("feedback", "email", Outcome.REFUSED),
        ]
        await desk.forward(case, hours=4)
        await desk.until(case, lambda _view: kinds(gateway) == ["acknowledged", "feedback"])
        async with desk.database.reading() as session:
            feedback = (await deliveries_of_case(session, SHOP, case))[1]
        assert [each.channel for each in feedback.attempts][:1] == ["email"]
        assert [each.channel for each in feedback.attempts].count("email") == 1
