"""A look that fails costs neither the next one nor the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest

from db.sessions import DatabaseUnavailable
from upkeep.rounds import Round

LOG = logging.getLogger("redress.test")


async def looked_at(meets: Sequence[Exception | None], failed: list[str]) -> int:
    """How many looks were made, of which each met this; ended by cancelling."""
    made = 0
    over = asyncio.Event()

    async def look() -> None:
        nonlocal made
        made += 1
        if made > len(meets):
            over.set()
            return
        met = meets[made - 1]
        if met is not None:
            raise met

    going = asyncio.create_task(Round("the look", look, timedelta(0), LOG, lambda: failed.append("failed")).run())
    await asyncio.wait_for(over.wait(), 5)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    return made


async def test_what_is_away_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    failed: list[str] = []
    assert await looked_at([None, DatabaseUnavailable(), TimeoutError()], failed) >= 4
    assert [each.getMessage() for each in caplog.records] == [
        "the look is put off: DatabaseUnavailable",
        "the look is put off: TimeoutError",
    ]
    assert len(failed) == 2


async def test_a_bug_is_told_with_its_trace_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    failed: list[str] = []
    assert await looked_at([KeyError("subject")], failed) >= 2
    (told,) = caplog.records
    assert told.levelno == logging.ERROR
    assert told.exc_info is not None
    assert failed == ["failed"]
