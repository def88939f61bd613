"""The first words to a customer over HTTP: greeting and feedback, complete or refused, once however often sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.counter import Counter
from tests.api.test_bad_input import problem
from tests.builders import it_goes_on


async def chat(counter: Counter) -> str:
    return (await counter.complain(channel="chat")).json()["case"]["case"]


@pytest.mark.parametrize("part", ["process", "expected_by", "next_step"])
async def test_a_feedback_without_one_of_its_three_parts_is_refused_by_its_name(manned: Counter, part: str) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    lacking = {name: said for name, said in it_goes_on().items() if name != part}
    problem(await manned.step("agent", case, "give_feedback", **lacking), 422, "fields_unfit", part)
    empty: dict[str, Any] = it_goes_on() | {part: ""}
    problem(await manned.step("agent", case, "give_feedback", **empty), 422, "fields_unfit", part)
    longer = it_goes_on() | {part: "x" * 2_001}
    problem(await manned.step("agent", case, "give_feedback", **longer), 422, "fields_unfit", part)


async def test_a_time_to_expect_something_lies_ahead(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    past = it_goes_on() | {"expected_by": (datetime.now(UTC) - timedelta(minutes=1)).isoformat()}
    refused = problem(await manned.step("agent", case, "give_feedback", **past), 422, "expected_in_the_past")
    assert refused["field"] == "expected_by"
    ahead = it_goes_on() | {"expected_by": "2099-01-01T08:00:00+08:00"}
    taken = await manned.step("agent", case, "give_feedback", **ahead)
    assert taken.status_code == 200, taken.text


async def test_a_greeting_is_taken_once_and_refused_the_second_time(manned: Counter) -> None:
    case = await chat(manned)
    first = await manned.step("agent", case, "greet", key="hello")
    again = await manned.step("agent", case, "greet", key="hello")
    assert (first.status_code, first.json()["recorded"]) == (200, ["customer_greeted"]), first.text
    assert again.json()["case"] == first.json()["case"]
    problem(await manned.step("supervisor", case, "greet", key="hello-too"), 409, "already_greeted")


async def test_nobody_but_the_desks_agents_greets_and_a_greeting_says_nothing_more(manned: Counter) -> None:
    case = await chat(manned)
    problem(await manned.step("warehouse", case, "greet"), 403, "role_may_not")
    problem(await manned.step("agent", case, "greet", words="Hello, this is Lin."), 422, "fields_unfit", "words")
    problem(await manned.step("agent", "AS-2026-999999", "greet"), 404, "case_unknown")


async def test_a_clock_that_stands_still_says_for_whom_and_since_when(manned: Counter) -> None:
    opened = (await manned.complain()).json()["case"]
    whole = next(clock for clock in opened["clocks"] if clock["name"] == "resolution")
    assert (whole["paused_for"], whole["on_time"], whole["escalated_to"]) == ("customer", None, None)
    (stretch,) = whole["ledger"]["segments"]
    assert stretch == {"since": whole["started_at"], "until": None, "cause": "customer", "counted_seconds": None}
    assert (whole["ledger"]["budget_seconds"], whole["ledger"]["hours"]) == (15 * 86_400, "wall")
    feedback = next(clock for clock in opened["clocks"] if clock["name"] == "first_feedback")
    assert (feedback["paused_for"], feedback["ledger"]) == (None, None)
