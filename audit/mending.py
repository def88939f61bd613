"""The read model mended and rebuilt from the cases themselves.

Whoever asks for a step writes its row. A process that dies between the two leaves a row behind its case; what mends it
is the asker's repeat, the case's next event, or this sweep. It asks Temporal for the length of each open case's history
(which needs no worker) and looks closer only where that has moved since the two last agreed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from db.mending import note_checked, openings_without_row, rows_to_check
from db.openings import all_case_ids
from db.sessions import Database, DatabaseUnavailable
from db.views import drop_read_model, keep_view
from domain.people import DESK
from domain.view import CaseView
from workflows.answers import Look

PAUSE = timedelta(minutes=2)
"""Between two sweeps of a worker."""

SETTLED = timedelta(seconds=20)
"""An opening younger than this may still be under way."""

PATIENCE = timedelta(seconds=20)
AT_ONCE = 4

log = logging.getLogger("redress.mending")


async def keep_mending(client: Client, database: Database) -> None:
    """Sweep now and every two minutes, until cancelled. A sweep that fails is logged and tried again."""
    while True:
        try:
            mended = await mend(client, database)
            if mended:
                log.info("mended %d rows of the register", mended)
        except (RPCError, RuntimeError, DatabaseUnavailable, TimeoutError) as problem:
            log.warning("the sweep of the register is put off: %s", type(problem).__name__)
        await asyncio.sleep(PAUSE.total_seconds())


async def mend(client: Client, database: Database) -> int:
    """Bring rows up to date that fell behind, and add those that were never written; how many were."""
    mended = 0
    async with database.reading() as session:
        missing = await openings_without_row(session, datetime.now(UTC) - SETTLED)
    for opening in missing:
        mended += await _write_row(client, database, opening.case)
    after: str | None = None
    while True:
        async with database.reading() as session:
            rows = await rows_to_check(session, after)
        if not rows:
            return mended
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            mended += sum(await asyncio.gather(*(_check(client, database, r.case, r.checked_length) for r in some)))
        after = rows[-1].case


async def rebuild(client: Client, database: Database) -> int:
    """Drop the read model and write it anew from the cases; how many rows there are then."""
    async with database.writing() as session:
        await drop_read_model(session)
        cases = await all_case_ids(session)
    written = 0
    for case in cases:
        async for view in family(client, case):
            async with database.writing_once() as session:
                await keep_view(session, view)
            written += 1
    return written


async def family(client: Client, case: str) -> AsyncIterator[CaseView]:
    """A complaint and all its returns and slips, as they stand; nothing for a case that never started."""
    view = await look(client, case)
    if view is None:
        return
    yield view
    for child in children_of(view):
        child_view = await look(client, child)
        if child_view is not None:
            yield child_view


def children_of(view: CaseView) -> list[str]:
    """The case numbers of a complaint's returns and slips."""
    story = view.story or {}
    parts = [*cast("list[Any]", story.get("returns", [])), *cast("list[Any]", story.get("payments", []))]
    return [part["case"] for part in parts]


async def look(client: Client, case: str) -> CaseView | None:
    """The case as it stands, from its workflow, running or ended; None if there is no such workflow."""
    try:
        found: Look = await client.get_workflow_handle(case).query("look", DESK, result_type=Look, rpc_timeout=PATIENCE)
    except RPCError as problem:
        if problem.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    except WorkflowQueryFailedError:
        log.warning("case %s does not answer; `redress replay %s` says why", case, case)
        return None
    return found.view


async def _check(client: Client, database: Database, case: str, checked_length: int) -> int:
    length = (await client.get_workflow_handle(case).describe()).history_length
    if length == checked_length:
        return 0
    mended = await _write_row(client, database, case)
    async with database.writing_once() as session:
        await note_checked(session, case, length)
    return mended


async def _write_row(client: Client, database: Database, case: str) -> int:
    view = await look(client, case)
    if view is None:
        return 0
    async with database.writing_once() as session:
        return int(await keep_view(session, view))
