"""A courier's connector over HTTP: signed, twice, before anybody has reported the parcel."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from temporalio.client import Client

from adapters.webhooks.posting import Answer, RecordingPoster
from adapters.webhooks.signing import new_secret, signed, verified
from db.sessions import Database
from settings import Settings
from tests.api.counter import Counter
from tests.api.test_bad_input import problem
from tests.api.test_parcels import awaited
from tests.api.test_replacements import reshipped
from tests.api.test_webhooks import subscribed
from upkeep.kept_news import tell_kept
from upkeep.tracking_registering import TrackingRegistrar, message_of
from worker import sealing_parts


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The connector of these tests lies on this machine, and speaks plain HTTP."""
    return settings.model_copy(update={"webhook_hosts": "127.0.0.1", "webhook_http": True})


async def sent(counter: Counter, made: dict[str, Any], secret: str = "", **more: Any) -> httpx2.Response:
    data = {"message_id": "m-1", "tracking": "SF777", "status": "in_transit", "at": "2026-11-20T00:00:00Z", **more}
    raw = json.dumps({"type": "tracking.news", "data": data}).encode()
    headers = signed([secret or made["secret"]], "msg_1", datetime.now(UTC), raw)
    headers["Content-Type"] = "application/json"
    return await counter.http.post(f"/v1/tracking-news?connector={made['webhook']}", content=raw, headers=headers)


async def test_early_news_are_kept_and_given_to_the_return_when_its_number_is_registered(
    manned: Counter, database: Database, temporal: Client
) -> None:
    counter = manned
    made = await subscribed(counter, "http://127.0.0.1:9/track", role="administrator", takes="tracking")
    for _ in range(2):
        early = await sent(counter, made)
        assert (early.status_code, early.json()) == (202, {"cases": []})
    assert await tell_kept(temporal, database) == 0
    await counter.register()
    returned = await awaited(counter)
    case = returned.removesuffix("-R1")
    parcel = {"carrier": "SF Express", "tracking": "SF777"}
    assert (await counter.step("agent", case, "report_shipment", **parcel)).status_code == 200

    async def told() -> int:
        return await tell_kept(temporal, database)

    assert await counter.until(told) == 1

    async def seen() -> bool:
        view = (await counter.get("agent", f"/v1/cases/{returned}")).json()["case"]
        return "in_transit" in json.dumps(view["story"])

    assert await counter.until(seen)
    assert (await sent(counter, made)).json() == {"cases": [returned]}


async def test_a_number_is_registered_at_the_service_once_however_often_it_was_tried(
    manned: Counter, database: Database, settings: Settings
) -> None:
    counter = manned
    made = await subscribed(counter, "http://127.0.0.1:9/track", role="administrator", takes="tracking")
    await counter.register()
    await awaited(counter, tracking="SF777")
    poster = RecordingPoster()
    poster.answers = [Answer(taken=False, said="503"), Answer(taken=False, said="timeout")]
    registrar = TrackingRegistrar(database, sealing_parts(settings, database)[0], poster)
    assert [await registrar.register_all() for _ in range(4)] == [0, 0, 1, 0]
    (post,) = poster.taken
    assert verified([made["secret"]], post.headers, post.body, datetime.now(UTC)) == message_of(
        made["webhook"], "SF777"
    )
    assert json.loads(post.body) == {"type": "tracking.register", "data": {"tracking": "SF777"}}


async def test_what_is_not_signed_or_says_otherwise_is_refused(manned: Counter) -> None:
    made = await subscribed(manned, "http://127.0.0.1:9/track", role="administrator", takes="tracking")
    problem(await sent(manned, made, secret=new_secret()), 401, "news_unsigned")
    assert (await sent(manned, made)).status_code == 202
    problem(await sent(manned, made, status="lost"), 409, "news_said_otherwise")
    problem(await sent(manned, made, status="eaten"), 422, "fields_unfit")
    problem(await sent(manned, made, tracking="S" * 65), 422, "fields_unfit")


async def test_a_replacement_is_registered_and_its_arrival_comes_by_the_service(
    manned: Counter, database: Database, settings: Settings
) -> None:
    counter = manned
    made = await subscribed(counter, "http://127.0.0.1:9/track", role="administrator", takes="tracking")
    case = await reshipped(counter, arrived=False)
    await counter.until(lambda: _listed(counter, case, ["SF7001"]))
    poster = RecordingPoster()
    registrar = TrackingRegistrar(database, sealing_parts(settings, database)[0], poster)
    assert [await registrar.register_all() for _ in range(2)] == [1, 0]
    assert json.loads(poster.taken[0].body)["data"] == {"tracking": "SF7001"}

    seen_at = datetime.now(UTC).isoformat()
    for _ in range(2):
        told = await sent(counter, made, tracking="sf7001", status="delivered", at=seen_at)
        assert (told.status_code, told.json()) == (202, {"cases": [case]})

    async def arrived() -> Any:
        story = (await counter.get("agent", f"/v1/cases/{case}")).json()["case"]["story"]
        return story if story["fulfilments"][0]["state"] == "done" else None

    story = await counter.until(arrived)
    (check,) = story["parcels"][0]["checks"]
    assert (check["result"], check["by"]) == ("arrived", "courier")
    await counter.until(lambda: _listed(counter, case, []))
    late = await sent(counter, made, tracking="SF7001", status="in_transit", message_id="m-2")
    assert late.json() == {"cases": []}, "nobody waits for it any more"


async def _listed(counter: Counter, case: str, tracking: list[str]) -> bool:
    row = await counter.get("agent", f"/v1/cases/{case}", params={"from": "list"})
    return bool(row.json()["case"]["tracking"] == tracking)
