"""With 20,000 cases every list and every work list finds its rows by an index."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import text

from db.case_lists import AskedOf, CaseFilters, Sort, list_cases
from db.leads import ParcelMarks, parcels_with_a_new_lead, returns_like
from db.mending import rows_to_check
from db.queues import Whose, queue
from db.reads import cases_by_tracking, cases_waiting_for_order, children_of, find_case
from db.registers import parcels_under_way, promises
from db.search import Sought
from db.sessions import Database, ReadSession
from db.views import keep_view
from domain.people import Role, Unit
from domain.search_words import Asked, Term
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
        (ARRAY['keep_promise', 'record_parcel_check'])[1 + n % 2], due_at + n * interval '1 minute', reason, false, 3
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
        'asked', false, 3 FROM cases WHERE "case" LIKE 'F-%00' AND :cases > 0
    """,
    "INSERT INTO case_tracking SELECT shop, 'T' || n, 'F-' || n FROM case_tracking, generate_series(1, :cases) AS n",
    """
    INSERT INTO case_search ("case", shop, opened_at, customer, words, marks, boxes, marked)
    SELECT 'F-' || n, shop, opened_at + n * interval '1 minute', 'c' || n % 5000,
        array_to_tsvector(ARRAY['common', 'w' || n % 5000, 'old' || n / 1000, 'responsible=r' || n % 7]),
        ARRAY[1, 100 + n % 5000], boxes, boxes
    FROM case_search, generate_series(1, :cases) AS n
    """,
    """
    UPDATE cases SET view = jsonb_set(view, '{story}', coalesce(nullif(view -> 'story', 'null'), '{}')
        || jsonb_build_object('line', jsonb_build_object('barcode', '69' || length("case") || right("case", 3))))
    WHERE kind = 'return' AND :cases > 0
    """,
    """
    UPDATE cases SET kind = 'parcel', state = 'unidentified', view = jsonb_set(view, '{story}',
        '{"same_number": [], "seen": {}}') WHERE "case" LIKE 'F-%001' AND :cases > 0
    """,
    """
    UPDATE case_tracking SET tracking = 'T77' WHERE "case" IN ('F-3001', 'F-3004')
    """,
    """
    INSERT INTO case_promises SELECT 'F-' || n, 1, shop, opened_at + n * interval '1 minute'
    FROM case_search, generate_series(1, 20) AS n WHERE "case" NOT LIKE 'F-%'
    """,
)
LIKE = ParcelMarks("T17", "F-17", "o17", "c17", "f17", ("695001",), (117,))
MOST_ROWS = 1500
"""Of 20,000: a page shows 50 cases, and where a desk or several things are asked for some are looked at in vain."""


def words(word: str, mark: int | None = None) -> tuple[Sought, ...]:
    return (Sought(Term(((Asked(word),),), ((word,),)), () if mark is None else ((mark,),)),)


MOST_ROWS_BY_WORDS = 4000
"""The newest 1,000 are looked through first, and where words and other things are asked for, more rows in vain."""
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
    {"not_due_before": NOON},
    {"responsible": "r3"},
    {"responsible": "r3", "state": "s3"},
    {"promised": (NOON, NOON + timedelta(minutes=9))},
    {"search": words("w17")},
    {"search": words("old7")},
    {"search": words("common")},
    {"search": words("common", 117)},
    {"search": words("nothing", 117)},
    {"search": (*words("common"), *words("w17"))},
    {"search": words("common"), "state": "s3", "problem": "p3"},
    {"search": words("w17"), "open": True, "responsible": "r3"},
]


def _due(narrowed: dict[str, object]) -> Callable[[ReadSession], Awaitable[object]]:
    return lambda session: list_cases(session, "cups", CaseFilters(**narrowed), sort=Sort.DUE)


def _listing(narrowed: dict[str, object]) -> Callable[[ReadSession], Awaitable[object]]:
    return lambda session: list_cases(session, "cups", CaseFilters(**narrowed))


READS: dict[str, Callable[[ReadSession], Awaitable[object]]] = {
    **{f"list {narrowed}": _listing(narrowed) for narrowed in NARROWED},
    "by priority": lambda session: list_cases(session, "cups", CaseFilters(), sort=Sort.PRIORITY),
    "by priority, narrowed": lambda session: list_cases(
        session, "cups", CaseFilters(handler="h17"), sort=Sort.PRIORITY
    ),
    "by priority, words": lambda session: list_cases(
        session, "cups", CaseFilters(search=words("w17")), sort=Sort.PRIORITY
    ),
    "due": _due({}),
    "due, open": _due({"open": True}),
    "due, overdue": _due({"due_before": NOON + timedelta(hours=5)}),
    "due, words": _due({"search": words("w17")}),
    "due, common words": _due({"search": words("common")}),
    "queue of a desk": lambda session: queue(session, "cups", Role.AGENT),
    "my queue": lambda session: queue(session, "cups", Role.AGENT, whose=Whose(NOON, {}, mine="h16")),
    "what is anybody's": lambda session: queue(
        session, "cups", Role.AGENT, whose=Whose(NOON, {"h16": None}, anybodys=True)
    ),
    "queue of a unit": lambda session: queue(session, "cups", Role.DEPARTMENT, unit=Unit.TECHNICAL),
    "queue of all desks": lambda session: queue(session, "cups", None),
    "needs a person": lambda session: queue(session, "cups", None, needs_a_person=True),
    "one case": lambda session: find_case(session, "cups", "F-17"),
    "by tracking": lambda session: cases_by_tracking(session, "cups", "T17"),
    "parcels under way": lambda session: parcels_under_way(session, "cups"),
    "promises": lambda session: promises(session, "cups"),
    "children": lambda session: children_of(session, "cups", "F-17"),
    "waiting for an order": lambda session: cases_waiting_for_order(session, "cups", "o18"),
    "returns like a parcel": lambda session: returns_like(session, "cups", LIKE),
    "parcels with a new lead": parcels_with_a_new_lead,
    "unidentified parcels": lambda session: list_cases(
        session, "cups", CaseFilters(kind=Kind.PARCEL, state="unidentified"), sort=Sort.DUE
    ),
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
        await session.execute(text("ANALYZE cases, case_tasks, case_tracking, case_search, case_promises"))


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
    most = {name: MOST_ROWS_BY_WORDS if "search" in name or "responsible" in name else MOST_ROWS for name in READS}
    assert {name: rows for name, rows in looked_at.items() if rows > most[name]} == {}
    assert any(looked_at.values())
