"""The register of the wrapped keys under which customers' words are sealed."""

from __future__ import annotations

from sqlalchemy import func, select, text, update

from db.search import clear_marks
from db.sessions import Database, WriteSession
from db.tables.customers import subject_keys
from domain.sealed import WrappedKey

_ADD = text("""
    WITH live AS (
        SELECT number, box FROM subject_keys WHERE shop = :shop AND subject = :subject AND destroyed_at IS NULL
    ), made AS (
        INSERT INTO subject_keys AS k (shop, subject, number, box)
        SELECT :shop, :subject, :number, :box WHERE NOT EXISTS (SELECT FROM live)
        ON CONFLICT (shop, subject) WHERE destroyed_at IS NULL DO UPDATE SET number = k.number
        RETURNING number, box
    )
    SELECT number, box FROM live UNION ALL SELECT number, box FROM made
""")


class SubjectKeyRegister:
    """At most one live key per shop and subject, each call in a transaction of its own: what the vault asks for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def wrapped_key(self, shop: str, subject: str) -> WrappedKey | None:
        """Return the subject's live key, or None if there was none or it was destroyed.

        Raises:
            DatabaseUnavailable: ask again later; it does not mean that the key is gone.
        """
        asked = select(subject_keys.c.number, subject_keys.c.box).where(
            subject_keys.c.shop == shop, subject_keys.c.subject == subject, subject_keys.c.destroyed_at.is_(None)
        )
        async with self._database.reading() as session:
            found = (await session.execute(asked)).one_or_none()
        return None if found is None else WrappedKey(found.number, found.box)

    async def add_wrapped_key(self, shop: str, subject: str, wrapped: WrappedKey) -> WrappedKey:
        """Keep the key unless the subject has a live one, and return the one that stands: of two writers, one wins.

        Raises:
            DatabaseUnavailable: ask again later.
        """
        given = {"shop": shop, "subject": subject, "number": wrapped.number, "box": wrapped.box}
        async with self._database.writing_once() as session:
            stands = (await session.execute(_ADD, given)).one()
        return WrappedKey(stands.number, stands.box)

    async def any_key(self) -> tuple[str, str, WrappedKey] | None:
        """Return some live key with its shop and subject, or None if there is none yet.

        Raises:
            DatabaseUnavailable: ask again later.
        """
        live = subject_keys.c.destroyed_at.is_(None)
        asked = select(subject_keys.c.shop, subject_keys.c.subject, subject_keys.c.number, subject_keys.c.box)
        async with self._database.reading() as session:
            found = (await session.execute(asked.where(live).limit(1))).one_or_none()
        return None if found is None else (found.shop, found.subject, WrappedKey(found.number, found.box))


async def destroy_key(session: WriteSession, shop: str, subject: str) -> bool:
    """Destroy the subject's live key and with it what every box of theirs holds [E]; false if there is none.

    Their words are not found any more either: what was kept to find them is cleared in the same transaction. That the
    key was destroyed, and when, stays on record. Backups of the database keep it until they end. In `Database.writing`.
    """
    gone = (
        update(subject_keys)
        .where(subject_keys.c.shop == shop, subject_keys.c.subject == subject, subject_keys.c.destroyed_at.is_(None))
        .values(box=None, destroyed_at=func.now())
        .returning(subject_keys.c.number)
    )
    destroyed = (await session.execute(gone)).scalar() is not None
    await clear_marks(session, shop, subject)  # after the key: marks that were on their way are seen by then
    return destroyed
