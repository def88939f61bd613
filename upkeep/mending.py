"""The read model mended and rebuilt from the cases themselves.

Whoever asks for a step writes its row, and the worker that of a change nobody asked for. A process that dies between
the two leaves a row behind its case; what mends it is the asker's repeat, the case's next event, or this sweep. It asks
Temporal for the length of each case's history (which needs no worker) and looks closer only where that has moved since
the two last agreed.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from adapters.vault import SealBroken
from db.mending import note_checked, openings_without_row, rows_to_check, without_row
from db.openings import all_case_ids
from db.sessions import Database
from db.views import drop_read_model, keep_view
from domain.people import DESK
from domain.view import CaseView
from upkeep.asking import looked
from upkeep.figures import WorkerFigures
from upkeep.rounds import Round
from upkeep.word_marks import WordMarker, pay_marks

PAUSE = timedelta(minutes=2)
"""Between two sweeps of a worker."""

SETTLED = timedelta(seconds=20)
"""An opening younger than this may still be under way."""

PATIENCE = timedelta(seconds=5)
CANNOT_SAY = {
    RPCStatusCode.FAILED_PRECONDITION,
    RPCStatusCode.INVALID_ARGUMENT,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
}
"""What Temporal answers to a question that the case itself does not: its last task failed, or nobody works on it."""

SILENT_IN_A_ROW = 8
"""So many silent cases one after the other mean that no worker is there: the sweep is put off."""

AT_ONCE = 4
A_PART = 1000
"""Rows that a later sweep looks at; the next one goes on behind them."""

CHILDREN = ("returns", "payments", "incoming")
"""The lists of a complaint's story that name cases of their own."""


class CaseSilent(Exception):  # noqa: N818  an answer about one case
    """The case's workflow is there, but its last task failed, so that it cannot say how it stands."""


log = logging.getLogger("redress.mending")


async def keep_mending(
    client: Client,
    database: Database,
    figures: WorkerFigures,
    marker: WordMarker | None = None,
    begins_after: timedelta = timedelta(0),
) -> None:
    """Sweep all, then a part every two minutes, until cancelled. A sweep that fails is logged and tried again.

    marker: makes the marks that cases are owed, after the rows. begins_after: how long people's steps come first.
    """
    after: str | None = None
    most: int | None = None

    async def sweep() -> None:
        nonlocal after, most
        began = time.monotonic()
        mended, after = await mend(client, database, after, most)
        most = A_PART
        figures.swept(mended, time.monotonic() - began)
        if mended:
            log.info("mended %d rows of the register", mended)
        if marker is not None:
            await _pay(database, marker)

    await Round("the sweep of the register", sweep, PAUSE, log, figures.sweep_put_off, begins_after).run()


async def _pay(database: Database, marker: WordMarker) -> None:
    try:
        made = await pay_marks(database, marker)
    except SealBroken:
        log.warning("cases are not found by their customers' words: the master key opens no box")
        return
    if made:
        log.info("made the marks of %d cases", made)


async def mend(
    client: Client, database: Database, after: str | None = None, most: int | None = None
) -> tuple[int, str | None]:
    """Bring rows up to date that fell behind, and add those that were never written.

    after, most: look at so many rows behind that case; all of them without. Gives how many rows were mended, and the
    case to go on behind, None at the end. A case that does not answer is logged and passed over.
    """
    mended, silent = 0, 0
    async with database.reading() as session:
        missing = await openings_without_row(session, datetime.now(UTC) - SETTLED)
    for opening in missing:
        written = await _write_row(client, database, opening.case)
        mended, silent = mended + (written or 0), _in_a_row(silent, (written,))
    looked_at = 0
    while most is None or looked_at < most:
        async with database.reading() as session:
            rows = await rows_to_check(session, after)
        if not rows:
            return mended, None
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            found = await asyncio.gather(*(_check(client, database, r.case, r.checked_length) for r in some))
            mended, silent = mended + sum(each or 0 for each in found), _in_a_row(silent, found)
        looked_at += len(rows)
        after = rows[-1].case
    return mended, after


@dataclass(frozen=True)
class Rebuilt:
    """How many rows were written anew, and the cases that did not answer: theirs are missing until they do."""

    rows: int
    silent: tuple[str, ...]


async def rebuild(client: Client, database: Database) -> Rebuilt:
    """Drop the read model and write it anew from the cases."""
    async with database.writing() as session:
        await drop_read_model(session)
        cases = await all_case_ids(session)
    written, silent = 0, list[str]()
    waiting = list(reversed(cases))
    while waiting:
        case = waiting.pop()
        try:
            view = await look(client, case)
        except CaseSilent:
            silent.append(case)
            continue
        if view is None:
            continue
        async with database.writing_once() as session:
            await keep_view(session, view)
        written += 1
        waiting.extend(reversed(children_of(view)))
    return Rebuilt(written, tuple(silent))


def children_of(view: CaseView) -> list[str]:
    """The case numbers of a complaint's returns and slips."""
    story = view.story or {}
    parts = [part for kind in CHILDREN for part in cast("list[Any]", story.get(kind, []))]
    return [part["case"] for part in parts]


async def look(client: Client, case: str) -> CaseView | None:
    """The case as it stands, from its workflow, running or ended; None if there is no such workflow.

    Raises:
        CaseSilent: it is there and cannot answer; `redress replay` says why.
        RPCError, RuntimeError: Temporal or every worker is away.
    """
    try:
        return (await looked(client, case, DESK, PATIENCE)).view
    except RPCError as problem:
        if problem.status is RPCStatusCode.NOT_FOUND:
            return None
        if problem.status in CANNOT_SAY:
            raise CaseSilent(case) from problem
        raise
    except WorkflowQueryFailedError as failed:
        raise CaseSilent(case) from failed


def _in_a_row(silent: int, found: Sequence[int | None]) -> int:
    """How many cases have been silent one after the other.

    Raises:
        TimeoutError: so many that no worker can be there.
    """
    for each in found:
        silent = silent + 1 if each is None else 0
    if silent >= SILENT_IN_A_ROW:
        raise TimeoutError("no worker answers")
    return silent


async def _check(client: Client, database: Database, case: str, checked_length: int) -> int | None:
    try:
        length = (await client.get_workflow_handle(case).describe()).history_length
    except RPCError as problem:
        if problem.status is not RPCStatusCode.NOT_FOUND:
            raise
        log.warning("the history of case %s is gone from Temporal; its row stays as it is", case)
        return 0
    if length == checked_length:
        return 0
    mended = await _write_row(client, database, case)
    if mended is None:
        return None
    async with database.writing_once() as session:
        await note_checked(session, case, length)
    return mended


async def _write_row(client: Client, database: Database, case: str) -> int | None:
    """Write the row as the case stands, and the first ones of its returns and slips where they are missing.

    Gives how many were behind; None if the case cannot answer.
    """
    try:
        view = await look(client, case)
    except CaseSilent:
        log.warning("case %s does not answer; `redress replay %s` says why", case, case)
        return None
    if view is None:
        return 0
    async with database.writing_once() as session:
        mended = int(await keep_view(session, view))
    children = children_of(view)
    if children:
        async with database.reading() as session:
            children = await without_row(session, children)
    for child in children:
        mended += await _write_row(client, database, child) or 0
    return mended
