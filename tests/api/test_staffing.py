"""Who gets a case, whose it is, who stands in, who looks at it: over HTTP."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from api.staffing import FRESH, Staffing
from db.people import add_key, add_person, disable_person
from db.sessions import Database
from domain.people import Role
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter

HOUR = timedelta(hours=1)


def at(hours: float) -> str:
    return (datetime.now(UTC) + hours * HOUR).isoformat()


async def hire(counter: Counter, database: Database, name: str, role: Role = Role.AGENT) -> str:
    """One more person with a key of their own, under which the counter knows them by name; the person's id."""
    async with database.writing() as session:
        person = await add_person(session, "teahouse", name, (role,))
        counter.keys[name] = await add_key(session, person, role)
    return person


async def me(counter: Counter, role: str) -> str:
    return (await counter.get(role, "/v1/me")).json()["person"]


async def rest(counter: Counter, person: str, *shifts: tuple[float, float]) -> None:
    """The person's shifts from a day back on, in hours from now."""
    body = {"week": at(-24), "shifts": [{"begins": at(begins), "ends": at(ends)} for begins, ends in shifts]}
    answer = await counter.put("supervisor", f"/v1/people/{person}/roster", json=body)
    assert answer.status_code == 204, answer.text


async def opened(counter: Counter, **changes: Any) -> dict[str, Any]:
    answer = await counter.complain(**changes)
    assert answer.status_code == 201, answer.text
    return answer.json()["case"]


# -- who gets it -----------------------------------------------------------------------------------------------


async def test_new_cases_go_round_among_those_who_know_the_problem_and_are_on_duty(
    counter: Counter, database: Database
) -> None:
    here = await me(counter, "agent")
    lin, mei = await hire(counter, database, "Lin"), await hire(counter, database, "Mei")
    work = {"team": "tableware", "skills": ["quality"]}
    assert (await counter.put("supervisor", f"/v1/people/{lin}/work", json=work)).status_code == 204
    await rest(counter, lin, (-1, 1))
    await rest(counter, mei, (2, 3))
    await rest(counter, here, (-2, 2))
    got = [(await opened(counter))["handler"] for _ in range(4)]
    assert sorted(got) == sorted([lin, here] * 2)
    assert {(await opened(counter, problem="service"))["handler"] for _ in range(2)} == {here}
    case = await opened(counter, problem="late_delivery")
    assigned = case["story"]["assigned"]
    assert (assigned["because"], assigned["open_cases"]) == ("least_loaded", 4)


async def test_many_openings_at_once_are_shared_out(counter: Counter, database: Database) -> None:
    people = {await me(counter, "agent"), await hire(counter, database, "Lin"), await hire(counter, database, "Mei")}
    cases = await asyncio.gather(*(opened(counter) for _ in range(9)))
    shares = [sum(case["handler"] == person for case in cases) for person in people]
    assert shares == [3, 3, 3]


async def test_nobody_on_duty_leaves_it_with_the_desk_and_the_team_and_the_list_shows_it_as_anybodys(
    counter: Counter,
) -> None:
    here = await me(counter, "agent")
    await counter.put("supervisor", f"/v1/people/{here}/work", json={"team": "tableware"})
    await rest(counter, here, (5, 6))
    case = await opened(counter)
    assert (case["handler"], case["team"]) == (None, "tableware")
    assert case["story"]["assigned"]["because"] == "nobody_on_duty"
    for query in ({"anybodys": "true"}, {"team": "tableware"}):
        lines = (await counter.get("agent", "/v1/queues/agent", params=query)).json()["items"]
        assert {line["case"] for line in lines} == {case["case"]}
        assert all(line["anybodys"] for line in lines)
    assert (await counter.get("agent", "/v1/queues/agent", params={"mine": "true"})).json()["items"] == []


async def test_an_important_customers_case_goes_to_the_centre_manager(counter: Counter) -> None:
    head = await me(counter, "centre_manager")
    customer = {"reference": "vip_1", "name": "李四", "phone": "138 0013 8001", "level": 3}
    case = await opened(counter, customer=customer, order=None)
    assert case["handler"] == head
    assert case["story"]["assigned"]["because"] == "important_customer"
    (task,) = (await counter.get("centre_manager", "/v1/queues/centre_manager")).json()["items"]
    assert (task["task"]["key"], task["case"]) == ("important", case["case"])


async def test_the_level_is_known_of_the_customer_from_then_on_and_of_the_orders_customer(counter: Counter) -> None:
    head = await me(counter, "centre_manager")
    buyer = {"reference": "vip_1", "name": "李四", "phone": "138 0013 8001", "level": 4}
    assert (await counter.register("T-2002", customer=buyer)).status_code == 200
    same = {name: value for name, value in buyer.items() if name != "level"}
    assert (await opened(counter, order=None, customer=same))["handler"] == head
    assert (await opened(counter, order="T-2002", customer=None))["handler"] == head
    lower = {**same, "level": 1}
    assert (await opened(counter, order=None, customer=lower))["handler"] != head
    assert (await opened(counter, order=None, customer=same))["handler"] != head, "the last word of the shop holds"
    assert (await counter.complain(customer={**same, "level": 101})).status_code == 422


async def test_the_same_request_again_shows_the_first_choice(counter: Counter, database: Database) -> None:
    first = (await counter.complain(key="same")).json()["case"]
    await hire(counter, database, "Aaron")
    again = await counter.complain(key="same")
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json()["case"] == first


async def test_a_change_of_the_roster_counts_at_once_here_and_within_seconds_elsewhere(
    counter: Counter, open_counter: OpenCounter, database: Database
) -> None:
    other = await open_counter()
    other.keys = counter.keys
    here = await me(counter, "agent")
    assert (await opened(counter))["handler"] == here
    assert (await opened(other, key="b"))["handler"] == here
    await rest(counter, here, (5, 6))
    assert (await opened(counter))["handler"] is None
    assert (await opened(other))["handler"] == here, "known for a moment"

    clock = [0.0]
    staffing = Staffing(lambda: clock[0])
    async with database.reading() as session:
        now = datetime.now(UTC)
        staff = await staffing.of(session, "teahouse", now)
        assert await staffing.of(session, "teahouse", now) is staff
        clock[0] = FRESH
        assert await staffing.of(session, "teahouse", now) is not staff


# -- whose it is -----------------------------------------------------------------------------------------------


async def test_cases_change_hands_with_reasons_and_each_hand_sees_its_own_list(
    manned: Counter, database: Database
) -> None:
    lin = await me(manned, "agent")
    case = (await opened(manned))["case"]
    mei = await hire(manned, database, "Mei")

    async def mine(name: str) -> set[str]:
        lines = (await manned.get(name, "/v1/queues/agent", params={"mine": "true"})).json()["items"]
        return {line["case"] for line in lines}

    assert (await mine("agent"), await mine("Mei")) == ({case}, set())
    no = await manned.step("agent", case, "hand_over", person=mei)
    assert no.status_code == 422, "not without cause"
    over = await manned.step("agent", case, "hand_over", person=mei, reason="my shift ends")
    assert over.status_code == 200, over.text
    assert over.json()["case"]["handler"] == mei
    assert (await mine("agent"), await mine("Mei")) == (set(), {case})

    taken = await manned.step("agent", case, "take_case")
    assert (taken.status_code, taken.json()["code"]) == (422, "cause_needed")
    back = await manned.step("supervisor", case, "reassign", person=lin, reason="Mei is ill")
    assert back.json()["case"]["handler"] == lin
    acts = await manned.step("supervisor", case, "stand_in", person=mei, until=at(2), reason="a day off")
    assert acts.status_code == 200, acts.text
    shown = acts.json()["case"]
    assert (shown["handler"], shown["stand_in"]) == (lin, mei)
    assert shown["story"]["stand_in"]["name"] == "Mei"
    assert (await mine("agent"), await mine("Mei")) == ({case}, {case})


async def test_a_stand_in_until_no_instant_or_the_past_is_refused(manned: Counter, database: Database) -> None:
    case = (await opened(manned))["case"]
    mei = await hire(manned, database, "Mei")
    for until in ("2026-13-01T00:00:00Z", 5, "2026-11-30T10:00:00", "0001-01-01T00:00:00+14:00"):
        answer = await manned.step("supervisor", case, "stand_in", person=mei, until=until, reason="a day off")
        assert answer.status_code == 422, until
    answer = await manned.step("supervisor", case, "stand_in", person=mei, until=at(-1), reason="a day off")
    assert (answer.status_code, answer.json()["code"]) == (422, "stand_in_time")


async def test_nobody_from_elsewhere_and_nobody_who_left_gets_a_case(manned: Counter, database: Database) -> None:
    case = (await opened(manned))["case"]
    gone = await hire(manned, database, "Wu")
    async with database.writing() as session:
        await disable_person(session, "teahouse", gone)
    keeper = await me(manned, "warehouse")
    wanted = {gone: (404, "colleague_unknown"), "p_none": (404, "colleague_unknown"), keeper: (422, "cannot_handle")}
    for person, expected in wanted.items():
        answer = await manned.step("supervisor", case, "reassign", person=person, reason="somebody has to")
        assert (answer.status_code, answer.json()["code"]) == expected
    assert (await manned.step("agent", case, "reassign", person=gone, reason="so be it")).status_code == 403


async def test_a_case_whose_handler_is_off_shift_and_due_before_their_return_is_anybodys(manned: Counter) -> None:
    here = await me(manned, "agent")
    case = await opened(manned)
    assert case["handler"] == here

    async def first() -> dict[str, Any]:
        lines = (await manned.get("agent", "/v1/queues/agent")).json()["items"]
        return next(line for line in lines if line["task"]["key"] == "feedback")

    assert not (await first())["anybodys"]
    await rest(manned, here, (30, 31))  # first feedback is due in 24 hours
    assert (await first())["anybodys"]
    await rest(manned, here, (20, 21))
    assert not (await first())["anybodys"]


async def test_the_supervisor_sees_what_everybody_has_to_do(counter: Counter, database: Database) -> None:
    here = await me(counter, "agent")
    await hire(counter, database, "Lin")
    for _ in range(3):
        await opened(counter)
    items = (await counter.get("supervisor", "/v1/people/load")).json()["items"]
    open_cases = {item["name"]: item["open_cases"] for item in items}
    assert sorted(open_cases[name] for name in ("Lin", "agent of teahouse")) == [1, 2]
    assert {item["on_duty"] for item in items} == {None}
    await rest(counter, here, (-1, 1))
    items = (await counter.get("supervisor", "/v1/people/load")).json()["items"]
    assert {item["name"] for item in items if item["on_duty"]} == {"agent of teahouse"}
    assert (await counter.get("agent", "/v1/people/load")).status_code == 403


# -- the roster ------------------------------------------------------------------------------------------------


def week(*shifts: tuple[str, str]) -> dict[str, Any]:
    return {"week": "2026-11-30T00:00:00+08:00", "shifts": [{"begins": b, "ends": e} for b, e in shifts]}


NO_ROSTERS: list[dict[str, Any]] = [
    {},
    {"week": "2026-11-30", "shifts": []},
    {"week": "2026-11-30T00:00:00", "shifts": []},
    week(("2026-11-30T09:00:00+08:00", "2026-11-30T09:00:00+08:00")),
    week(("2026-11-30T18:00:00+08:00", "2026-11-30T09:00:00+08:00")),
    week(("2026-11-30T01:00:00+08:00", "2026-11-30T18:00:00+08:00")),
    week(("2026-12-07T00:00:00+08:00", "2026-12-07T09:00:00+08:00")),
    week(("2026-11-29T23:00:00+08:00", "2026-11-30T09:00:00+08:00")),
    week(*(("2026-11-30T09:00:00+08:00", "2026-11-30T10:00:00+08:00"),) * 2),
    week(*(("2026-11-30T09:00:00+08:00", "2026-11-30T10:00:00+08:00"),) * 29),
    {**week(), "hours": 8},
]


async def test_a_roster_that_is_none_changes_nothing(counter: Counter) -> None:
    here = await me(counter, "agent")
    for body in NO_ROSTERS:
        answer = await counter.put("supervisor", f"/v1/people/{here}/roster", json=body)
        assert answer.status_code == 422, (body, answer.text)
    asked = {"from": "2026-11-29T00:00:00Z", "to": "2026-12-12T00:00:00Z"}
    assert (await counter.get("agent", "/v1/roster", params=asked)).json()["items"] == []


async def test_the_roster_is_set_a_week_at_a_time_and_read_by_everybody(counter: Counter) -> None:
    here = await me(counter, "agent")
    path = f"/v1/people/{here}/roster"
    spans = (("2026-11-30T09:00:00+08:00", "2026-11-30T11:30:00+08:00"),)
    assert (await counter.put("supervisor", path, json=week(*spans))).status_code == 204
    asked = {"from": "2026-11-30T00:00:00Z", "to": "2026-12-01T00:00:00Z"}
    (line,) = (await counter.get("warehouse", "/v1/roster", params=asked)).json()["items"]
    assert (line["name"], line["begins"]) == ("agent of teahouse", "2026-11-30T01:00:00Z")
    instants = {"2026-11-30T03:29:59Z": [here], "2026-11-30T03:30:00Z": [], "9999-12-31T23:59:59.999999Z": []}
    for at, there in instants.items():
        then = (await counter.get("auditor", "/v1/roster", params={"at": at})).json()["items"]
        assert [each["person"] for each in then] == there
    assert (await counter.put("agent", path, json=week())).status_code == 403
    assert (await counter.put("supervisor", "/v1/people/p_nobody/roster", json=week())).status_code == 404
    assert (await counter.put("supervisor", path, json=week())).status_code == 204
    assert (await counter.get("agent", "/v1/roster", params=asked)).json()["items"] == []
    wrongs: list[dict[str, str]] = [
        {"from": asked["to"], "to": asked["from"]},
        {"from": asked["from"], "to": "2027-11-30T00:00:00Z"},
        {"from": asked["from"]},
        {**asked, "at": asked["from"]},
        {"at": "now"},
        {},
    ]
    for wrong in wrongs:
        assert (await counter.get("agent", "/v1/roster", params=wrong)).status_code == 422


async def test_skills_are_problems_and_people_are_the_shops_own(counter: Counter) -> None:
    here = await me(counter, "agent")
    path = f"/v1/people/{here}/work"
    assert (await counter.put("supervisor", path, json={"skills": ["weather"]})).status_code == 422
    assert (await counter.put("supervisor", path, json={"team": ""})).status_code == 422
    assert (await counter.put("agent", path, json={})).status_code == 403
    assert (await counter.put("supervisor", "/v1/people/p_nobody/work", json={})).status_code == 404
    work = {"team": "tableware", "skills": ["quality", "quality"]}
    assert (await counter.put("administrator", path, json=work)).status_code == 204
    people = (await counter.get("administrator", "/v1/people")).json()["people"]
    (shown,) = [each for each in people if each["person"] == here]
    assert (shown["team"], shown["skills"]) == ("tableware", ["quality"])


# -- who looks at it -------------------------------------------------------------------------------------------


async def test_two_who_open_the_same_case_see_each_other(manned: Counter, database: Database) -> None:
    await hire(manned, database, "Mei")
    case = (await opened(manned))["case"]
    assert (await manned.get("agent", f"/v1/cases/{case}")).json()["marks"] == []
    first = await manned.put("agent", f"/v1/cases/{case}/mark")
    assert (first.status_code, first.json()["others"]) == (200, [])
    second = await manned.put("Mei", f"/v1/cases/{case}/mark")
    assert [other["name"] for other in second.json()["others"]] == ["agent of teahouse"]
    seen = (await manned.get("agent", f"/v1/cases/{case}")).json()
    assert [mark["name"] for mark in seen["marks"]] == ["Mei"]
    told = (await manned.get("agent", f"/v1/cases/{case}/timeline")).json()["items"]
    assert not [line for line in told if "mark" in line["event"]], "a mark stands in no history"
    listed = (await manned.get("agent", f"/v1/cases/{case}", params={"from": "list"})).json()
    assert [mark["name"] for mark in listed["marks"]] == ["Mei"]
    until = datetime.fromisoformat(second.json()["until"]) - datetime.now(UTC)
    assert timedelta(seconds=100) < until <= timedelta(minutes=2)


async def test_the_customer_sees_no_marks_and_another_shop_no_case(manned: Counter, database: Database) -> None:
    case = (await opened(manned))["case"]
    await manned.put("agent", f"/v1/cases/{case}/mark")
    token = (await manned.post("agent", f"/v1/cases/{case}/link")).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert (await manned.http.get(f"/v1/cases/{case}", headers=headers)).json()["marks"] is None
    assert (await manned.http.put(f"/v1/cases/{case}/mark", headers=headers)).status_code == 403
    assert (await manned.put("agent", "/v1/cases/AS-2026-999999/mark")).status_code == 404
