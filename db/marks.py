"""Who looks at a case just now: a mark that is over in minutes unless it is renewed, and stands in no history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from db.sessions import ReadSession, WriteSession
from db.tables.roster import case_marks
from domain.people import Role

_MARK = text("""
    WITH over AS (
        DELETE FROM case_marks WHERE until <= :now AND NOT ("case" = :case AND person = :person)
    )
    INSERT INTO case_marks AS mark ("case", person, shop, name, role, until)
    VALUES (:case, :person, :shop, :name, :role, :until)
    ON CONFLICT ("case", person) DO UPDATE SET
        name = excluded.name, role = excluded.role, until = greatest(mark.until, excluded.until)
""")


@dataclass(frozen=True)
class Mark:
    """A person has the case on the screen, until `until` (UTC) unless renewed."""

    person: str
    name: str
    role: Role
    until: datetime


async def put_mark(session: WriteSession, shop: str, case: str, mark: Mark, now: datetime) -> None:
    """Set or renew a person's mark; marks that are over go with it. One statement."""
    given = {
        "case": case,
        "shop": shop,
        "person": mark.person,
        "name": mark.name,
        "role": mark.role.value,
        "until": mark.until,
        "now": now,
    }
    await session.execute(_MARK, given)


async def marks_of(session: ReadSession, shop: str, case: str, now: datetime) -> list[Mark]:
    """Return the marks that hold at `now` (UTC), by name. One statement."""
    asked = select(case_marks).where(case_marks.c.shop == shop, case_marks.c.case == case, case_marks.c.until > now)
    found = await session.execute(asked.order_by(case_marks.c.name, case_marks.c.person))
    return [Mark(row.person, row.name, Role(row.role), row.until) for row in found]
