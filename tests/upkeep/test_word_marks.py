"""Marks of sealed words are made by whoever writes a row, made up for by the sweep, and made anew at any time."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from sqlalchemy import text

from adapters.blind_index import BlindIndex
from adapters.vault import SealBroken, Vault
from db.case_lists import CaseFilters, list_cases
from db.search import Sought, marks_owed
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister, destroy_key
from db.views import keep_view
from domain.sealed import Sealed
from domain.search_words import terms_of
from domain.view import CaseView
from tests.db.builders import a_view
from upkeep.case_rows import CaseRows
from upkeep.word_marks import MOST_MARKS, WordMarker, pay_marks, reindex

INDEX = BlindIndex(bytes(range(32)))
MASTER, OTHER_MASTER = bytes(32), bytes(range(32))


def vault_of(database: Database, master: bytes = MASTER) -> Vault:
    return Vault(master, SubjectKeyRegister(database))


@pytest.fixture
def vault(database: Database) -> Vault:
    return vault_of(database)


@pytest.fixture
def marker(vault: Vault) -> WordMarker:
    return WordMarker(vault, INDEX)


async def a_case(vault: Vault, number: int = 1, version: int = 1, **said: str) -> CaseView:
    """A case whose customer said this, sealed."""
    words = said or {"description": "杯把断了", "name": "王小明", "phone": "138 0013 8000"}
    boxes = await vault.seal_all("cups", "c_1", words)
    return a_view(f"AS-{number}", version=version, sealed=boxes)


async def found(database: Database, asked: str, scope: str = "all") -> list[str]:
    sought = tuple(
        Sought(term, tuple(tuple(INDEX.word("cups", scope, word) for word in way) for way in term.exact))
        for term in terms_of(asked)
    )
    async with database.reading() as session:
        return [view.case for view in (await list_cases(session, "cups", CaseFilters(search=sought))).items]


async def keep(database: Database, view: CaseView) -> None:
    async with database.writing_once() as session:
        assert await keep_view(session, view)


async def owed(database: Database) -> list[str]:
    async with database.reading() as session:
        return [view.case for view in await marks_owed(session)]


async def test_whoever_writes_a_row_makes_its_marks(database: Database, vault: Vault, marker: WordMarker) -> None:
    assert await CaseRows(database, lambda _: None, marker).keep(await a_case(vault))
    for asked in ("断了", "小明", "13800138000", "8000", "断了 王小明"):
        assert await found(database, asked) == ["AS-1"], asked
    assert await found(database, "小明", "name") == ["AS-1"]
    assert await found(database, "断了", "name") == []
    assert await owed(database) == []


async def test_boxes_are_looked_into_once_and_again_when_they_are_others(
    database: Database, vault: Vault, marker: WordMarker
) -> None:
    rows, view = CaseRows(database, lambda _: None, marker), await a_case(vault)
    await rows.keep(view)
    assert await marker.fresh(replace(view, version=2, state="other")) is None
    other = replace(await a_case(vault, description="漏水"), version=3)
    assert await marker.fresh(other) is not None
    await rows.keep(other)
    assert await found(database, "漏水") == ["AS-1"]
    assert await found(database, "断了") == []


async def test_marks_that_were_not_kept_are_not_remembered_as_kept(
    database: Database, vault: Vault, marker: WordMarker
) -> None:
    view = await a_case(vault)
    await keep(database, view)
    await CaseRows(database, lambda _: None, marker).keep(view)
    assert await marker.fresh(view) is not None


async def test_a_row_written_without_marks_gets_them_by_the_sweep(
    database: Database, vault: Vault, marker: WordMarker
) -> None:
    for number in range(1, 4):
        await keep(database, await a_case(vault, number))
    assert await found(database, "断了") == []
    assert await pay_marks(database, marker) == 3
    assert await found(database, "断了") == ["AS-3", "AS-2", "AS-1"]
    assert await pay_marks(database, marker) == 0


async def test_what_cases_are_found_by_can_be_made_anew_from_the_register(
    database: Database, vault: Vault, marker: WordMarker
) -> None:
    rows = CaseRows(database, lambda _: None, marker)
    for number in range(1, 4):
        await rows.keep(await a_case(vault, number))
    told = text("SELECT case_search::text FROM case_search ORDER BY 1")
    async with database.reading() as session:
        before = (await session.execute(told)).scalars().all()
    async with database.writing_once() as session:
        await session.execute(text("TRUNCATE case_search, case_promises"))
    assert await reindex(database, marker) == 3
    async with database.reading() as session:
        assert (await session.execute(told)).scalars().all() == before


async def test_under_another_master_key_the_row_is_kept_and_its_marks_are_owed(
    database: Database, vault: Vault, marker: WordMarker, caplog: pytest.LogCaptureFixture
) -> None:
    view = await a_case(vault)
    restored = WordMarker(vault_of(database, OTHER_MASTER), INDEX)
    with caplog.at_level(logging.WARNING, "redress.words"):
        assert await CaseRows(database, lambda _: None, restored).keep(view)
    assert "AS-1" in caplog.text
    assert await found(database, "杯子") == ["AS-1"]
    with pytest.raises(SealBroken):
        await pay_marks(database, restored)
    assert await owed(database) == ["AS-1"]
    assert await pay_marks(database, marker) == 1
    assert await found(database, "断了") == ["AS-1"]


async def test_a_box_that_does_not_open_hides_only_its_own_words(
    database: Database, vault: Vault, marker: WordMarker, caplog: pytest.LogCaptureFixture
) -> None:
    view = await a_case(vault)
    boxes = dict(view.sealed or {})
    boxes["name"] = replace(boxes["name"], box=boxes["phone"].box)
    with caplog.at_level(logging.WARNING, "redress.words"):
        await CaseRows(database, lambda _: None, marker).keep(replace(view, sealed=boxes))
    assert await found(database, "断了") == ["AS-1"]
    assert await found(database, "小明") == []
    assert await owed(database) == []
    assert boxes["name"].box not in caplog.text


async def test_a_forgotten_customer_gets_no_marks_whoever_writes_sweeps_or_makes_them_anew(
    database: Database, vault: Vault, marker: WordMarker
) -> None:
    rows, view = CaseRows(database, lambda _: None, marker), await a_case(vault)
    await rows.keep(view)
    async with database.writing() as session:
        await destroy_key(session, "cups", "c_1")  # by another process: this one remembers the key for a while
    await rows.keep(replace(view, version=2, sealed={**(view.sealed or {}), "answer_1": await box(vault, "再说")}))
    await rows.keep(replace(view, case="AS-2"))
    await keep(database, replace(view, case="AS-3"))
    await pay_marks(database, marker)
    await reindex(database, marker)
    for asked in ("断了", "小明", "8000", "再说"):
        assert await found(database, asked) == []
    assert await owed(database) == []
    assert await found(database, "AS-2") == ["AS-2"]


async def test_what_a_customer_says_after_being_forgotten_is_found_again(database: Database, vault: Vault) -> None:
    view = await a_case(vault)
    async with database.writing() as session:
        await destroy_key(session, "cups", "c_1")
    vault.forget("cups", "c_1")
    boxes = {**(view.sealed or {}), "answer_1": await box(vault, "新的话")}
    await CaseRows(database, lambda _: None, WordMarker(vault, INDEX)).keep(replace(view, sealed=boxes))
    assert await found(database, "新的") == ["AS-1"]
    assert await found(database, "断了") == []


async def test_of_very_much_that_was_said_so_many_words_are_found(
    database: Database, vault: Vault, marker: WordMarker
) -> None:
    said = {f"record_{n}": " ".join(f"w{n}x{m}" for m in range(1500)) for n in range(1, 9)}
    view = await a_case(vault, name="王小明", **said)
    assert len((await marker.marks(view)).marks) == MOST_MARKS
    await CaseRows(database, lambda _: None, marker).keep(view)
    assert await found(database, "小明 w1x999") == ["AS-1"]
    assert await found(database, "w1x1001") == []


async def box(vault: Vault, words: str) -> Sealed:
    return await vault.seal("cups", "c_1", "reason", words)
