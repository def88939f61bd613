"""401 before 403 before 404; another shop's case answers exactly as a missing one; a link opens its own case only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.links import CaseLinks
from db.people import revoke_key
from db.sessions import Database
from domain.people import Role
from settings import Settings, key_bytes
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter, another, staffed
from tests.api.test_bad_input import problem
from tests.builders import it_goes_on


async def test_without_a_key_nobody_is_told_whether_a_case_exists(counter: Counter) -> None:
    case = (await counter.complain()).json()["case"]["case"]

    for path in (f"/v1/cases/{case}", "/v1/cases/AS-2026-999999", "/v1/cases", "/v1/me"):
        answer = await counter.get(None, path)
        problem(answer, 401, "who_are_you")
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("key", ["rd_", "rd_abc_def", "rd_000000000000_" + "x" * 43, "rd_\u00e9_x"])
async def test_a_wrong_key_is_refused_before_anything_else(counter: Counter, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}".encode()}
    answer = await counter.http.post("/v1/complaints", content=b"not json", headers=headers)  # pyright: ignore[reportArgumentType]
    problem(answer, 401, "key_unknown")


async def test_a_wrong_role_is_refused_before_body_and_case_are_looked_at(counter: Counter) -> None:
    problem(await counter.post("finance", "/v1/complaints", content=b"not json"), 403, "role_may_not")
    answer = await counter.step("finance", "AS-2026-999999", "judge")
    assert "agent" in problem(answer, 403, "role_may_not")["detail"]
    problem(await counter.get("administrator", "/v1/cases"), 403, "role_may_not")


async def test_another_shops_case_answers_exactly_as_a_missing_one(manned: Counter, database: Database) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    theirs = await staffed(database, "bookshop")

    def without_id(told: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in told.items() if name != "request_id"}

    for path in ("", "?from=list", "/payments", "/deliveries", "/personal", "/photos/" + "a" * 64):
        foreign = await manned.get(theirs["agent"], f"/v1/cases/{case}{path}")
        missing = await manned.get(theirs["agent"], f"/v1/cases/AS-2026-999999{path}")
        assert without_id(problem(foreign, 404, "case_unknown")) == without_id(problem(missing, 404, "case_unknown"))
    step = await manned.step(theirs["agent"], case, "give_feedback", **it_goes_on("Ours now."))
    problem(step, 404, "case_unknown")
    problem(await manned.post(theirs["agent"], f"/v1/cases/{case}/link"), 404, "case_unknown")
    assert (await manned.get(theirs["agent"], "/v1/cases")).json()["items"] == []


async def test_a_key_opens_one_case_for_each_shop(counter: Counter, database: Database) -> None:
    theirs = await staffed(database, "bookshop")
    ours = await counter.complain(key="same")
    other = await counter.complain(theirs["integration"], key="same")

    assert ours.json()["case"]["case"] != other.json()["case"]["case"]


async def test_a_customers_link_opens_its_own_case_and_no_other(manned: Counter, settings: Settings) -> None:
    mine = (await manned.complain()).json()["case"]["case"]
    other = (await manned.complain()).json()["case"]["case"]
    link = (await manned.post("agent", f"/v1/cases/{mine}/link")).json()

    seen = await manned.http.get(link["url"].removeprefix("https://desk.example"))
    assert seen.status_code == 200, seen.text
    assert {step["step"] for step in seen.json()["steps"]} >= {"withdraw", "add_evidence"}
    assert "judge" not in {step["step"] for step in seen.json()["steps"]}
    problem(await manned.get(link["token"], f"/v1/cases/{other}"), 404, "case_unknown")
    problem(await manned.step(link["token"], other, "withdraw"), 404, "case_unknown")
    problem(await manned.step(link["token"], mine, "judge"), 403, "role_may_not")
    problem(await manned.get(link["token"], "/v1/cases"), 403, "role_may_not")
    me = (await manned.get(link["token"], "/v1/me")).json()
    assert me == {"person": "", "name": "", "role": "customer", "unit": None, "shop": "teahouse", "case": mine}


async def test_an_expired_or_altered_link_is_refused(counter: Counter, settings: Settings) -> None:
    case = (await counter.complain()).json()["case"]["case"]
    links = CaseLinks(key_bytes(settings.link_key))
    old = links.sign("teahouse", case, 1, datetime.now(UTC) - timedelta(days=31), 30)
    good = links.sign("teahouse", case, 1, datetime.now(UTC), 30)
    foreign = CaseLinks(b"another desk's key, 32 bytes long").sign("teahouse", case, 1, datetime.now(UTC), 30)

    problem(await counter.get(old, f"/v1/cases/{case}"), 401, "link_expired")
    problem(await counter.get(good[:-2], f"/v1/cases/{case}"), 401, "link_not_ours")
    problem(await counter.get(foreign, f"/v1/cases/{case}"), 401, "link_not_ours")


async def test_a_link_to_a_case_of_another_shop_is_no_way_in(counter: Counter, settings: Settings) -> None:
    case = (await counter.complain()).json()["case"]["case"]
    crossed = CaseLinks(key_bytes(settings.link_key)).sign("bookshop", case, 1, datetime.now(UTC), 30)

    problem(await counter.get(crossed, f"/v1/cases/{case}"), 404, "case_unknown")


async def test_a_revoked_key_works_no_more_once_it_is_asked_about(
    counter: Counter, open_counter: OpenCounter, database: Database
) -> None:
    key = await another(database, "teahouse", Role.AGENT)
    assert (await counter.get(key, "/v1/me")).status_code == 200
    async with database.writing() as session:
        assert await revoke_key(session, "teahouse", key.split("_")[1])

    fresh = await open_counter()
    problem(await fresh.get(key, "/v1/me"), 401, "key_unknown")


async def test_an_administrator_adds_people_and_keys_and_takes_keys_away(counter: Counter, database: Database) -> None:
    made = await counter.post("administrator", "/v1/people", {"name": "Lin", "roles": ["agent", "supervisor"]})
    assert made.status_code == 201, made.text
    person = made.json()["person"]
    key = (await counter.post("administrator", f"/v1/people/{person}/keys", {"role": "agent"})).json()["key"]
    me = (await counter.get(key, "/v1/me")).json()
    assert (me["name"], me["role"], me["shop"]) == ("Lin", "agent", "teahouse")

    unheld = await counter.post("administrator", f"/v1/people/{person}/keys", {"role": "finance"})
    problem(unheld, 422, "fields_unfit", "role")
    problem(await counter.post("administrator", "/v1/people", {"name": "x", "roles": ["desk"]}), 422, "fields_unfit")
    problem(await counter.post("agent", "/v1/people", {"name": "x", "roles": ["agent"]}), 403, "role_may_not")
    theirs = await staffed(database, "bookshop")
    foreign = await counter.post(theirs["administrator"], f"/v1/people/{person}/keys", {"role": "agent"})
    problem(foreign, 404, "unknown")

    listed = (await counter.get("administrator", "/v1/people")).json()
    assert person in {each["person"] for each in listed["people"]}
    assert "secret" not in str(listed)
    key_id = key.split("_")[1]
    path = f"/v1/people/{person}/keys/{key_id}"
    assert (await counter.http.delete(path, headers=counter.headers(theirs["administrator"]))).status_code == 404
    assert (await counter.http.delete(path, headers=counter.headers("administrator"))).status_code == 204
    problem(await counter.get(key, "/v1/me"), 401, "key_unknown")


async def test_a_customer_is_not_shown_the_desks_own_remarks(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    judged = {"fault_confirmed": True, "responsible": "warehouse", "severity": "serious", "fault": "crack"}
    assert (await manned.step("agent", case, "judge", **judged)).status_code == 200
    link = (await manned.post("agent", f"/v1/cases/{case}/link")).json()["token"]

    seen = await manned.get(link, f"/v1/cases/{case}")
    assert "judgements" in (await manned.get("agent", f"/v1/cases/{case}")).json()["case"]["story"]
    assert not {"judgements", "calls", "troubles"} & set(seen.json()["case"]["story"])
    assert seen.json()["case"]["handler"] is None
    assert "warehouse" not in seen.text.replace("roles", "")
    assert all(task["desk"] == "customer" for task in seen.json()["case"]["tasks"])
