"""Small workflows whose histories look odd although they are honest."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.common import Priority, RetryPolicy
from temporalio.exceptions import ApplicationError

from tests.audit.small_case import Slip, pay


@activity.defn
async def ponder(length: float) -> str:
    """Think for so many seconds."""
    await asyncio.sleep(length)
    return "thought"


@workflow.defn
class SleepsLong:
    """Sleeps for days, with limits on the run."""

    @workflow.run
    async def run(self, days: int) -> str:
        await workflow.sleep(timedelta(days=days), summary="until the parcel is due")
        await workflow.execute_activity(
            pay, Slip(1, 5), start_to_close_timeout=timedelta(days=90), heartbeat_timeout=timedelta(days=99)
        )
        return f"woke {workflow.now().isoformat()}"


@workflow.defn
class PondersLong:
    """A local activity outlives its workflow task; a timer is begun before it and cancelled after it."""

    @workflow.run
    async def run(self, length: float) -> str:
        timer = asyncio.create_task(workflow.sleep(900))
        thought = await workflow.execute_local_activity(ponder, length, schedule_to_close_timeout=timedelta(seconds=30))
        timer.cancel()
        workflow.upsert_memo({"thought": thought})
        return thought


@workflow.defn
class WaitsForNews:
    """Waits; a bad word breaks its workflow task, a cancellation is cleaned up after."""

    def __init__(self) -> None:
        self.news: list[str] = []

    @workflow.run
    async def run(self) -> list[str]:
        workflow.deprecate_patch("long-gone")
        child = await workflow.start_child_workflow(
            WaitsForever.run,
            id=f"{workflow.info().workflow_id}-child",
            cancellation_type=workflow.ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
            retry_policy=RetryPolicy(maximum_attempts=2),
            run_timeout=timedelta(days=2),
        )
        try:
            await workflow.wait_condition(lambda: "end" in self.news)
        except asyncio.CancelledError:
            child.cancel()
            await workflow.wait([child])
            await workflow.execute_activity(
                pay,
                Slip(1, 5),
                start_to_close_timeout=timedelta(seconds=5),
                retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=5)),
            )
            raise
        raise ApplicationError("it ended badly", {"heard": self.news}, type="bad_end")

    @workflow.update
    async def hear(self, word: str) -> int:
        if word == "broken":
            raise KeyError(word)
        self.news.append(word)
        await asyncio.sleep(0)
        return len(self.news)


@workflow.defn
class WaitsForever:
    """Ends by cancellation only."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)


@workflow.defn
class HearsAtTheBell:
    """Waits for a word or half a second; of both at once the word counts."""

    def __init__(self) -> None:
        self.word = ""

    @workflow.run
    async def run(self) -> str:
        with suppress(TimeoutError):
            await workflow.wait_condition(lambda: bool(self.word), timeout=timedelta(seconds=0.5))
        return self.word or "the bell"

    @workflow.signal
    def tell(self, word: str) -> None:
        self.word = word


@workflow.defn(name="WaitsForNews")
class WaitsForNewsToldOtherwise:
    """Its twin, that fails with other details."""

    def __init__(self) -> None:
        self.news: list[str] = []

    @workflow.run
    async def run(self) -> list[str]:
        workflow.deprecate_patch("long-gone")
        await workflow.start_child_workflow(
            WaitsForever.run,
            id=f"{workflow.info().workflow_id}-child",
            cancellation_type=workflow.ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
            retry_policy=RetryPolicy(maximum_attempts=2),
            run_timeout=timedelta(days=2),
        )
        await workflow.wait_condition(lambda: "end" in self.news)
        raise ApplicationError("it ended badly", {"heard": len(self.news)}, type="bad_end")

    @workflow.update
    async def hear(self, word: str) -> int:
        self.news.append(word)
        return len(self.news)


@workflow.defn
class ChangesItsMind:
    """Begins things and takes them back, at once or later; uses the rarer options."""

    @workflow.run
    async def run(self, target: str) -> list[str]:
        told: list[str] = []
        me = workflow.info().workflow_id
        never = asyncio.create_task(workflow.start_child_workflow(WaitsForever.run, id=f"{me}-never"))
        unsent = workflow.start_activity(pay, Slip(9, 9), start_to_close_timeout=timedelta(seconds=5))
        unheard = asyncio.create_task(workflow.get_external_workflow_handle(target).signal("nothing"))
        await asyncio.sleep(0)
        for begun in (never, unsent, unheard):
            begun.cancel()
        await workflow.wait([never, unsent, unheard])
        left = await workflow.start_child_workflow(
            WaitsForever.run,
            id=f"{me}-left",
            cancellation_type=workflow.ChildWorkflowCancellationType.ABANDON,
            parent_close_policy=workflow.ParentClosePolicy.REQUEST_CANCEL,
            priority=Priority(priority_key=1, fairness_key="shop-7"),
            static_details="two lines",
        )
        left.cancel()
        silent = workflow.start_activity(
            ponder,
            0.2,
            schedule_to_close_timeout=timedelta(seconds=9),
            start_to_close_timeout=timedelta(seconds=50),
            heartbeat_timeout=timedelta(seconds=99),
            cancellation_type=workflow.ActivityCancellationType.ABANDON,
            activity_id="pondering",
        )
        await workflow.sleep(0.001)
        silent.cancel()
        told.append(await self.stumble())
        await workflow.get_external_workflow_handle(target).cancel()
        return told

    async def stumble(self) -> str:
        """A local activity that fails once and waits for its next attempt on a timer."""
        return await workflow.execute_local_activity(
            pay,
            Slip(8, 8),
            start_to_close_timeout=timedelta(seconds=5),
            local_retry_threshold=timedelta(milliseconds=1),
            retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=50)),
        )


ODD_WORKFLOWS = (ChangesItsMind, SleepsLong, PondersLong, WaitsForNews, WaitsForever, HearsAtTheBell)
