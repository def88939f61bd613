"""Desks that are asked, over HTTP; people of the departments see a case only because it asked them."""

from __future__ import annotations

from typing import Any

import pytest

from db.sessions import Database
from domain.people import Role, Unit
from settings import Settings
from tests.api.counter import Counter, another, staffed
from tests.api.outages import database_away
from tests.api.test_bad_input import problem
from tests.env import PostgresForTests

ASKED: dict[str, Any] = {
    "desk": "department",
    "unit": "technical",
    "kind": "analysis",
    "asked": "why it will not start",
    "facts": "bought in March, the battery is new",
    "loss": "two days without the machine",
    "extent": "one",
    "urgency": "business_stopped",
    "mendable": True,
    "suspected_cause": "the new firmware",
}
FOUND = {"number": 1, "findings": "the fuse was blown", "verdict": "system_fault"}


async def asked(counter: Counter, **changes: Any) -> str:
    """A technical complaint about which the technical unit was asked; its number."""
    case = (await counter.complain(problem="technical")).json()["case"]["case"]
    answer = await counter.step("agent", case, "ask_desk", **(ASKED | changes))
    assert answer.status_code == 200, answer.text
    return case


async def lists(counter: Counter, key: str) -> tuple[list[str], list[str]]:
    """The cases, and those on the departments' list, that this key sees."""
    cases = (await counter.get(key, "/v1/cases")).json()["items"]
    waiting = (await counter.get(key, "/v1/queues/department")).json()["items"]
    return [each["case"] for each in cases], [each["case"] for each in waiting]


# -- who sees -----------------------------------------------------------------------------------------------------


async def test_a_case_that_never_asked_the_department_answers_as_a_missing_one(manned: Counter) -> None:
    case = (await manned.complain(problem="technical")).json()["case"]["case"]

    def without_id(told: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in told.items() if name != "request_id"}

    for path in ("", "?from=list", "/timeline", "/deliveries", "/photos/" + "a" * 64):
        refused = await manned.get("department", f"/v1/cases/{case}{path}")
        missing = await manned.get("department", f"/v1/cases/AS-2026-999999{path}")
        assert without_id(problem(refused, 404, "case_unknown")) == without_id(problem(missing, 404, "case_unknown"))
    problem(await manned.step("department", case, "answer_request", **FOUND), 404, "case_unknown")
    assert await lists(manned, "department") == ([], [])


async def test_the_unit_that_is_asked_sees_the_case_and_acts_on_it(manned: Counter) -> None:
    case = await asked(manned)
    assert await lists(manned, "department") == ([case], [case])
    seen = (await manned.get("department", f"/v1/cases/{case}")).json()
    assert seen["case"]["story"]["requests"][0]["analysis"]["suspected_cause"] == "the new firmware"
    assert {each["step"] for each in seen["steps"] if each["open"]} == {
        "receive_request",
        "answer_request",
        "pass_on_request",
    }
    assert (await manned.get("department", f"/v1/cases/{case}/timeline")).status_code == 200
    taken = await manned.step("department", case, "receive_request", number=1)
    assert taken.status_code == 200, taken.text
    assert taken.json()["case"]["story"]["requests"][0]["held_by"]["name"] == "department of teahouse"


async def test_another_unit_of_the_same_shop_does_not_see_it(manned: Counter, database: Database) -> None:
    delivery = await another(database, "teahouse", Role.DEPARTMENT, Unit.DELIVERY)
    case = await asked(manned)
    problem(await manned.get(delivery, f"/v1/cases/{case}"), 404, "case_unknown")
    problem(await manned.step(delivery, case, "receive_request", number=1), 404, "case_unknown")
    assert await lists(manned, delivery) == ([], [])


async def test_somebody_of_the_departments_without_a_unit_sees_nothing(manned: Counter, database: Database) -> None:
    nobody = await another(database, "teahouse", Role.DEPARTMENT)
    case = await asked(manned)
    problem(await manned.get(nobody, f"/v1/cases/{case}"), 404, "case_unknown")
    assert await lists(manned, nobody) == ([], [])


async def test_the_department_of_another_shop_does_not_see_it(manned: Counter, database: Database) -> None:
    theirs = await staffed(database, "bookshop")
    case = await asked(manned)
    problem(await manned.get(theirs["department"], f"/v1/cases/{case}"), 404, "case_unknown")
    assert await lists(manned, theirs["department"]) == ([], [])


async def test_lists_of_other_desks_and_registers_over_all_cases_are_not_for_the_department(manned: Counter) -> None:
    await asked(manned)
    for path in ("queues/agent", "registers/promises", "registers/parcels-under-way"):
        problem(await manned.get("department", f"/v1/{path}"), 403, "role_may_not")


async def test_two_units_asked_by_one_case_see_each_its_own_line_of_the_list(
    manned: Counter, database: Database
) -> None:
    delivery = await another(database, "teahouse", Role.DEPARTMENT, Unit.DELIVERY)
    case = await asked(manned)
    assert (await manned.step("agent", case, "ask_desk", **(ASKED | {"unit": "delivery"}))).status_code == 200
    mine = (await manned.get("department", "/v1/queues/department")).json()["items"]
    theirs = (await manned.get(delivery, "/v1/queues/department")).json()["items"]
    assert [each["task"]["key"] for each in mine] == ["request-1"]
    assert [each["task"]["key"] for each in theirs] == ["request-2"]


async def test_while_the_database_is_away_the_case_itself_is_asked_whom_it_asked(
    manned: Counter, migrated_postgres: PostgresForTests, settings: Settings
) -> None:
    case, other = await asked(manned), (await manned.complain(problem="technical")).json()["case"]["case"]
    assert (await manned.get("department", f"/v1/cases/{case}")).status_code == 200
    problem(await manned.get("department", f"/v1/cases/{other}"), 404, "case_unknown")
    async with database_away(migrated_postgres, settings.database_url):
        answered = await manned.step("department", case, "answer_request", **FOUND)
        assert answered.status_code == 200, answered.text
        assert set(answered.json()["case"]["story"]) == {"requests"}
        problem(await manned.get("department", f"/v1/cases/{other}"), 404, "case_unknown")


# -- after the answer ---------------------------------------------------------------------------------------------


async def test_after_the_answer_they_read_what_they_answered_and_take_no_further_step(manned: Counter) -> None:
    case = await asked(manned)
    answered = await manned.step("department", case, "answer_request", **FOUND)
    assert answered.status_code == 200, answered.text
    assert (await manned.step("agent", case, "judge", **JUDGED)).status_code == 200

    for told in (answered.json(), (await manned.get("department", f"/v1/cases/{case}")).json()):
        assert set(told["case"]["story"]) == {"requests"}
        (mine,) = told["case"]["story"]["requests"]
        assert mine["answers"][0]["findings"] == "the fuse was blown"
        assert (told["steps"], told["case"]["tasks"], told["case"]["clocks"]) == ([], [], [])
        assert told["case"]["handler"] is None
    listed = (await manned.get("department", "/v1/cases")).json()["items"]
    assert [set(each["story"]) for each in listed] == [{"requests"}]

    again = await manned.step("department", case, "answer_request", **(FOUND | {"findings": "another fuse"}))
    problem(again, 409, "nothing_asked")
    problem(await manned.step("department", case, "judge", **JUDGED), 403, "role_may_not")
    problem(await manned.get("department", f"/v1/cases/{case}/timeline"), 404, "case_unknown")
    problem(await manned.get("department", f"/v1/cases/{case}/photos/" + "a" * 64), 404, "case_unknown")


async def test_a_colleague_who_had_no_hand_in_it_sees_it_no_more(manned: Counter, database: Database) -> None:
    colleague = await another(database, "teahouse", Role.DEPARTMENT, Unit.TECHNICAL)
    case = await asked(manned)
    assert (await manned.get(colleague, f"/v1/cases/{case}")).status_code == 200
    assert (await manned.step("department", case, "answer_request", **FOUND)).status_code == 200
    problem(await manned.get(colleague, f"/v1/cases/{case}"), 404, "case_unknown")
    assert await lists(manned, colleague) == ([], [])


async def test_what_one_unit_passed_on_it_reads_without_the_other_units_answer(
    manned: Counter, database: Database
) -> None:
    delivery = await another(database, "teahouse", Role.DEPARTMENT, Unit.DELIVERY)
    case = await asked(manned)
    passed = await manned.step(
        "department", case, "pass_on_request", number=1, unit="delivery", reason="a transport damage"
    )
    assert passed.status_code == 200, passed.text
    answered = await manned.step(delivery, case, "answer_request", **FOUND)
    assert answered.status_code == 200, answered.text
    (mine,) = (await manned.get("department", f"/v1/cases/{case}")).json()["case"]["story"]["requests"]
    assert mine["passings"][0]["to_unit"] == "delivery"
    assert "answers" not in mine


async def test_a_case_that_asks_again_is_theirs_again(manned: Counter) -> None:
    case = await asked(manned)
    await manned.step("department", case, "answer_request", **FOUND)
    back = await manned.step("agent", case, "send_back_request", number=1, reason="which fuse")
    assert back.status_code == 200, back.text
    assert await lists(manned, "department") == ([case], [case])
    assert "judgements" in (await manned.get("department", f"/v1/cases/{case}")).json()["case"]["story"]


async def test_on_the_supervisors_list_it_is_on_nobody_elses(manned: Counter, database: Database) -> None:
    delivery = await another(database, "teahouse", Role.DEPARTMENT, Unit.DELIVERY)
    case = await asked(manned)
    await manned.step("department", case, "pass_on_request", number=1, unit="delivery", reason="not ours at all")
    back = await manned.step(delivery, case, "pass_on_request", number=1, unit="technical", reason="not ours at all")
    assert back.status_code == 200, back.text
    assert (await lists(manned, delivery))[1] == (await lists(manned, "department"))[1] == []
    supervisors = (await manned.get("supervisor", "/v1/queues/supervisor")).json()["items"]
    assert "name_desk" in {each["task"]["step"] for each in supervisors}
    named = await manned.step(
        "supervisor", case, "name_desk", number=1, desk="department", unit="technical", reason="yours"
    )
    assert named.status_code == 200, named.text
    assert (await lists(manned, "department"))[1] == [case]


async def test_a_closed_case_still_takes_the_answer_of_a_desk_that_it_asked(manned: Counter) -> None:
    case = await asked(manned)
    withdrawn = await manned.step("agent", case, "withdraw")
    assert withdrawn.json()["case"]["state"] == "withdrawn", withdrawn.text
    assert (await lists(manned, "department"))[1] == []
    problem(await manned.step("department", case, "receive_request", number=1), 409, "case_closed")
    answered = await manned.step("department", case, "answer_request", **FOUND)
    assert answered.status_code == 200, answered.text
    story = (await manned.get("agent", f"/v1/cases/{case}?from=list")).json()["case"]["story"]
    assert story["requests"][0]["answers"][0]["afterwards"] is True


async def test_nobody_says_for_which_unit_they_speak(manned: Counter, database: Database) -> None:
    delivery = await another(database, "teahouse", Role.DEPARTMENT, Unit.DELIVERY)
    case = await asked(manned)
    await manned.step("agent", case, "ask_desk", **(ASKED | {"unit": "delivery"}))
    forged = await manned.step(delivery, case, "receive_request", number=1, from_unit="technical")
    problem(forged, 422, "fields_unfit", "from_unit")
    problem(await manned.step(delivery, case, "receive_request", number=1), 403, "not_your_request")


# -- other desks, other input -------------------------------------------------------------------------------------


async def test_a_trace_stands_on_the_logistics_list_and_its_answer_opens_the_way(manned: Counter) -> None:
    await manned.register()
    case = (await manned.complain(problem="lost_delivery")).json()["case"]["case"]
    traced = await manned.step(
        "agent", case, "ask_desk", **(ASKED | {"desk": "logistics", "unit": None, "kind": "trace"})
    )
    assert traced.status_code == 200, traced.text
    waiting = (await manned.get("logistics", "/v1/queues/logistics")).json()["items"]
    assert [each["task"]["key"] for each in waiting] == ["request-1"]
    lost = {"number": 1, "findings": "the depot has no scan of it", "result": "lost"}
    assert (await manned.step("logistics", case, "answer_request", **lost)).status_code == 200
    assert (await manned.step("agent", case, "judge", **JUDGED)).status_code == 200
    refund = {"kind": "refund", "refund": {"amount": "69.00", "currency": "CNY"}, "words": "We repay it."}
    assert (await manned.step("agent", case, "propose_remedy", **refund)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"urgency": None}, "fields_unfit"),
        ({"suspected_cause": ""}, "fields_unfit"),
        ({"facts": "x" * 2001}, "fields_unfit"),
        ({"desk": "supervisor", "unit": None}, "fields_unfit"),
        ({"desk": "call_back", "unit": None}, "fields_unfit"),
        ({"unit": "kitchen"}, "fields_unfit"),
        ({"unit": None}, "unit_unfit"),
        ({"kind": "trace"}, "trace_is_logistics"),
    ],
)
async def test_no_desk_is_asked_without_its_analysis_or_wrongly(
    manned: Counter, changes: dict[str, Any], code: str
) -> None:
    case = (await manned.complain(problem="technical")).json()["case"]["case"]
    body = {name: value for name, value in (ASKED | changes).items() if value is not None}
    answer = await manned.step("agent", case, "ask_desk", **body)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text


async def test_the_same_answer_sent_again_under_its_key_is_answered_as_before(manned: Counter) -> None:
    case = await asked(manned)
    first = await manned.step("department", case, "answer_request", key="answer", **FOUND)
    again = await manned.step("department", case, "answer_request", key="answer", **FOUND)
    assert (first.status_code, again.status_code) == (200, 200), again.text
    assert first.json()["recorded"] == again.json()["recorded"] == ["request_received", "request_answered"]


async def test_somebody_of_the_departments_has_a_unit_and_nobody_else_has(counter: Counter) -> None:
    made = await counter.post(
        "administrator", "/v1/people", {"name": "Dai", "roles": ["department"], "unit": "quality"}
    )
    assert made.status_code == 201, made.text
    key = (
        await counter.post("administrator", f"/v1/people/{made.json()['person']}/keys", {"role": "department"})
    ).json()["key"]
    assert (await counter.get(key, "/v1/me")).json()["unit"] == "quality"
    listed = (await counter.get("administrator", "/v1/people")).json()["people"]
    assert {each["name"]: each["unit"] for each in listed}["Dai"] == "quality"
    for wrong in ({"roles": ["department"]}, {"roles": ["agent"], "unit": "quality"}):
        answer = await counter.post("administrator", "/v1/people", {"name": "x", **wrong})
        problem(answer, 422, "fields_unfit", "unit")


JUDGED = {"fault_confirmed": True, "responsible": "supplier", "severity": "serious"}
