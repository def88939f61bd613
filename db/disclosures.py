"""Who read which sealed words of whom, and when: rows are only added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from db.sessions import ReadSession, WriteSession
from db.tables.customers import disclosures
from domain.people import Role


@dataclass(frozen=True)
class Disclosure:
    """Sealed fields of one subject that were opened for a person; `case` is None outside of any case; instant UTC."""

    shop: str
    case: str | None
    subject: str
    fields: tuple[str, ...]
    person: str
    role: Role
    at: datetime


async def note_disclosure(session: WriteSession, disclosure: Disclosure) -> None:
    """Put on record that the words were opened [E]. One statement."""
    await session.execute(
        insert(disclosures).values(
            shop=disclosure.shop,
            case=disclosure.case,
            subject=disclosure.subject,
            fields=list(disclosure.fields),
            person=disclosure.person,
            role=disclosure.role.value,
            disclosed_at=disclosure.at,
        )
    )


async def disclosures_of_case(session: ReadSession, shop: str, case: str) -> list[Disclosure]:
    """Return who read what in the case, in the order in which it was noted."""
    asked = select(disclosures).where(disclosures.c.shop == shop, disclosures.c.case == case)
    return [
        Disclosure(row.shop, row.case, row.subject, tuple(row.fields), row.person, Role(row.role), row.disclosed_at)
        for row in await session.execute(asked.order_by(disclosures.c.number))
    ]
