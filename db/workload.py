"""Who may get a case, and how much everybody has to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from db.roster import KEPT_WITHIN
from db.sessions import ReadSession
from domain.complaint.assigning.choosing import Candidate, Shift
from domain.people import Role

AHEAD = timedelta(minutes=1)
"""So far ahead shifts are known to who keeps candidates for a moment."""

MOST_COUNTED = 200
"""Who has more open cases than this counts as having so many: an opening waits for the counting."""

_CANDIDATES = text("""
    WITH kept AS (
        SELECT EXISTS (SELECT FROM roster WHERE shop = :shop AND ends > :kept_since) AS roster
    )
    SELECT people.person, people.name, people.team, people.skills, held.role, kept.roster, load.open_cases,
           shifts.begin_at, shifts.end_at, last.opened_at AS last_given
    FROM people
    JOIN person_roles AS held ON held.person = people.person AND held.role IN ('agent', 'centre_manager')
    CROSS JOIN kept
    CROSS JOIN LATERAL (
        SELECT count(*) AS open_cases FROM (
            SELECT FROM cases WHERE cases.shop = :shop AND cases.handler = people.person AND closed_at IS NULL
              AND cases.kind = 'complaint' LIMIT :most
        ) AS counted
    ) AS load
    LEFT JOIN LATERAL (
        SELECT array_agg(begins ORDER BY begins) AS begin_at, array_agg(ends ORDER BY begins) AS end_at FROM roster
        WHERE roster.person = people.person AND ends > :now AND begins <= :ahead
    ) AS shifts ON true
    LEFT JOIN LATERAL (
        SELECT opened_at FROM cases WHERE cases.shop = :shop AND cases.handler = people.person
        ORDER BY opened_at DESC, "case" DESC LIMIT 1
    ) AS last ON true
    WHERE people.shop = :shop AND people.disabled_at IS NULL
    ORDER BY people.name, people.person
""")
_LOADS = text("""
    WITH load AS (
        SELECT handler, count(*) AS open_cases, count(*) FILTER (WHERE due_at < :now AND EXISTS (
            SELECT FROM case_tasks AS due
            WHERE due."case" = cases."case" AND due.due_at < :now AND due.desk <> 'customer'
        )) AS overdue
        FROM cases WHERE shop = :shop AND closed_at IS NULL AND kind = 'complaint' GROUP BY handler
    ), working AS (
        SELECT person, max(ends) AS until FROM roster
        WHERE shop = :shop AND begins <= :now AND ends > :now GROUP BY person
    ), kept AS (
        SELECT EXISTS (SELECT FROM roster WHERE shop = :shop AND ends > :kept_since) AS roster
    )
    SELECT people.person, people.name, people.team, people.skills, people.disabled_at, kept.roster, working.until,
           load.open_cases, load.overdue
    FROM people
    CROSS JOIN kept
    LEFT JOIN working ON working.person = people.person
    LEFT JOIN load ON load.handler = people.person
    WHERE people.shop = :shop AND (load.handler IS NOT NULL OR people.disabled_at IS NULL AND EXISTS (
        SELECT FROM person_roles AS held
        WHERE held.person = people.person AND held.role IN ('agent', 'supervisor', 'centre_manager')
    ))
    UNION ALL
    SELECT NULL, '', NULL, NULL, NULL, false, NULL, load.open_cases, load.overdue FROM load WHERE handler IS NULL
    ORDER BY name, person
""")


@dataclass(frozen=True)
class Load:
    """What a person has to do, or nobody (`person` None): open complaints, and those with something overdue of ours.

    `on_duty` is None in a shop that keeps no roster; `until` is the end of the shift that runs, UTC.
    """

    person: str | None
    name: str
    team: str
    skills: tuple[str, ...]
    on_duty: bool | None
    until: datetime | None
    open_cases: int
    overdue: int


async def candidates(session: ReadSession, shop: str, now: datetime) -> tuple[Candidate, ...]:
    """Return who may get a case of the shop in the next minute, with their open cases (counted up to `MOST_COUNTED`).

    One statement.
    """
    given = {
        "shop": shop,
        "now": now,
        "ahead": now + AHEAD,
        "kept_since": now - KEPT_WITHIN,
        "most": MOST_COUNTED,
    }
    found = await session.execute(_CANDIDATES, given)
    return tuple(
        Candidate(
            person=row.person,
            name=row.name,
            role=Role(row.role),
            team=row.team or "",
            skills=frozenset(row.skills or ()),
            shifts=_shifts(row.begin_at, row.end_at) if row.roster else None,
            open_cases=row.open_cases,
            last_given=row.last_given,
        )
        for row in found
    )


async def loads(session: ReadSession, shop: str, now: datetime) -> list[Load]:
    """Return what everybody who works on complaints has to do, by name; what is nobody's stands for itself."""
    given = {"shop": shop, "now": now, "kept_since": now - KEPT_WITHIN}
    return [
        Load(
            person=row.person,
            name=row.name,
            team=row.team or "",
            skills=tuple(row.skills or ()),
            on_duty=(row.until is not None and row.disabled_at is None) if row.roster else None,
            until=row.until,
            open_cases=row.open_cases or 0,
            overdue=row.overdue or 0,
        )
        for row in await session.execute(_LOADS, given)
    ]


def _shifts(begin_at: list[datetime] | None, end_at: list[datetime] | None) -> tuple[Shift, ...]:
    return tuple(Shift(begins, ends) for begins, ends in zip(begin_at or [], end_at or [], strict=True))
