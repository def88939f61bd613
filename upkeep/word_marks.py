"""Marks of the words in a case's sealed boxes, so that it is found by them and they are kept nowhere in clear.

The boxes are opened unseen, as for a look-up, their words are turned into keyed marks, and forgotten. So marks can be
made at any time from what a case shows, and no history holds any. A box whose key was destroyed has none.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from cachetools import LRUCache

from adapters.blind_index import BlindIndex
from adapters.vault import KeyDestroyed, SealBroken, Vault
from db.search import every_view, marks_owed
from db.sessions import Database
from db.views import Marks, renew_search
from domain.personal_needs import scopes_of_field
from domain.sealed import Sealed
from domain.search_words import sealed_words_of
from domain.view import CaseView

REMEMBERED = 5_000
"""Cases whose boxes this process looked into last."""
MOST_MARKS = 6_000
"""So many marks are kept of one case; whole conversations may lie in its boxes."""
A_PART = 200
"""Cases that are read at once."""

log = logging.getLogger("redress.words")


class WordMarker:
    """Makes marks with the desk's own keys."""

    def __init__(self, vault: Vault, index: BlindIndex) -> None:
        self._vault = vault
        self._index = index
        self._kept: LRUCache[str, int] = LRUCache(REMEMBERED)

    async def fresh(self, view: CaseView) -> Marks | None:
        """Marks of the case's boxes; None if this process has kept them already, or has not the key to open any.

        Raises:
            DatabaseUnavailable: the register of keys cannot be asked now.
        """
        if self._kept.get(view.case) == _boxes(view):
            return None
        try:
            return await self.marks(view)
        except SealBroken:
            log.warning("case %s is not found by its customer's words: the master key opens no box", view.case)
            return None

    def kept(self, view: CaseView, marks: Marks | None) -> None:
        """Remember that the marks of these boxes are kept."""
        if marks is None:
            return
        self._kept[view.case] = _boxes(view)

    async def marks(self, view: CaseView) -> Marks:
        """Marks of the case's boxes.

        Raises:
            SealBroken: this desk runs under another master key than the one under which its keys were wrapped.
            DatabaseUnavailable: the register of keys cannot be asked now.
        """
        await self._vault.prove()
        found, key, gone = dict[int, None](), 0, set[tuple[str, int]]()
        for field, box in sorted((view.sealed or {}).items()):
            if len(found) >= MOST_MARKS or (box.subject, box.key) in gone:
                continue  # one look at the register is enough for all boxes under a key that is no more
            words = await self._opened(view, box, gone)
            if words is not None:
                found.update(dict.fromkeys(self._of(view.shop, field, words)))
                key = box.key
        return Marks(key, tuple(sorted(tuple(found)[:MOST_MARKS])))

    async def _opened(self, view: CaseView, box: Sealed, gone: set[tuple[str, int]]) -> str | None:
        try:
            return await self._vault.open(view.shop, box)
        except KeyDestroyed:
            gone.add((box.subject, box.key))
            return None
        except SealBroken:
            log.warning("a box of case %s does not open, it is not found by its words", view.case)
            return None

    def _of(self, shop: str, field: str, text: str) -> list[int]:
        words, scopes = sealed_words_of(field, text), scopes_of_field(field)
        return [self._index.word(shop, scope, word) for scope in scopes for word in words]


async def pay_marks(database: Database, marker: WordMarker) -> int:
    """Make the marks that are owed, and say of how many cases.

    Raises:
        SealBroken: as `WordMarker.marks`; they stay owed. DatabaseUnavailable.
    """
    made, after = 0, ""
    while True:
        async with database.reading() as session:
            views = await marks_owed(session, after, A_PART)
        if not views:
            return made
        made, after = made + await _renew(database, marker, views), views[-1].case


async def reindex(database: Database, marker: WordMarker) -> int:
    """Make anew what every case of the register is found by, and say of how many cases.

    Raises:
        as `pay_marks`.
    """
    made, after = 0, ""
    while True:
        async with database.reading() as session:
            views = await every_view(session, after, A_PART)
        if not views:
            return made
        made, after = made + await _renew(database, marker, views), views[-1].case


async def _renew(database: Database, marker: WordMarker, views: Sequence[CaseView]) -> int:
    """Of these cases; one that moved meanwhile was written by whoever moved it."""
    made = 0
    for view in views:
        marks = await marker.marks(view)
        async with database.writing_once() as session:
            made += await renew_search(session, view, marks)
    return made


def _boxes(view: CaseView) -> int:
    return hash(frozenset((field, box.box) for field, box in (view.sealed or {}).items()))
