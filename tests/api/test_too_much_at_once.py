"""A case that is asked too much at once says so, and nothing is lost."""

from __future__ import annotations

import asyncio

from temporalio.client import Client

from db.sessions import Database
from settings import Settings
from tests.api.counter import Counter
from tests.builders import it_goes_on
from worker import cases_worker


async def test_a_crowd_at_one_case_is_put_off_and_served_later_under_the_same_keys(
    counter: Counter, settings: Settings, temporal: Client, database: Database
) -> None:
    case = (await counter.complain()).json()["case"]["case"]

    async def ask() -> set[int]:
        asked = (
            counter.step("agent", case, "give_feedback", **it_goes_on(f"No. {n}"), key=f"crowd-{n}") for n in range(14)
        )
        answers = await asyncio.gather(*asked)
        assert all("retry-after" in answer.headers for answer in answers if answer.status_code != 200)
        return {answer.status_code for answer in answers}

    assert await ask() <= {429, 503}
    async with cases_worker(temporal, database, settings):

        async def served() -> bool:
            return await ask() == {200}

        assert await counter.until(served)
        told = (await counter.get("auditor", f"/v1/cases/{case}/timeline")).json()["items"]
    assert [line["event"] for line in told].count("feedback_given") == 14
