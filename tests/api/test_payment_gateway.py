"""The shop's own payment gateway over HTTP: orders go to it signed, its notices come back signed, money moves once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import text
from temporalio.client import Client

from adapters.payments.twin import Mood, TwinBook
from adapters.webhooks.signing import new_secret, signed
from api.edge_refusals import DeskUnavailable
from db.sessions import Database
from policies.loader import default_policy_text
from settings import Settings
from tests.adapters.gateway_server import GatewayServer, gateway_serving
from tests.api.counter import Counter, staffed
from tests.api.test_bad_input import problem
from tests.api.test_money import YUAN, booked, refunded, until_state
from tests.api.test_registers import taken
from tests.api.test_webhooks import subscribed
from upkeep.kept_notices import tell_notices

PAID = {"state": "paid", "reference": "GW-1", "amount": YUAN}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The gateway of these tests lies on this machine, and speaks plain HTTP."""
    return settings.model_copy(update={"webhook_hosts": "127.0.0.1", "webhook_http": True})


@dataclass
class Till:
    """A shop that pays by its own gateway, and the gateway."""

    counter: Counter
    server: GatewayServer
    webhook: str

    async def approved(self, *moods: Mood, amount: dict[str, str] = YUAN) -> tuple[str, str]:
        """A compensation whose slip was just approved; the complaint and its slip."""
        self.server.book.moods += moods
        case, slip = await refunded(self.counter, amount, sign=False)
        await taken(self.counter, "supervisor", slip, "approve_slip", amount=amount)
        return case, slip

    async def key(self, slip: str) -> str:
        page = (await self.counter.get("finance", f"/v1/cases/{slip}")).json()
        return str(page["case"]["story"]["slip_number"])

    async def tells(self, key: str, **said: Any) -> httpx2.Response:
        data = {"payment": key, "at": datetime.now(UTC).isoformat(), **said}
        return await self.sends({"type": "payment.notice", "data": data})

    async def sends(
        self, body: Any, secret: str = "", signed_at: datetime | None = None, gateway: str = ""
    ) -> httpx2.Response:
        raw = json.dumps(body).encode()
        headers = signed([secret or self.server.secret], "ntc_1", signed_at or datetime.now(UTC), raw)
        headers["Content-Type"] = "application/json"
        address = f"/v1/gateway/payments?gateway={gateway or self.webhook}"
        return await self.counter.http.post(address, content=raw, headers=headers)

    async def keys_of_tasks(self, slip: str) -> set[str]:
        page = (await self.counter.get("finance", f"/v1/cases/{slip}")).json()
        return {task["key"] for task in page["case"]["tasks"]}


def plan(*inquiries: str) -> str:
    """The default policy, with what goes back as it was paid by gateway."""
    told = default_policy_text().replace("gateway_means = { value = [],", 'gateway_means = { value = ["original"],')
    told = told.replace('gateway_in_flight = { value = "45s"', 'gateway_in_flight = { value = "0s"')
    begins, ends = told.index("gateway_inquiries = "), told.index("\ngateway_in_flight")
    times = ", ".join(f'"{each}"' for each in inquiries)
    return f'{told[:begins]}gateway_inquiries = {{ value = [{times}], source = "O" }}{told[ends:]}'


@pytest_asyncio.fixture
async def till(manned: Counter) -> AsyncIterator[Till]:
    async with gateway_serving(TwinBook()) as server:
        server.tells = False
        made = await subscribed(manned, server.url, role="administrator", takes="payments")
        server.secret = made["secret"]
        published = await manned.put("administrator", "/v1/policies/current", content=plan("1s", "2s", "4s").encode())
        assert published.status_code == 200, published.text
        await manned.register()
        yield Till(manned, server, made["webhook"])


async def test_an_approved_slip_is_paid_by_the_gateway_and_signed_with_its_reference(till: Till) -> None:
    case, slip = await till.approved()
    stands = await until_state(till.counter, slip, "paid")
    assert (stands["story"]["reference"], stands["story"]["paid_by"]["person"]) == ("TW-000001", till.webhook)
    (told,) = till.server.hears
    assert told["data"]["payment"] == stands["story"]["slip_number"]
    assert told["data"]["amount"] == YUAN
    assert told["data"]["notices_to"] == f"https://desk.example/v1/gateway/payments?gateway={till.webhook}"
    day = await booked(till.counter, 1)
    assert [(line["way"], line["reference"]) for line in day["items"]] == [("out", "TW-000001")]
    line = (await till.counter.get("auditor", f"/v1/cases/{slip}/timeline")).json()["items"]
    sentences = [each["sentence"] for each in line]
    assert any("sent to the payment gateway" in each for each in sentences)
    await until_paid(till.counter, case)


async def until_paid(counter: Counter, case: str) -> None:
    async def found() -> bool:
        page = (await counter.get("agent", f"/v1/cases/{case}")).json()
        return [each["result"] for each in page["case"]["story"]["payments"]] == ["paid"]

    assert await counter.until(found)


async def test_an_answer_that_is_lost_leaves_it_unknown_and_the_inquiry_pays_it(till: Till) -> None:
    _case, slip = await till.approved(Mood.ERROR_THEN_PAID)
    await until_state(till.counter, slip, "unknown")
    refused = await till.counter.step("finance", slip, "sign_paid", amount=YUAN, reference="PAY-1")
    problem(refused, 409, "with_gateway")
    await until_state(till.counter, slip, "paid")
    assert [told["type"] for told in till.server.hears] == ["payment.order", "payment.inquiry"]
    assert len(till.server.book.moves) == 1


async def test_what_is_certainly_not_there_is_sent_again_under_the_same_key(till: Till) -> None:
    till.server.book.down = True
    _case, slip = await till.approved()
    await until_state(till.counter, slip, "unknown")
    till.server.book.down = False
    await until_state(till.counter, slip, "paid")
    orders = [told["data"]["payment"] for told in till.server.hears if told["type"] == "payment.order"]
    assert len(orders) == 2
    assert len(set(orders)) == 1
    assert len(till.server.book.moves) == 1


async def test_a_notice_is_one_word_to_the_slip_however_often_it_comes(till: Till) -> None:
    till.server.book.down = True
    _case, slip = await till.approved()
    await until_state(till.counter, slip, "unknown")
    key = await till.key(slip)
    for _ in range(3):
        taken_ = await till.tells(key, **PAID)
        assert (taken_.status_code, taken_.json()) == (202, {"payment": key, "slip": slip})
    stands = await until_state(till.counter, slip, "paid")
    assert stands["story"]["reference"] == "GW-1"
    line = (await till.counter.get("auditor", f"/v1/cases/{slip}/timeline")).json()["items"]
    assert len([each for each in line if "GW-1" in each["sentence"] and "signed" in each["sentence"]]) == 1


async def test_a_payment_that_does_not_fit_is_on_finances_list_with_both_records(till: Till) -> None:
    case, slip = await till.approved(Mood.WRONG_AMOUNT)
    await until_state(till.counter, slip, "unknown")

    async def on_the_list() -> dict[str, Any] | None:
        listed = (await till.counter.get("finance", "/v1/queues/finance")).json()["items"]
        return next((each for each in listed if each["task"]["key"] == "mismatch-1"), None)

    entry = await till.counter.until(on_the_list)
    assert entry["case"] == slip
    assert entry["task"]["needs_a_person"] is True
    assert "60.00 CNY" in entry["task"]["reason"]
    assert "70.00 CNY" in entry["task"]["reason"]
    decided = await till.counter.step(
        "finance", slip, "settle_unknown", found="paid", reference="TW-000001", reason="they sent 10.00 back to us"
    )
    assert decided.status_code == 200, decided.text
    await until_paid(till.counter, case)


async def test_paid_twice_on_their_side_is_a_task_although_the_slip_had_ended(till: Till) -> None:
    _case, slip = await till.approved(Mood.PAYS_TWICE)
    await until_state(till.counter, slip, "paid")
    key = await till.key(slip)
    for move in till.server.book.paid(key):
        assert (await till.tells(key, **{**PAID, "reference": move.reference})).status_code == 202

    async def noticed() -> bool:
        return "mismatch-1" in await till.keys_of_tasks(slip)

    assert await till.counter.until(noticed)
    settled = await till.counter.step("finance", slip, "settle_mismatch", number=1, how="the second one was sent back")
    assert settled.status_code == 200, settled.text
    assert "mismatch-1" not in await till.keys_of_tasks(slip)
    assert (await till.counter.get("finance", f"/v1/cases/{slip}")).json()["case"]["state"] == "paid"


async def test_money_that_came_back_is_in_the_day_and_asked_for_again(till: Till) -> None:
    case, slip = await till.approved()
    await until_state(till.counter, slip, "paid")
    key = await till.key(slip)
    assert (await till.tells(key, state="reversed", reference="REV-1", amount=YUAN)).status_code == 202
    await until_state(till.counter, slip, "reversed")
    await until_state(till.counter, case, "slip_failed")
    day = await booked(till.counter, 2)
    moved = [(line["way"], line["what"], line["reference"]) for line in day["items"]]
    assert moved == [("out", "compensation", "TW-000001"), ("in", "reversal", "REV-1")]
    again = await till.counter.step("agent", case, "request_slip", slip=slip, reason="the account was closed")
    assert again.status_code == 200, again.text
    await until_state(till.counter, f"{case}-P2", "to_approve")
    listed = (await till.counter.get("finance", f"/v1/cases/{case}/payments")).json()["items"]
    assert [each["state"] for each in listed] == ["reversed", "reserved"]


async def test_without_a_gateway_the_slip_falls_to_finance_whatever_the_policy_says(till: Till) -> None:
    off = await till.counter.http.patch(
        f"/v1/webhooks/{till.webhook}", json={"state": "off"}, headers=till.counter.headers("administrator")
    )
    assert off.status_code == 200, off.text
    _case, slip = await till.approved()
    await until_state(till.counter, slip, "with_finance")
    paid = await till.counter.step("finance", slip, "sign_paid", amount=YUAN, reference="PAY-1")
    assert paid.status_code == 200, paid.text
    assert till.server.hears == []


# -- what is not taken -------------------------------------------------------------------------------------------


async def test_what_nobody_signed_is_refused_and_changes_nothing(till: Till, database: Database) -> None:
    till.server.book.down = True
    _case, slip = await till.approved()
    await until_state(till.counter, slip, "unknown")
    body = {"type": "payment.notice", "data": {"payment": await till.key(slip), "at": "2026-11-26T00:00:00Z", **PAID}}
    messages = await subscribed(till.counter, f"{till.server.url}/sms", role="administrator", takes="messages")
    address = f"/v1/gateway/payments?gateway={till.webhook}"
    forged = [
        await till.sends(body, new_secret()),
        await till.sends(body, signed_at=datetime.now(UTC) - timedelta(minutes=6)),
        await till.sends(body, gateway="wh_0000000000000000"),
        await till.sends(body, messages["secret"], gateway=messages["webhook"]),
        await till.counter.http.post(address, json=body),
        await till.counter.post("finance", address, body, key=""),
    ]
    for answer in forged:
        problem(answer, 401, "receipt_unsigned")
    assert (await till.counter.get("finance", f"/v1/cases/{slip}")).json()["case"]["state"] == "unknown"
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM gateway_notices"))).scalar_one() == 0


async def test_notices_of_what_was_never_sent_or_is_another_shops_are_refused(till: Till, database: Database) -> None:
    _case, slip = await till.approved()
    await until_state(till.counter, slip, "paid")
    key = await till.key(slip)
    for unknown in ("2026-999999", "2099-000001", "AS-2026-000001-P1", f"{key} ", "x" * 64):
        problem(await till.tells(unknown, **PAID), 404, "payment_unknown", "data.payment")
    theirs = await staffed(database, "bookshop")
    made = await till.counter.post(
        theirs["administrator"], "/v1/webhooks", {"url": till.server.url, "takes": "payments"}, key=""
    )
    other = made.json()
    body = {"type": "payment.notice", "data": {"payment": key, "at": "2026-11-26T00:00:00Z", **PAID}}
    problem(await till.sends(body, other["secret"], gateway=other["webhook"]), 404, "payment_unknown")


UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"state": "eaten"}, "data.state"),
    ({"state": "not_found"}, "data.state"),
    ({"at": "yesterday"}, "data.at"),
    ({"amount": {"amount": 50, "currency": "CNY"}}, "data.amount.amount"),
    ({"amount": {"amount": "50.001", "currency": "CNY"}}, "data.amount"),
    ({"reference": "x" * 65}, "data.reference"),
    ({"reference": "with space"}, "data.reference"),
    ({"account": "6222"}, "data.account"),
]


async def test_a_signed_notice_that_does_not_fit_is_refused_by_field(till: Till) -> None:
    for change, field in UNFIT:
        answer = await till.tells("2026-000001", **{**PAID, **change})
        problem(answer, 422, "fields_unfit", field)


async def test_a_late_notice_for_a_slip_that_hears_no_more_is_kept(
    till: Till, temporal: Client, database: Database
) -> None:
    _case, slip = await till.approved()
    await until_state(till.counter, slip, "paid")
    key = await till.key(slip)
    await temporal.get_workflow_handle(slip).terminate()
    problem(await till.tells(key, **{**PAID, "reference": "GW-2"}), 409, "slip_over")
    async with database.reading() as session:
        kept = (await session.execute(text("SELECT state, reference FROM gateway_notices"))).all()
    assert [tuple(row) for row in kept] == [("paid", "GW-2")]


async def told_in_vain(till: Till, monkeypatch: pytest.MonkeyPatch, **said: str) -> str:
    """A paid slip, and a second payment that was put on record and did not get to it."""
    _case, slip = await till.approved()
    await until_state(till.counter, slip, "paid")
    key = await till.key(slip)

    async def dies(*_: object) -> bool:
        raise DeskUnavailable(part="Temporal")

    with monkeypatch.context() as away:
        away.setattr("api.commands.Commands.outside_news", dies)
        problem(await till.tells(key, **{**PAID, "reference": "GW-2", **said}), 503, "unavailable")
    return slip


async def test_a_notice_that_its_slip_has_not_heard_is_told_again(
    till: Till, temporal: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = await told_in_vain(till, monkeypatch, account_mark="m-7")
    assert "mismatch-1" not in await till.keys_of_tasks(slip)
    assert await tell_notices(temporal, database) == 0  # it may still be under way
    assert await tell_notices(temporal, database, timedelta(0)) == 1

    async def stands() -> bool:
        return "mismatch-1" in await till.keys_of_tasks(slip)

    assert await till.counter.until(stands)
    assert await tell_notices(temporal, database, timedelta(0)) == 0


async def test_a_notice_for_a_slip_that_is_over_is_not_told_for_ever(
    till: Till, temporal: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = await told_in_vain(till, monkeypatch)
    await temporal.get_workflow_handle(slip).terminate()
    assert await tell_notices(temporal, database, timedelta(0)) == 0
    async with database.reading() as session:
        unheard = "SELECT count(*) FROM gateway_notices WHERE heard_at IS NULL"
        assert (await session.execute(text(unheard))).scalar_one() == 0


async def test_a_shop_has_one_payment_gateway_set_by_its_administrator(till: Till) -> None:
    body = {"url": f"{till.server.url}/2", "takes": "payments"}
    problem(await till.counter.post("administrator", "/v1/webhooks", body, key=""), 409, "webhook_there")
    problem(await till.counter.post("integration", "/v1/webhooks", body, key=""), 403, "gateway_not_yours")
