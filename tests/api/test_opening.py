"""Opening a complaint: without a worker, once per key, whatever breaks in between."""

from __future__ import annotations

import asyncio

from tests.api.conftest import OpenCounter
from tests.api.counter import Counter


async def test_a_complaint_opens_and_answers_while_every_worker_is_down(counter: Counter) -> None:
    answer = await counter.complain(key="first")

    assert answer.status_code == 201, answer.text
    told = answer.json()
    case = told["case"]["case"]
    assert answer.headers["location"] == f"/v1/cases/{case}"
    assert case.startswith("AS-")
    assert told["case"]["version"] == 1
    assert told["case"]["kind"] == "complaint"
    assert {clock["name"] for clock in told["case"]["clocks"]}
    assert any(step["open"] for step in told["steps"])


async def test_the_same_key_opens_one_case_however_often_and_wherever_it_is_sent(
    counter: Counter, open_counter: OpenCounter
) -> None:
    other = await open_counter()
    other.keys = counter.keys
    first = await counter.complain(key="same")
    again = await counter.complain(key="same")
    elsewhere = await other.complain(key="same")

    assert [first.status_code, again.status_code, elsewhere.status_code] == [201, 201, 201]
    assert again.json()["case"] == first.json()["case"] == elsewhere.json()["case"]
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"


async def test_of_many_at_once_under_one_key_exactly_one_case_is_opened(counter: Counter) -> None:
    answers = await asyncio.gather(*(counter.complain(key="at-once") for _ in range(8)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["case"]["case"] for answer in answers}) == 1


async def test_the_same_key_with_another_body_is_refused(counter: Counter) -> None:
    await counter.complain(key="mine")
    other = await counter.complain(key="mine", quantity=2)

    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"
    assert other.headers["content-type"] == "application/problem+json"
