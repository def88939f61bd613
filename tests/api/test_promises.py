"""Promises, a customer who asks, and watched parcels over HTTP, with their registers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.counter import Counter


async def complaint(manned: Counter, **changes: Any) -> str:
    opened = await manned.complain(**changes)
    assert opened.status_code == 201, opened.text
    return opened.json()["case"]["case"]


def soon(**by: float) -> str:
    return (datetime.now(UTC) + timedelta(**by)).isoformat()


async def by_link(manned: Counter, case: str) -> dict[str, str]:
    link = (await manned.post("agent", f"/v1/cases/{case}/link")).json()
    return {"Authorization": f"Bearer {link['token']}"}


async def test_a_promise_is_made_renewed_and_kept_and_stands_in_the_register(manned: Counter) -> None:
    case = await complaint(manned)
    made = await manned.step("call_back", case, "make_promise", words="I call you back", minutes=20)
    assert made.status_code == 200, made.text
    (promise,) = made.json()["case"]["story"]["promises"]
    assert (promise["words"], promise["kept_at"], promise["who"]["role"]) == ("I call you back", None, "call_back")

    in_shanghai = (datetime.now(UTC) + timedelta(days=2)).astimezone(UTC).isoformat().replace("+00:00", "Z")
    moved = await manned.step(
        "agent", case, "renew_promise", number=1, until=in_shanghai, message="The workshop needs two days."
    )
    assert moved.status_code == 200, moved.text
    await manned.step("agent", case, "make_promise", words="you hear from us", until=soon(hours=24))

    page = (await manned.get("supervisor", "/v1/registers/promises")).json()
    assert [(line["number"], line["renewals"], line["broken_at"]) for line in page["items"]] == [
        (2, 0, None),
        (1, 1, None),
    ]
    assert page["items"][0]["who"]["name"].startswith("agent")

    kept = await manned.step("agent", case, "keep_promise", number=1, note="called, all is well")
    assert kept.json()["recorded"] == ["promise_kept"]
    page = (await manned.get("supervisor", "/v1/registers/promises", params={"limit": 1})).json()
    assert [line["number"] for line in page["items"]] == [2]
    again = await manned.step("agent", case, "keep_promise", number=1, note="called, all is well")
    assert (again.status_code, again.json()["code"]) == (409, "promise_over")


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({}, 422, "promise_time_unclear"),
        ({"minutes": 5, "until": "2030-01-01T00:00:00Z"}, 422, "promise_time_unclear"),
        ({"until": "2020-01-01T00:00:00Z"}, 422, "promise_time_unfit"),
        ({"until": "2099-01-01T00:00:00Z"}, 422, "promise_time_unfit"),
        ({"minutes": 60 * 24 * 15}, 422, "promise_time_unfit"),
        ({"until": "9999-12-31T23:59:59-12:00"}, 422, "fields_unfit"),
        ({"until": "2030-01-01T00:00:00"}, 422, "fields_unfit"),
        ({"until": 1893456000}, 422, "fields_unfit"),
        ({"until": "tomorrow"}, 422, "fields_unfit"),
        ({"minutes": 0}, 422, "fields_unfit"),
        ({"minutes": 2.5}, 422, "fields_unfit"),
        ({"minutes": 20, "words": "x" * 201}, 422, "fields_unfit"),
    ],
)
async def test_a_time_that_does_not_fit_is_refused_by_its_field(
    manned: Counter, fields: dict[str, Any], status: int, code: str
) -> None:
    case = await complaint(manned)
    answer = await manned.step("agent", case, "make_promise", **{"words": "I call you back", **fields})
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_a_timetable_has_up_to_ten_lines_each_with_its_time(manned: Counter) -> None:
    case = await complaint(manned)
    lines = [{"what": f"step {number}", "until": soon(hours=number)} for number in range(1, 11)]
    given = await manned.step("agent", case, "set_timetable", lines=lines)
    assert given.status_code == 200, given.text
    told = given.json()["case"]["story"]
    assert [promise["words"] for promise in told["promises"]] == [line["what"] for line in lines]
    assert all(promise["planned"] for promise in told["promises"])
    assert told["letters"][-1]["kind"] == "timetable"
    for wrong in ([], [*lines, lines[0]], [{"what": "step 1"}], [{**lines[0], "who": "Lin"}], "soon", [lines]):
        answer = await manned.step("agent", case, "set_timetable", lines=wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "fields_unfit"), wrong
    answer = await manned.step("agent", case, "set_timetable", lines=lines[::-1])
    assert (answer.status_code, answer.json()["code"]) == (422, "timetable_unordered")


async def test_the_same_time_in_another_zone_is_the_same_request(manned: Counter) -> None:
    case = await complaint(manned)
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    for written in (at.isoformat(), (at + timedelta(hours=8)).isoformat().replace("+00:00", "+08:00")):
        answer = await manned.step("agent", case, "make_promise", key="once", words="I call you back", until=written)
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["case"]["story"]["promises"]) == 1


async def test_a_customer_asks_by_the_link_sees_the_promises_and_not_the_desks_count(manned: Counter) -> None:
    case = await complaint(manned)
    await manned.step("agent", case, "make_promise", words="I call you back", minutes=20)
    link = await by_link(manned, case)
    asked = await manned.step(None, case, "ask_how_it_stands", words="Is anybody there? 有人吗？", headers=link)
    assert asked.status_code == 200, asked.text
    seen = asked.json()["case"]
    assert [promise["words"] for promise in seen["story"]["promises"]] == ["I call you back"]
    assert "chased" not in seen["story"]
    assert "anybody" not in asked.text

    desk = (await manned.get("agent", f"/v1/cases/{case}")).json()["case"]
    assert desk["story"]["chased"] == 1
    assert "contact" in {task["key"] for task in desk["tasks"]}
    words = (await manned.get("agent", f"/v1/cases/{case}/personal")).json()["words"]
    assert words["contact_1"] == "Is anybody there? 有人吗？"
    by_phone = await manned.step("agent", case, "record_contact", channel="phone", answered=True)
    assert by_phone.json()["case"]["story"]["chased"] == 2
    refused = await manned.step(None, case, "make_promise", words="I pay you back", minutes=5, headers=link)
    assert refused.status_code == 403


async def test_a_late_parcel_is_watched_checked_and_confirmed_and_stands_in_the_register(manned: Counter) -> None:
    await manned.register()
    case = await complaint(manned, problem="late_delivery")
    tracking = "SF0000000001"
    (line,) = (await manned.get("logistics", "/v1/registers/parcels-under-way")).json()["items"]
    assert (line["case"], line["tracking"], line["why"], line["checks"]) == (case, tracking, "late_parcel", [])
    assert line["overdue"] is False

    looked = await manned.step("logistics", case, "record_parcel_check", tracking=tracking.lower(), result="not_moving")
    assert looked.status_code == 200, looked.text
    (line,) = (await manned.get("auditor", "/v1/registers/parcels-under-way")).json()["items"]
    assert [check["result"] for check in line["checks"]] == ["not_moving"]

    await manned.step("logistics", case, "record_parcel_check", tracking=tracking, result="arrived")
    assert (await manned.get("logistics", "/v1/registers/parcels-under-way")).json()["items"] == []
    facts = {
        "tracking": tracking,
        "arrived_at": soon(hours=-1),
        "condition": "damaged",
        "manner": "good",
        "signed_by_customer": False,
    }
    ahead = await manned.step("agent", case, "confirm_arrival", **{**facts, "arrived_at": soon(hours=1)})
    assert (ahead.status_code, ahead.json()["code"]) == (422, "arrival_in_future")
    told = await manned.step("agent", case, "confirm_arrival", **facts, signed_by="王小明，邻居")
    assert told.status_code == 200, told.text
    assert "王小明" not in told.text
    arrival = told.json()["case"]["story"]["parcels"][0]["arrival"]
    assert arrival["exceptions"] == ["damaged", "signed_by_another"]
    words = (await manned.get("agent", f"/v1/cases/{case}/personal")).json()["words"]
    assert words["signed_by_1"] == "王小明，邻居"
    seen = await manned.step("salesperson", case, "acknowledge_exception", tracking=tracking)
    assert seen.json()["recorded"] == ["exception_seen"]
    not_theirs = await manned.step("agent", case, "acknowledge_exception", tracking=tracking)
    assert not_theirs.status_code == 403


async def test_registers_are_the_staffs_and_a_cursor_of_another_list_is_refused(manned: Counter) -> None:
    case = await complaint(manned)
    for register in ("promises", "parcels-under-way"):
        path = f"/v1/registers/{register}"
        assert (await manned.get(None, path)).status_code == 401
        assert (await manned.get(None, path, headers=await by_link(manned, case))).status_code == 403
        wrong = await manned.get("agent", path, params={"cursor": "W251bGxd"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "fields_unfit")
        assert (await manned.get("agent", path, params={"limit": 201})).status_code == 422
