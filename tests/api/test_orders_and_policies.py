"""Registering orders, publishing policies, reading lists and personal words, courier's news."""

from __future__ import annotations

import pytest

from db.disclosures import disclosures_of_case
from db.sessions import Database
from policies.loader import default_policy_text
from tests.api.counter import Counter, order_body, staffed
from tests.api.test_bad_input import acknowledged, problem


async def test_the_same_order_again_changes_nothing_and_a_correction_counts(counter: Counter) -> None:
    first, again = await counter.register(), await counter.register()
    assert first.status_code == again.status_code == 200, first.text
    assert first.json() == again.json()
    corrected = await counter.register(carrier="YTO")
    assert corrected.json()["version"] == first.json()["version"] + 1
    read = (await counter.get("agent", "/v1/orders/t-1001")).json()
    assert read["carrier"] == "YTO"
    assert read["lines"][0]["paid"] == {"amount": "138.00", "currency": "CNY"}


async def test_an_order_registered_later_verifies_the_complaints_that_waited_for_it(manned: Counter) -> None:
    case = await acknowledged(manned)
    other = (await manned.complain(line=7)).json()["case"]["case"]
    registered = (await manned.register()).json()

    assert registered["verified"] == [case]
    assert [(each["case"], each["code"]) for each in registered["not_verified"]] == [(other, "unknown_line")]
    live = (await manned.get("agent", f"/v1/cases/{case}")).json()["case"]
    assert live["story"]["verified"] is True
    assert live["story"]["product"] == "teapot"
    assert (await manned.register()).json()["verified"] == [], "nothing waits any more"


async def test_a_complaint_without_contact_takes_it_from_the_registered_order(counter: Counter) -> None:
    await counter.register()
    told = (await counter.complain(customer=None)).json()["case"]

    assert set(told["sealed_fields"]) >= {"name", "phone", "email", "customer"}
    found = (await counter.get("agent", "/v1/cases", params={"phone": "+86 13800138000"})).json()["items"]
    assert [each["case"] for each in found] == [told["case"]]


async def test_cases_are_found_by_phone_and_order_and_paged(counter: Counter) -> None:
    cases = [(await counter.complain()).json()["case"]["case"] for _ in range(3)]
    other = (await counter.complain(order="T-2", customer={"phone": "13900139000"})).json()["case"]["case"]

    by_order = (await counter.get("agent", "/v1/cases", params={"order": " t-1001"})).json()["items"]
    assert {each["case"] for each in by_order} == set(cases)
    by_phone = (await counter.get("agent", "/v1/cases", params={"phone": "139-0013-9000"})).json()["items"]
    assert [each["case"] for each in by_phone] == [other]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await counter.get("agent", "/v1/cases", params=params)).json()
        seen += [each["case"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(seen) == sorted([*cases, other])


async def test_a_desks_queue_has_what_is_due_first_first(counter: Counter) -> None:
    for _ in range(3):
        await counter.complain()
    lines = (await counter.get("agent", "/v1/queues/agent", params={"limit": "100"})).json()["items"]

    due = [line["task"]["due_at"] for line in lines if line["task"]["due_at"]]
    assert due
    assert due == sorted(due)
    assert {line["task"]["desk"] for line in lines} == {"agent"}


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        ("agent", {"customer", "description", "email", "name", "order", "phone"}),
        ("warehouse", {"customer", "name", "phone"}),
        ("finance", {"name"}),
    ],
)
async def test_personal_words_are_opened_for_who_needs_them_and_that_is_on_record(
    counter: Counter, database: Database, role: str, fields: set[str]
) -> None:
    case = (await counter.complain()).json()["case"]["case"]
    opened = await counter.get(role, f"/v1/cases/{case}/personal")

    assert opened.status_code == 200, opened.text
    assert set(opened.json()["words"]) == fields
    assert opened.json()["words"]["name"] == "王芳"
    async with database.reading() as session:
        noted = await disclosures_of_case(session, "teahouse", case)
    assert [(each.role.value, set(each.fields)) for each in noted] == [(role, fields)]


async def test_who_needs_no_personal_words_gets_none(counter: Counter) -> None:
    case = (await counter.complain()).json()["case"]["case"]
    for role in ("administrator", "auditor", "integration", "logistics"):
        problem(await counter.get(role, f"/v1/cases/{case}/personal"), 403, "role_may_not")


async def test_a_policy_is_published_whole_or_refused_cell_by_cell(counter: Counter) -> None:
    before = (await counter.get("agent", "/v1/policies/current")).json()
    assert before["published_at"] is None
    text = default_policy_text().replace("max_photos = { value = 20", "max_photos = { value = 1")
    published = await counter.put("administrator", "/v1/policies/current", content=text.encode())
    assert published.status_code == 200, published.text
    version = published.json()["version"]
    assert published.json()["new"] is True
    assert version != before["version"]
    now = (await counter.get("agent", "/v1/policies/current")).json()
    assert (now["version"], now["text"]) == (version, text)
    case = (await counter.complain()).json()["case"]
    assert case["policy_version"] == version
    assert (await counter.get("auditor", f"/v1/policies/{version}")).json()["text"] == text
    problem(await counter.get("agent", "/v1/policies/" + "0" * 64), 404, "unknown")

    wrong = default_policy_text().replace('freight_cap = { value = "30.00 CNY"', 'freight_cap = { value = "a lot"')
    refused = await counter.put("administrator", "/v1/policies/current", content=wrong.encode())
    problem(refused, 422, "fields_unfit", "freight_cap.value")
    problem(await counter.put("administrator", "/v1/policies/current", content=b"\xff"), 400, "body_unreadable")
    problem(await counter.put("agent", "/v1/policies/current", content=text.encode()), 403, "role_may_not")
    assert (await counter.get("agent", "/v1/policies/current")).json()["version"] == version


async def test_news_of_a_parcel_that_nobody_expects_are_kept(counter: Counter) -> None:
    news = {"message_id": "m", "tracking": "SF999999", "status": "in_transit", "at": "2026-11-20T00:00:00Z"}
    kept = await counter.post("logistics", "/v1/courier-news", news)
    assert (kept.status_code, kept.json()) == (202, {"cases": []})
    otherwise = await counter.post("logistics", "/v1/courier-news", news | {"status": "lost"})
    problem(otherwise, 409, "news_said_otherwise", "message_id")
    problem(
        await counter.post("logistics", "/v1/courier-news", news | {"status": "eaten"}), 422, "fields_unfit", "status"
    )
    problem(await counter.post("agent", "/v1/courier-news", news), 403, "role_may_not")


async def test_another_shop_neither_sees_nor_changes_an_order(counter: Counter, database: Database) -> None:
    await counter.register()
    theirs = await staffed(database, "bookshop")

    problem(await counter.get(theirs["agent"], "/v1/orders/T-1001"), 404, "unknown")
    registered = await counter.put(theirs["integration"], "/v1/orders/T-1001", json=order_body(carrier="Other"))
    assert registered.status_code == 200
    assert (await counter.get("agent", "/v1/orders/T-1001")).json()["carrier"] == "SF Express"
