"""Who may come in: shops, people with their roles, and keys, each for one person acting in one role."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.stand_ins import may_have_key
from db.tables.people import api_keys, people, person_roles, shops, stand_ins
from domain.people import Role, Unit

_ID_BYTES = 6
_SECRET_BYTES = 32
_PARTS = 3
_NOBODY = hashlib.sha256(b"no such key").digest()
USE_NOTED_EVERY = timedelta(hours=1)
"""How exactly the last use of a key is known; noting it each time would write at each request."""


@dataclass(frozen=True)
class KeyHolder:
    """The person behind a key, acting in the key's one role. `shop` is None for the installation's administrator.

    use_to_note: whether the last use on record is older than `USE_NOTED_EVERY`; then call `note_use`. unit: of a person
    of the departments, which one.
    """

    key_id: str
    shop: str | None
    person: str
    name: str
    role: Role
    use_to_note: bool = False
    unit: Unit | None = None
    stands_in_for: str = ""
    """The work name of who holds the role, if this person only stands in for them."""
    until: datetime | None = None
    """Until when the stand-in holds (UTC); None for a role of one's own."""


@dataclass(frozen=True)
class ShopLine:
    """A shop as it is listed; `currency` ISO 4217, instant UTC."""

    shop: str
    name: str
    currency: str
    created_at: datetime


@dataclass(frozen=True)
class PersonLine:
    """A person as listed: roles, team and the problems they were trained for (none: all); instants UTC."""

    person: str
    shop: str | None
    name: str
    roles: tuple[Role, ...]
    created_at: datetime
    disabled_at: datetime | None
    unit: Unit | None = None
    team: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeyLine:
    """A key as listed, never its secret; instants UTC, `last_used_at` to the hour."""

    key_id: str
    person: str
    role: Role
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class RoleNotHeld(Exception):  # noqa: N818  an answer to who asks for a key
    """The person does not exist, is disabled or does not hold the role that the key would be for."""


async def add_shop(session: WriteSession, shop: str, name: str, currency: str) -> bool:
    """Add a shop; false if it is there already, and then nothing changed."""
    added = (
        insert(shops).values(shop=shop, name=name, currency=currency).on_conflict_do_nothing().returning(shops.c.shop)
    )
    return (await session.execute(added)).scalar() is not None


async def add_person(
    session: WriteSession, shop: str | None, name: str, roles: tuple[Role, ...], unit: Unit | None = None
) -> str:
    """Add a person under the name they work under and return the new opaque id, `p_…`.

    unit: of somebody of the departments, which one; without it that person has no case to see.

    Raises:
        ValueError: no role, or the desk's own role, which nobody holds.
        sqlalchemy.exc.IntegrityError: no such shop.
    """
    if not roles or Role.DESK in roles:
        raise ValueError("a person holds at least one role, and never the desk's own")
    person = f"p_{secrets.token_hex(8)}"
    await session.execute(insert(people).values(person=person, shop=shop, name=name, unit=unit))
    await session.execute(insert(person_roles).values([{"person": person, "role": role.value} for role in set(roles)]))
    return person


async def add_key(session: WriteSession, person: str, role: Role) -> str:
    """Make a key for the person in this role and return its text; it is shown here once and kept nowhere.

    Raises:
        RoleNotHeld: nobody enabled with that id holds the role, or stands in for it.
    """
    held = (
        select(people.c.person)
        .join(person_roles, person_roles.c.person == people.c.person)
        .where(people.c.person == person, person_roles.c.role == role.value, people.c.disabled_at.is_(None))
    )
    if (await session.execute(held)).scalar() is None and not await may_have_key(session, person, role):
        raise RoleNotHeld("the person does not hold this role")
    key_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
    await session.execute(
        insert(api_keys).values(key_id=key_id, person=person, role=role.value, secret_sha256=_digest(secret))
    )
    return f"rd_{key_id}_{secret}"


_absent = people.alias("absent")
_HELD = person_roles.c.role.is_not(None)
_HOLDER = (
    select(
        api_keys.c.secret_sha256,
        api_keys.c.role,
        people.c.shop,
        people.c.person,
        people.c.name,
        people.c.unit,
        or_(api_keys.c.last_used_at.is_(None), api_keys.c.last_used_at < func.now() - USE_NOTED_EVERY).label("unnoted"),
        case((_HELD, None), else_=_absent.c.name).label("stands_in_for"),
        case((_HELD, None), else_=stand_ins.c.until).label("until"),
    )
    .join(people, people.c.person == api_keys.c.person)
    # A role taken away takes its keys with it, and so does a stand-in's last day.
    .outerjoin(person_roles, (person_roles.c.person == api_keys.c.person) & (person_roles.c.role == api_keys.c.role))
    .outerjoin(
        stand_ins,
        (stand_ins.c.person == api_keys.c.person)
        & (stand_ins.c.role == api_keys.c.role)
        & (stand_ins.c.since <= func.now())
        & (stand_ins.c.until > func.now())
        & stand_ins.c.ended_at.is_(None),
    )
    .outerjoin(_absent, _absent.c.person == stand_ins.c.stands_for)
    .where(api_keys.c.revoked_at.is_(None), people.c.disabled_at.is_(None))
    .where(_HELD | stand_ins.c.stand_in.is_not(None))
    .order_by(stand_ins.c.until.desc())
    .limit(1)
)


async def find_key(session: ReadSession, key: str) -> KeyHolder | None:
    """Return who holds the key, or None if it is unknown, wrong or revoked, or the person disabled. One statement.

    The secret is compared in constant time, also when there is no such key.
    """
    parts = key.split("_", _PARTS - 1)
    if len(parts) != _PARTS or parts[0] != "rd" or not key.isascii() or "\0" in key:
        return None
    found = (await session.execute(_HOLDER.where(api_keys.c.key_id == parts[1]))).one_or_none()
    right = hmac.compare_digest(_digest(parts[2]), _NOBODY if found is None else found.secret_sha256)
    if found is None or not right:
        return None
    return KeyHolder(
        parts[1],
        found.shop,
        found.person,
        found.name,
        Role(found.role),
        found.unnoted,
        _unit(found.unit),
        found.stands_in_for or "",
        found.until,
    )


async def note_use(session: WriteSession, key_id: str) -> None:
    """Note that the key was used now, unless that was noted within `USE_NOTED_EVERY`. One statement."""
    stale = or_(api_keys.c.last_used_at.is_(None), api_keys.c.last_used_at < func.now() - USE_NOTED_EVERY)
    await session.execute(update(api_keys).where(api_keys.c.key_id == key_id, stale).values(last_used_at=func.now()))


async def revoke_key(session: WriteSession, shop: str | None, key_id: str) -> bool:
    """Revoke a key of the shop's people (of anybody, with shop None); false if there is no such live key."""
    mine = select(people.c.person).where(people.c.person == api_keys.c.person)
    revoked = update(api_keys).where(api_keys.c.key_id == key_id, api_keys.c.revoked_at.is_(None))
    if shop is not None:
        revoked = revoked.where(mine.where(people.c.shop == shop).exists())
    done = await session.execute(revoked.values(revoked_at=func.now()).returning(api_keys.c.key_id))
    return done.scalar() is not None


async def disable_person(session: WriteSession, shop: str | None, person: str) -> bool:
    """Shut the person out with all their keys (of any shop, with shop None); false if nobody enabled has that id."""
    shut = update(people).where(people.c.person == person, people.c.disabled_at.is_(None))
    if shop is not None:
        shut = shut.where(people.c.shop == shop)
    return (await session.execute(shut.values(disabled_at=func.now()).returning(people.c.person))).scalar() is not None


async def list_shops(session: ReadSession) -> list[ShopLine]:
    """Return all shops by their id."""
    found = await session.execute(select(shops).order_by(shops.c.shop))
    return [ShopLine(row.shop, row.name, row.currency, row.created_at) for row in found]


async def list_people(session: ReadSession, shop: str | None) -> list[PersonLine]:
    """Return the people of the shop (with None, the installation's administrators), disabled ones too, by name."""
    roles = func.array_agg(person_roles.c.role).label("roles")
    asked = (
        select(people, roles)
        .join(person_roles, person_roles.c.person == people.c.person)
        .where(people.c.shop.is_not_distinct_from(shop))
        .group_by(people.c.person)
        .order_by(people.c.name, people.c.person)
    )
    return [_line(row) for row in await session.execute(asked)]


async def find_person(session: ReadSession, shop: str, person: str) -> PersonLine | None:
    """Return a person who works in the shop now, or None. One statement."""
    roles = func.array_agg(person_roles.c.role).label("roles")
    asked = (
        select(people, roles)
        .join(person_roles, person_roles.c.person == people.c.person)
        .where(people.c.shop == shop, people.c.person == person, people.c.disabled_at.is_(None))
        .group_by(people.c.person)
    )
    found = (await session.execute(asked)).one_or_none()
    return None if found is None else _line(found)


async def set_work(session: WriteSession, shop: str, person: str, team: str, skills: tuple[str, ...]) -> bool:
    """Set the person's team and the problems they were trained for (none: all); false if the shop has no such person.

    One statement.
    """
    mine = update(people).where(people.c.person == person, people.c.shop == shop)
    told = mine.values(team=team or None, skills=list(skills) or None)
    return (await session.execute(told.returning(people.c.person))).scalar() is not None


async def list_keys(session: ReadSession, shop: str | None) -> list[KeyLine]:
    """Return the keys of the shop's people (with None, of the administrators), revoked ones too, oldest first."""
    asked = (
        select(api_keys)
        .join(people, people.c.person == api_keys.c.person)
        .where(people.c.shop.is_not_distinct_from(shop))
        .order_by(api_keys.c.created_at, api_keys.c.key_id)
    )
    return [
        KeyLine(row.key_id, row.person, Role(row.role), row.created_at, row.last_used_at, row.revoked_at)
        for row in await session.execute(asked)
    ]


def _unit(kept: str | None) -> Unit | None:
    return None if kept is None else Unit(kept)


def _line(row: Row[Any]) -> PersonLine:
    roles = tuple(sorted(map(Role, row.roles)))
    return PersonLine(
        row.person,
        row.shop,
        row.name,
        roles,
        row.created_at,
        row.disabled_at,
        team=row.team or "",
        skills=tuple(row.skills or ()),
        unit=_unit(row.unit),
    )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
