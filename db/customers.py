"""Customers under opaque names: the blind index of who wrote leads to the subject that words are sealed under."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, text

from db.sessions import WriteSession
from db.tables.customers import customers

_SUBJECT = text("""
    WITH known AS (
        SELECT subject, level FROM customers WHERE shop = :shop AND customer_index = :customer_index
    ), told AS (
        UPDATE customers SET level = CAST(:level AS smallint)
        WHERE shop = :shop AND customer_index = :customer_index AND level IS DISTINCT FROM CAST(:level AS smallint)
          AND CAST(:level AS smallint) IS NOT NULL
    ), made AS (
        INSERT INTO customers AS c (shop, customer_index, subject, level)
        SELECT :shop, :customer_index, :fresh, CAST(:level AS smallint) WHERE NOT EXISTS (SELECT FROM known)
        ON CONFLICT (shop, customer_index) DO UPDATE SET subject = c.subject
        RETURNING subject, level
    )
    SELECT subject, coalesce(CAST(:level AS smallint), level) AS level FROM known
    UNION ALL SELECT subject, level FROM made
""")


@dataclass(frozen=True)
class KnownCustomer:
    """A customer under the opaque id, with the level that the shop gave them last; None if it never did [S]."""

    subject: str
    level: int | None


async def subject_of(session: WriteSession, shop: str, customer_index: str, level: int | None = None) -> KnownCustomer:
    """Return the customer with subject id `c_…`, making it if they are new; at once from many sides, one is made.

    level: as the shop says now; None leaves what is known. One statement: `Database.writing_once` is enough.
    """
    fresh = f"c_{secrets.token_hex(10)}"
    given = {"shop": shop, "customer_index": customer_index, "fresh": fresh, "level": level}
    found = (await session.execute(_SUBJECT, given)).one()
    return KnownCustomer(str(found.subject), found.level)


async def forget_customer(session: WriteSession, shop: str, subject: str) -> bool:
    """Drop the way from the blind index to the subject [E]; false if it is not known. Their next case is a stranger's.

    The keys of their sealed words are destroyed apart, by `subject_keys.destroy_key`.
    """
    gone = delete(customers).where(customers.c.shop == shop, customers.c.subject == subject)
    return (await session.execute(gone.returning(customers.c.subject))).scalar() is not None
