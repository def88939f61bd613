"""Stopping and recalling over HTTP, and the register of recall slips."""

from __future__ import annotations

from typing import Any

from db.sessions import Database
from domain.people import Role
from tests.api.counter import Counter, staffed
from tests.api.test_bad_input import problem

DISPATCHED = "2026-11-18T08:00:00Z"


async def opened(counter: Counter, **changes: Any) -> str:
    answer = await counter.complain(problem="changed_mind", **changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case"]["case"])


async def taken(counter: Counter, role: str, case: str, step: str, **fields: Any) -> dict[str, Any]:
    answer = await counter.step(role, case, step, **fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def slips(counter: Counter, by: str = "label_desk", **asked: str) -> list[dict[str, Any]]:
    answer = await counter.get(by, "/v1/registers/recall-slips", params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_the_register_shows_each_slip_with_whom_part_one_is(manned: Counter, database: Database) -> None:
    counter = manned
    assert (await counter.register(dispatched_at=DISPATCHED)).status_code == 200
    case = await opened(counter)
    assert await slips(counter) == []
    refused = await counter.step("agent", case, "ask_to_stop", wish="cancel")
    assert "ask_for_recall" in problem(refused, 409, "parcel_gone")["way_out"]
    await taken(counter, "agent", case, "ask_for_recall")
    (asked,) = await slips(counter)
    assert (asked["case"], asked["state"], asked["part_one_with"], asked["slip"]) == (case, "asked", None, "")
    assert (asked["carrier"], asked["tracking"]) == ("SF Express", "SF0000000001")
    await taken(counter, "logistics", case, "register_recall", slip="RC-0117", courier="SF, Hangzhou")
    await taken(counter, "label_desk", case, "sign_part_one", courier_signed="SF-20817")
    (kept,) = await slips(counter, open="true")
    assert (kept["slip"], kept["part_one_with"], kept["open"]) == ("RC-0117", "label_desk", True)
    await taken(counter, "label_desk", case, "sign_original_received", signed="Ma")
    (back,) = await slips(counter, open="false")
    assert (back["state"], back["part_one_with"], back["signed"]) == ("received", "courier", "Ma")
    assert await slips(counter, open="true") == []
    theirs = await staffed(database, "bookshop")
    assert await slips(counter, theirs["label_desk"]) == []


async def test_who_may_read_the_register_and_what_it_refuses(counter: Counter) -> None:
    readers = {"supervisor", "agent", "label_desk", "logistics", "auditor"}
    for role in set(Role) - {Role.CUSTOMER, Role.DESK}:
        answer = await counter.get(role.value, "/v1/registers/recall-slips")
        assert (answer.status_code == 200) is (role.value in readers), role
    problem(await counter.get(None, "/v1/registers/recall-slips"), 401, "who_are_you")
    problem(await counter.get("agent", "/v1/registers/recall-slips", params={"cursor": "x"}), 422, "fields_unfit")
    problem(await counter.get("agent", "/v1/registers/recall-slips", params={"limit": "0"}), 422, "fields_unfit")
    problem(await counter.get("agent", "/v1/registers/recall-slips", params={"open": "some"}), 422, "fields_unfit")
    problem(await counter.get("agent", "/v1/registers/kitchen"), 404, "nothing_here")


async def test_a_new_address_is_sealed_at_the_edge_and_opened_for_the_label_desk(manned: Counter) -> None:
    counter = manned
    await counter.register()
    opened = (await counter.complain(problem="other_variant")).json()["case"]
    case = str(opened["case"])
    where = "7 Harbour Road, second floor"
    asked = await taken(counter, "pre_sales", case, "ask_to_stop", wish="change", address=where)
    assert "new_address" in asked["case"]["sealed_fields"]
    assert where not in str(asked)
    assert asked["case"]["handler"] == opened["handler"], "who stops an order does not take the case"
    opened_words = (await counter.get("label_desk", f"/v1/cases/{case}/personal")).json()["words"]
    assert opened_words["new_address"] == where
    assert set(opened_words) <= {"order", "name", "phone", "address", "new_address"}
    problem(await counter.get("pre_sales", f"/v1/cases/{case}/personal"), 403, "role_may_not")
    history = (await counter.get("auditor", f"/v1/cases/{case}/history")).text
    assert where not in history


async def test_malformed_oversized_and_foreign_steps_are_refused(manned: Counter) -> None:
    counter = manned
    await counter.register()
    case = await opened(counter)
    problem(await counter.step("agent", case, "ask_to_stop", wish="burn"), 422, "fields_unfit", "wish")
    problem(await counter.step("agent", case, "ask_to_stop"), 422, "fields_unfit", "wish")
    long = "x" * 401
    problem(await counter.step("agent", case, "ask_to_stop", wish="change", change=long), 422, "fields_unfit", "change")
    problem(await counter.step("agent", case, "ask_to_stop", wish="change", change="blue"), 422, "wish_does_not_fit")
    problem(await counter.step("warehouse", case, "ask_to_stop", wish="cancel"), 403, "role_may_not")
    await taken(counter, "agent", case, "ask_to_stop", wish="cancel", key="once")
    await taken(counter, "agent", case, "ask_to_stop", wish="cancel", key="once")
    problem(await counter.step("pre_sales", case, "ask_to_stop", wish="cancel"), 409, "stop_asked_already")
    answer = {"found": "printed", "secured": "yes"}
    problem(await counter.step("label_desk", case, "confirm_stop", **answer), 422, "fields_unfit", "secured")
    problem(await counter.step("agent", case, "confirm_stop", found="printed", secured=True), 403, "role_may_not")
    await taken(counter, "label_desk", case, "confirm_stop", found="printed", secured=True)
    same = await counter.step("label_desk", case, "confirm_stop", found="printed", secured=True)
    problem(same, 409, "finding_known")


async def test_a_customer_sees_that_the_order_is_held_back_but_not_by_whom(manned: Counter) -> None:
    counter = manned
    await counter.register()
    case = await opened(counter)
    await taken(counter, "agent", case, "ask_to_stop", wish="cancel")
    link = (await counter.post("agent", f"/v1/cases/{case}/link")).json()["token"]
    seen = (await counter.get(link, f"/v1/cases/{case}")).json()["case"]
    assert seen["state"] == "stopping"
    assert "stops" not in seen["story"]
    queue = (await counter.get("label_desk", "/v1/queues/label_desk")).json()["items"]
    assert [(line["case"], line["task"]["step"]) for line in queue] == [(case, "confirm_stop")]
