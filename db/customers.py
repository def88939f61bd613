"""Customers under opaque names: the blind index of who wrote leads to the subject that words are sealed under."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, text

from db.sessions import WriteSession
from db.tables.customers import customers

_SUBJECT = text("""
    WITH known AS (
        SELECT subject FROM customers WHERE shop = :shop AND customer_index = :customer_index
    ), made AS (
        INSERT INTO customers AS c (shop, customer_index, subject)
        SELECT :shop, :customer_index, :fresh WHERE NOT EXISTS (SELECT FROM known)
        ON CONFLICT (shop, customer_index) DO UPDATE SET subject = c.subject
        RETURNING subject
    )
    SELECT subject FROM known UNION ALL SELECT subject FROM made
""")


async def subject_of(session: WriteSession, shop: str, customer_index: str) -> str:
    """Return the customer's subject id, `c_…`, making it if the customer is new; at once from many sides, one is made.

    One statement: `Database.writing_once` is enough.
    """
    fresh = f"c_{secrets.token_hex(10)}"
    given = {"shop": shop, "customer_index": customer_index, "fresh": fresh}
    return str((await session.execute(_SUBJECT, given)).scalar_one())


async def forget_customer(session: WriteSession, shop: str, subject: str) -> bool:
    """Drop the way from the blind index to the subject [E]; false if it is not known. Their next case is a stranger's.

    The keys of their sealed words are destroyed apart, by `subject_keys.destroy_key`.
    """
    gone = delete(customers).where(customers.c.shop == shop, customers.c.subject == subject)
    return (await session.execute(gone.returning(customers.c.subject))).scalar() is not None
