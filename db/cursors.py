"""Where a page of a list ended, as an opaque word for the client."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar, cast

T = TypeVar("T")
MOST_A_PAGE = 200
"""No page is longer; a client asks for the next one."""
_LONGEST = 1000


class BadCursor(ValueError):  # noqa: N818  an answer to the client
    """The cursor is not one that this list gave out."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of a list; `next` is the cursor of the part after it, None at the end."""

    items: list[T]
    next: str | None


@dataclass(frozen=True)
class Place:
    """The last row of a page: the instant it is sorted by (UTC, None sorts as the list says) and its key."""

    at: datetime | None
    key: tuple[str, ...]


def write_cursor(place: Place) -> str:
    """Return the place as an opaque word, safe in an address."""
    told = json.dumps([place.at.isoformat() if place.at else None, *place.key], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).rstrip(b"=").decode()


def read_cursor(cursor: str, keys: int) -> Place:
    """Return the place of a list whose rows have so many keys.

    Raises:
        BadCursor: not a cursor of such a list.
    """
    try:
        if len(cursor) > _LONGEST:
            raise ValueError("too long")
        told: object = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(told, list):
            raise TypeError("not a list")
        at, *key = cast("list[object]", told)
        if len(key) != keys or not all(isinstance(part, str) and "\0" not in part for part in key):
            raise ValueError("other keys")
        instant = None if at is None else datetime.fromisoformat(cast("str", at))
        if instant is not None and instant.tzinfo is None:
            raise ValueError("no zone")
        place = Place(instant and instant.astimezone(UTC), tuple(cast("list[str]", key)))
        "".join(place.key).encode()
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise BadCursor("the cursor is not one that this list gave out") from None
    return place


def check_limit(limit: int) -> int:
    """Return the limit if a page may be so long, else ValueError."""
    if not 1 <= limit <= MOST_A_PAGE:
        raise ValueError(f"a page has 1 to {MOST_A_PAGE} lines")
    return limit
