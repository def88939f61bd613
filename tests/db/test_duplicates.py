"""Likely duplicates in a real register: by order line, customer and the look of photos."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from db.duplicates import likely_duplicates
from db.sessions import Database
from db.views import drop_read_model, keep_view
from domain.complaint.linking.likely import AlikePhoto, Found, Why, ranked
from domain.evidence import BANDS, LOOKS_ALIKE_BITS, Photo, bands
from domain.view import CaseView, Kind
from tests.db.builders import NOON, a_view

WEEK = timedelta(days=7)
HASHES = st.integers(0, 2**64 - 1)


def look(bits: int) -> str:
    return f"{bits:016x}"


def a_photo(name: str, bits: int) -> Photo:
    return Photo(name, "o", "c", "image/jpeg", 640, 480, 12345, look(bits))


async def keep(database: Database, *views: CaseView) -> None:
    async with database.writing() as session:
        for view in views:
            await keep_view(session, view)


async def found(database: Database, view: CaseView) -> dict[str, Found]:
    async with database.reading() as session:
        return {each.view.case: each for each in await likely_duplicates(session, view, WEEK)}


@given(HASHES, st.sets(st.integers(0, 63), max_size=LOOKS_ALIKE_BITS))
def test_two_photos_that_look_alike_share_a_band_and_bands_say_which_they_are(bits: int, turned: set[int]) -> None:
    other = bits
    for place in turned:
        other ^= 1 << place
    mine, theirs = bands(look(bits)), bands(look(other))
    assert len(set(mine)) == BANDS
    assert set(mine) & set(theirs)
    assert sum((band % 1024) << (9 * number) for number, band in enumerate(mine)) == bits, "nothing of it is lost"


async def test_the_register_keeps_the_bands_that_the_rule_says(database: Database) -> None:
    chance = random.Random(3)  # noqa: S311  pictures, no secret
    shots = [a_photo(f"p{n}", chance.getrandbits(64)) for n in range(20)] + [
        a_photo("dark", 0),
        a_photo("light", 2**64 - 1),
    ]
    await keep(database, a_view("AS-1", photos=tuple(shots)))
    async with database.reading() as session:
        kept = {(row.photo, row.band) for row in await session.execute(text("SELECT photo, band FROM photo_looks"))}
    assert kept == {(shot.photo, band) for shot in shots for band in bands(shot.difference_hash)}


async def test_each_sort_of_likeness_is_found_and_nothing_of_another_shop(database: Database) -> None:
    mine = a_view("AS-1", photos=(a_photo("mine", 0b1111),), story={"line": 1}, customer="c_1", order_index="o1")
    other = {"customer": "c_9", "order_index": "o9", "photos": (), "story": {"line": 1}}
    await keep(
        database,
        mine,
        a_view("AS-2", **{**other, "order_index": "o1"}),
        a_view("AS-3", **{**other, "order_index": "o1", "story": {"line": 2}}),
        a_view("AS-4", **{**other, "customer": "c_1", "opened_at": NOON - WEEK}),
        a_view("AS-5", **{**other, "customer": "c_1", "opened_at": NOON - WEEK - timedelta(seconds=1)}),
        a_view("AS-6", **{**other, "photos": (a_photo("copy", 0b0011),)}),
        a_view("AS-7", **{**other, "photos": (a_photo("other", 0xFFFF),)}),
        a_view("AS-8", **other),
        replace(mine, case="AS-9", shop="hats"),
        replace(mine, case="AS-1-R1", kind=Kind.RETURN),
    )
    seen = await found(database, mine)
    assert {case: each.reasons for case, each in seen.items()} == {
        "AS-2": (Why.SAME_ORDER_LINE,),
        "AS-3": (Why.SAME_ORDER,),
        "AS-4": (Why.SAME_CUSTOMER,),
        "AS-6": (Why.SAME_PHOTO,),
    }
    assert seen["AS-6"].photos == (AlikePhoto("mine", "copy", 2),)


async def test_a_case_without_an_order_or_a_line_is_like_none_by_it(database: Database) -> None:
    bare = {"order_index": None, "story": {"line": None}, "photos": ()}
    mine = a_view("AS-1", **bare)
    await keep(database, mine, a_view("AS-2", customer="c_2", **bare))
    assert await found(database, mine) == {}
    named = a_view("AS-3", order_index="o1", story={"line": None}, photos=())
    await keep(database, named, a_view("AS-4", order_index="o1", story={"line": None}, customer="c_2", photos=()))
    assert (await found(database, named))["AS-4"].reasons == (Why.SAME_ORDER,)


@pytest.mark.parametrize("apart", range(LOOKS_ALIKE_BITS + 3))
async def test_a_copy_is_found_however_its_few_other_bits_lie(database: Database, apart: int) -> None:
    chance = random.Random(apart)  # noqa: S311  pictures, no secret
    bits = chance.getrandbits(64)
    other = bits
    for place in chance.sample(range(64), apart):
        other ^= 1 << place
    mine = a_view("AS-1", photos=(a_photo("mine", bits),))
    copy = a_view("AS-2", customer="c_2", order_index="o2", photos=(a_photo("copy", other),))
    await keep(database, mine, copy)
    seen = await found(database, mine)
    assert [photo.bits_apart for each in seen.values() for photo in each.photos] == (
        [apart] if apart <= LOOKS_ALIKE_BITS else []
    )


async def test_photos_come_in_with_later_versions_and_go_with_the_read_model(database: Database) -> None:
    await keep(database, a_view("AS-1", photos=()), a_view("AS-1", 2, photos=(a_photo("one", 5),)))
    await keep(database, a_view("AS-1", 3, photos=(a_photo("one", 5), a_photo("two", 6))))
    count = text("SELECT count(DISTINCT photo) AS photos, count(*) AS rows FROM photo_looks")
    async with database.reading() as session:
        assert tuple((await session.execute(count)).one()) == (2, 2 * BANDS)
    async with database.writing() as session:
        await drop_read_model(session)
    async with database.reading() as session:
        assert tuple((await session.execute(count)).one()) == (0, 0)


async def test_a_hash_that_is_none_keeps_no_case_out_of_the_register(database: Database) -> None:
    odd = tuple(replace(a_photo(f"p{n}", 0), difference_hash=wrong) for n, wrong in enumerate(("", "xyz", "0" * 17)))
    await keep(database, a_view("AS-1", photos=odd))
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM cases"))).scalar() == 1


def test_the_likeliest_comes_first_then_the_most_alike_then_the_newest() -> None:
    def one(case: str, hours: int = 0, **shared: bool | tuple[AlikePhoto, ...]) -> Found:
        known = {"same_line": False, "same_order": False, "same_customer": False, **shared}
        return Found(view=a_view(case, opened_at=NOON + timedelta(hours=hours)), **known)  # type: ignore[arg-type]

    near, far = (AlikePhoto("m", "t", 0),), (AlikePhoto("m", "t", 5),)
    order = [
        one("AS-1", same_line=True, same_order=True, same_customer=True, photos=far),
        one("AS-2", same_line=True, same_order=True),
        one("AS-3", photos=near),
        one("AS-4", photos=far),
        one("AS-5", hours=2, same_customer=True),
        one("AS-6", hours=1, same_customer=True),
        one("AS-7", same_order=True),
    ]
    mixed = [*order, one("AS-8")]
    random.Random(1).shuffle(mixed)  # noqa: S311  an order, no secret
    assert [each.view.case for each in ranked(mixed)] == [each.view.case for each in order]


async def test_with_many_photos_only_those_that_share_a_band_are_looked_at(database: Database) -> None:
    await keep(database, a_view("AS-1", photos=(a_photo("mine", 1),)))
    fill = text("""
        INSERT INTO photo_looks
        SELECT 'cups', band * 1024 + (hashint8(n * 7 + band) & 511), 'F-' || n, 'p' || n,
            (n::bigint * 2654435761)::bit(64)
        FROM generate_series(1, 20000) AS n, generate_series(0, 6) AS band ON CONFLICT DO NOTHING
    """)
    async with database.writing() as session:
        await session.execute(fill)
    async with database.writing_once() as session:
        await session.execute(text("ANALYZE photo_looks"))
    plan = text("""
        EXPLAIN SELECT 1 FROM photo_looks AS mine JOIN photo_looks AS other
        ON other.shop = mine.shop AND other.band = mine.band AND other."case" <> mine."case"
        WHERE mine."case" = 'AS-1' AND mine.shop = 'cups' AND bit_count(mine.look # other.look) <= 6
    """)
    async with database.reading() as session:
        told = "\n".join((await session.execute(plan)).scalars())
    assert "Seq Scan" not in told, told
