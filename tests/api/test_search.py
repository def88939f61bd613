"""Searching the list: who finds what, at once; never what was refused, is forgotten, or belongs to another shop."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from api.policy_book import PolicyBook
from db.reads import find_case
from db.sessions import Database
from db.subject_keys import destroy_key
from db.views import keep_view
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter, staffed
from tests.api.test_asked_desks import FOUND
from tests.api.test_asked_desks import asked as asks_the_technicians
from tests.api.test_bad_input import problem
from tests.builders import it_goes_on

SHOP = "teahouse"
WORDS = {"description": "杯把断了，要求退款。It leaks.", "order": "T-1001"}
MOST = 200


async def found(counter: Counter, role: str = "agent", **asked: Any) -> list[str]:
    answer = await counter.get(role, "/v1/cases", params=asked)
    assert answer.status_code == 200, answer.text
    return [item["case"] for item in answer.json()["items"]]


async def opened(counter: Counter, **more: Any) -> str:
    answer = await counter.complain(**{**WORDS, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case"]["case"])


async def subject_of(database: Database, case: str) -> str:
    async with database.reading() as session:
        view = await find_case(session, SHOP, case)
    assert view is not None
    return view.customer


async def forget(database: Database, subject: str) -> None:
    async with database.writing() as session:
        assert await destroy_key(session, SHOP, subject)


SEALED = ["断了", "退款", "leaks", "T-1001", "t-1001", "王芳", "138 0013 8000", "+86-13800138000", "8000",
          "wang@example.com", "WANG@example.com", "wang_88", "断了 leaks 王芳"]  # fmt: skip


async def test_a_case_is_found_at_once_by_what_its_customer_said_and_by_what_stands_in_clear(counter: Counter) -> None:
    await counter.register()
    case = await opened(counter)
    await counter.complain(order="T-9", description="别的东西", customer={"reference": "li", "phone": "139 0000 0000"})
    for asked in (*SEALED, case, case.lower(), case[3:], "teapot", "teapot 断了"):
        assert await found(counter, q=asked) == [case], asked
    assert await found(counter, q="断了 别的") == []


@pytest.mark.parametrize(
    ("role", "finds"),
    [
        ("agent", {"case", "product", "name", "phone", "reference", "description", "order"}),
        ("supervisor", {"case", "product", "name", "phone", "reference", "description", "order"}),
        ("call_back", {"case", "product", "name", "phone", "reference", "description", "order"}),
        ("warehouse", {"case", "product", "name", "phone", "reference"}),
        ("label_desk", {"case", "product", "name", "phone", "order"}),
        ("finance", {"case", "product", "name"}),
        ("auditor", {"case", "product"}),
        ("integration", {"case", "product"}),
        ("logistics", {"case", "product"}),
        ("centre_manager", {"case", "product"}),
    ],
)
async def test_words_of_customers_are_found_only_by_who_may_open_them(
    counter: Counter, role: str, finds: set[str]
) -> None:
    await counter.register()
    case = await opened(counter)
    asked = {
        "case": case,
        "product": "teapot",
        "name": "王芳",
        "phone": "13800138000",
        "reference": "wang_88",
        "description": "断了",
        "order": "T-1001",
    }
    assert {what for what, words in asked.items() if await found(counter, role, q=words) == [case]} == finds


async def test_a_department_finds_a_case_by_words_only_while_it_is_asked(manned: Counter) -> None:
    case = await asks_the_technicians(manned)
    await manned.step("agent", case, "add_remark", words="客户很急")
    everything: tuple[dict[str, str], ...] = (
        {"q": case}, {"q": "firmware"}, {"q": "很急"}, {"overdue": "false"}, {"desk": "agent"}, {"order": "T-1001"},
    )  # fmt: skip
    for each in everything:
        assert await found(manned, "department", **each) == [case], each
    assert await found(manned, "department", q="王芳") == []
    assert (await manned.step("department", case, "answer_request", **FOUND)).status_code == 200
    assert await found(manned, "department") == await found(manned, "department", open="true", sort="due") == [case]
    for each in everything:
        assert await found(manned, "department", **each) == [], each
        assert await found(manned, "agent", **each) == [case], each


@pytest.mark.parametrize("role", ["administrator", None, "link"])
async def test_who_sees_no_list_searches_none(counter: Counter, role: str | None) -> None:
    case = await opened(counter)
    if role == "link":
        role = (await counter.post("agent", f"/v1/cases/{case}/link")).json()["token"]
    for asked in (case, "断了", "", "?"):
        answer = await counter.get(role, "/v1/cases", params={"q": asked})
        problem(answer, *((401, "who_are_you") if role is None else (403, "role_may_not")))


async def test_another_shop_finds_nothing_though_its_customers_say_the_same(
    counter: Counter, database: Database
) -> None:
    await counter.register()
    case = await opened(counter)
    theirs = await staffed(database, "bookshop")
    for asked in (*SEALED, case, "teapot"):
        assert await found(counter, theirs["agent"], q=asked) == []
    other = (await counter.complain(theirs["integration"], **WORDS)).json()["case"]["case"]
    assert await found(counter, theirs["agent"], q="断了") == [other]
    assert await found(counter, q="断了") == [case]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("x" * (MOST + 1), "at most 200"),
        ("杯" * (MOST + 1), "at most 200"),
        ("?!。，…", "no letter"),
        ("☕", "no letter"),
        ("   ", "blank"),
        ("a\nb", "line break"),
        ("a\0b", "control"),
        (" ".join(f"w{n}" for n in range(13)), "more than 12"),
    ],
)
async def test_a_search_for_nothing_or_too_much_is_refused_by_its_field(
    counter: Counter, asked: str, wrong: str
) -> None:
    answer = await counter.get("agent", "/v1/cases", params={"q": asked})
    told = problem(answer, 422, "fields_unfit", "q")
    assert wrong in told["errors"][0]["message"], told
    assert len(asked) < 5 or asked not in answer.text


async def test_an_empty_search_is_refused_and_a_long_one_within_bounds_is_not(counter: Counter) -> None:
    problem(await counter.get("agent", "/v1/cases?q="), 422, "fields_unfit", "q")
    assert await found(counter, q="杯" * MOST) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("sort", "priority!"), ("responsible", "nobody"), ("remedy", "tea"), ("overdue", "perhaps"), ("promised", "soon"),
     ("cursor", "x"), ("limit", "0"), ("limit", "201"), ("due_before", "2026-01-01"), ("kind", "tea")],
)  # fmt: skip
async def test_a_filter_that_does_not_exist_is_refused_by_its_field(counter: Counter, field: str, value: str) -> None:
    problem(await counter.get("agent", "/v1/cases", params={field: value}), 422, "fields_unfit", field)


async def test_words_and_filters_are_joined_and_pages_show_every_case_once(counter: Counter) -> None:
    await counter.register()
    cases = [await opened(counter) for _ in range(5)]
    await opened(counter, description="别的")
    await opened(counter, order="T-unknown")
    for sort in ("opened", "due"):
        seen: list[str] = []
        asked: dict[str, Any] = {"q": "断了 teapot", "open": "true", "problem": "quality", "sort": sort, "limit": 2}
        while True:
            page = (await counter.get("agent", "/v1/cases", params=asked)).json()
            seen += [item["case"] for item in page["items"]]
            if page["next"] is None:
                break
            asked["cursor"] = page["next"]
        assert sorted(seen) == cases
        assert seen == (cases[::-1] if sort == "opened" else seen)
    assert await found(counter, q="断了", state="resolved") == []
    assert await found(counter, q="断了", order="T-unknown") != []


async def test_the_cursor_of_another_order_is_refused(counter: Counter) -> None:
    await opened(counter)
    await opened(counter)
    cursor = (await counter.get("agent", "/v1/cases?limit=1")).json()["next"]
    answer = await counter.get("agent", "/v1/cases", params={"sort": "due", "cursor": cursor})
    problem(answer, 422, "fields_unfit", "cursor")


async def test_a_repeated_opening_is_found_once(counter: Counter, open_counter: OpenCounter) -> None:
    case = (await counter.complain(key="k", **WORDS)).json()["case"]["case"]
    other = await open_counter()
    other.keys = counter.keys
    assert (await other.complain(key="k", **WORDS)).json()["case"]["case"] == case
    assert await found(other, q="断了") == [case]


async def test_steps_are_found_by_what_staff_and_customers_say_in_them(manned: Counter) -> None:
    await manned.register()
    case = await opened(manned)
    found_out = {"fault": "裂纹", "place": "rim", "severity": "minor", "fault_confirmed": True, "reason": "on the way"}
    assert (await manned.step("agent", case, "judge", responsible="supplier", **found_out)).status_code == 200
    assert await found(manned, q="裂纹") == [case]
    assert await found(manned, responsible="supplier") == [case]
    assert (await manned.step("agent", case, "judge", responsible="courier", **found_out)).status_code == 200
    assert await found(manned, responsible="supplier") == []
    assert await found(manned, responsible="courier", q="断了") == [case]
    apology = {"kind": "apology", "words": "我们非常抱歉"}
    assert (await manned.step("agent", case, "propose_remedy", **apology)).status_code == 200
    assert await found(manned, remedy="apology", q="抱歉") == [case]
    decline = {"proposal": 1, "reason": "这不够，我要换新的", "heard_on": "phone"}
    assert (await manned.step("agent", case, "decline_proposal", **decline)).status_code == 200
    assert await found(manned, q="换新") == [case]
    assert await found(manned, "auditor", q="换新") == []


async def test_a_corrected_phone_is_found_and_the_old_one_no_longer(manned: Counter) -> None:
    case = await opened(manned, order="T-unknown")
    assert (await manned.step("agent", case, "supply_facts", phone="139 1111 2222")).status_code == 200
    assert await found(manned, q="139-1111-2222") == [case]
    assert await found(manned, q="13800138000") == []


async def test_a_refused_step_leaves_no_words_to_be_found(manned: Counter) -> None:
    case = await opened(manned)
    decline = {"proposal": 1, "reason": "换新的", "heard_on": "phone"}
    assert (await manned.step("agent", case, "decline_proposal", **decline)).status_code == 409
    assert await found(manned, q="换新") == []


async def test_a_forgotten_customer_is_not_found_by_any_word_and_the_case_by_its_number(
    manned: Counter, database: Database
) -> None:
    await manned.register()
    case, other = await opened(manned), await opened(manned, customer={"reference": "li", "name": "李华"})
    await forget(database, await subject_of(database, case))
    for asked in SEALED:
        assert case not in await found(manned, q=asked), asked
    assert await found(manned, q="断了") == [other]
    assert await found(manned, q=case) == [case]
    # This process still remembers the key for a while; nothing that it writes now makes the words found again.
    assert (await manned.step("agent", case, "give_feedback", **it_goes_on())).status_code == 200
    assert (await manned.step("agent", case, "supply_facts", description="断了 再次")).status_code in {200, 409}
    for asked in (*SEALED, "再次"):
        assert case not in await found(manned, q=asked), asked


async def test_nothing_that_is_searched_or_sealed_is_written_in_clear(counter: Counter, database: Database) -> None:
    await opened(counter)
    await found(counter, q="断了")
    async with database.reading() as session:
        rows = (await session.execute(text("SELECT case_search::text FROM case_search"))).scalars().all()
    assert rows
    assert not any(word in row for row in rows for word in ("断了", "王芳", "13800138000", "leaks", "wang"))


async def test_overdue_is_what_was_due_before_now(counter: Counter, database: Database) -> None:
    late, early = await opened(counter), await opened(counter)
    async with database.writing_once() as session:
        view = await find_case(session, SHOP, late)
        assert view is not None
        tasks = tuple(replace(task, due_at=datetime.now(UTC) - timedelta(seconds=1)) for task in view.tasks)
        await keep_view(session, replace(view, version=view.version + 1, tasks=tasks))
    assert await found(counter, overdue="true") == [late]
    assert await found(counter, overdue="false") == [early]
    assert await found(counter, sort="due") == [late, early]
    before = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    assert await found(counter, overdue="true", due_before=before) == []


async def test_promised_today_is_the_day_on_the_shops_wall(counter: Counter, database: Database) -> None:
    async with database.reading() as session:
        calendar = (await PolicyBook().for_new_case(session, SHOP, datetime.now(UTC))).calendar
    case = await opened(counter)
    version = 1
    while True:
        day = calendar.day_of(datetime.now(UTC))
        seen: list[bool] = []
        for until in (day[0] - timedelta(seconds=1), day[0], day[1] - timedelta(seconds=1), day[1]):
            version += 1
            await promise(database, case, version, until)
            seen.append(await found(counter, promised="today") == [case])
        if calendar.day_of(datetime.now(UTC)) == day:  # else midnight passed meanwhile
            break
    assert seen == [False, True, True, False]
    await promise(database, case, version + 1, day[0], kept=True)
    assert await found(counter, promised="today") == []


async def promise(database: Database, case: str, version: int, until: datetime, *, kept: bool = False) -> None:
    made = {"number": 1, "until": until.isoformat(), "kept_at": until.isoformat() if kept else None, "broken_at": None}
    async with database.writing_once() as session:
        view = await find_case(session, SHOP, case)
        assert view is not None
        assert await keep_view(session, replace(view, version=version, story={"promises": [made]}))
