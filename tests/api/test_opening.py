"""Opening a complaint: without a worker, once per key, whatever breaks in between."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from temporalio.client import Client

from db.sessions import Database
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter
from tests.builders import it_goes_on


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


async def test_a_crash_after_the_start_leaves_one_case_that_the_same_request_finds_again(
    counter: Counter, database: Database, temporal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crashed(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as dying:
        dying.setattr("api.opened._mark", crashed)
        dying.setattr("upkeep.case_rows.CaseRows.keep", crashed)
        with pytest.raises(asyncio.CancelledError):
            await counter.complain(key="cut-off")
    assert (await counter.get("agent", "/v1/cases")).json()["items"] == []

    again = await counter.complain(key="cut-off")
    case = again.json()["case"]["case"]
    assert again.headers["idempotent-replayed"] == "true"
    listed = (await counter.get("agent", "/v1/cases")).json()["items"]
    assert [each["case"] for each in listed] == [case]
    assert [each.id async for each in temporal.list_workflows()] in ([case], []), "never two"


async def test_a_crash_between_the_claim_and_the_start_is_mended_by_the_same_request(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crashed(*_: object) -> bool:
        raise asyncio.CancelledError

    with monkeypatch.context() as dying:
        dying.setattr("api.commands.Commands.open", crashed)
        with pytest.raises(asyncio.CancelledError):
            await counter.complain(key="cut-off")

    mended = await counter.complain(key="cut-off")
    assert mended.status_code == 201
    assert "idempotent-replayed" not in mended.headers, "it is opened only now"
    assert len((await counter.get("agent", "/v1/cases")).json()["items"]) == 1


async def test_a_repeated_key_answers_the_same_after_the_case_has_moved_on(manned: Counter) -> None:
    first = await manned.complain(key="again")
    case = first.json()["case"]["case"]
    assert (await manned.step("agent", case, "give_feedback", **it_goes_on("We look at it."))).status_code == 200
    again = await manned.complain(key="again")

    assert again.json()["case"] == first.json()["case"]
    live = (await manned.get("agent", f"/v1/cases/{case}", params={"from": "list"})).json()["case"]
    assert live["version"] > 1, "the old answer does not overwrite the row"


async def test_a_complaint_entered_later_counts_from_its_true_receipt(counter: Counter) -> None:
    told = (await counter.complain(received_at="2026-11-01T08:00:00+08:00")).json()["case"]

    assert told["opened_at"] == "2026-11-01T00:00:00Z"
    assert all(clock["started_at"] == "2026-11-01T00:00:00Z" for clock in told["clocks"])


async def test_what_is_missing_is_asked_for_and_not_refused(counter: Counter) -> None:
    bare = {"order": None, "line": None, "quantity": None, "description": None, "customer": None}
    told = await counter.complain(**bare)

    assert told.status_code == 201, told.text
    assert set(told.json()["case"]["story"]["missing"]) == {"order", "line", "quantity", "description", "contact"}


async def test_nothing_personal_lies_open_in_the_history_or_the_database(
    manned: Counter, temporal: Client, database: Database
) -> None:
    case = (await manned.complain(customer={"name": "王芳", "phone": "138 0013 8000"})).json()["case"]["case"]
    facts = {"email": "wang@example.com", "description": "The lid is cracked too."}
    supplied = await manned.step("agent", case, "supply_facts", **facts)
    assert supplied.status_code == 200, supplied.text
    exported = (await manned.get("auditor", f"/v1/cases/{case}/history")).text
    assert exported.startswith('{"format"')
    history = await temporal.get_workflow_handle(case).fetch_history()
    raw = "".join(event.SerializeToString().decode("latin-1") for event in history.events)
    async with database.reading() as session:
        rows = (await session.execute(text("SELECT string_agg(cases::text, '') FROM cases"))).scalar_one()
    for canary in ("王芳", "13800138000", "138 0013 8000", "wang@example.com", "lid is cracked", "handle is cracked"):
        assert canary not in exported
        assert canary.encode().decode("latin-1") not in raw
        assert canary not in rows


async def test_the_timeline_tells_who_did_what_by_which_rule(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    assert (await manned.step("agent", case, "give_feedback", **it_goes_on("We look at it."))).status_code == 200
    told = (await manned.get("auditor", f"/v1/cases/{case}/timeline")).json()["items"]

    assert told[0]["event"] == "complaint_opened"
    feedback = next(line for line in told if line["event"] == "feedback_given")
    assert (feedback["role"], feedback["name"], feedback["rule"]) == ("agent", "agent of teahouse", "F")
    assert feedback["sentence"]
    assert feedback["sentence_zh"]
    assert (await manned.get("auditor", "/v1/cases/AS-2026-999999/timeline")).status_code == 404


async def test_a_repeat_after_the_order_was_corrected_still_finds_its_case(counter: Counter) -> None:
    await counter.register()
    first = await counter.complain(key="before")
    lines = [{"line": 7, "product": "another pot", "quantity": 1, "paid": {"amount": "10.00", "currency": "CNY"}}]
    assert (await counter.register(lines=lines)).status_code == 200
    again = await counter.complain(key="before")
    assert again.status_code == 201
    assert again.json()["case"]["case"] == first.json()["case"]["case"]
    assert (await counter.complain(key="after")).json()["code"] == "unknown_line"
