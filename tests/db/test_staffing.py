"""Roster, load and marks against a real database."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from db.marks import Mark, marks_of, put_mark
from db.people import add_person, add_shop, disable_person, find_person, list_people, set_work
from db.queues import Whose, queue
from db.roster import ShiftsOverlap, away, list_shifts, on_duty, put_shifts
from db.sessions import Database
from db.views import keep_view
from db.workload import Load, candidates, loads
from domain.charge import is_anybodys
from domain.complaint.assigning.choosing import Shift
from domain.people import Role
from domain.view import CaseView, Kind
from tests.db.builders import NOON, a_task, a_view

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
MONDAY = NOON.replace(hour=0)


async def person(database: Database, name: str, *roles: Role, shop: str = "cups") -> str:
    async with database.writing() as session:
        await add_shop(session, shop, shop.title(), "CNY")
        return await add_person(session, shop, name, roles or (Role.AGENT,))


async def works(database: Database, who: str, *shifts: tuple[datetime, datetime], shop: str = "cups") -> bool:
    async with database.writing() as session:
        return await put_shifts(session, shop, who, MONDAY, MONDAY + WEEK, tuple(Shift(*each) for each in shifts))


async def keep(database: Database, *views: CaseView) -> None:
    async with database.writing() as session:
        for view in views:
            await keep_view(session, view)


# -- the roster ------------------------------------------------------------------------------------------------


async def test_a_week_is_replaced_whole_and_other_weeks_stay(database: Database) -> None:
    lin = await person(database, "Lin")
    assert await works(database, lin, (NOON, NOON + HOUR), (NOON + 3 * HOUR, NOON + 5 * HOUR))
    async with database.writing() as session:
        later = (Shift(NOON + WEEK, NOON + WEEK + HOUR),)
        assert await put_shifts(session, "cups", lin, MONDAY + WEEK, MONDAY + 2 * WEEK, later)
    assert await works(database, lin, (NOON + 2 * HOUR, NOON + 4 * HOUR))
    async with database.reading() as session:
        found = await list_shifts(session, "cups", MONDAY, MONDAY + 3 * WEEK)
    assert [(line.name, line.shift.begins) for line in found] == [("Lin", NOON + 2 * HOUR), ("Lin", NOON + WEEK)]


@pytest.mark.parametrize(
    "shifts",
    [
        ((NOON, NOON + 2 * HOUR), (NOON + HOUR, NOON + 3 * HOUR)),
        ((NOON, NOON + 9 * HOUR), (NOON + HOUR, NOON + 2 * HOUR)),
        ((NOON, NOON + HOUR), (NOON, NOON + 2 * HOUR)),
        ((MONDAY + HOUR, MONDAY + 5 * HOUR),),
    ],
)
async def test_nobody_works_two_shifts_at_once_not_even_with_one_of_the_week_before(database: Database, shifts) -> None:
    lin = await person(database, "Lin")
    async with database.writing() as session:
        night = (Shift(MONDAY - 2 * HOUR, MONDAY + 3 * HOUR),)
        await put_shifts(session, "cups", lin, MONDAY - WEEK, MONDAY, night)
    with pytest.raises(ShiftsOverlap):
        await works(database, lin, *shifts)
    async with database.reading() as session:
        assert len(await list_shifts(session, "cups", MONDAY - WEEK, MONDAY + WEEK)) == 1, "nothing was changed"


async def test_shifts_that_meet_do_not_overlap(database: Database) -> None:
    lin = await person(database, "Lin")
    assert await works(database, lin, (NOON, NOON + HOUR), (NOON + HOUR, NOON + 2 * HOUR))


async def test_two_who_set_one_roster_at_once_come_one_after_the_other(database: Database) -> None:
    lin = await person(database, "Lin")
    first, second = ((NOON, NOON + 2 * HOUR),), ((NOON + HOUR, NOON + 3 * HOUR),)
    await asyncio.gather(*(works(database, lin, *each) for each in (first, second) * 4))
    async with database.reading() as session:
        assert len(await list_shifts(session, "cups", MONDAY, MONDAY + WEEK)) == 1


async def test_another_shops_person_gets_no_shift(database: Database) -> None:
    stranger = await person(database, "Lin", shop="hats")
    assert not await works(database, stranger, (NOON, NOON + HOUR))


async def test_on_duty_is_a_fact_of_the_roster_at_an_instant(database: Database) -> None:
    lin, mei = await person(database, "Lin"), await person(database, "Mei")
    await works(database, lin, (NOON, NOON + HOUR))
    await works(database, mei, (NOON + HOUR, NOON + 2 * HOUR))
    async with database.reading() as session:
        for shop, at, there in (
            ("cups", NOON - timedelta.resolution, []),
            ("cups", NOON, [lin]),
            ("cups", NOON + HOUR - timedelta.resolution, [lin]),
            ("cups", NOON + HOUR, [mei]),
            ("cups", NOON + 2 * HOUR, []),
            ("hats", NOON, []),
        ):
            assert [line.person for line in await on_duty(session, shop, at)] == there, at


async def test_who_is_away_comes_with_when_they_are_back(database: Database) -> None:
    lin, mei, an, gone = [await person(database, name) for name in ("Lin", "Mei", "An", "Wu")]
    async with database.reading() as session:
        assert await away(session, "cups", NOON) == {}, "no roster is kept"
    async with database.writing() as session:
        await disable_person(session, "cups", gone)
    async with database.reading() as session:
        assert await away(session, "cups", NOON) == {gone: None}
    await works(database, lin, (NOON - HOUR, NOON + HOUR))
    await works(database, mei, (NOON + 5 * HOUR, NOON + 6 * HOUR), (NOON + 8 * HOUR, NOON + 9 * HOUR))
    async with database.reading() as session:
        assert await away(session, "cups", NOON) == {mei: NOON + 5 * HOUR, an: None, gone: None}
        assert await away(session, "cups", NOON + 30 * timedelta(days=1)) == {gone: None}, "given up weeks ago"


# -- who may get a case ----------------------------------------------------------------------------------------


async def test_candidates_come_with_role_skill_shift_and_open_cases(database: Database) -> None:
    lin, mei = await person(database, "Lin"), await person(database, "Mei", Role.AGENT, Role.SUPERVISOR)
    head = await person(database, "Gao", Role.CENTRE_MANAGER)
    gone = await person(database, "Wu")
    await person(database, "Qian", Role.FINANCE)
    await person(database, "Other", shop="hats")
    async with database.writing() as session:
        await disable_person(session, "cups", gone)
        assert await set_work(session, "cups", mei, "tableware", ("quality",))
        assert not await set_work(session, "hats", mei, "spies", ())
    await keep(
        database,
        a_view("AS-1", handler=lin, opened_at=NOON - HOUR),
        a_view("AS-2", handler=lin),
        a_view("AS-3", handler=lin, closed_at=NOON, opened_at=NOON + HOUR),
        a_view("AS-4", handler=lin, kind=Kind.RETURN),
        a_view("AS-5", handler=None),
    )
    async with database.reading() as session:
        found = {each.name: each for each in await candidates(session, "cups", NOON)}
    assert set(found) == {"Lin", "Mei", "Gao"}
    assert (found["Lin"].open_cases, found["Lin"].last_given) == (2, NOON + HOUR)
    assert found["Lin"].shifts is None, "no roster is kept"
    assert (found["Mei"].team, found["Mei"].skills) == ("tableware", {"quality"})
    assert (found["Gao"].person, found["Gao"].role) == (head, Role.CENTRE_MANAGER)
    await works(database, lin, (NOON, NOON + HOUR), (NOON + 2 * HOUR, NOON + 3 * HOUR))
    async with database.reading() as session:
        found = {each.name: each for each in await candidates(session, "cups", NOON)}
    assert found["Lin"].shifts == (Shift(NOON, NOON + HOUR),)
    assert found["Mei"].shifts == ()


async def test_who_has_very_much_is_not_counted_to_the_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.workload.MOST_COUNTED", 2)
    lin = await person(database, "Lin")
    await keep(database, *(a_view(f"AS-{number}", handler=lin) for number in range(3)))
    async with database.reading() as session:
        (found,) = await candidates(session, "cups", NOON)
    assert found.open_cases == 2


async def test_the_load_of_everybody_and_of_nobody(database: Database) -> None:
    lin, mei = await person(database, "Lin"), await person(database, "Mei")
    gone = await person(database, "Wu")
    await person(database, "Qian", Role.FINANCE)
    async with database.writing() as session:
        await disable_person(session, "cups", gone)
    late, customers = a_task(due_in=-HOUR), a_task("evidence", Role.CUSTOMER, due_in=-HOUR)
    await keep(
        database,
        a_view("AS-1", handler=lin, tasks=(late,)),
        a_view("AS-2", handler=lin, tasks=(customers,)),
        a_view("AS-3", handler=gone, tasks=()),
        a_view("AS-4", handler=None, tasks=(late,)),
        a_view("AS-5", handler=None, tasks=(late,), shop="hats"),
    )
    await works(database, lin, (NOON - HOUR, NOON + HOUR))
    async with database.reading() as session:
        found = await loads(session, "cups", NOON)
    assert found == [
        Load(None, "", "", (), None, None, 1, 1),
        Load(lin, "Lin", "", (), True, NOON + HOUR, 2, 1),
        Load(mei, "Mei", "", (), False, None, 0, 0),
        Load(gone, "Wu", "", (), False, None, 1, 0),
    ]


async def test_a_person_is_found_in_their_own_shop_and_while_they_work_there(database: Database) -> None:
    lin = await person(database, "Lin", Role.AGENT, Role.SUPERVISOR)
    async with database.writing() as session:
        await set_work(session, "cups", lin, "", ("quality", "damaged"))
    async with database.reading() as session:
        found = await find_person(session, "cups", lin)
        assert found is not None
        assert (found.name, found.roles, found.skills) == ("Lin", (Role.AGENT, Role.SUPERVISOR), ("quality", "damaged"))
        assert found in await list_people(session, "cups")
        assert await find_person(session, "hats", lin) is None
        assert await find_person(session, "cups", "p_nobody") is None
    async with database.writing() as session:
        await disable_person(session, "cups", lin)
    async with database.reading() as session:
        assert await find_person(session, "cups", lin) is None


# -- whose tasks -----------------------------------------------------------------------------------------------


async def test_mine_are_my_cases_and_those_in_which_i_stand_in_now(database: Database) -> None:
    await keep(
        database,
        a_view("AS-1", handler="p_lin"),
        a_view("AS-2", handler="p_mei"),
        a_view("AS-3", handler="p_mei", stand_in="p_lin", stand_in_until=NOON + HOUR),
        a_view("AS-4", handler="p_mei", stand_in="p_lin", stand_in_until=NOON),
        a_view("AS-5", handler=None, team="tableware"),
    )
    async with database.reading() as session:
        mine = await queue(session, "cups", Role.AGENT, whose=Whose(NOON, {}, mine="p_lin"))
        team = await queue(session, "cups", Role.AGENT, whose=Whose(NOON, {}, team="tableware"))
    assert [entry.case for entry in mine.items] == ["AS-1", "AS-3"]
    assert [entry.case for entry in team.items] == ["AS-5"]


async def test_the_database_says_of_many_tasks_what_the_rule_says_of_one(database: Database) -> None:
    people = (None, "p_here", "p_back", "p_gone")
    gone = {"p_back": NOON + 2 * HOUR, "p_gone": None}
    dues = (None, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR)
    views: list[CaseView] = []
    for handler in people:
        for stand_in, until in ((None, None), ("p_here", NOON + HOUR), ("p_gone", NOON + HOUR), ("p_gone", NOON)):
            for due in dues:
                task = a_task(due_in=None if due is None else due - NOON)
                known = {"handler": handler, "stand_in": stand_in, "stand_in_until": until}
                views.append(a_view(f"AS-{len(views):03d}", tasks=(task,), **known))
    await keep(database, *views)
    async with database.reading() as session:
        everything = await queue(session, "cups", Role.AGENT, limit=200)
        anybodys = await queue(session, "cups", Role.AGENT, limit=200, whose=Whose(NOON, gone, anybodys=True))
    by_rule = [each.case for each in everything.items if is_anybodys(each.charge, each.task.due_at, gone, NOON)]
    assert [each.case for each in anybodys.items] == by_rule
    assert 10 < len(by_rule) < len(views) - 10


# -- marks -----------------------------------------------------------------------------------------------------


async def test_marks_are_seen_until_they_are_over_and_renewed_without_going_back(database: Database) -> None:
    async def mark(who: str, until: datetime, now: datetime = NOON) -> None:
        async with database.writing_once() as session:
            await put_mark(session, "cups", "AS-1", Mark(who, who.title(), Role.AGENT, until), now)

    async def seen(now: datetime, shop: str = "cups") -> list[tuple[str, datetime]]:
        async with database.reading() as session:
            return [(each.person, each.until) for each in await marks_of(session, shop, "AS-1", now)]

    await mark("lin", NOON + HOUR)
    await mark("mei", NOON + 2 * HOUR)
    assert await seen(NOON) == [("lin", NOON + HOUR), ("mei", NOON + 2 * HOUR)]
    assert await seen(NOON, "hats") == []
    assert await seen(NOON + HOUR) == [("mei", NOON + 2 * HOUR)]
    await mark("mei", NOON + HOUR)
    assert await seen(NOON + HOUR) == [("mei", NOON + 2 * HOUR)], "an older wish that came late shortens nothing"
    await mark("mei", NOON + 9 * HOUR, NOON + 3 * HOUR)
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM case_marks"))).scalar() == 1, "what is over is gone"
    await asyncio.gather(*(mark("lin", NOON + n * HOUR) for n in range(1, 9)))
    assert ("lin", NOON + 8 * HOUR) in await seen(NOON)
