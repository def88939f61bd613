"""What the sweep asks: where did the register fall behind the histories?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.tables.cases import case_checks, case_tasks, cases
from db.tables.openings import openings
from domain.view import Kind

REOPENING = timedelta(days=60)
"""The longest that a policy is expected to let an unanswered case open again; beyond it a row is taken as it is."""

LAST_WORDS = timedelta(days=3)
"""How long after its closing a case may still show something new by itself: its last message falls to a person."""


@dataclass(frozen=True)
class OpeningWithoutRow:
    """A case that was claimed but stands in no list; `started_at` None: nobody saw its workflow start. Instants UTC."""

    case: str
    shop: str
    kind: Kind
    claimed_at: datetime
    started_at: datetime | None


@dataclass(frozen=True)
class RowToCheck:
    """An open case of the register at its kept version, and how long its history was when last compared (0: never)."""

    case: str
    shop: str
    kind: Kind
    version: int
    checked_length: int


async def openings_without_row(session: ReadSession, older_than: datetime, limit: int = 500) -> list[OpeningWithoutRow]:
    """Return openings claimed before `older_than` (UTC) whose case is not in the register, newest first.

    A claim whose workflow never started stays here for good; being oldest it hides no other.
    """
    asked = (
        select(openings.c.case, openings.c.shop, openings.c.kind, openings.c.claimed_at, openings.c.started_at)
        .outerjoin(cases, cases.c.case == openings.c.case)
        .where(openings.c.claimed_at < older_than, cases.c.case.is_(None))
        .order_by(openings.c.claimed_at.desc(), openings.c.case)
        .limit(limit)
    )
    return [
        OpeningWithoutRow(row.case, row.shop, Kind(row.kind), row.claimed_at, row.started_at)
        for row in await session.execute(asked)
    ]


async def rows_to_check(session: ReadSession, after: str | None = None, limit: int = 500) -> list[RowToCheck]:
    """Return cases that may still change, by their number, those behind `after`; ask again with the last one.

    Those are open cases, closed ones that a row still gives a task, those just closed, and unanswered or merged ones
    that may open again.
    """
    has_task = select(case_tasks.c.case).where(case_tasks.c.case == cases.c.case).exists()
    may_reopen = cases.c.state.in_(("no_answer", "merged")) & (cases.c.closed_at > func.now() - REOPENING)
    just_closed = cases.c.closed_at > func.now() - LAST_WORDS
    checked = func.coalesce(case_checks.c.checked_length, 0).label("checked_length")
    asked = (
        select(cases.c.case, cases.c.shop, cases.c.kind, cases.c.version, checked)
        .outerjoin(case_checks, case_checks.c.case == cases.c.case)
        .where(or_(cases.c.closed_at.is_(None), has_task, just_closed, may_reopen))
        .order_by(cases.c.case)
        .limit(limit)
    )
    if after is not None:
        asked = asked.where(cases.c.case > after)
    return [
        RowToCheck(row.case, row.shop, Kind(row.kind), row.version, row.checked_length)
        for row in await session.execute(asked)
    ]


async def without_row(session: ReadSession, numbers: Sequence[str]) -> list[str]:
    """Return those of these case numbers that stand in no row of the register."""
    kept = set((await session.execute(select(cases.c.case).where(cases.c.case.in_(numbers)))).scalars())
    return [number for number in numbers if number not in kept]


async def note_checked(session: WriteSession, case: str, length: int) -> None:
    """Note that the row agreed with the history when that had `length` events; a shorter length is ignored."""
    noted = insert(case_checks).values(case=case, checked_length=length)
    longer = case_checks.c.checked_length <= noted.excluded.checked_length
    kept = {"checked_length": noted.excluded.checked_length, "checked_at": func.now()}
    await session.execute(noted.on_conflict_do_update(index_elements=["case"], set_=kept, where=longer))
