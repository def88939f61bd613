"""Headers that requests carry: the key that makes a repeat safe, and the version of the case that the asker saw."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header

from api.edge_refusals import VersionUnreadable

_TAG = re.compile(r'(?:W/)?"([1-9][0-9]{0,17})"', re.ASCII)

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="New for each new request, the same when one is repeated: 1 to 200 visible ASCII characters",
        examples=["0c9f5f0e-6f0a-4a53-9f67-2b8f0a3c1d11"],
    ),
]


async def _version(
    if_match: Annotated[
        str | None,
        Header(description='Take the step only if the case is at this version, as its ETag says: "7"'),
    ] = None,
) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise VersionUnreadable
    return int(found[1])


SeenVersion = Annotated[int | None, Depends(_version)]


def etag(version: int) -> str:
    """The ETag of a case at this version."""
    return f'"{version}"'
