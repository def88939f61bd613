"""How the whole desk stands, in numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from db.deliveries import Attempt, Letter, Outcome, note_attempt
from db.sessions import Database
from db.standing import DeskTasks, Standing, how_it_stands
from db.stuck import note_stuck
from db.views import keep_view
from domain.people import Role
from domain.stuck import StuckBecause, StuckCase
from domain.view import CaseView, Kind, Task
from tests.db.builders import NOON, a_task, a_view
from tests.db.test_list_plans import fill, rows_read

PAST = datetime.now(UTC) - timedelta(minutes=30)
LATER = datetime.now(UTC) + timedelta(hours=1)


def a_slip(case: str, *tasks: Task, state: str = "with_finance") -> CaseView:
    return a_view(case, kind=Kind.PAYMENT, state=state, tasks=tasks, tracking=())


async def standing(database: Database, *views: CaseView) -> Standing:
    for view in views:
        async with database.writing_once() as session:
            await keep_view(session, view)
    async with database.reading() as session:
        return await how_it_stands(session)


async def test_an_empty_desk_stands_at_nothing(database: Database) -> None:
    seen = await standing(database)
    assert seen.open_cases == seen.tasks == {}
    assert (seen.unnoticed, seen.oldest_unnoticed) == (0, 0.0)
    assert {*seen.slips_waiting.values(), *seen.slips_unknown.values(), *seen.letters.values()} == {0}


async def test_open_cases_count_by_kind_and_state_and_closed_ones_do_not(database: Database) -> None:
    seen = await standing(
        database,
        a_view("AS-1"),
        a_view("AS-2"),
        a_view("AS-2-R1", kind=Kind.RETURN, state="in_transit"),
        a_view("AS-3", state="resolved", closed_at=NOON),
    )
    assert seen.open_cases == {("complaint", "to_judge"): 2, ("return", "in_transit"): 1}


async def test_work_lists_count_by_desk_what_waits_what_is_overdue_and_who_needs_a_person(database: Database) -> None:
    judge, late = replace(a_task("judge"), due_at=LATER), replace(a_task("feedback"), due_at=PAST)
    trouble = Task("trouble-1", Role.SUPERVISOR, "settle_trouble", None, "lost", needs_a_person=True)
    twice = replace(trouble, key="trouble-2")
    seen = await standing(database, a_view("AS-1", tasks=(judge, late)), a_view("AS-2", tasks=(trouble, twice)))
    assert seen.tasks == {"agent": DeskTasks(2, 1, 0), "supervisor": DeskTasks(2, 0, 1)}


async def test_a_deadline_is_unnoticed_until_its_breach_stands_beside_it(database: Database) -> None:
    past = datetime.now(UTC) - timedelta(minutes=30)
    late = replace(a_task("judge"), due_at=past)
    just = replace(a_task("propose"), due_at=datetime.now(UTC) - timedelta(seconds=2))
    other = Task("overdue-proposal", Role.SUPERVISOR, "", past - timedelta(minutes=5), "overdue: proposal")
    seen = await standing(database, a_view("AS-1", tasks=(late, just, other)))
    assert seen.unnoticed == 1
    assert 29 * 60 < seen.oldest_unnoticed < 60 * 60

    noticed = Task("overdue-judgement", Role.SUPERVISOR, "", past, "overdue: judgement")
    seen = await standing(database, a_view("AS-1", 2, tasks=(late, just, noticed)))
    assert (seen.unnoticed, seen.oldest_unnoticed) == (0, 0.0)
    assert seen.tasks["supervisor"].overdue == 1


async def test_slips_count_by_whom_they_wait_for_and_by_why_nobody_knows(database: Database) -> None:
    pay = Task("pay", Role.FINANCE, "sign_paid", PAST, "pay")
    seen = await standing(
        database,
        a_slip("AS-1-P1", Task("approve", Role.SUPERVISOR, "approve_slip", LATER, "1 of 1"), state="to_approve"),
        a_slip("AS-1-P2", pay, Task("overdue-payment", Role.SUPERVISOR, "", PAST, "overdue: payment")),
        a_slip("AS-1-P3", replace(pay, due_at=LATER)),
        a_slip(
            "AS-1-P4", Task("trouble-1", Role.SUPERVISOR, "settle_trouble", None, "ledger", True), state="reserving"
        ),
        a_slip("AS-1-P5", replace(pay, key="gateway", due_at=LATER), state="sent"),
        a_slip(
            "AS-1-P6",
            replace(pay, key="gateway", needs_a_person=True),
            replace(pay, key="mismatch-1", step="settle_unknown", needs_a_person=True),
            Task("overdue-payment", Role.SUPERVISOR, "", PAST, "overdue: payment"),
            state="unknown",
        ),
        a_slip("AS-1-P7", replace(pay, key="mismatch-1", step="settle_mismatch", needs_a_person=True), state="paid"),
        a_view("AS-5", tasks=(replace(pay, key="pay"),)),
    )
    assert seen.slips_waiting == {"ledger": 1, "approval": 1, "finance": 2, "gateway": 1}
    assert seen.slips_unknown == {"finance_silent": 1, "ledger": 1, "gateway": 1, "mismatch": 1}


async def test_letters_count_until_they_are_delivered_or_told(database: Database) -> None:
    now = datetime.now(UTC)
    tried = {
        1: (Outcome.SENT, now),
        2: (Outcome.PUT_OFF, now - timedelta(minutes=2)),
        3: (Outcome.PUT_OFF, now - timedelta(hours=2)),
        4: (Outcome.REFUSED, now - timedelta(hours=2)),
        5: (Outcome.REFUSED, now - timedelta(days=2)),
        6: (Outcome.UNDELIVERED, now - timedelta(hours=2)),
        7: (Outcome.DELIVERED, now - timedelta(hours=2)),
    }
    for number, (outcome, at) in tried.items():
        async with database.writing_once() as session:
            letter = Letter("cups", "AS-1", number, "acknowledged", "email", "f00d")
            await note_attempt(session, letter, Attempt(1, at, outcome, "250"))
    tell = Task("tell-5", Role.AGENT, "report_telling", LATER, "tell the customer")
    seen = await standing(database, a_view("AS-1", tasks=(tell,)))
    assert seen.letters == {"with_a_person": 1, "put_off": 1, "refused": 1, "undelivered": 1}


async def test_cases_that_cannot_go_on_count_by_why(database: Database) -> None:
    async with database.writing_once() as session:
        await note_stuck(session, StuckCase("AS-1", "cups", Kind.COMPLAINT, NOON, StuckBecause.FAULT))
    seen = await standing(database)
    assert seen.stuck == {because.value: int(because is StuckBecause.FAULT) for because in StuckBecause}


async def test_with_years_of_closed_cases_only_what_is_open_is_read(database: Database) -> None:
    await fill(database)
    async with database.writing() as session:
        await session.execute(text("UPDATE cases SET closed_at = opened_at WHERE \"case\" > 'F-1'"))
        await session.execute(text("DELETE FROM case_tasks WHERE \"case\" > 'F-1'"))
        await session.execute(
            text("""
                INSERT INTO letters SELECT 'cups', 'F-' || n, 1, 'k', 'email', 'r', 'sent', now(), now()
                FROM generate_series(1, 20000) AS n
            """)
        )
    async with database.writing_once() as session:
        await session.execute(text("VACUUM ANALYZE cases, case_tasks, letters"))
    async with database.writing_once() as session:  # what filling read is counted before, not in between
        await session.execute(text("SELECT pg_stat_force_next_flush()"))
    async with database.reading() as session:
        before = await rows_read(session)
        await how_it_stands(session)
        assert await rows_read(session) - before < 100
