"""Gathers the world: logs, histories, tables. Reads only, and waits until nothing is under way any more."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import asyncpg
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from audit.story import StoryUntold, events_of
from db.address import postgres_address
from domain.casefile import Event
from domain.people import DESK
from domain.refusals import Refusal
from tests.faults.client_log import Said, Signature, read_log
from tests.faults.judge.evidence import Evidence
from tests.faults.judge.histories import read_case
from tests.faults.judge.law_4_register import rows_equal_the_cases
from tests.faults.judge.looking import PATIENT, look
from tests.faults.judge.retelling import retell
from tests.faults.judge.world import Case, Row, World, case_of

QUIET_WITHIN = 20.0
"""Seconds for which the judge waits until a case has nothing under way; then it is judged as it is."""

ROWS_WITHIN = 2.0
"""Seconds after which a row that nobody asked for has to show what its history says."""

AT_ONCE = 8
TABLES = {
    "openings": "SELECT * FROM openings",
    "ledger": "SELECT * FROM ledger",
    "counters": "SELECT * FROM slip_counters",
    "costs": "SELECT * FROM line_costs",
    "lines": "SELECT * FROM order_lines",
    "rows": "SELECT * FROM cases",
    "tasks": "SELECT * FROM case_tasks",
    "tracking": "SELECT * FROM case_tracking",
}


async def gather(evidence: Evidence) -> World:
    """Everything that the laws are asked about."""
    world = World(judged_at=datetime.now(UTC), canaries=evidence.canaries)
    _read_logs(evidence, world)
    world.files = {str(file): file.read_bytes() for file in evidence.files if file.is_file()}
    await _read_tables(evidence.database_url, world)
    named = {case_of(said) for said in world.opens} | {said.case for said in world.steps}
    waiting = {row["case"] for row in [*world.openings, *world.rows]} | named - {""} | await _listed(evidence.client)
    gate = asyncio.Semaphore(AT_ONCE)
    while waiting:
        names = sorted(waiting)
        found = await asyncio.gather(*(_gather_case(evidence.client, name, gate) for name in names))
        known = {name: case for name, case in zip(names, found, strict=True) if case is not None}
        world.cases.update(known)
        waiting = {child for case in known.values() if case.told is not None for child in case.told.children}
        waiting -= world.cases.keys()
        waiting |= await _moved_on(evidence.client, known, gate)
    world.judged_at = datetime.now(UTC)
    await _rows_settled(evidence.database_url, world)
    return world


async def _moved_on(client: Client, cases: dict[str, Case], gate: asyncio.Semaphore) -> set[str]:
    """Those whose history has grown since it was read, by news that was on its way."""

    async def grown(case: Case) -> bool:
        async with gate:
            return (await client.get_workflow_handle(case.case).describe()).history_length > len(case.runs[-1].events)

    names = list(cases)
    moved = await asyncio.gather(*(grown(cases[name]) for name in names))
    return {name for name, has in zip(names, moved, strict=True) if has}


async def _rows_settled(url: str, world: World) -> None:
    """Read the tables until they agree with the cases, or have had the time to."""
    until = time.monotonic() + ROWS_WITHIN
    while True:
        await _read_tables(url, world)
        if not any(rows_equal_the_cases(world)) or time.monotonic() > until:
            return
        await asyncio.sleep(0.05)


def _read_logs(evidence: Evidence, world: World) -> None:
    for log in evidence.logs:
        for entry in read_log(log):
            match entry:
                case Said():
                    world.said.append(entry)
                case Signature():
                    world.signed.append(entry)
                case _:
                    world.noted.append(entry)


async def _read_tables(url: str, world: World) -> None:
    driver: Any = asyncpg  # it has no types of its own
    connection: Any = await driver.connect(postgres_address(url))
    try:
        await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=json.loads)
        for name, asked in TABLES.items():
            rows: list[Row] = [dict(row) for row in await connection.fetch(asked)]
            setattr(world, name, rows)
    finally:
        await connection.close()


async def _listed(client: Client) -> set[str]:
    """What Temporal lists. The list may lag behind; the openings and the clients' own words make it whole."""
    return {execution.id async for execution in client.list_workflows()}


async def _gather_case(client: Client, name: str, gate: asyncio.Semaphore) -> Case | None:
    """The case, or None when Temporal knows no such workflow."""
    async with gate:
        try:
            described = await _quiet(client, name)
        except RPCError as problem:
            if problem.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
        case = Case(name, attributes=described.raw_description.SerializeToString())
        case.runs = await chain_of(client, name, described.run_id)
        _read(case, client)
        case.failing = _failing(described.raw_description, case.runs)
        said = await look(client, name, DESK, times=1 if case.failing else PATIENT)
        case.view = None if said is None else said.view  # the sixth law finds that it does not answer
        await _retell(case, client)
        return case


async def _quiet(client: Client, name: str) -> Any:
    """Its description, once it has no activity and no task under way."""
    until = time.monotonic() + QUIET_WITHIN
    while True:
        described = await client.get_workflow_handle(name).describe()
        raw = described.raw_description
        failing = raw.pending_workflow_task.attempt > 2
        if failing or not (raw.pending_activities or raw.HasField("pending_workflow_task")) or time.monotonic() > until:
            return described
        await asyncio.sleep(0.05)


def _failing(raw: Any, runs: Iterable[WorkflowHistory]) -> str:
    """Why the workflow task fails again and again; empty if it does not."""
    if not raw.HasField("pending_workflow_task") or raw.pending_workflow_task.attempt < 3:
        return ""
    causes = [
        event.workflow_task_failed_event_attributes.failure.message
        for run in runs
        for event in run.events
        if event.HasField("workflow_task_failed_event_attributes")
    ]
    return f"attempt {raw.pending_workflow_task.attempt}, {causes[-1] if causes else 'no reason in the history'}"


async def chain_of(client: Client, name: str, present: str) -> list[WorkflowHistory]:
    """The runs that count, first to last: a run that was reset is wholly in the one that replaced it."""
    runs: list[WorkflowHistory] = []
    run_id = present
    while run_id:
        run = await client.get_workflow_handle(name, run_id=run_id).fetch_history()
        runs.insert(0, run)
        run_id = run.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return runs


def _read(case: Case, client: Client) -> None:
    try:
        case.told = read_case(case.case, case.runs, client.data_converter.payload_converter)
    except ValueError as broken:
        case.faults.append(str(broken))


async def _retell(case: Case, client: Client) -> None:
    if case.told is None or not case.told.activations:
        return
    replayed: list[Event] = []
    for run in case.runs if _may_have_troubles(case) else ():
        try:
            replayed.extend(await events_of(run, client.namespace))
        except StoryUntold:
            break  # the seventh law names it; only troubles are missing here
    try:
        case.retold = retell(case.told, replayed)
    except (Refusal, ValueError, ArithmeticError, LookupError, AttributeError, TypeError) as lost:
        case.faults.append(f"the pure rules do not follow it: {type(lost).__name__}: {lost}")


def _may_have_troubles(case: Case) -> bool:
    """Whether anything failed for which the case may have put a trouble on record; spares a replay."""
    if case.view is None or (case.view.story or {}).get("troubles"):
        return True
    return any(event.event_type in _FAILURES for run in case.runs for event in run.events)


_FAILURES = {
    EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
    EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
}
