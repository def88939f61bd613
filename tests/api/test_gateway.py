"""The shop's own gateway: messages go to it signed, and its receipts come back signed."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import text
from temporalio.client import Client

from adapters.webhooks.signing import new_secret, signed, verified
from db.sessions import Database
from settings import Settings
from tests.adapters.webhook_receiver import Receiver, receiving, status
from tests.api.counter import Counter, staffed
from tests.api.test_bad_input import problem
from tests.api.test_webhooks import subscribed

PHONE = "138 0013 8000"
NOW = datetime.now(UTC)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The gateway of these tests lies on this machine, and speaks plain HTTP."""
    return settings.model_copy(update={"webhook_hosts": "127.0.0.1", "webhook_http": True})


@dataclass
class Gateway:
    """The shop's gateway: what it was sent, and the receipts that it signs."""

    receiver: Receiver
    counter: Counter
    webhook: str
    secret: str

    async def messages(self, number: int) -> list[dict[str, Any]]:
        async def there() -> bool:
            return len(self.receiver.seen) >= number

        await self.counter.until(there)
        return [json.loads(seen.body)["data"] for seen in self.receiver.seen]

    async def tells(
        self, message: str, result: str, at: datetime = NOW, secret: str | None = None, **more: Any
    ) -> httpx2.Response:
        data = {"message": message, "result": result, "at": at.isoformat(), **more}
        return await self.sends({"type": "message.receipt", "data": data}, secret)

    async def sends(
        self, body: dict[str, Any], secret: str | None = None, signed_at: datetime | None = None, gateway: str = ""
    ) -> httpx2.Response:
        raw = json.dumps(body).encode()
        headers = signed([secret or self.secret], "rcpt_1", signed_at or datetime.now(UTC), raw)
        headers["Content-Type"] = "application/json"
        address = f"/v1/gateway/receipts?gateway={gateway or self.webhook}"
        return await self.counter.http.post(address, content=raw, headers=headers)


@pytest_asyncio.fixture
async def gateway(manned: Counter) -> AsyncIterator[Gateway]:
    async with receiving() as receiver:
        made = await subscribed(manned, receiver.url, role="administrator", takes="messages")
        yield Gateway(receiver, manned, made["webhook"], made["secret"])


async def opened(counter: Counter) -> str:
    case: str = (await counter.complain()).json()["case"]["case"]
    return case


async def told(counter: Counter, case: str) -> dict[str, Any]:
    """The first message of the case, in the ledger."""
    items: list[dict[str, Any]] = (await counter.get("agent", f"/v1/cases/{case}/deliveries")).json()["items"]
    return items[0] if items else {"state": "none", "receipts": []}


async def until_it_stands(counter: Counter, case: str, state: str) -> dict[str, Any]:
    async def there() -> dict[str, Any] | None:
        found = await told(counter, case)
        return found if found["state"] == state else None

    found: dict[str, Any] = await counter.until(there)
    return found


async def tasks(counter: Counter, case: str) -> set[str]:
    page = (await counter.get("agent", f"/v1/cases/{case}")).json()
    return {task["key"] for task in page["case"]["tasks"]}


async def test_a_message_goes_to_the_gateway_signed_with_phone_and_text_and_stands_in_the_ledger(
    gateway: Gateway,
) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    seen = gateway.receiver.seen[0]
    assert verified([gateway.secret], seen.headers, seen.body, datetime.now(UTC)) == message["message"]
    assert message["message"] == f"msg_{case}_1_1"
    assert message["to"] == PHONE
    assert case in message["text"]
    assert (message["kind"], message["language"], message["case"]) == ("acknowledged", "zh", case)
    assert message["receipts_to"] == f"https://desk.example/v1/gateway/receipts?gateway={gateway.webhook}"
    found = await until_it_stands(gateway.counter, case, "sent")
    assert found["channel"] == "gateway"
    assert found["says"].endswith("by the shop's gateway, accepted by the gateway")
    assert "tell-1" not in await tasks(gateway.counter, case)


async def test_a_receipt_stands_in_the_ledger_as_told_by_sms_delivered(gateway: Gateway) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    await until_it_stands(gateway.counter, case, "sent")
    taken = await gateway.tells(message["message"], "delivered", medium="sms")
    assert (taken.status_code, taken.json()) == (202, {"message": message["message"], "state": "delivered"})
    found = await told(gateway.counter, case)
    assert found["says"].endswith("UTC, by sms, delivered")
    assert [(each["result"], each["medium"]) for each in found["receipts"]] == [("delivered", "sms")]


async def test_a_message_that_failed_falls_to_a_person_once_however_often_that_is_told(gateway: Gateway) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    for _ in range(3):
        failed = await gateway.tells(message["message"], "failed", code="no_such_number")
        assert (failed.status_code, failed.json()["state"]) == (202, "undelivered")

    async def fallen() -> bool:
        return "tell-1" in await tasks(gateway.counter, case)

    assert await gateway.counter.until(fallen)
    page = (await gateway.counter.get("agent", f"/v1/cases/{case}")).json()
    (task,) = (task for task in page["case"]["tasks"] if task["key"] == "tell-1")
    assert "the gateway could not deliver it (no_such_number)" in task["reason"]
    timeline = (await gateway.counter.get("auditor", f"/v1/cases/{case}/timeline")).json()
    fell = [each for each in timeline["items"] if "could not deliver" in each["sentence"]]
    assert len(fell) == 1
    found = await told(gateway.counter, case)
    assert len(found["receipts"]) == 1
    assert found["says"].endswith("not delivered")
    reported = await gateway.counter.step("agent", case, "report_telling", number=1, how="phone")
    assert reported.status_code == 200


@pytest.mark.parametrize("turned", [False, True])
async def test_of_two_receipts_the_later_counts_in_whatever_order_they_come(gateway: Gateway, turned: bool) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    receipts = [("failed", NOW), ("delivered", NOW + timedelta(seconds=30))]
    for result, at in reversed(receipts) if turned else receipts:
        assert (await gateway.tells(message["message"], result, at)).status_code == 202
    assert (await told(gateway.counter, case))["state"] == "delivered"
    if turned:
        assert "tell-1" not in await tasks(gateway.counter, case)


@pytest.mark.parametrize(("result", "stands"), [("delivered", "delivered"), ("failed", "undelivered")])
async def test_a_receipt_may_be_faster_than_the_answer_to_its_message(
    gateway: Gateway, result: str, stands: str
) -> None:
    taken: list[int] = []

    async def receipt_first(writer: asyncio.StreamWriter) -> None:
        message = json.loads(gateway.receiver.seen[0].body)["data"]["message"]
        taken.append((await gateway.tells(message, result)).status_code)
        writer.write(status(200))

    gateway.receiver.script.append(receipt_first)
    case = await opened(gateway.counter)

    async def answered() -> bool:
        return [each["outcome"] for each in (await told(gateway.counter, case)).get("attempts", [])] == ["sent"]

    assert await gateway.counter.until(answered)
    assert taken == [202]
    assert (await told(gateway.counter, case))["state"] == stands

    async def as_it_should() -> bool:
        return ("tell-1" in await tasks(gateway.counter, case)) is (result == "failed")

    assert await gateway.counter.until(as_it_should)


async def test_what_nobody_signed_is_refused_whoever_is_named(gateway: Gateway) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    body = {
        "type": "message.receipt",
        "data": {"message": message["message"], "result": "failed", "at": NOW.isoformat()},
    }
    address = f"/v1/gateway/receipts?gateway={gateway.webhook}"
    forged = [
        await gateway.sends(body, new_secret()),
        await gateway.sends(body, signed_at=datetime.now(UTC) - timedelta(minutes=6)),
        await gateway.sends(body, signed_at=datetime.now(UTC) + timedelta(minutes=6)),
        await gateway.sends(body, gateway="wh_0000000000000000"),
        await gateway.sends(body, gateway="%00"),
        await gateway.counter.http.post(address, json=body),
        await gateway.counter.post("integration", address, body, key=""),
        await gateway.counter.http.post("/v1/gateway/receipts", json=body),
    ]
    raw = json.dumps(body).encode()
    headers = signed([gateway.secret], "rcpt_1", datetime.now(UTC), raw)
    forged.append(
        await gateway.counter.http.post(address, content=raw.replace(b"failed", b"delivered"), headers=headers)
    )
    for answer in forged:
        problem(answer, 401, "receipt_unsigned")
    assert (await told(gateway.counter, case))["receipts"] == []


async def test_a_webhook_for_events_signs_no_receipts(gateway: Gateway) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    other = await subscribed(gateway.counter)
    body = {
        "type": "message.receipt",
        "data": {"message": message["message"], "result": "failed", "at": NOW.isoformat()},
    }
    problem(await gateway.sends(body, other["secret"], gateway=other["webhook"]), 401, "receipt_unsigned")
    assert (await told(gateway.counter, case))["receipts"] == []


async def test_during_a_rotation_both_secrets_sign_receipts(gateway: Gateway) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    rotated = await gateway.counter.post("administrator", f"/v1/webhooks/{gateway.webhook}/rotate", {}, key="")
    for secret in (gateway.secret, rotated.json()["secret"]):
        assert (await gateway.tells(message["message"], "delivered", secret=secret)).status_code == 202
    assert len((await told(gateway.counter, case))["receipts"]) == 1


async def test_receipts_of_what_was_never_sent_are_refused(gateway: Gateway) -> None:
    case = await opened(gateway.counter)
    await gateway.messages(1)
    mine = f"msg_{case}"
    for message in ("msg_AS-2099-000001_1_1", f"{mine}_2_1", f"{mine}_1_2", "evt_1", f"{mine}_1_1 ", "x" * 128):
        problem(await gateway.tells(message, "failed"), 404, "message_unknown", "data.message")


async def test_another_shops_gateway_tells_nothing_of_ours(gateway: Gateway, database: Database) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    theirs = await staffed(database, "bookshop")
    answer = await gateway.counter.post(
        theirs["administrator"], "/v1/webhooks", {"url": gateway.receiver.url, "takes": "messages"}, key=""
    )
    other = answer.json()
    data = {"message": message["message"], "result": "failed", "at": NOW.isoformat()}
    answer = await gateway.sends({"type": "message.receipt", "data": data}, other["secret"], gateway=other["webhook"])
    problem(answer, 404, "message_unknown")
    assert (await told(gateway.counter, case))["receipts"] == []


UNFIT_RECEIPTS: list[tuple[dict[str, Any], str]] = [
    ({"result": "eaten"}, "data.result"),
    ({"at": "yesterday"}, "data.at"),
    ({"at": 1764000000}, "data.at"),
    ({"code": "13800138000 is wrong"}, "data.code"),
    ({"code": "x" * 41}, "data.code"),
    ({"medium": "短信"}, "data.medium"),
    ({"phone": PHONE}, "data.phone"),
    ({"message": 7}, "data.message"),
    ({"message": "x" * 129}, "data.message"),
]


async def test_a_signed_receipt_that_does_not_fit_is_refused_by_field(gateway: Gateway) -> None:
    for change, field in UNFIT_RECEIPTS:
        data = {"message": "msg_AS-1_1_1", "result": "failed", "at": NOW.isoformat(), **change}
        problem(await gateway.sends({"type": "message.receipt", "data": data}), 422, "fields_unfit", field)


async def test_a_receipt_is_bounded_and_has_to_be_json(gateway: Gateway) -> None:
    answer = await gateway.counter.http.post(
        f"/v1/gateway/receipts?gateway={gateway.webhook}", content=b"x" * (64 * 1024 + 1)
    )
    problem(answer, 413, "too_large")
    raw = b"no json"
    headers = signed([gateway.secret], "rcpt_1", datetime.now(UTC), raw)
    headers["Content-Type"] = "application/json"
    answer = await gateway.counter.http.post(
        f"/v1/gateway/receipts?gateway={gateway.webhook}", content=raw, headers=headers
    )
    problem(answer, 400, "body_unreadable")


async def test_a_late_receipt_for_a_case_that_ended_is_kept_and_refused_politely(
    gateway: Gateway, temporal: Client
) -> None:
    case = await opened(gateway.counter)
    (message,) = await gateway.messages(1)
    await until_it_stands(gateway.counter, case, "sent")
    await temporal.get_workflow_handle(case).terminate()
    assert (await gateway.tells(message["message"], "delivered", NOW)).status_code == 202
    late = await gateway.tells(message["message"], "failed", NOW + timedelta(seconds=1))
    problem(late, 409, "case_over")
    assert [each["result"] for each in (await told(gateway.counter, case))["receipts"]] == ["delivered", "undelivered"]


async def test_a_gateway_that_says_no_makes_a_task_and_one_that_is_away_is_tried_again(gateway: Gateway) -> None:
    gateway.receiver.script += [status(422)]
    case = await opened(gateway.counter)
    found = await until_it_stands(gateway.counter, case, "refused")
    assert found["attempts"][0]["answer_code"] == "422"

    async def fallen() -> bool:
        return "tell-1" in await tasks(gateway.counter, case)

    assert await gateway.counter.until(fallen)

    gateway.receiver.script += [status(503), gateway.receiver.hangs_up]
    other = (await gateway.counter.complain(order=None)).json()["case"]["case"]
    found = await until_it_stands(gateway.counter, other, "sent")
    assert [each["outcome"] for each in found["attempts"]] == ["put_off", "put_off", "sent"]
    ids = [seen.headers["webhook-id"] for seen in gateway.receiver.seen if other in seen.headers["webhook-id"]]
    assert len(ids) == 3
    assert len(set(ids)) == 1


async def test_a_person_has_a_message_sent_again_under_another_id(gateway: Gateway) -> None:
    case = await opened(gateway.counter)
    await until_it_stands(gateway.counter, case, "sent")
    again = await gateway.counter.step("agent", case, "resend_message", number=1)
    assert again.status_code == 200, again.text
    messages = await gateway.messages(2)
    assert [each["message"] for each in messages] == [f"msg_{case}_1_1", f"msg_{case}_1_2"]

    async def twice() -> bool:
        return len((await told(gateway.counter, case))["attempts"]) == 2

    assert await gateway.counter.until(twice)
    me = (await gateway.counter.get("agent", "/v1/me")).json()["person"]
    found = await told(gateway.counter, case)
    assert [(each["round"], each["asked_by"]) for each in found["attempts"]] == [(1, ""), (2, me)]
    problem(await gateway.counter.step("agent", case, "resend_message", number=9), 409, "message_not_sent")
    problem(await gateway.counter.step("warehouse", case, "resend_message", number=1), 403, "role_may_not")


async def test_what_a_person_sends_again_is_not_taken_for_sent_by_the_answer_to_the_round_before(
    gateway: Gateway,
) -> None:
    """The receipt and the person are both faster than the gateway's own answer."""
    counter = gateway.counter

    async def receipt_and_person_first(writer: asyncio.StreamWriter) -> None:
        message = json.loads(gateway.receiver.seen[0].body)["data"]
        await gateway.tells(message["message"], "failed")

        async def fallen() -> bool:
            return "tell-1" in await tasks(counter, message["case"])

        await counter.until(fallen)
        (await counter.step("agent", message["case"], "resend_message", number=1)).raise_for_status()
        writer.write(status(200))

    gateway.receiver.script.append(receipt_and_person_first)
    case = await opened(counter)
    messages = await gateway.messages(2)
    assert [each["message"] for each in messages] == [f"msg_{case}_1_1", f"msg_{case}_1_2"]


async def test_the_phone_lies_nowhere_but_in_the_message(
    gateway: Gateway, database: Database, temporal: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.receiver.script += [status(503)]
    case = await opened(gateway.counter)
    await until_it_stands(gateway.counter, case, "sent")
    await gateway.tells(f"msg_{case}_1_1", "failed", code="no_such_number")
    history = (await temporal.get_workflow_handle(case).fetch_history()).to_json()
    async with database.reading() as session:
        tables = (await session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))).scalars()
        rows = [
            str(row)
            for table in list(tables)
            for row in await session.execute(text(f'SELECT t::text FROM "{table}" AS t'))  # noqa: S608  the database's own names
        ]
    for canary in (PHONE, "13800138000", "王芳"):
        assert canary not in history
        assert canary not in "".join(rows)
        assert canary not in caplog.text
