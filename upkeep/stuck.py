"""The watch over cases that cannot go on: finds them, says why, and takes them off when they go on again.

Temporal tries a failing workflow task for ever, which is right: once the cause is mended the case goes on where it
stood. But it tells nobody. Three hints lead here: the worker hears its own failures, what was found before is looked at
again, and now and then Temporal's lists are searched for the attribute `TemporalReportedProblems`, which names those of
all workers, also of one that such a case ended. Whether a case is held up is then asked of Temporal itself, so that a
hint too many does no harm; and a server without that attribute, or whose lists lag behind, only lacks one of the three.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, timedelta

from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from db.sessions import Database
from db.stuck import all_stuck, note_stuck, take_off
from domain.stuck import StuckBecause, StuckCase
from upkeep.backwards import from_the_end
from upkeep.failure_ear import FailureEar
from workflows.registry import KINDS

PAUSE = timedelta(seconds=5)
"""Between two looks of a worker."""

LONGEST_PAUSE = timedelta(seconds=10)
SEARCHED_EVERY = timedelta(seconds=30)
"""The lists are a store of their own, where a search reads every open case: with many of them not at each look."""
PATIENCE = timedelta(seconds=5)
AT_ONCE = 4
A_PAGE = 20

SEARCH = 'TemporalReportedProblems IS NOT NULL AND ExecutionStatus = "Running"'
"""What Temporal's server since 1.30 keeps by itself."""

LISTS_AWAY = {
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.CANCELLED,
}
"""What a search answers while the lists' store has too much to do, which says nothing of the cases."""

TOO_LATE_TWICE = 3
"""A task that ran out of time once was taken by a worker that died, which is no fault of the case; twice is."""

_CAUSE = WorkflowTaskFailedCause
NO_FAULT = {
    _CAUSE.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
    _CAUSE.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_UPDATE,
    _CAUSE.WORKFLOW_TASK_FAILED_CAUSE_RESET_STICKY_TASK_QUEUE,
    _CAUSE.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
    _CAUSE.WORKFLOW_TASK_FAILED_CAUSE_FAILOVER_CLOSE_COMMAND,
    _CAUSE.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
}
"""Failures that are part of the trade: something new came in while a task was being answered, and the like."""

FAILED = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
TIMED_OUT = EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT
COMPLETED = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED

_UNREADABLE = "Failed decoding arguments"
"""What the SDK raises when a payload is not what the code expects."""
_PLACE = re.compile(r'File "([^"]+)", line (\d+), in (\w+)')

log = logging.getLogger("redress.stuck")


async def keep_watching(client: Client, database: Database, ear: FailureEar) -> None:
    """Look every few seconds until cancelled. A look that fails is logged and tried again."""
    clock = asyncio.get_running_loop().time
    heard, search_at = set[str](), clock()
    while True:
        begun = clock()
        heard |= ear.tell()
        searched = begun >= search_at
        if searched:
            search_at = begun + SEARCHED_EVERY.total_seconds()
        try:
            await watch(client, database, heard, lists=searched)
            heard.clear()
        except Exception as problem:  # noqa: BLE001  the watch outlives whatever is wrong with what it watches
            log.warning("the watch over stuck cases is put off: %s", type(problem).__name__)
        took = clock() - begun
        await asyncio.sleep(min(max(PAUSE.total_seconds(), 2 * took), LONGEST_PAUSE.total_seconds()))


async def watch(
    client: Client, database: Database, heard: Iterable[str] = (), *, lists: bool = True
) -> list[StuckCase]:
    """Look once: note cases that cannot go on, take off those that do again. Gives all that cannot, the longest first.

    heard: cases that may be held up, by another's word. lists: search Temporal's lists for more.

    Raises:
        RPCError, RuntimeError: Temporal is away. DatabaseUnavailable.
    """
    async with database.reading() as session:
        known = {each.case: each for each in await all_stuck(session)}
    suspects = sorted({*heard, *known, *(await _reported(client) if lists else ())})
    for start in range(0, len(suspects), AT_ONCE):
        some = suspects[start : start + AT_ONCE]
        await asyncio.gather(*(_settle(client, database, case, known.get(case)) for case in some))
    async with database.reading() as session:
        return await all_stuck(session)


async def stuck_case(client: Client, case: str) -> StuckCase | None:
    """What holds the case up, if anything does; asks Temporal alone, and needs no worker.

    Raises:
        RPCError, RuntimeError: Temporal is away.
    """
    try:
        described = await client.get_workflow_handle(case).describe(rpc_timeout=PATIENCE)
    except RPCError as problem:
        if problem.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    raw = described.raw_description
    if described.status is not WorkflowExecutionStatus.RUNNING or not raw.HasField("pending_workflow_task"):
        return None
    failed = await last_failed_task(client, case, described.run_id)
    if failed is None or (failed.event_type == TIMED_OUT and raw.pending_workflow_task.attempt < TOO_LATE_TWICE):
        return None
    told = await _told_by(client, described)
    found = _found(failed)
    return replace(found, case=case, shop=told, kind=KINDS.get(described.workflow_type or ""))


async def last_failed_task(client: Client, case: str, run: str) -> HistoryEvent | None:
    """The event that says how the case's last task failed; None when its last task was answered.

    Further failures of the same task leave no event, so that this is also since when it fails.
    """
    async for event in from_the_end(client, case, run, page=A_PAGE, patience=PATIENCE):
        if event.event_type == COMPLETED:
            return None
        if event.event_type == TIMED_OUT:
            return event
        if event.event_type == FAILED:
            cause = event.workflow_task_failed_event_attributes.cause
            return None if cause in NO_FAULT else event
    return None


async def _settle(client: Client, database: Database, case: str, known: StuckCase | None) -> None:
    stuck = await stuck_case(client, case)
    if stuck is None:
        if known is not None:
            async with database.writing_once() as session:
                await take_off(session, case)
            log.info("case %s goes on again", case)
        return
    async with database.writing_once() as session:
        new = await note_stuck(session, stuck)
    if new:
        log.error("%s: %s; %s", case, stuck.sentence, stuck.way_out)


async def _reported(client: Client) -> set[str]:
    """Cases that Temporal itself reports; none where it does not know that search, or its lists do not answer now."""
    try:
        return {each.id async for each in client.list_workflows(SEARCH, rpc_timeout=PATIENCE)}
    except RPCError as problem:
        if problem.status is RPCStatusCode.INVALID_ARGUMENT:
            return set()
        if problem.status not in LISTS_AWAY:
            raise
        log.warning("Temporal's lists do not answer (%s): stuck cases of other workers show later", problem.status.name)
        return set()


async def _told_by(client: Client, described: WorkflowExecutionDescription) -> str:
    """The shop, as the complaint's opening noted it; empty when nobody did."""
    root = described.root_id or described.id
    if root != described.id:
        try:
            described = await client.get_workflow_handle(root).describe(rpc_timeout=PATIENCE)
        except RPCError as problem:
            if problem.status is not RPCStatusCode.NOT_FOUND:
                raise
            return ""
    return str((await described.memo()).get("shop", ""))


def _found(event: HistoryEvent) -> StuckCase:
    """What the failed task's event says, of no case yet."""
    since = event.event_time.ToDatetime(UTC)
    nobody = StuckCase("", "", None, since, StuckBecause.NO_ANSWER)
    if event.event_type == TIMED_OUT:
        return nobody
    told = event.workflow_task_failed_event_attributes
    fault, place = _fault(told.failure)
    if told.cause == _CAUSE.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR:
        return replace(nobody, because=StuckBecause.OTHER_PAST)
    if _chain_says(told.failure, _UNREADABLE):
        return replace(nobody, because=StuckBecause.UNREADABLE, fault=fault, place=place)
    return replace(nobody, because=StuckBecause.FAULT, fault=fault, place=place)


def _fault(failure: Failure) -> tuple[str, str]:
    """The innermost exception's type and the last place in it that is the desk's own; never its text."""
    while failure.HasField("cause"):
        failure = failure.cause
    places = [match for match in _PLACE.findall(failure.stack_trace) if "site-packages" not in match[0]]
    if not places:
        return failure.application_failure_info.type, ""
    file, line, function = places[-1]
    return failure.application_failure_info.type, f"{'/'.join(file.split('/')[-2:])}:{line} {function}"


def _chain_says(failure: Failure, words: str) -> bool:
    return words in failure.message or (failure.HasField("cause") and _chain_says(failure.cause, words))
