"""Webhooks from subscription to delivery, over HTTP on both sides."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from temporalio.client import Client

from adapters.webhooks.signing import verified
from db.sessions import Database
from settings import Settings
from tests.adapters.webhook_receiver import Receiver, receiving, status
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter, staffed
from tests.api.test_bad_input import problem
from tests.builders import it_goes_on
from upkeep.mending import rebuild
from worker import cases_worker

HTTPS = "https://93.184.216.34/hook"
"""An address in the open net that needs no look-up; nothing is sent there in these tests."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The receiver of these tests lies on this machine, and speaks plain HTTP."""
    return settings.model_copy(update={"webhook_hosts": "127.0.0.1", "webhook_http": True})


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a second for each event."""
    monkeypatch.setattr("upkeep.webhook_sending.PAUSE", timedelta(milliseconds=50))


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as served:
        yield served


async def subscribed(counter: Counter, url: str = HTTPS, role: str = "integration", **body: Any) -> dict[str, Any]:
    answer = await counter.post(role, "/v1/webhooks", {"url": url, **body}, key="")
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def deliveries(counter: Counter, webhook: str, **query: str) -> list[dict[str, Any]]:
    answer = await counter.get("integration", f"/v1/webhooks/{webhook}/deliveries", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def arrived(counter: Counter, receiver: Receiver, number: int) -> list[dict[str, Any]]:
    async def there() -> bool:
        return len(receiver.seen) >= number

    await counter.until(there)
    return [json.loads(seen.body) for seen in receiver.seen]


async def test_the_shop_is_told_of_every_step_of_a_case_and_can_check_who_tells_it(
    manned: Counter, receiver: Receiver
) -> None:
    made = await subscribed(manned, receiver.url)
    case = (await manned.complain()).json()["case"]["case"]
    (await manned.step("agent", case, "give_feedback", **it_goes_on("We look into it."))).raise_for_status()
    told = await arrived(manned, receiver, 2)
    assert told[0]["type"] == "complaint.opened"
    assert told[0]["data"]["case"] == case
    for seen in receiver.seen:
        assert verified([made["secret"]], seen.headers, seen.body, datetime.now(UTC))
    versions = [each["data"]["version"] for each in told]
    assert versions == sorted(set(versions))
    for canary in ("王芳", "13800138000", "138 0013 8000", "wang@example.com", "cracked", "wang_88", "T-1001"):
        assert canary not in str(receiver.seen)


async def test_a_row_that_nobody_asked_for_is_told_too_and_a_rebuild_tells_nothing(
    manned: Counter, receiver: Receiver, temporal: Client, database: Database
) -> None:
    made = await subscribed(manned, receiver.url)
    case = (await manned.complain()).json()["case"]["case"]

    async def fallen_to_a_person() -> bool:
        page = await manned.get("agent", f"/v1/cases/{case}?from=list")
        return "tell-1" in {task["key"] for task in page.json()["case"]["tasks"]}

    await manned.until(fallen_to_a_person)
    before = [each["event"] for each in await deliveries(manned, made["webhook"])]
    assert len(before) >= 2
    await rebuild(temporal, database)
    assert [each["event"] for each in await deliveries(manned, made["webhook"])] == before


async def test_a_receiver_that_fails_gets_it_again_and_the_ledger_shows_both(
    manned: Counter, receiver: Receiver, database: Database
) -> None:
    receiver.script += [status(500), receiver.hangs_up]
    made = await subscribed(manned, receiver.url)
    assert (await manned.post("integration", f"/v1/webhooks/{made['webhook']}/test", key="")).status_code == 202

    async def tried(times: int) -> bool:
        (only,) = await deliveries(manned, made["webhook"])
        return len(only["tried"]) >= times

    for times in (1, 2):
        await manned.until(lambda times=times: tried(times))
        (only,) = await deliveries(manned, made["webhook"], state="due")
        again = f"/v1/webhooks/{made['webhook']}/deliveries/{only['delivery']}/resend"
        assert (await manned.post("integration", again, key="")).status_code == 202
    await manned.until(lambda: tried(3))
    (only,) = await deliveries(manned, made["webhook"], state="delivered")
    assert only["type"] == "webhook.test"
    assert [each["taken"] for each in only["tried"]] == [False, False, True]
    assert only["tried"][0]["answer"] == "500"
    ids = {seen.headers["webhook-id"] for seen in receiver.seen}
    assert ids == {only["event"]}


async def test_what_was_missed_while_it_was_off_is_replayed(
    counter: Counter, receiver: Receiver, temporal: Client, database: Database, settings: Settings
) -> None:
    made = await subscribed(counter, receiver.url, events=["*.opened"])
    address = f"/v1/webhooks/{made['webhook']}"
    off = await counter.http.patch(address, headers=counter.headers("integration"), json={"state": "off"})
    assert (off.json()["state"], off.json()["off_because"]) == ("off", "a_person")
    since = datetime.now(UTC) - timedelta(hours=1)
    replay = {"since": since.isoformat()}
    problem(await counter.post("integration", f"{address}/replay", replay, key=""), 409, "webhook_off")
    problem(await counter.post("integration", f"{address}/test", key=""), 409, "webhook_off")
    case = (await counter.complain()).json()["case"]["case"]
    async with cases_worker(temporal, database, settings):

        async def held() -> bool:
            return [each["state"] for each in await deliveries(counter, made["webhook"])] == ["held"]

        await counter.until(held)
        on = await counter.http.patch(address, headers=counter.headers("integration"), json={"state": "on"})
        assert on.json()["state"] == "on"
        sent = await counter.post("integration", f"{address}/replay", replay, key="")
        assert (sent.status_code, sent.json()) == (202, {"deliveries": 1})
        (told,) = await arrived(counter, receiver, 1)
    assert told["data"]["case"] == case


async def test_a_secret_is_shown_once_and_rotated_without_a_gap(manned: Counter, receiver: Receiver) -> None:
    made = await subscribed(manned, receiver.url)
    address = f"/v1/webhooks/{made['webhook']}"
    for path in ("/v1/webhooks", address):
        assert made["secret"] not in (await manned.get("integration", path)).text
    rotated = (await manned.post("integration", f"{address}/rotate", {"old_valid_hours": 24}, key="")).json()
    assert rotated["secret"] != made["secret"]
    until = datetime.fromisoformat(rotated["old_secret_until"])
    assert timedelta(hours=23) < until - datetime.now(UTC) <= timedelta(hours=24)
    await manned.post("integration", f"{address}/test", key="")
    await arrived(manned, receiver, 1)
    for secret in (made["secret"], rotated["secret"]):
        assert verified([secret], receiver.seen[0].headers, receiver.seen[0].body, datetime.now(UTC))
    again = (await manned.post("integration", f"{address}/rotate", {"old_valid_hours": 0}, key="")).json()
    await manned.post("integration", f"{address}/test", key="")
    await arrived(manned, receiver, 2)
    alone = receiver.seen[1]
    assert verified([again["secret"]], alone.headers, alone.body, datetime.now(UTC))
    assert len(alone.headers["webhook-signature"].split(" ")) == 1


async def test_who_unsubscribes_hears_nothing_more_and_leaves_nothing(counter: Counter) -> None:
    made = await subscribed(counter)
    address = f"/v1/webhooks/{made['webhook']}"
    assert (await counter.http.delete(address, headers=counter.headers("integration"))).status_code == 204
    problem(await counter.get("integration", address), 404, "unknown")
    problem(await counter.http.delete(address, headers=counter.headers("integration")), 404, "unknown")
    assert (await counter.get("integration", "/v1/webhooks")).json() == {"items": []}


UNFIT = {
    "http://127.0.0.2/": "private",
    "https://10.0.0.1/": "private",
    "https://169.254.169.254/latest/meta-data/": "private",
    "https://[::ffff:10.0.0.1]/": "private",
    "https://localhost/": "private",
    "ftp://shop.example/": "scheme",
    "https://user:word@shop.example/": "spelling",
    "https://no-such-host.invalid/": "not_found",
}


async def test_addresses_of_the_desks_own_house_are_refused(counter: Counter) -> None:
    made = await subscribed(counter)
    address, headers = f"/v1/webhooks/{made['webhook']}", counter.headers("integration")
    for url, why in UNFIT.items():
        new = await counter.post("integration", "/v1/webhooks", {"url": url}, key="")
        moved = await counter.http.patch(address, headers=headers, json={"url": url})
        for answer in (new, moved):
            assert f"({why})" in problem(answer, 422, "webhook_address_unfit", "url")["detail"]
    (left,) = (await counter.get("integration", "/v1/webhooks")).json()["items"]
    assert left["url"] == made["url"]


async def test_plain_http_is_for_a_rehearsal(open_counter: OpenCounter, counter: Counter, settings: Settings) -> None:
    strict = await open_counter(settings=settings.model_copy(update={"webhook_http": False}))
    strict.keys = counter.keys
    answer = await strict.post("integration", "/v1/webhooks", {"url": "http://93.184.216.34/"}, key="")
    problem(answer, 422, "webhook_address_unfit", "url")


UNFIT_BODIES: list[tuple[dict[str, Any], str]] = [
    ({}, "url"),
    ({"url": HTTPS, "events": ["complaint.exploded"]}, "events[0]"),
    ({"url": HTTPS, "events": ["*.*"]}, "events[0]"),
    ({"url": HTTPS, "events": "complaint.opened"}, "events"),
    ({"url": HTTPS, "events": ["*.opened"] * 61}, "events"),
    ({"url": HTTPS, "takes": "everything"}, "takes"),
    ({"url": HTTPS, "takes": "messages", "events": ["*.opened"]}, "body"),
    ({"url": HTTPS, "secret": "mine"}, "secret"),
    ({"url": "https://" + "a" * 1000}, "url"),
    ({"url": "https://a\0b.example/"}, "url"),
]


async def test_a_subscription_that_does_not_fit_is_refused_by_field(counter: Counter) -> None:
    for body, field in UNFIT_BODIES:
        problem(await counter.post("administrator", "/v1/webhooks", body, key=""), 422, "fields_unfit", field)
    assert (await counter.get("administrator", "/v1/webhooks")).json() == {"items": []}


async def test_the_same_address_twice_and_the_twenty_first_are_refused(counter: Counter) -> None:
    first = await subscribed(counter)
    problem(await counter.post("integration", "/v1/webhooks", {"url": HTTPS}, key=""), 409, "webhook_there")
    for number in range(19):
        other = await subscribed(counter, f"{HTTPS}/{number}")
    moved = await counter.http.patch(
        f"/v1/webhooks/{other['webhook']}", headers=counter.headers("integration"), json={"url": first["url"]}
    )
    problem(moved, 409, "webhook_there")
    more = await counter.post("integration", "/v1/webhooks", {"url": f"{HTTPS}/more"}, key="")
    problem(more, 409, "webhooks_full")


async def test_webhooks_belong_to_administrator_and_programs_and_to_one_shop(
    counter: Counter, database: Database
) -> None:
    made = await subscribed(counter)
    address = f"/v1/webhooks/{made['webhook']}"
    for role in ("agent", "supervisor", "auditor"):
        problem(await counter.get(role, "/v1/webhooks"), 403, "role_may_not")
        problem(await counter.post(role, "/v1/webhooks", {"url": HTTPS}, key=""), 403, "role_may_not")
        problem(await counter.get(role, f"{address}/deliveries"), 403, "role_may_not")
    problem(await counter.get(None, "/v1/webhooks"), 401, "who_are_you")
    theirs = await staffed(database, "bookshop")
    key = theirs["administrator"]
    headers = {"Authorization": f"Bearer {key}"}
    assert (await counter.get(key, "/v1/webhooks")).json() == {"items": []}
    problem(await counter.get(key, address), 404, "unknown")
    problem(await counter.get(key, f"{address}/deliveries"), 404, "unknown")
    problem(await counter.http.patch(address, headers=headers, json={"state": "off"}), 404, "unknown")
    problem(await counter.http.delete(address, headers=headers), 404, "unknown")
    for what in ("rotate", "replay", "test", "deliveries/1/resend"):
        body = {"since": "2026-11-23T00:00:00Z"} if what == "replay" else {}
        problem(await counter.post(key, f"{address}/{what}", body, key=""), 404, "unknown")
    problem(await counter.get("integration", "/v1/webhooks/wh_x"), 422, "fields_unfit")
    problem(await counter.get("integration", "/v1/webhooks?shop=bookshop"), 404, "unknown")
    problem(await counter.post("integration", f"{address}/deliveries/999/resend", key=""), 404, "unknown")


async def test_a_programs_key_does_not_point_the_gateway_elsewhere(counter: Counter) -> None:
    gateway = await subscribed(counter, role="administrator", takes="messages")
    address = f"/v1/webhooks/{gateway['webhook']}"
    headers = counter.headers("integration")
    other = {"url": f"{HTTPS}/mine", "takes": "messages"}
    problem(await counter.post("integration", "/v1/webhooks", other, key=""), 403, "gateway_not_yours")
    problem(await counter.post("administrator", "/v1/webhooks", other, key=""), 409, "webhook_there")
    problem(await counter.http.patch(address, headers=headers, json={"url": f"{HTTPS}/mine"}), 403, "gateway_not_yours")
    problem(await counter.http.delete(address, headers=headers), 403, "gateway_not_yours")
    problem(await counter.post("integration", f"{address}/rotate", {}, key=""), 403, "gateway_not_yours")


async def test_deliveries_come_in_pages_by_state(counter: Counter) -> None:
    made = await subscribed(counter)
    address = f"/v1/webhooks/{made['webhook']}"
    for _ in range(5):
        await counter.post("integration", f"{address}/test", key="")
    seen: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await counter.get("integration", f"{address}/deliveries", params={"limit": "2", **cursor})).json()
        seen += [each["delivery"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == 5
    assert seen == sorted(set(seen), reverse=True)
    assert await deliveries(counter, made["webhook"], state="dead") == []
    for bad in ("x", "WzEyMw", "W251bGwsIngiXQ", "W251bGwsIi0xIl0"):
        wrong = await counter.get("integration", f"{address}/deliveries", params={"cursor": bad})
        problem(wrong, 422, "fields_unfit", "cursor")
