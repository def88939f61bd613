"""The rows of changes that nobody asked for: a deadline passed, a return or slip reported, a message fell to a person.

The case tells its worker, beside the workflow: no activity, no event, no task is spent on a copy. What a worker was
told is only what a workflow task came to; whether that task counts, the history decides. So a row is written when the
history shows the end of that very task, and forgotten when it shows another. A worker that dies in between leaves the
row to the sweep (`upkeep/mending.py`), as an asker does who dies between a step and its row.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.view import CaseView
from upkeep.backwards import from_the_end
from upkeep.case_rows import CaseRows
from workflows.listeners import REGISTER, Ear

AT_ONCE = 4
"""Rows under way at the same time; the steps that people wait for go first."""
FIRST_LOOK, LONGEST_PAUSE = 0.008, 1.0
"""Seconds until the history is looked at, and at most between two looks."""
PAUSE_SHARE = 0.3
"""A pause is this part of the time waited so far: a row comes at most so much later than its task took to end."""
GIVEN_UP_AFTER = 30.0
"""Seconds after which a task that has not ended (it may have ten) is left to the sweep."""
A_PAGE = 8

log = logging.getLogger("redress.keeping")


@dataclass(frozen=True)
class Told:
    """How a case stood at the end of a workflow task: the run, the id of the task's start, when it was told.

    `at` is the worker's monotonic clock, in seconds.
    """

    view: CaseView
    run_id: str
    started_event: int
    at: float


class RegisterKeeper:
    """Listens to the cases of one worker and writes their rows; of each case only the latest word is kept.

    `ear` goes to the worker. done: hears how long a row took, in seconds from the change to the row.
    """

    def __init__(self, client: Client, rows: CaseRows, done: Callable[[float], None] | None = None) -> None:
        self.ear = Ear(REGISTER, self._hear)
        self._client = client
        self._rows = rows
        self._done = done
        self._waiting: dict[str, Told] = {}
        self._loop = asyncio.get_running_loop()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    async def settled(self) -> None:
        """Return once everything that was heard until now is written or left to the sweep."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    def _hear(self, view: CaseView, run_id: str, history_length: int) -> None:
        """Called in the thread of the workflow."""
        told = Told(view, run_id, history_length, time.monotonic())
        self._loop.call_soon_threadsafe(self._take, told)

    def _take(self, told: Told) -> None:
        fresh = told.view.case not in self._waiting
        self._waiting[told.view.case] = told
        if fresh:
            task = asyncio.create_task(self._keep(told.view.case))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _keep(self, case: str) -> None:
        try:
            told = await self._word_that_counts(case)
        except Exception:
            log.exception("the row of case %s is left to the sweep", case)
            told = None
        finally:
            del self._waiting[case]
        if told is not None:
            written = await self._rows.keep(told.view)
            if written and self._done is not None:
                self._done(time.monotonic() - told.at)

    async def _word_that_counts(self, case: str) -> Told | None:
        """The latest word once the history confirms it; None when it denies it, or does not say for too long."""
        while (waited := time.monotonic() - (told := self._waiting[case]).at) < GIVEN_UP_AFTER:
            await asyncio.sleep(min(max(PAUSE_SHARE * waited, FIRST_LOOK), LONGEST_PAUSE))
            async with self._places:
                counts = await self._counts(told)
            if counts is not None and self._waiting[case] is told:
                return told if counts else None
        log.warning("a task of case %s does not end; its row is left to the sweep", case)
        return None

    async def _counts(self, told: Told) -> bool | None:
        """Whether the history has this task as the one that was completed; None while it does not say."""
        try:
            after = await self._event(told.view.case, told.run_id, told.started_event + 1)
        except (RPCError, RuntimeError) as problem:
            if isinstance(problem, RPCError) and problem.status is RPCStatusCode.NOT_FOUND:
                return False
            log.info("the history of case %s cannot be read now: %s", told.view.case, type(problem).__name__)
            return None
        if after is None:
            return None
        if after.event_type != EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return False
        ended = after.workflow_task_completed_event_attributes
        return ended.started_event_id == told.started_event and ended.identity == self._client.identity

    async def _event(self, case: str, run_id: str, number: int) -> HistoryEvent | None:
        """One event of a run, from its end backwards; None if the history does not reach so far yet."""
        async for event in from_the_end(self._client, case, run_id, page=A_PAGE):
            if event.event_id <= number:
                return event if event.event_id == number else None
        return None
