"""Values as JSON text that PostgreSQL's jsonb takes."""

from __future__ import annotations

import re
from typing import TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


def as_json(adapter: TypeAdapter[T], value: T) -> str:
    """Return the value as JSON. jsonb has no NUL character; where a text has one, the replacement character is kept."""
    told = adapter.dump_json(value)
    return (_NUL.sub(rb"\1\\ufffd", told) if b"\\u0000" in told else told).decode()
