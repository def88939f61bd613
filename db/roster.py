"""Who works when: shifts of people, set a week at a time, and who is on duty at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, literal, or_, select

from db.sessions import ReadSession, WriteSession
from db.tables.people import people
from db.tables.roster import roster
from domain.charge import Away
from domain.complaint.assigning.choosing import Shift

KEPT_WITHIN = timedelta(days=7)
"""A shop whose last shift lies further back keeps no roster (any more): then everybody is taken to be on duty."""


@dataclass(frozen=True)
class ShiftLine:
    """A shift of a person, as the duty roster lists it; instants UTC."""

    person: str
    name: str
    team: str
    shift: Shift


class ShiftsOverlap(Exception):  # noqa: N818  an answer to who sets the roster
    """A person would work two shifts at once; nothing was changed."""


async def put_shifts(  # noqa: PLR0917  whose, from when until when, and which
    session: WriteSession, shop: str, person: str, since: datetime, until: datetime, shifts: tuple[Shift, ...]
) -> bool:
    """Put these shifts in the place of all that the person begins from `since` until before `until` (UTC).

    False if the shop has no such person. Two at once for one person come one after the other.

    Raises:
        ShiftsOverlap: with each other or with a shift outside of that time. Leave the transaction with it.
    """
    mine = select(people.c.person).where(people.c.person == person, people.c.shop == shop).with_for_update()
    if (await session.execute(mine)).scalar() is None:
        return False
    replaced = and_(roster.c.person == person, roster.c.begins >= since, roster.c.begins < until)
    await session.execute(delete(roster).where(replaced))
    if shifts and len({shift.begins for shift in shifts}) < len(shifts):
        raise ShiftsOverlap
    if shifts:
        rows = [{"person": person, "shop": shop, "begins": each.begins, "ends": each.ends} for each in shifts]
        await session.execute(insert(roster).values(rows))
    other = roster.alias("other")
    at_once = and_(other.c.person == roster.c.person, other.c.begins > roster.c.begins, other.c.begins < roster.c.ends)
    clash = select(literal(1)).select_from(roster.join(other, at_once)).where(roster.c.person == person).limit(1)
    if (await session.execute(clash)).scalar() is not None:
        raise ShiftsOverlap
    return True


async def list_shifts(session: ReadSession, shop: str, since: datetime, until: datetime) -> list[ShiftLine]:
    """Return the shop's shifts that touch the time from `since` until before `until` (UTC), by beginning and name."""
    return await _lines(session, shop, and_(roster.c.ends > since, roster.c.begins < until))


async def on_duty(session: ReadSession, shop: str, at: datetime) -> list[ShiftLine]:
    """Return the shifts that are worked at that instant (UTC) by the roster, by beginning and name."""
    return await _lines(session, shop, and_(roster.c.ends > at, roster.c.begins <= at))


async def _lines(session: ReadSession, shop: str, which: ColumnElement[bool]) -> list[ShiftLine]:
    asked = (
        select(roster, people.c.name, people.c.team)
        .join(people, people.c.person == roster.c.person)
        .where(roster.c.shop == shop, which)
        .order_by(roster.c.begins, people.c.name, roster.c.person)
    )
    return [
        ShiftLine(row.person, row.name, row.team or "", Shift(row.begins, row.ends))
        for row in await session.execute(asked)
    ]


async def away(session: ReadSession, shop: str, at: datetime) -> Away:
    """Return the shop's people who are not on duty at `at` (UTC), with when they are back.

    Who is disabled never is. In a shop that keeps no roster nobody else is away.
    """
    kept = exists().where(roster.c.shop == shop, roster.c.ends > at - KEPT_WITHIN)
    working = exists().where(roster.c.person == people.c.person, roster.c.begins <= at, roster.c.ends > at)
    next_one = select(func.min(roster.c.begins)).where(roster.c.person == people.c.person, roster.c.begins > at)
    gone = people.c.disabled_at.is_not(None)
    asked = select(people.c.person, gone.label("gone"), next_one.scalar_subquery().label("back")).where(
        people.c.shop == shop, or_(gone, and_(kept, ~working))
    )
    return {row.person: None if row.gone else row.back for row in await session.execute(asked)}
