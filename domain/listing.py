"""What lists and the search know of a case beyond its row: words, traits and open promises, from its view alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from domain.search_words import words_of as _words_of
from domain.view import CaseView

SEARCHED = frozenset({
    "product", "fault", "place", "words", "reason", "refused_because", "note", "findings", "remark", "how",
    "reference", "slip_number", "tracking", "carrier", "asked", "facts", "loss", "suspected_cause", "sent_back",
    "answer", "withdrawn_because", "written_off_because", "failed_because", "turned_up", "what", "apology", "change",
    "title", "slip", "courier", "exchange_for", "rejected_because", "barcode", "card", "dock", "undone_because",
    "payment", "given_up_because", "override", "lifted_because", "alternatives", "with_whom", "reversed_by",
})  # fmt: skip
"""Names under which a story keeps what somebody wrote in clear, wherever in it they stand."""

UNSEARCHED = frozenset({"letters"})
"""Parts of a story in which machines speak."""

_ENDS = ("kept_at", "released_at", "dealt_at")
"""What a promise is over with: kept, released by another, or broken and dealt with."""

MOST_WORDS = 4_000
"""So many words are kept of one case; the last ones written are left out."""

words_of_clear_text = lru_cache(maxsize=4_096)(_words_of)
"""Words of a text that a case keeps in clear; most of it stands there step after step. Room for what the cases have
that a worker remembers, at a kilobyte a text."""


@dataclass(frozen=True)
class Promised:
    """A promise that is not kept yet: its number in the case, and until when (UTC)."""

    number: int
    until: datetime


@dataclass(frozen=True)
class Listed:
    """What a case is found by.

    words: of what stands in clear. traits: `responsible=courier`, `remedy=compensation`; no word has such a sign.
    """

    words: tuple[str, ...]
    traits: tuple[str, ...]
    promises: tuple[Promised, ...]


def listed(view: CaseView) -> Listed:
    """What this case is found by; the same view gives the same. With its closing a case's promises end."""
    story = view.story or {}
    words: dict[str, None] = {}
    for text in (view.case, *view.tracking, *_written(story)):
        words.update(dict.fromkeys(words_of_clear_text(text)))
    return Listed(tuple(words)[:MOST_WORDS], tuple(_traits(story)), () if view.closed_at else tuple(_promises(story)))


def trait(name: str, value: str) -> str:
    """A trait as it is kept and looked for."""
    return f"{name}={value}"


def _written(part: object, name: str = "") -> Iterator[str]:
    if isinstance(part, str):
        if name in SEARCHED:
            yield part
    elif isinstance(part, dict):
        # Sorted, since a view that was kept comes back in another order, and the bound has to cut off the same words.
        for inner, value in sorted(cast("dict[str, object]", part).items(), key=lambda each: each[0]):
            if inner not in UNSEARCHED:
                yield from _written(value, inner)
    elif isinstance(part, list):
        for value in cast("list[object]", part):
            yield from _written(value, name)


def _traits(story: dict[str, object]) -> Iterator[str]:
    """Who answers by the judgement that holds, alone or by shares, and what the last proposal consists of."""
    for name, part, keys in (
        ("responsible", "judgements", {"responsible", "party"}),
        ("remedy", "proposals", {"kind"}),
    ):
        for value in sorted(set(_under(_last(story.get(part)), keys))):
            yield trait(name, value)


def _last(parts: object) -> object:
    return cast("list[object]", parts)[-1] if isinstance(parts, list) and parts else None


def _under(part: object, keys: Collection[str]) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in cast("dict[str, object]", part).items():
            if name in keys and isinstance(value, str):
                yield value
            else:
                yield from _under(value, keys)
    elif isinstance(part, list):
        for value in cast("list[object]", part):
            yield from _under(value, keys)


def _promises(story: dict[str, object]) -> Iterator[Promised]:
    promises = cast("Iterable[dict[str, Any]]", story.get("promises") or ())
    for place, promise in enumerate(promises, start=1):
        until = promise.get("until")
        if isinstance(until, str) and all(promise.get(end) is None for end in _ENDS):
            yield Promised(int(promise.get("number", place)), datetime.fromisoformat(until).astimezone(UTC))
