"""Whatever is sent, the answer names field, rule and way out, and nothing is half done."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from tests.api.counter import Counter, complaint_body, order_body
from tests.builders import it_goes_on

MONEY = {"amount": "69.00", "currency": "CNY"}
SENTENCE = "agreed by phone"


def problem(answer: httpx2.Response, status: int, code: str, field: str | None = None) -> dict[str, Any]:
    """The problem that was answered, complete and of this kind."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["code"] == code, told
    assert told["type"] == f"urn:redress:problem:{code}"
    assert told["status"] == status
    assert told["detail"]
    assert told["way_out"]
    assert told["sentence_zh"]
    assert told["way_out_zh"]
    assert told["rule"]
    assert told["request_id"] == answer.headers["x-request-id"]
    if field is not None:
        assert field in {told["field"], *(error["field"] for error in told["errors"])}, told
    return told


async def acknowledged(counter: Counter) -> str:
    """A case whose first message has fallen to a person, since no mail server is set: it moves no more by itself."""
    case = (await counter.complain()).json()["case"]["case"]

    async def told() -> bool:
        tasks = (await counter.get("agent", f"/v1/cases/{case}")).json()["case"]["tasks"]
        return "tell-1" in {task["key"] for task in tasks}

    assert await counter.until(told)
    return case


async def cases_of(counter: Counter) -> list[str]:
    page = (await counter.get("agent", "/v1/cases")).json()
    return [each["case"] for each in page["items"]]


async def test_an_order_that_is_not_registered_opens_the_case_as_not_verified(counter: Counter) -> None:
    told = (await counter.complain(order="T-unknown")).json()["case"]

    assert told["story"]["verified"] is False
    assert "verify_order" in {task["step"] for task in told["tasks"]}


async def test_a_line_that_the_order_has_not_is_refused_and_opens_nothing(counter: Counter) -> None:
    await counter.register()
    refused = await counter.complain(line=9, key="k")

    told = problem(refused, 422, "unknown_line", "line")
    assert told["rule"] == "F"
    assert await cases_of(counter) == []
    assert (await counter.complain(line=1, key="k")).status_code == 201, "the mended request may use the same key"


async def test_more_than_was_bought_is_refused(counter: Counter) -> None:
    await counter.register()
    problem(await counter.complain(quantity=3), 422, "quantity_above_bought", "quantity")


@pytest.mark.parametrize(
    "amount",
    ["-1.00", "1234567890123456789", "1.005", "1e3", "1,50", "", " 1.00", "NaN", "１.00", 12.5, 12, None, True],
)
async def test_money_that_is_not_exact_is_refused(counter: Counter, amount: object) -> None:
    lines = [{"line": 1, "product": "teapot", "quantity": 1, "paid": {"amount": amount, "currency": "CNY"}}]
    refused = await counter.register(lines=lines)

    told = problem(refused, 422, "fields_unfit")
    assert told["field"].startswith("lines[0].paid"), told
    assert (await counter.get("integration", "/v1/orders/T-1001")).status_code == 404


@pytest.mark.parametrize("currency", ["USD", "XXX", "cny", "", 1])
async def test_money_of_another_currency_is_refused(counter: Counter, currency: object) -> None:
    lines = [{"line": 1, "product": "teapot", "quantity": 1, "paid": {"amount": "1.00", "currency": currency}}]
    told = problem(await counter.register(lines=lines), 422, "fields_unfit")
    assert told["field"].startswith("lines[0].paid"), told


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "at least 1"),
        ("x" * 4001, "at most 4000"),
        ("a\\u0000b", "control character"),
        ("a\\ud800b", "half a character"),
        ("a\\u0007b", "control character"),
        ("   ", "blank"),
    ],
)
async def test_a_text_that_cannot_be_kept_is_refused_by_its_field(counter: Counter, text: str, wrong: str) -> None:
    body = json.dumps(complaint_body()).replace("The handle is cracked near the rim.", text)
    headers = {"content-type": "application/json"}
    refused = await counter.post("integration", "/v1/complaints", content=body.encode(), headers=headers)

    told = problem(refused, 422, "fields_unfit", "description")
    assert wrong in told["errors"][0]["message"]
    assert await cases_of(counter) == []


async def test_a_body_of_100_kilobytes_is_refused_before_it_is_read(counter: Counter) -> None:
    told = problem(await counter.complain(description="x" * 100_000), 413, "too_large")
    assert "65536" in told["detail"]


async def test_a_long_body_without_a_length_is_refused_too(counter: Counter) -> None:
    async def pieces() -> Any:
        for _ in range(20):
            yield b"x" * 10_000

    answer = await counter.post("integration", "/v1/complaints", content=pieces())
    problem(answer, 413, "too_large")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b"null", b"\xff\xfe", b"{" * 3000, b"1" * 5000, b'{"a":NaN}']
)
async def test_a_body_that_is_no_json_object_is_refused(counter: Counter, body: bytes) -> None:
    answer = await counter.post(
        "integration", "/v1/complaints", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code in {400, 422}, answer.text
    problem(answer, answer.status_code, answer.json()["code"])


async def test_fields_that_do_not_exist_are_refused_and_their_values_not_repeated(counter: Counter) -> None:
    answer = await counter.complain(phnoe="13800138000", **{"王芳 13800138000": 1})

    told = problem(answer, 422, "fields_unfit", "phnoe")
    assert "13800138000" not in answer.text
    assert "王芳" not in answer.text
    assert {error["message"] for error in told["errors"]} == {"there is no such field"}


@pytest.mark.parametrize("value", ["yes", 1, "1"])
async def test_numbers_and_truths_are_not_guessed_from_texts(counter: Counter, value: object) -> None:
    problem(await counter.complain(line="1"), 422, "fields_unfit", "line")
    problem(await counter.step("agent", "AS-2026-000001", "record_call", reached=value), 422, "fields_unfit", "reached")


async def test_an_instant_in_the_future_or_without_zone_is_refused(counter: Counter) -> None:
    problem(await counter.complain(received_at="2099-01-01T00:00:00Z"), 422, "fields_unfit", "received_at")
    problem(await counter.complain(received_at="2026-11-01T00:00:00"), 422, "fields_unfit", "received_at")
    problem(await counter.complain(received_at=1_790_000_000), 422, "fields_unfit", "received_at")
    problem(await counter.complain(received_at="1999-11-01T00:00:00Z"), 422, "fields_unfit", "received_at")


async def test_without_a_key_nothing_is_opened(counter: Counter) -> None:
    told = problem(await counter.complain(key=""), 400, "idempotency_key_missing")
    assert "Idempotency-Key" in told["detail"]
    problem(await counter.complain(key="x" * 201), 400, "idempotency_key_unfit")
    problem(await counter.complain(key="with blank"), 400, "idempotency_key_unfit")
    assert await cases_of(counter) == []


async def test_a_step_that_does_not_exist_is_unknown(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]

    problem(await manned.step("agent", case, "make_tea"), 404, "step_unknown")
    problem(await manned.step("agent", case, "take_payment_news"), 404, "step_unknown")
    problem(await manned.step("supervisor", case, "approve_slip", amount=MONEY), 404, "step_unknown")


async def test_a_step_too_early_says_what_is_open_instead(manned: Counter) -> None:
    case = await acknowledged(manned)
    before = (await manned.get("agent", f"/v1/cases/{case}")).json()
    refused = await manned.step(
        "agent", case, "propose_remedy", kind="return_and_refund", refund=MONEY, words="Please send it back."
    )

    told = problem(refused, 409, refused.json()["code"])
    assert "judge" in told["open_steps"]
    live = (await manned.get("agent", f"/v1/cases/{case}")).json()
    assert live["case"] == before["case"], "a refused step changes nothing"


async def test_a_remedy_that_costs_money_waits_for_the_photo(manned: Counter) -> None:
    await manned.register()
    case = (await manned.complain()).json()["case"]["case"]
    judged = await manned.step(
        "agent", case, "judge", fault_confirmed=True, responsible="shop", severity="minor", fault="crack"
    )
    assert judged.status_code == 200, judged.text
    refused = await manned.step(
        "agent", case, "propose_remedy", kind="return_and_refund", refund=MONEY, words="Please send it back."
    )
    assert problem(refused, 409, "evidence_missing")["rule"] == "T,S,F"


async def test_a_step_pressed_twice_is_taken_once(manned: Counter) -> None:
    case = await acknowledged(manned)
    first = await manned.step("agent", case, "give_feedback", **it_goes_on("We look into it."), key="twice")
    again = await manned.step("agent", case, "give_feedback", **it_goes_on("We look into it."), key="twice")

    assert [first.status_code, again.status_code] == [200, 200], again.text
    assert first.json()["case"] == again.json()["case"]
    live = (await manned.get("agent", f"/v1/cases/{case}")).json()["case"]
    assert [letter["number"] for letter in live["story"]["letters"]] == [1, 2], "one feedback, one message"


async def test_the_same_key_with_another_body_or_step_or_person_is_refused(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    await manned.step("agent", case, "give_feedback", **it_goes_on("We look into it."), key="mine")

    other_body = await manned.step("agent", case, "give_feedback", **it_goes_on("We do not."), key="mine")
    problem(other_body, 422, "idempotency_key_reused")
    other_person = await manned.step("supervisor", case, "give_feedback", **it_goes_on("We look into it."), key="mine")
    problem(other_person, 422, "idempotency_key_reused")
    other_step = await manned.step("supervisor", case, "close_case", reason=SENTENCE, key="mine")
    problem(other_step, 422, "idempotency_key_reused")


async def test_a_step_too_late_finds_the_case_closed(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    closed = await manned.step("agent", case, "withdraw", key="last")
    assert closed.status_code == 200, closed.text

    async def ended() -> bool:
        late = await manned.step("agent", case, "give_feedback", **it_goes_on("Too late."))
        return late.status_code == 409 and late.json()["code"] == "case_closed"

    assert await manned.until(ended)
    again = await manned.step("agent", case, "withdraw", key="last")
    assert again.status_code == 200, "the last step's own repeat gets its answer: " + again.text
    assert again.json()["case"] == closed.json()["case"]


async def test_a_version_that_moved_stops_the_step_but_not_its_repeat(manned: Counter) -> None:
    case = await acknowledged(manned)
    seen = {"If-Match": (await manned.get("agent", f"/v1/cases/{case}")).headers["etag"]}
    taken = await manned.step("agent", case, "give_feedback", **it_goes_on("First."), headers=seen, key="first")
    assert taken.status_code == 200, taken.text

    late = await manned.step("agent", case, "give_feedback", **it_goes_on("Second."), headers=seen)
    problem(late, 412, "version_moved")
    repeat = await manned.step("agent", case, "give_feedback", **it_goes_on("First."), headers=seen, key="first")
    assert repeat.status_code == 200, repeat.text
    unread = await manned.step("agent", case, "give_feedback", **it_goes_on("x"), headers={"If-Match": "seven"})
    problem(unread, 400, "version_unreadable")


async def test_unknown_addresses_and_methods_answer_as_problems(counter: Counter) -> None:
    problem(await counter.get("agent", "/v1/nowhere"), 404, "nothing_here")
    problem(await counter.get("agent", "/v1/complaints"), 405, "method_not_allowed")
    problem(await counter.get("agent", "/v1/cases", params={"cursor": "rubbish"}), 422, "fields_unfit", "cursor")
    problem(await counter.get("agent", "/v1/cases", params={"limit": "0"}), 422, "fields_unfit", "limit")
    problem(await counter.get("agent", "/v1/queues/kitchen"), 422, "fields_unfit", "desk")
    problem(await counter.get("agent", "/v1/cases/%00"), 404, "case_unknown")


async def test_who_asks_for_chinese_is_answered_in_chinese(counter: Counter) -> None:
    answer = await counter.get("agent", "/v1/cases/AS-1", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})
    told = problem(answer, 404, "case_unknown")
    assert told["detail"] == told["sentence_zh"]
    assert answer.headers["content-language"] == "zh"


async def test_an_order_whose_lines_contradict_each_other_is_refused(counter: Counter) -> None:
    twice = [order_body()["lines"][0], order_body()["lines"][0]]
    problem(await counter.register(lines=twice), 422, "fields_unfit")
    problem(await counter.register(lines=[]), 422, "fields_unfit", "lines")
