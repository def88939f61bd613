"""Every policy a shop published, for good, and which one new cases are opened under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, Text, cast, literal, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from db.plain_json import as_json
from db.sessions import ReadSession, WriteSession
from db.tables.policies import policies, policies_in_force
from domain.policy import PinnedPolicy

_PINNED: TypeAdapter[PinnedPolicy] = TypeAdapter(PinnedPolicy)


@dataclass(frozen=True)
class PublishedPolicy:
    """A policy as published: the shop's own TOML text and what cases pin of it. published_by: a person's id; UTC."""

    shop: str
    text: str
    pinned: PinnedPolicy
    published_at: datetime
    published_by: str

    @property
    def version(self) -> str:
        """The content's SHA-256 in hex."""
        return self.pinned.version


async def publish(session: WriteSession, policy: PublishedPolicy) -> bool:
    """Put the policy in force for new cases; false if this version was published before, then its record stands.

    Running cases keep what they pinned.
    """
    new = insert(policies).values(
        shop=policy.shop,
        version=policy.version,
        text=policy.text,
        pinned=cast(literal(as_json(_PINNED, policy.pinned), Text), JSONB),
        published_at=policy.published_at,
        published_by=policy.published_by,
    )
    added = (await session.execute(new.on_conflict_do_nothing().returning(policies.c.version))).scalar()
    in_force = insert(policies_in_force).values(shop=policy.shop, version=policy.version)
    await session.execute(
        in_force.on_conflict_do_update(index_elements=["shop"], set_={"version": in_force.excluded.version})
    )
    return added is not None


async def current_policy(session: ReadSession, shop: str) -> PublishedPolicy | None:
    """Return the policy that new cases of the shop are opened under, or None if it published none. One statement."""
    return await _find(session, shop, _in_force(shop).scalar_subquery())


async def version_in_force(session: ReadSession, shop: str) -> str | None:
    """Return which version new cases of the shop are opened under, or None if it published none. One statement."""
    return (await session.execute(_in_force(shop))).scalar_one_or_none()


async def policy_version(session: ReadSession, shop: str, version: str) -> PublishedPolicy | None:
    """Return that version of the shop's policy, in force or not, or None. One statement."""
    return await _find(session, shop, literal(version))


def _in_force(shop: str) -> Select[str]:
    return select(policies_in_force.c.version).where(policies_in_force.c.shop == shop)


async def _find(session: ReadSession, shop: str, version: ColumnElement[str]) -> PublishedPolicy | None:
    told = cast(policies.c.pinned, Text).label("told")
    asked = select(policies.c.text, policies.c.published_at, policies.c.published_by, told)
    found = (await session.execute(asked.where(policies.c.shop == shop, policies.c.version == version))).one_or_none()
    if found is None:
        return None
    return PublishedPolicy(shop, found.text, _PINNED.validate_json(found.told), found.published_at, found.published_by)
