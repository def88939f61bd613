"""The platform's news over HTTP: signed by the shop's connector, kept once, in any order, given to their case."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from temporalio.client import Client

from adapters.webhooks.feed import RecordingFeed
from adapters.webhooks.signing import new_secret, signed
from db.sessions import Database
from settings import Settings
from tests.api.counter import Counter, staffed
from tests.api.test_bad_input import problem
from tests.api.test_webhooks import subscribed
from upkeep.kept_news import tell_kept
from upkeep.platform_polling import PlatformPoller
from worker import sealing_parts

NOW = datetime.now(UTC).replace(microsecond=0)
DUE = NOW + timedelta(days=2)
SIXTY_NINE = {"amount": {"amount": "69.00", "currency": "CNY"}}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The connector of these tests lies on this machine, and speaks plain HTTP."""
    return settings.model_copy(update={"webhook_hosts": "127.0.0.1", "webhook_http": True})


@dataclass
class Platform:
    """The connector of the shop's platform: what it tells, signed."""

    counter: Counter
    webhook: str
    secret: str

    async def tells(self, said: str = "opened", **more: Any) -> httpx2.Response:
        data: dict[str, Any] = {
            "news": f"tm-{said}",
            "kind": "refund_request",
            "reference": "RQ-1",
            "order": "T-1001",
            "said": said,
            "at": NOW.isoformat(),
        }
        if said == "opened":
            data |= {"due_at": DUE.isoformat(), "amount": {"amount": "69.00", "currency": "CNY"}}
        if said == "paid":
            data |= {"amount": {"amount": "69.00", "currency": "CNY"}, "payment": "TM-RF-1"}
        return await self.sends({"type": "platform.news", "data": data | more})

    async def sends(self, body: Any, secret: str = "", at: datetime | None = None, named: str = "") -> httpx2.Response:
        raw = json.dumps(body).encode()
        headers = signed([secret or self.secret], "msg_1", at or datetime.now(UTC), raw)
        headers["Content-Type"] = "application/json"
        address = f"/v1/platform-news?connector={named or self.webhook}"
        return await self.counter.http.post(address, content=raw, headers=headers)


async def connected(counter: Counter, **more: Any) -> Platform:
    made = await subscribed(counter, "http://127.0.0.1:9/platform", role="administrator", takes="platform", **more)
    return Platform(counter, made["webhook"], made["secret"])


@pytest_asyncio.fixture
async def platform(manned: Counter) -> AsyncIterator[Platform]:
    await manned.register()
    yield await connected(manned)


async def opened(counter: Counter) -> str:
    case: str = (await counter.complain()).json()["case"]["case"]
    return case


async def story(counter: Counter, case: str) -> dict[str, Any]:
    told: dict[str, Any] = (await counter.get("supervisor", f"/v1/cases/{case}")).json()["case"]["story"]
    return told


async def until_told(counter: Counter, case: str, said: str) -> dict[str, Any]:
    async def there() -> dict[str, Any] | None:
        matters: list[dict[str, Any]] = (await story(counter, case)).get("platform") or []
        return next((m for m in matters if said in {fact["said"] for fact in m["facts"]}), None)

    found: dict[str, Any] = await counter.until(there)
    return found


async def test_news_reach_the_complaint_and_the_daily_list_and_a_reminder_is_recorded(platform: Platform) -> None:
    counter = platform.counter
    case = await opened(counter)
    answer = await platform.tells()
    assert (answer.status_code, answer.json()) == (202, {"news": "tm-opened", "case": case})
    await until_told(counter, case, "opened")

    async def listed() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await counter.get("supervisor", "/v1/registers/platform-clocks")).json()["items"]
        return items

    (line,) = await counter.until(listed)
    assert (line["case"], line["reference"], line["overdue"], line["reminders"]) == (case, "RQ-1", False, [])
    assert datetime.fromisoformat(line["due_at"]) == DUE
    done = await counter.step("supervisor", case, "remind_of_platform", reference="RQ-1")
    assert done.status_code == 200, done.text
    (line,) = await listed()
    assert (line["reminded_today"], line["reminders"][0]["by"]["role"]) == (True, "supervisor")
    words = {"reference": "RQ-1", "verdict": "refused", "words": "the goods are not back"}
    assert (await counter.step("agent", case, "answer_platform", **words)).status_code == 200
    assert await listed() == []


async def test_the_same_news_twice_and_out_of_order_count_once(platform: Platform) -> None:
    counter = platform.counter
    case = await opened(counter)
    for said in ("paid", "opened", "paid", "approved", "opened"):
        more = {"amount": {"amount": "69.00", "currency": "CNY"}} if said == "approved" else {}
        assert (await platform.tells(said, **more)).status_code == 202
    await until_told(counter, case, "approved")
    told = await story(counter, case)
    assert [fact["said"] for fact in told["platform"][0]["facts"]] == ["approved", "opened", "paid"]
    assert [paid["reference"] for paid in told["platform_payments"]] == ["TM-RF-1"]

    async def out() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await counter.get("supervisor", "/v1/registers/outstanding")).json()["items"]
        return items

    (item,) = await counter.until(out)
    assert (item["why"], item["rest"]["amount"]) == ("ran_out", "69.00")


async def test_news_without_a_complaint_are_kept_shown_and_given_to_it_when_it_is_opened(
    platform: Platform, database: Database, temporal: Client
) -> None:
    counter = platform.counter
    assert (await platform.tells()).json()["case"] is None
    page = (await counter.get("supervisor", "/v1/registers/platform-clocks")).json()
    assert [(each["reference"], each["said"]) for each in page["without_case"]] == [("RQ-1", "opened")]
    assert await tell_kept(temporal, database) == 0
    case = await opened(counter)
    await counter.until(lambda: _told(temporal, database))
    matter = await until_told(counter, case, "opened")
    assert datetime.fromisoformat(matter["due_at"]) == DUE
    page = (await counter.get("supervisor", "/v1/registers/platform-clocks")).json()
    assert page["without_case"] == []


async def _told(temporal: Client, database: Database) -> int:
    return await tell_kept(temporal, database)


async def test_what_is_not_signed_by_the_connector_just_now_is_refused(platform: Platform) -> None:
    body: dict[str, Any] = {"type": "platform.news", "data": {}}
    problem(await platform.sends(body, secret=new_secret()), 401, "news_unsigned")
    problem(await platform.sends(body, at=datetime.now(UTC) - timedelta(minutes=6)), 401, "news_unsigned")
    problem(await platform.sends(body, named="wh_0000000000000000"), 401, "news_unsigned")
    bare = await platform.counter.http.post(f"/v1/platform-news?connector={platform.webhook}", json=body)
    problem(bare, 401, "news_unsigned")


async def test_a_gateway_for_messages_is_no_connector_and_one_switched_off_is_not_heard(platform: Platform) -> None:
    counter = platform.counter
    made = await subscribed(counter, "http://127.0.0.1:9/sms", role="administrator", takes="messages")
    other = Platform(counter, made["webhook"], made["secret"])
    problem(await other.tells(), 401, "news_unsigned")
    off = await counter.http.patch(
        f"/v1/webhooks/{platform.webhook}", json={"state": "off"}, headers=counter.headers("administrator", "k-1")
    )
    assert off.status_code == 200, off.text
    problem(await platform.tells(), 401, "news_unsigned")


async def test_another_shops_connector_reaches_none_of_our_cases(platform: Platform, database: Database) -> None:
    counter = platform.counter
    case = await opened(counter)
    own = counter.keys
    counter.keys = await staffed(database, "cups")
    theirs = await connected(counter)
    assert (await theirs.tells()).json()["case"] is None
    counter.keys = own
    assert "platform" not in await story(counter, case)
    page = (await counter.get("supervisor", "/v1/registers/platform-clocks")).json()
    assert page["without_case"] == []


async def test_other_news_under_the_same_id_malformed_and_oversized_ones_are_refused(platform: Platform) -> None:
    assert (await platform.tells()).status_code == 202
    problem(await platform.tells(reference="RQ-2"), 409, "news_said_otherwise")
    problem(await platform.tells("paid", payment=""), 422, "fields_unfit")
    problem(await platform.tells("extended"), 422, "fields_unfit")
    problem(await platform.tells("burnt"), 422, "fields_unfit")
    problem(await platform.tells(reference="R" * 65), 422, "fields_unfit")
    huge = {"type": "platform.news", "data": {"news": "x" * 2_000_000}}
    assert (await platform.sends(huge)).status_code == 413


async def test_what_the_webhook_missed_comes_by_the_poll_and_counts_once(
    platform: Platform, settings: Settings, database: Database, temporal: Client
) -> None:
    counter = platform.counter
    case = await opened(counter)
    assert (await platform.tells()).status_code == 202
    base = {"kind": "refund_request", "reference": "RQ-1", "order": "T-1001"}
    missed = [
        {**base, "news": "tm-opened", "said": "opened", "at": NOW.isoformat(), "due_at": DUE.isoformat(), **SIXTY_NINE},
        {**base, "news": "tm-paid", "said": "paid", "at": NOW.isoformat(), "payment": "TM-RF-1", **SIXTY_NINE},
        {**base, "news": "tm-burnt", "said": "burnt", "at": NOW.isoformat()},
    ]
    feed = RecordingFeed()
    feed.pages = [
        "timeout",
        json.dumps({"items": missed[:1], "next": "c-1", "more": True}).encode(),
        json.dumps({"items": missed[1:], "next": "c-2"}).encode(),
    ]
    poller = PlatformPoller(database, *sealing_parts(settings, database), feed)
    assert [await poller.ask_all() for _ in range(3)] == [0, 2, 0]
    assert [asked.cursor for asked in feed.asked] == ["", "", "c-1", "c-2"]
    assert await tell_kept(temporal, database) == 1
    await until_told(counter, case, "paid")
    facts = (await story(counter, case))["platform"][0]["facts"]
    assert [fact["news"] for fact in facts] == ["tm-opened", "tm-paid"]
