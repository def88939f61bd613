"""Cases are found by words that stand in clear and by marks of words that do not; a forgotten customer's are gone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import text

from adapters.blind_index import BlindIndex
from db.case_lists import CaseFilters, Sort, list_cases
from db.search import Sought, marks_owed
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister, destroy_key
from db.views import Marks, drop_read_model, keep_view, renew_search
from domain.sealed import Sealed, WrappedKey
from domain.search_words import sealed_words_of, terms_of
from domain.view import CaseView
from tests.db.builders import a_view
from tests.db.test_views import keep, somebody_waits

INDEX = BlindIndex(bytes(range(32)))
SAID = "杯把断了，要求退款"
KEY = 7


def sought(asked: str, *scopes: str, shop: str = "cups") -> tuple[Sought, ...]:
    return tuple(
        Sought(
            term, tuple(tuple(INDEX.word(shop, scope, word) for word in way) for scope in scopes for way in term.exact)
        )
        for term in terms_of(asked)
    )


async def found(database: Database, asked: str, *scopes: str, shop: str = "cups", **more: object) -> list[str]:
    filters = CaseFilters(search=sought(asked, *scopes, shop=shop), **more)  # type: ignore[arg-type]
    async with database.reading() as session:
        return [view.case for view in (await list_cases(session, shop, filters)).items]


def marks(told: str = SAID, field: str = "description", key: int = KEY, shop: str = "cups") -> Marks:
    words = sealed_words_of(field, told)
    return Marks(key, tuple(sorted(INDEX.word(shop, scope, word) for scope in ("all", field) for word in words)))


async def keep_marked(database: Database, view: CaseView, given: Marks | None) -> bool:
    async with database.writing_once() as session:
        return await keep_view(session, view, marks=given)


async def owed(database: Database) -> Sequence[str]:
    async with database.reading() as session:
        return [view.case for view in await marks_owed(session)]


@pytest.fixture
async def keyed(database: Database) -> Database:
    """A database in which customer c_1 of the shop `cups` has a live key."""
    await SubjectKeyRegister(database).add_wrapped_key("cups", "c_1", WrappedKey(KEY, "box"))
    return database


async def test_a_case_is_found_by_its_number_product_and_whatever_stands_in_clear(database: Database) -> None:
    story = {"product": "青花瓷茶杯", "judgements": [{"fault": "handle broken off", "place": "左侧"}]}
    await keep(database, a_view("AS-2026-000017", story=story))
    await keep(database, a_view("AS-2026-000018", story={"product": "teapot"}))
    for asked in ("AS-2026-000017", "as-2026-000017", "000017", "茶杯", "杯", "hand", "左侧 茶杯 BROKEN"):
        assert await found(database, asked) == ["AS-2026-000017"], asked
    assert await found(database, "AS-2026") == ["AS-2026-000018", "AS-2026-000017"]
    assert await found(database, "茶杯 teapot") == []


async def test_another_shop_finds_nothing(keyed: Database) -> None:
    await keep_marked(keyed, a_view(story={"product": "茶杯"}), marks())
    assert await found(keyed, "茶杯", shop="hats") == []
    assert await found(keyed, "断了", "all", shop="hats") == []


async def test_a_page_that_another_shops_cases_would_fill_holds_none_of_them(database: Database) -> None:
    for number in range(4):
        await keep(database, a_view(f"AS-{number}", shop="hats" if number else "cups", story={"product": "茶杯"}))
    for more in ({}, {"open": True}, {"responsible": None, "problem": "quality"}):
        filters = CaseFilters(search=sought("茶杯"), **more)  # type: ignore[arg-type]
        async with database.reading() as session:
            for sort in Sort:
                page = await list_cases(session, "cups", filters, None, 1, sort)
                assert [view.case for view in page.items] == ["AS-0"], (more, sort)


async def test_words_of_a_newer_version_replace_the_old_ones(database: Database) -> None:
    await keep(database, a_view(story={"product": "cup"}))
    await keep(database, a_view(version=2, story={"product": "teapot"}))
    assert await found(database, "cup") == []
    assert await found(database, "teapot") == ["AS-2026-000001"]
    await keep(database, a_view(version=1, story={"product": "cup"}))
    assert await found(database, "cup") == []


async def test_sealed_words_are_found_by_their_marks_in_the_scope_that_was_asked(keyed: Database) -> None:
    await keep_marked(keyed, a_view(), marks("王小明", "name"))
    assert await found(keyed, "小明", "all") == ["AS-2026-000001"]
    assert await found(keyed, "小明", "name") == ["AS-2026-000001"]
    assert await found(keyed, "小明", "phone") == []
    assert await found(keyed, "小明") == []
    async with keyed.reading() as session:
        told = str((await session.execute(text("SELECT case_search::text FROM case_search"))).scalar_one())
    assert "小明" not in told


async def test_some_words_may_stand_in_clear_and_others_sealed(keyed: Database) -> None:
    await keep_marked(keyed, a_view("AS-1", story={"product": "茶杯"}), marks())
    await keep_marked(keyed, a_view("AS-2", story={"product": "茶壶"}), marks())
    await keep_marked(keyed, a_view("AS-3", story={"product": "茶杯"}), marks("颜色不对"))
    assert await found(keyed, "断了 茶杯", "all") == ["AS-1"]


async def test_marks_stay_when_somebody_writes_who_did_not_look_into_the_boxes(keyed: Database) -> None:
    await keep_marked(keyed, a_view(), marks())
    await keep(keyed, a_view(version=2, state="other"))
    assert await found(keyed, "断了", "all") == ["AS-2026-000001"]
    assert await owed(keyed) == []


async def test_marks_are_owed_while_the_boxes_are_others_than_those_they_were_made_from(keyed: Database) -> None:
    await keep(keyed, a_view())
    assert await owed(keyed) == ["AS-2026-000001"]
    await keep_marked(keyed, a_view(version=2), marks())
    assert await owed(keyed) == []
    other = {"description": Sealed("c_1", "description", KEY, "other box")}
    await keep(keyed, a_view(version=3, sealed=other))
    assert await owed(keyed) == ["AS-2026-000001"]
    assert await found(keyed, "断了", "all") == ["AS-2026-000001"]
    await keep_marked(keyed, a_view(version=4, sealed=other), marks("漏水"))
    assert await owed(keyed) == []
    assert await found(keyed, "断了", "all") == []
    assert await found(keyed, "漏水", "all") == ["AS-2026-000001"]


@pytest.mark.parametrize("sealed", [None, {}])
async def test_a_case_without_boxes_is_owed_nothing(database: Database, sealed: dict[str, Sealed] | None) -> None:
    await keep(database, a_view(sealed=sealed))
    assert await owed(database) == []


async def test_owed_marks_are_told_in_parts(database: Database) -> None:
    for number in range(5):
        await keep(database, a_view(f"AS-{number}"))
    async with database.reading() as session:
        assert [view.case for view in await marks_owed(session, limit=2)] == ["AS-0", "AS-1"]
        assert [view.case for view in await marks_owed(session, "AS-2", limit=9)] == ["AS-3", "AS-4"]


async def test_a_forgotten_customers_words_find_nothing_and_the_case_is_still_found(keyed: Database) -> None:
    await SubjectKeyRegister(keyed).add_wrapped_key("cups", "c_2", WrappedKey(KEY, "box"))
    await keep_marked(keyed, a_view("AS-2026-000001"), marks())
    await keep_marked(keyed, a_view("AS-2026-000002", customer="c_2"), marks())
    async with keyed.writing() as session:
        assert await destroy_key(session, "cups", "c_1")
    assert await found(keyed, "断了", "all") == ["AS-2026-000002"]
    assert await found(keyed, "AS-2026-000001", "all") == ["AS-2026-000001"]
    assert await owed(keyed) == []


async def test_forgetting_that_is_rolled_back_forgets_nothing(keyed: Database) -> None:
    await keep_marked(keyed, a_view(), marks())

    async def forget_and_fail() -> None:
        async with keyed.writing() as session:
            await destroy_key(session, "cups", "c_1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await forget_and_fail()
    assert await found(keyed, "断了", "all") == ["AS-2026-000001"]


@pytest.mark.parametrize("key", [KEY, KEY + 1, 0])
async def test_no_marks_are_kept_under_a_key_that_is_not_alive(keyed: Database, key: int) -> None:
    async with keyed.writing() as session:
        await destroy_key(session, "cups", "c_1")
    await SubjectKeyRegister(keyed).add_wrapped_key("cups", "c_1", WrappedKey(KEY + 2, "box"))
    await keep_marked(keyed, a_view(), marks(key=key))
    assert await found(keyed, "断了", "all") == []
    assert await owed(keyed) == []


@pytest.mark.parametrize(("shop", "customer"), [("hats", "c_1"), ("cups", "c_2")])
async def test_the_key_has_to_be_that_of_the_cases_customer(keyed: Database, shop: str, customer: str) -> None:
    await keep_marked(keyed, a_view(shop=shop, customer=customer), marks(shop=shop))
    assert await found(keyed, "断了", "all", shop=shop) == []


async def test_marks_on_their_way_while_a_customer_is_forgotten_are_cleared_too(keyed: Database) -> None:
    async def forget() -> None:
        async with keyed.writing() as session:
            await destroy_key(session, "cups", "c_1")

    async with keyed.writing() as session:
        await keep_view(session, a_view(), marks=marks())
        forgetting = asyncio.create_task(forget())
        await asyncio.wait_for(somebody_waits(keyed), 10)
    await forgetting
    assert await found(keyed, "AS-2026-000001") == ["AS-2026-000001"]
    assert await found(keyed, "断了", "all") == []


async def test_marks_that_come_while_a_customer_is_being_forgotten_are_not_kept(keyed: Database) -> None:
    async with keyed.writing() as session:
        await destroy_key(session, "cups", "c_1")
        keeping = asyncio.create_task(keep_marked(keyed, a_view(), marks()))
        await asyncio.wait_for(somebody_waits(keyed), 10)
    assert await keeping
    assert await found(keyed, "断了", "all") == []


async def test_what_a_case_is_found_by_is_made_anew_only_at_the_version_of_its_row(keyed: Database) -> None:
    await keep(keyed, a_view(version=2, story={"product": "cup"}))
    async with keyed.writing_once() as session:
        assert not await renew_search(session, a_view(version=1, story={"product": "teapot"}), marks())
        assert not await renew_search(session, a_view("AS-unknown"), marks())
    assert await found(keyed, "teapot") == []
    assert await found(keyed, "断了", "all") == []
    async with keyed.writing_once() as session:
        await session.execute(text("UPDATE case_search SET words = '', marks = '{}'"))
        assert await renew_search(session, a_view(version=2, story={"product": "cup"}), marks())
    assert await found(keyed, "cup 断了", "all") == ["AS-2026-000001"]


async def test_a_dropped_and_rewritten_register_finds_the_same(keyed: Database) -> None:
    view = a_view(story={"product": "茶杯", "judgements": [{"responsible": "courier"}]})
    await keep_marked(keyed, replace(view, version=1), marks())
    await keep_marked(keyed, replace(view, version=2), None)
    async with keyed.reading() as session:
        before = (await session.execute(text("SELECT case_search::text FROM case_search"))).scalar_one()
    async with keyed.writing() as session:
        await drop_read_model(session)
    assert await found(keyed, "茶杯") == []
    await keep_marked(keyed, replace(view, version=2), marks())
    async with keyed.reading() as session:
        assert (await session.execute(text("SELECT case_search::text FROM case_search"))).scalar_one() == before


@pytest.mark.parametrize(
    "asked", ["'", "a'b", "\\", "a\\b", "x:*", "!a", "a|b", "(a", "a & b", "茶:*壶", "%", "_", "a<->b"]
)
async def test_signs_of_the_query_language_are_words_or_nothing(database: Database, asked: str) -> None:
    await keep(database, a_view(story={"product": "茶杯"}))
    try:
        assert await found(database, asked) == []
    except ValueError:
        assert not any(sign.isalnum() for sign in asked)


@pytest.mark.parametrize("said", ["'a' \\ b", "x" * 3000, "杯\0\ud800", "=responsible=courier", "\U0010ffff" * 9])
async def test_odd_texts_do_not_keep_a_case_out_of_the_search(database: Database, said: str) -> None:
    view = a_view(story={"product": said.replace("\ud800", "")})
    assert await keep(database, view)
    assert await found(database, view.case) == [view.case]
    assert await found(database, view.case, responsible="courier") == []
