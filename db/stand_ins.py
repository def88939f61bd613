"""Named stand-ins: somebody acts in another's role within given dates, and both names stand in the record [T][E]."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, insert, select, update

from db.sessions import ReadSession, WriteSession
from db.tables.people import people, person_roles, stand_ins
from domain.people import Role


@dataclass(frozen=True)
class StandIn:
    """Who stands in for whom, in which role, from when until when (UTC, until excluded), named by whom and why."""

    stand_in: str
    person: str
    name: str
    role: Role
    stands_for: str
    stands_for_name: str
    since: datetime
    until: datetime
    reason: str
    named_by: str
    named_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Naming:
    """A stand-in to name; persons by id, instants UTC."""

    shop: str
    person: str
    role: Role
    stands_for: str
    since: datetime
    until: datetime
    reason: str
    named_by: str


class CannotStandIn(Exception):  # noqa: N818  an answer to who names somebody
    """The person is unknown, shut out, or of the role already; or who is to be stood in for does not hold it."""


async def name_stand_in(session: WriteSession, naming: Naming, at: datetime) -> str:
    """Name a stand-in and return the naming's id, `s_…`. at: now (UTC).

    Raises:
        CannotStandIn: nothing was written; the message says why.
    """
    if not await _works(session, naming.shop, naming.person):
        raise CannotStandIn("person: nobody enabled of the shop has this id")
    if await _holds(session, naming.shop, naming.person, naming.role):
        raise CannotStandIn("person: holds the role already")
    if not await _holds(session, naming.shop, naming.stands_for, naming.role):
        raise CannotStandIn("stands_for: nobody enabled of the shop with this id holds the role")
    stand_in = f"s_{secrets.token_hex(8)}"
    row = {
        "stand_in": stand_in,
        "shop": naming.shop,
        "person": naming.person,
        "role": naming.role.value,
        "stands_for": naming.stands_for,
        "since": naming.since,
        "until": naming.until,
        "reason": naming.reason,
        "named_by": naming.named_by,
        "named_at": at,
    }
    await session.execute(insert(stand_ins).values(**row))
    return stand_in


async def end_stand_in(session: WriteSession, shop: str, stand_in: str, by: str, at: datetime) -> bool:
    """End a stand-in before its date; false if the shop has none that still holds. by: a person's id. at: now (UTC)."""
    live = update(stand_ins).where(
        stand_ins.c.shop == shop, stand_ins.c.stand_in == stand_in, stand_ins.c.ended_at.is_(None)
    )
    done = live.where(stand_ins.c.until > at).values(ended_at=at, ended_by=by).returning(stand_ins.c.stand_in)
    return (await session.execute(done)).scalar() is not None


async def list_stand_ins(session: ReadSession, shop: str) -> list[StandIn]:
    """Return every stand-in of the shop that was ever named, the last one first."""
    named, absent = people.alias("named"), people.alias("absent")
    asked = (
        select(stand_ins, named.c.name.label("name"), absent.c.name.label("stands_for_name"))
        .join(named, named.c.person == stand_ins.c.person)
        .join(absent, absent.c.person == stand_ins.c.stands_for)
        .where(stand_ins.c.shop == shop)
        .order_by(stand_ins.c.since.desc(), stand_ins.c.stand_in)
    )
    return [
        StandIn(
            row.stand_in,
            row.person,
            row.name,
            Role(row.role),
            row.stands_for,
            row.stands_for_name,
            row.since,
            row.until,
            row.reason,
            row.named_by,
            row.named_at,
            row.ended_at,
        )
        for row in await session.execute(asked)
    ]


async def may_have_key(session: ReadSession, person: str, role: Role) -> bool:
    """Whether somebody enabled stands in for this role, now or later."""
    asked = select(stand_ins.c.stand_in).join(people, people.c.person == stand_ins.c.person)
    live = asked.where(stand_ins.c.person == person, stand_ins.c.role == role.value, people.c.disabled_at.is_(None))
    still = live.where(stand_ins.c.ended_at.is_(None), stand_ins.c.until > func.now())
    return (await session.execute(still.limit(1))).scalar() is not None


async def _works(session: ReadSession, shop: str, person: str) -> bool:
    asked = select(people.c.person).where(
        people.c.person == person, people.c.shop == shop, people.c.disabled_at.is_(None)
    )
    return (await session.execute(asked)).scalar() is not None


async def _holds(session: ReadSession, shop: str, person: str, role: Role) -> bool:
    held = exists().where(person_roles.c.person == people.c.person, person_roles.c.role == role.value)
    asked = select(people.c.person).where(
        people.c.person == person, people.c.shop == shop, people.c.disabled_at.is_(None), held
    )
    return (await session.execute(asked)).scalar() is not None
