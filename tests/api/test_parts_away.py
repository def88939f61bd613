"""Temporal, the worker or the database away: an honest 503 in time, and the same key succeeds later."""

from __future__ import annotations

import base64
import time

import httpx2
from pydantic import SecretStr
from temporalio.client import Client

from db.sessions import Database
from settings import Settings
from standalone.ports import free_ports
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter
from tests.api.outages import database_away
from tests.api.test_bad_input import acknowledged, problem
from tests.builders import it_goes_on
from tests.env import PostgresForTests
from worker import cases_worker
from workflows.wire import WIRE


async def without_temporal(open_counter: OpenCounter, temporal: Client) -> Counter:
    nowhere = f"127.0.0.1:{free_ports(1)[0]}"
    client = await Client.connect(nowhere, namespace=temporal.namespace, lazy=True, data_converter=WIRE)
    return await open_counter(client=client)


def told_to_come_again(answer: httpx2.Response, began: float, settings: Settings) -> None:
    problem(answer, 503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert time.monotonic() - began < settings.step_timeout_seconds + 2


async def answered(counter: Counter, case: str) -> httpx2.Response | None:
    """The answer under the same key; None while a worker that has just come is still on its way."""
    answer = await counter.step("agent", case, "give_feedback", **it_goes_on("Soon."), key="later")
    return None if answer.status_code == 503 else answer


async def test_a_step_without_a_worker_is_answered_in_time_and_succeeds_later_under_the_same_key(
    counter: Counter, settings: Settings, temporal: Client, database: Database
) -> None:
    case = (await counter.complain()).json()["case"]["case"]
    began = time.monotonic()
    told_to_come_again(
        await counter.step("agent", case, "give_feedback", **it_goes_on("Soon."), key="later"), began, settings
    )
    began = time.monotonic()
    told_to_come_again(await counter.get("agent", f"/v1/cases/{case}"), began, settings)
    copy = await counter.get("agent", f"/v1/cases/{case}", params={"from": "list"})
    assert copy.json()["case"]["version"] == 1

    async with cases_worker(temporal, database, settings):
        later = await counter.until(lambda: answered(counter, case))
    assert later.status_code == 200, later.text
    assert "feedback_given" in later.json()["recorded"]


async def test_without_temporal_nothing_is_opened_and_the_same_key_opens_one_case_later(
    counter: Counter, open_counter: OpenCounter, temporal: Client, settings: Settings
) -> None:
    cut_off = await without_temporal(open_counter, temporal)
    cut_off.keys = counter.keys
    began = time.monotonic()
    told_to_come_again(await cut_off.complain(key="stormy"), began, settings)
    told_to_come_again(await cut_off.complain(key="stormy"), began, settings)
    assert (await counter.get("agent", "/v1/cases")).json()["items"] == []

    first, again = await counter.complain(key="stormy"), await counter.complain(key="stormy")
    assert first.status_code == again.status_code == 201
    assert first.json()["case"]["case"] == again.json()["case"]["case"]
    assert len((await counter.get("agent", "/v1/cases")).json()["items"]) == 1


async def test_readiness_names_what_is_missing(
    counter: Counter, open_counter: OpenCounter, temporal: Client, database: Database, settings: Settings
) -> None:
    assert (await counter.get(None, "/healthz")).json() == {"status": "alive"}
    unmanned = await counter.get(None, "/readyz")
    assert unmanned.status_code == 503
    assert unmanned.json() == {"database": "ready", "temporal": "ready", "worker": "missing"}
    cut_off = await without_temporal(open_counter, temporal)
    assert (await cut_off.get(None, "/readyz")).json()["temporal"] == "missing"

    async with cases_worker(temporal, database, settings):

        async def ready() -> bool:
            return (await counter.get(None, "/readyz")).status_code == 200

        assert await counter.until(ready)


async def test_steps_go_on_while_the_database_is_away_and_the_read_model_catches_up(
    manned: Counter, migrated_postgres: PostgresForTests, settings: Settings
) -> None:
    case = await acknowledged(manned)
    async with database_away(migrated_postgres, settings.database_url):
        step = await manned.step("agent", case, "give_feedback", **it_goes_on("We look into it."))
        assert step.status_code == 200, step.text
        problem(await manned.get("agent", "/v1/cases"), 503, "unavailable")
        behind = (await manned.get(None, "/metrics")).text
        assert "redress_rows_owed 1.0" in behind

    async def caught_up() -> bool:
        listed = await manned.get("agent", f"/v1/cases/{case}", params={"from": "list"})
        return listed.status_code == 200 and listed.json()["case"]["version"] >= step.json()["case"]["version"]

    assert await manned.until(caught_up)


async def test_a_key_never_seen_cannot_be_believed_while_the_database_is_away(
    counter: Counter, migrated_postgres: PostgresForTests, settings: Settings
) -> None:
    async with database_away(migrated_postgres, settings.database_url):
        problem(await counter.get("agent", "/v1/me"), 503, "unavailable")


async def test_under_another_master_key_nothing_new_is_sealed_and_the_asker_is_told(
    counter: Counter, open_counter: OpenCounter, settings: Settings
) -> None:
    await counter.complain()
    another = SecretStr(base64.b64encode(bytes(range(1, 33))).decode())
    restored = await open_counter(settings=settings.model_copy(update={"master_key": another}))
    restored.keys = counter.keys
    problem(await restored.complain(customer={"reference": "K-other", "name": "Wang"}), 503, "vault_shut")
    problem(await restored.register("T-2002", customer={"reference": "K-third", "name": "Zhou"}), 503, "vault_shut")
