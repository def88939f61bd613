"""With 20,000 cases every list and every work list finds its rows by an index."""

from collections.abc import Awaitable, Callable

from sqlalchemy import text

from db.mending import rows_to_check
from db.queues import queue
from db.reads import (
    AskedOf,
    CaseFilters,
    cases_by_tracking,
    cases_waiting_for_order,
    children_of,
    find_case,
    list_by_priority,
    list_cases,
)
from db.registers import parcels_under_way, promises
from db.sessions import Database, ReadSession
from db.views import keep_view
from domain.people import Role, Unit
from domain.view import Kind
from tests.db.builders import NOON, a_view

CASES = 20_000
FILL = (
    """
    INSERT INTO cases ("case", shop, kind, parent, version, state, problem, channel, customer, handler, opened_at,
        phone_index, order_index, policy_version, due_at, view, priority)
    SELECT 'F-' || n, shop, (ARRAY['complaint', 'return', 'payment'])[1 + n % 3], 'F-' || n / 3, version, 's' || n % 8,
        'p' || n % 9, channel, 'c' || n % 5000, 'h' || n % 40, opened_at + n * interval '1 minute', 'f' || n % 5000,
        'o' || n % 5000, policy_version, opened_at + n % 900 * interval '1 minute', view,
        1 + n % 5
    FROM cases, generate_series(1, :cases) AS n
    """,
    """
    INSERT INTO case_tasks ("case", key, shop, kind, problem, desk, step, due_at, reason, needs_a_person, priority,
        handler)
    SELECT 'F-' || n, key, shop, kind, problem, (ARRAY['agent', 'finance', 'warehouse', 'supervisor'])[1 + n % 4], step,
        due_at + n % 900 * interval '1 minute', reason, n % 100 = 0,
        1 + n % 5, 'h' || n % 40
    FROM case_tasks, generate_series(1, :cases) AS n
    """,
    """
    INSERT INTO case_tasks
    SELECT 'F-' || n, (ARRAY['promise-', 'check-'])[1 + n % 2] || 1, shop, kind, problem, 'agent',
        (ARRAY['keep_promise', 'record_parcel_check'])[1 + n % 2], due_at + n * interval '1 minute', reason, false
    FROM case_tasks, generate_series(1, :cases, 49) AS n WHERE "case" NOT LIKE 'F-%'
    """,
    """
    UPDATE cases SET view = jsonb_set(view, '{story}', '{"promises": [{"number": 1}], "parcels": [{"tracking": "1"}]}')
    WHERE "case" IN (SELECT "case" FROM case_tasks WHERE step IN ('keep_promise', 'record_parcel_check'))
    """,
    """
    UPDATE cases SET view = jsonb_set(view, '{story,requests}', jsonb_build_array(jsonb_build_object('number', 1,
        'desk', 'department', 'unit', (ARRAY['technical', 'delivery'])[1 + length("case") % 2], 'state', 'open',
        'hands', jsonb_build_array("case"))))
    WHERE "case" LIKE 'F-%00' AND :cases > 0
    """,
    """
    INSERT INTO case_tasks SELECT "case", 'request-1', shop, kind, problem, 'department', 'answer_request', due_at,
        'asked', false FROM cases WHERE "case" LIKE 'F-%00' AND :cases > 0
    """,
    "INSERT INTO case_tracking SELECT shop, 'T' || n, 'F-' || n FROM case_tracking, generate_series(1, :cases) AS n",
)
MOST_ROWS = 1500
"""Of 20,000: a page shows 50 cases, and where a desk or several things are asked for some are looked at in vain."""
NARROWED: list[dict[str, object]] = [
    {},
    {"state": "s3"},
    {"problem": "p3"},
    {"kind": Kind.RETURN},
    {"parent": "F-17"},
    {"phone_index": "f17"},
    {"order_index": "o17"},
    {"customer": "c17"},
    {"handler": "h17"},
    {"due_before": NOON},
    {"desk": Role.FINANCE},
    {"open": True},
    {"priority": 4, "open": True},
    {"state": "s3", "desk": Role.SUPERVISOR, "problem": "p3"},
    {"asked_of": AskedOf(Role.DEPARTMENT, Unit.TECHNICAL, "F-300")},
]


def _listing(narrowed: dict[str, object]) -> Callable[[ReadSession], Awaitable[object]]:
    return lambda session: list_cases(session, "cups", CaseFilters(**narrowed))


READS: dict[str, Callable[[ReadSession], Awaitable[object]]] = {
    **{f"list {narrowed}": _listing(narrowed) for narrowed in NARROWED},
    "by priority": lambda session: list_by_priority(session, "cups", CaseFilters()),
    "queue of a desk": lambda session: queue(session, "cups", Role.AGENT),
    "queue of a unit": lambda session: queue(session, "cups", Role.DEPARTMENT, unit=Unit.TECHNICAL),
    "queue of all desks": lambda session: queue(session, "cups", None),
    "needs a person": lambda session: queue(session, "cups", None, needs_a_person=True),
    "one case": lambda session: find_case(session, "cups", "F-17"),
    "by tracking": lambda session: cases_by_tracking(session, "cups", "T17"),
    "parcels under way": lambda session: parcels_under_way(session, "cups"),
    "promises": lambda session: promises(session, "cups"),
    "children": lambda session: children_of(session, "cups", "F-17"),
    "waiting for an order": lambda session: cases_waiting_for_order(session, "cups", "o18"),
    "to check": lambda session: rows_to_check(session, "F-17", 50),
}
ROWS_READ = text("""
    SELECT (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes) + (SELECT sum(seq_tup_read) FROM pg_stat_user_tables)
""")


async def fill(database: Database) -> None:
    async with database.writing() as session:
        await keep_view(session, a_view(tracking=("T0",)))
        for statement in FILL:
            await session.execute(text(statement), {"cases": CASES} if ":cases" in statement else {})
    async with database.writing_once() as session:
        await session.execute(text("ANALYZE cases, case_tasks, case_tracking"))


async def rows_read(session: ReadSession) -> int:
    """All rows that the server ever read in this database, by index or not, as it counts them."""
    await session.execute(text("SELECT pg_stat_force_next_flush()"))
    return int((await session.execute(ROWS_READ)).scalar_one())


async def test_no_read_looks_at_many_more_rows_than_it_shows(database: Database) -> None:
    await fill(database)
    looked_at: dict[str, int] = {}
    async with database.reading() as session:
        for name, read in READS.items():
            before = await rows_read(session)
            assert await read(session)
            looked_at[name] = await rows_read(session) - before
    assert {name: rows for name, rows in looked_at.items() if rows > MOST_ROWS} == {}
    assert any(looked_at.values())
