import base64
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.case_lists import AskedOf, CaseFilters, Sort, list_cases
from db.cursors import BadCursor, Place, read_cursor, write_cursor
from db.queues import queue, queue_sizes
from db.reads import (
    cases_by_tracking,
    cases_waiting_for_order,
    children_of,
)
from db.search import Sought
from db.sessions import Database
from db.views import keep_view
from domain.people import Role, Unit
from domain.search_words import terms_of
from domain.view import CaseView, Kind
from tests.db.builders import NOON, a_task, a_view


async def keep(database: Database, *views: CaseView) -> None:
    async with database.writing() as session:
        for view in views:
            await keep_view(session, view)


async def listed(database: Database, **filters: object) -> list[str]:
    async with database.reading() as session:
        return [view.case for view in (await list_cases(session, "cups", CaseFilters(**filters))).items]


def promise(number: int, *, kept: bool = False, hours: int = 1) -> dict[str, object]:
    until = (NOON + timedelta(hours=hours)).isoformat()
    return {"number": number, "until": until, "kept_at": until if kept else None, "broken_at": None}


async def paged(database: Database, filters: CaseFilters, sort: Sort, limit: int) -> list[str]:
    seen, cursor = [], None
    async with database.reading() as session:
        while True:
            page = await list_cases(session, "cups", filters, cursor, limit, sort)
            seen += [view.case for view in page.items]
            cursor = page.next
            if cursor is None:
                return seen


async def test_pages_show_every_case_once_newest_first_even_when_many_open_at_once(database: Database) -> None:
    views = [a_view(f"AS-{n:03d}", opened_at=NOON + timedelta(minutes=n // 7)) for n in range(40)]
    await keep(database, *random.sample(views, 40), a_view("AS-other", shop="hats"))
    seen, cursor = [], None
    async with database.reading() as session:
        while True:
            page = await list_cases(session, "cups", CaseFilters(), cursor, limit=7)
            seen += page.items
            cursor = page.next
            if cursor is None:
                break
    assert seen == sorted(views, key=lambda view: (view.opened_at, view.case), reverse=True)


async def test_a_full_last_page_has_no_next(database: Database) -> None:
    await keep(database, a_view("AS-1"), a_view("AS-2"))
    async with database.reading() as session:
        assert (await list_cases(session, "cups", CaseFilters(), limit=2)).next is None
        assert (await list_cases(session, "cups", CaseFilters(), limit=1)).next is not None


@pytest.mark.parametrize(
    ("given", "filters"),
    [
        ({"state": "paid"}, {"state": "paid"}),
        ({"problem": "late"}, {"problem": "late"}),
        ({"kind": Kind.RETURN}, {"kind": Kind.RETURN}),
        ({"parent": "AS-0"}, {"parent": "AS-0"}),
        ({"phone_index": "beef"}, {"phone_index": "beef"}),
        ({"order_index": "other"}, {"order_index": "other"}),
        ({"customer": "c_2"}, {"customer": "c_2"}),
        ({"handler": "p_2"}, {"handler": "p_2"}),
        ({"closed_at": NOON}, {"open": False}),
        ({"tasks": (a_task(desk=Role.FINANCE),)}, {"desk": Role.FINANCE}),
        ({"tasks": (a_task(due_in=timedelta(hours=1)),)}, {"due_before": NOON + timedelta(hours=2)}),
        ({"tasks": ()}, {"not_due_before": NOON + timedelta(hours=5)}),
        ({"story": {"judgements": [{"responsible": "courier"}]}}, {"responsible": "courier"}),
        ({"story": {"proposals": [{"kind": "apology"}]}}, {"remedy": "apology"}),
        ({"story": {"promises": [promise(1), promise(2, kept=True)]}}, {"promised": (NOON, NOON + timedelta(hours=2))}),
        ({"story": {"product": "茶壶"}}, {"search": (Sought(terms_of("茶壶")[0]),)}),
    ],
)
async def test_a_list_is_narrowed(database: Database, given: dict[str, object], filters: dict[str, object]) -> None:
    await keep(database, a_view("AS-1"), a_view("AS-2", **given), a_view("AS-3", shop="hats", **given))
    assert await listed(database, **filters) == ["AS-2"]
    assert await listed(database) == ["AS-2", "AS-1"]


def asking(*requests: dict[str, object]) -> dict[str, object]:
    """A story with these requests to departments, open ones of the technical unit unless told otherwise."""
    usual = {"number": 1, "desk": "department", "unit": "technical", "state": "open"}
    return {"story": {"verified": True, "requests": [usual | each for each in requests]}}


DAI = AskedOf(Role.DEPARTMENT, Unit.TECHNICAL, "p_dai")


@pytest.mark.parametrize(
    ("request_", "seen"),
    [
        ({}, True),
        ({"state": "received", "hands": ["p_tao"]}, True),
        ({"state": "answered", "hands": ["p_tao", "p_dai"]}, True),
        ({"state": "answered", "hands": ["p_tao"]}, False),
        ({"state": "bounced"}, False),
        ({"state": "withdrawn"}, False),
        ({"unit": "delivery"}, False),
        ({"unit": "delivery", "hands": ["p_dai"]}, True),
        ({"desk": "quality", "unit": None}, False),
    ],
)
async def test_somebody_who_is_asked_lists_what_waits_with_the_unit_or_was_in_their_hands(
    database: Database, request_: dict[str, object], seen: bool
) -> None:
    await keep(database, a_view("AS-1"), a_view("AS-2", **asking(request_)), a_view("AS-3", shop="hats", **asking({})))
    assert await listed(database, asked_of=DAI) == (["AS-2"] if seen else [])


async def test_a_unit_is_not_matched_by_parts_of_two_requests(database: Database) -> None:
    await keep(database, a_view("AS-1", **asking({"state": "answered"}, {"number": 2, "unit": "delivery"})))
    assert await listed(database, asked_of=DAI) == []
    assert await listed(database, asked_of=AskedOf(Role.DEPARTMENT, None, "p_dai")) == []


async def test_the_list_of_a_unit_has_its_own_requests_only(database: Database) -> None:
    tasks = tuple(a_task(key, Role.DEPARTMENT) for key in ("request-1", "request-2", "overdue-department#1"))
    requests = asking({}, {"number": 2, "unit": "delivery"})
    await keep(database, a_view("AS-1", tasks=tasks, **requests), a_view("AS-2", tasks=tasks))
    async with database.reading() as session:
        mine = await queue(session, "cups", Role.DEPARTMENT, unit=Unit.TECHNICAL)
        theirs = await queue(session, "cups", Role.DEPARTMENT, unit=Unit.DELIVERY)
    assert [(entry.case, entry.task.key) for entry in mine.items] == [("AS-1", "request-1")]
    assert [(entry.case, entry.task.key) for entry in theirs.items] == [("AS-1", "request-2")]


async def test_a_promise_is_listed_from_the_first_instant_of_its_time_to_the_last_before_its_end(
    database: Database,
) -> None:
    await keep(database, a_view("AS-1", story={"promises": [promise(1), promise(2)]}))
    at = NOON + timedelta(hours=1)
    assert await listed(database, promised=(at, at + timedelta(seconds=1))) == ["AS-1"]
    assert await listed(database, promised=(NOON, at)) == []
    assert await listed(database, promised=(at + timedelta(microseconds=1), at + timedelta(days=9))) == []
    await keep(database, a_view("AS-1", version=2, story={"promises": [promise(1, kept=True), promise(2, hours=3)]}))
    assert await listed(database, promised=(NOON, NOON + timedelta(hours=2))) == []
    assert await listed(database, promised=(NOON, NOON + timedelta(hours=9))) == ["AS-1"]
    await keep(database, a_view("AS-1", version=3, story=None))
    assert await listed(database, promised=(NOON, NOON + timedelta(hours=9))) == []


async def test_what_is_due_first_can_come_first_over_all_pages_also_with_words_and_filters(database: Database) -> None:
    dues = [timedelta(hours=2), None, timedelta(hours=1), None, timedelta(hours=2), timedelta(hours=-1)]
    story = {"product": "茶杯", "judgements": [{"responsible": "courier"}]}
    for number, due in enumerate(dues):
        await keep(database, a_view(f"AS-{number}", tasks=(a_task(due_in=due),), story=story))
    await keep(database, a_view("AS-8", tasks=()), a_view("AS-9", shop="hats", story=story))
    wanted = ["AS-5", "AS-2", "AS-0", "AS-4", "AS-1", "AS-3"]
    sought = CaseFilters(search=(Sought(terms_of("茶杯")[0]),))
    for filters in (sought, CaseFilters(responsible="courier"), replace(sought, open=True, problem="quality")):
        assert await paged(database, filters, Sort.DUE, 1) == wanted
        assert await paged(database, filters, Sort.OPENED, 2) == [f"AS-{number}" for number in range(5, -1, -1)]
    assert await paged(database, CaseFilters(), Sort.DUE, 4) == ["AS-5", "AS-2", "AS-0", "AS-4", "AS-1", "AS-3", "AS-8"]


async def test_pages_of_a_search_show_every_case_once_while_others_come_and_go(database: Database) -> None:
    views = [a_view(f"AS-{n:03d}", opened_at=NOON + timedelta(minutes=n // 3)) for n in range(20)]
    await keep(database, *random.sample(views, 20))
    seen: list[str] = []
    async with database.reading() as session:
        page = await list_cases(session, "cups", CaseFilters(search=(Sought(terms_of("杯子")[0]),)), None, 7)
        while page.next is not None:
            seen += [view.case for view in page.items]
            await keep(database, a_view(f"AS-new-{len(seen)}", opened_at=NOON + timedelta(days=1)))
            await keep(database, replace(views[-1], version=2 + len(seen), state="paid"))
            found = CaseFilters(search=(Sought(terms_of("杯子")[0]),))
            page = await list_cases(session, "cups", found, page.next, 7)
    seen += [view.case for view in page.items]
    assert seen == [view.case for view in reversed(views)]


async def test_the_cursor_of_another_order_is_refused(database: Database) -> None:
    await keep(database, a_view("AS-1"), a_view("AS-2"))
    async with database.reading() as session:
        for one, other in ((Sort.OPENED, Sort.DUE), (Sort.DUE, Sort.OPENED)):
            page = await list_cases(session, "cups", CaseFilters(), None, 1, one)
            assert page.next is not None
            with pytest.raises(BadCursor):
                await list_cases(session, "cups", CaseFilters(), page.next, 1, other)


async def test_filters_are_joined_by_and(database: Database) -> None:
    await keep(database, a_view("AS-1", state="paid"), a_view("AS-2", state="paid", problem="late"))
    assert await listed(database, state="paid", problem="late", open=True) == ["AS-2"]


async def test_a_queue_shows_what_is_due_first_and_the_undated_last_over_all_pages(database: Database) -> None:
    dues = [timedelta(hours=2), None, timedelta(hours=1), None, timedelta(hours=2), timedelta(hours=-1)]
    await keep(database, *(a_view(f"AS-{n}", tasks=(a_task("judge", due_in=due),)) for n, due in enumerate(dues)))
    await keep(database, a_view("AS-8", tasks=(a_task(desk=Role.FINANCE),)), a_view("AS-9", shop="hats"))
    seen, cursor = [], None
    async with database.reading() as session:
        while True:
            page = await queue(session, "cups", Role.AGENT, cursor, limit=1)
            seen += [entry.case for entry in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == ["AS-5", "AS-2", "AS-0", "AS-4", "AS-1", "AS-3"]
        assert [entry.case for entry in (await queue(session, "cups", None)).items] == [
            "AS-5", "AS-2", "AS-0", "AS-4", "AS-8", "AS-1", "AS-3",
        ]  # fmt: skip
        assert await queue_sizes(session, "cups") == {Role.AGENT: 6, Role.FINANCE: 1}


async def test_what_needs_a_person_has_a_list_of_its_own(database: Database) -> None:
    stuck = a_task("pay", Role.FINANCE, needs_a_person=True)
    await keep(database, a_view("AS-1"), a_view("AS-2", tasks=(a_task(), stuck), kind=Kind.PAYMENT))
    async with database.reading() as session:
        page = await queue(session, "cups", None, needs_a_person=True)
    assert [(entry.case, entry.kind, entry.problem, entry.task) for entry in page.items] == [
        ("AS-2", Kind.PAYMENT, "quality", stuck)
    ]


async def test_a_parcels_number_finds_every_case_that_waits_for_it(database: Database) -> None:
    first, second = a_view("AS-1", tracking=("SF1",)), a_view("AS-2", tracking=("SF0", "SF1"))
    await keep(
        database, first, second, a_view("AS-3", tracking=("SF0",)), a_view("AS-4", shop="hats", tracking=("SF1",))
    )
    async with database.reading() as session:
        assert await cases_by_tracking(session, "cups", "SF1") == [second, first]


async def test_only_open_unverified_complaints_wait_for_an_order(database: Database) -> None:
    waiting = a_view("AS-1")
    await keep(
        database,
        waiting,
        a_view("AS-2", story={"verified": True}),
        a_view("AS-3", story=None),
        a_view("AS-4", closed_at=NOON),
        a_view("AS-5", kind=Kind.PAYMENT),
        a_view("AS-6", order_index="other"),
        a_view("AS-7", shop="hats"),
        a_view("AS-8", story={"verified": None}),
    )
    async with database.reading() as session:
        assert await cases_waiting_for_order(session, "cups", "0rd3r") == [waiting]


async def test_a_case_names_what_it_started(database: Database) -> None:
    child = a_view("AS-2", parent="AS-1")
    await keep(database, a_view("AS-1"), child, a_view("AS-3", shop="hats", parent="AS-1"))
    async with database.reading() as session:
        assert await children_of(session, "cups", "AS-1") == [child]


def raw(told: str) -> str:
    return base64.urlsafe_b64encode(told.encode()).decode()


@pytest.mark.parametrize("cursor", [
    "", "x", "äö", "A" * 5000, raw("{}"), raw("[]"), raw('["2026-01-01", "AS-1"]'), raw('["yesterday","AS-1"]'),
    raw('[5, "AS-1"]'), raw('["2026-01-01T00:00:00+00:00", 5]'), raw('[null,"a\\u0000"]'), raw('[null,"AS-1"]'),
    raw('["2026-01-01T00:00:00+00:00","AS-1","more"]'), raw("[" * 500), raw("[NaN]"),
    raw('["2026-01-01T00:00:00+00:00","\\ud800"]'), raw('["0001-01-01T00:00:00+14:00","AS-1"]'),
])  # fmt: skip
async def test_a_cursor_from_elsewhere_is_refused(database: Database, cursor: str) -> None:
    async with database.reading() as session:
        with pytest.raises(BadCursor):
            await list_cases(session, "cups", CaseFilters(), cursor)


@pytest.mark.parametrize("limit", [0, -1, 201])
async def test_a_page_has_1_to_200_lines(database: Database, limit: int) -> None:
    async with database.reading() as session:
        with pytest.raises(ValueError, match="1 to 200"):
            await list_cases(session, "cups", CaseFilters(), limit=limit)
        with pytest.raises(ValueError, match="1 to 200"):
            await queue(session, "cups", Role.AGENT, limit=limit)


@given(
    st.none() | st.datetimes(timezones=st.just(NOON.tzinfo)),
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9), max_size=5),
)
def test_every_place_survives_its_cursor(at, keys) -> None:
    assert read_cursor(write_cursor(Place(at, tuple(keys))), len(keys)) == Place(at, tuple(keys))
