"""A case is opened once: the same key leads to the same case, however often and from wherever it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text, update

from db.sessions import ReadSession, WriteSession
from db.tables.openings import openings
from domain.view import Kind


@dataclass(frozen=True)
class Opening:
    """What a key opened.

    case: the case number, `AS-2026-000001`. fingerprint: of the first body that came with the key; the caller
    compares. kind: of the first claim. first: whether this very call made the claim. started_at: UTC, when the
    workflow was known to run; None if nobody saw it start, then starting it (again, under the same number) is the
    caller's to do.
    """

    case: str
    fingerprint: str
    kind: Kind
    first: bool
    started_at: datetime | None


_CLAIM = text("""
    INSERT INTO openings AS claim (shop, key_hash, fingerprint, kind, claims, "case")
    SELECT :shop, :key_hash, :fingerprint, :kind, 1,
           'AS-' || CAST(:year AS text) || '-' || lpad(n::text, greatest(6, length(n::text)), '0')
    FROM nextval('case_numbers') AS n
    ON CONFLICT (shop, key_hash) DO UPDATE SET claims = claim.claims + 1
    RETURNING "case", fingerprint, kind, claims = 1 AS first, started_at
""")


async def claim_opening(  # noqa: PLR0917  the six things a claim is made of
    session: WriteSession, shop: str, key_hash: str, fingerprint: str, kind: Kind, year: int
) -> Opening:
    """Claim the case that the key of this shop opens, for good; a new case gets the next number.

    Of two calls with one key at once, exactly one is `first` and both get the same case. One statement:
    `Database.writing_once` is enough. Numbers rise but may have gaps. year: the shop's calendar year, for people.
    """
    given = {"shop": shop, "key_hash": key_hash, "fingerprint": fingerprint, "kind": kind.value, "year": str(year)}
    found = (await session.execute(_CLAIM, given)).one()
    return Opening(found.case, found.fingerprint, Kind(found.kind), found.first, found.started_at)


async def find_opening(session: ReadSession, shop: str, key_hash: str) -> Opening | None:
    """Return what the key of this shop opened, or None if it never opened anything. One statement."""
    asked = select(openings.c.case, openings.c.fingerprint, openings.c.kind, openings.c.started_at).where(
        openings.c.shop == shop, openings.c.key_hash == key_hash
    )
    found = (await session.execute(asked)).one_or_none()
    if found is None:
        return None
    return Opening(found.case, found.fingerprint, Kind(found.kind), first=False, started_at=found.started_at)


async def mark_started(session: WriteSession, case: str) -> None:
    """Note that the workflow of the case runs; the first instant stands. One statement."""
    await session.execute(
        update(openings).where(openings.c.case == case, openings.c.started_at.is_(None)).values(started_at=func.now())
    )


async def all_case_ids(session: ReadSession) -> list[str]:
    """Return the numbers of all cases that were opened from outside, oldest first; children are not among them."""
    return list(
        (await session.execute(select(openings.c.case).order_by(openings.c.claimed_at, openings.c.case))).scalars()
    )
