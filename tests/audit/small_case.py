"""A small case that uses every kind of command once, and twins of it in which one thing was changed.

All twins carry the same workflow name, so that a history of the honest one can be replayed against each of them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from temporalio import activity, workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError

DESK = SearchAttributeKey.for_keyword("Desk")


@dataclass(frozen=True)
class Slip:
    """A payment as the small case asks for it. Amount in minor units."""

    number: int
    amount: int
    note: str = ""


@dataclass(frozen=True)
class SmallInput:
    """What opens a small case."""

    neighbour: str
    rounds: int = 1


@dataclass(frozen=True)
class Plan:
    """Everything a twin may change."""

    amount: int = 1250
    pay_summary: str = "Pay refund 1"
    pay_seconds: int = 10
    pay_twice: bool = False
    pay_at_all: bool = True
    nap: float = 0.02
    nap_summary: str = "let the ink dry"
    answer: str = "agreed"
    child_note: str = "look at the left shoe"
    child_policy: workflow.ParentClosePolicy = workflow.ParentClosePolicy.TERMINATE
    told: str = "a case was closed"
    signal: str = "tell"
    memo: str = "open"
    desk: str = "returns"
    patch: str = "ask-twice"
    local_number: int = 7
    local_id: str | None = None
    result: str = "satisfied"
    next_rounds: int = 0
    carried: int = 1
    extra_nap: bool = False
    refuse_code: str = "no_photo"
    fail_late: bool = False
    patience: int = 3600


@activity.defn
async def pay(slip: Slip) -> str:
    """Fail once, then pay."""
    if activity.info().attempt == 1:
        raise ApplicationError("the bank is busy")
    return f"paid {slip.amount}"


@activity.defn
async def pay_never(slip: Slip) -> str:
    """Refuse for good."""
    raise ApplicationError("account closed", {"slip": slip.number}, type="account_closed", non_retryable=True)


@activity.defn
async def pay_slowly(slip: Slip) -> str:
    """Wait until cancelled."""
    while True:
        activity.heartbeat()
        await asyncio.sleep(0.02)


@activity.defn
async def weigh(slip: Slip) -> int:
    """Answer at once; used as a local activity."""
    return slip.number * 2


ACTIVITIES = [pay, pay_never, pay_slowly, weigh]


@workflow.defn(name="SmallInspection")
class SmallInspection:
    """The child: looks at the goods for a moment."""

    @workflow.run
    async def run(self, slip: Slip) -> str:
        await workflow.sleep(0.01)
        return f"seen {slip.note}"


@workflow.defn(name="Neighbour")
class Neighbour:
    """Another workflow that is told something."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @workflow.run
    async def run(self) -> list[str]:
        await workflow.wait_condition(lambda: bool(self.heard))
        return self.heard

    @workflow.signal
    def tell(self, text: str) -> None:
        self.heard.append(text)

    @workflow.signal
    def shout(self, text: str) -> None:
        self.heard.append(text.upper())


class SmallCaseBody:
    """The body shared by the honest small case and its twins."""

    plan: ClassVar[Plan] = Plan()

    def __init__(self) -> None:
        self.answered = False
        self.waiting = False
        self.seen: list[str] = []

    async def spine(self, opened: SmallInput) -> str:
        plan = self.plan
        workflow.patched(plan.patch)
        if plan.pay_at_all:
            await self.pay_refund()
        if plan.pay_twice:
            await self.pay_refund()
        await workflow.sleep(plan.nap, summary=plan.nap_summary)
        await self.try_and_fail()
        await self.cancel_things()
        workflow.upsert_memo({"stage": plan.memo})
        workflow.upsert_search_attributes([DESK.value_set(plan.desk)])
        await workflow.execute_local_activity(
            weigh,
            Slip(plan.local_number, 1),
            start_to_close_timeout=timedelta(seconds=5),
            activity_id=plan.local_id,
            summary="weigh it",
        )
        self.waiting = True
        await workflow.wait_condition(
            lambda: self.answered, timeout=timedelta(seconds=plan.patience), timeout_summary="answer due"
        )
        await workflow.wait_condition(workflow.all_handlers_finished)
        await self.tell_others(opened)
        if plan.fail_late:
            raise ApplicationError("changed its mind")
        if opened.rounds > plan.next_rounds:
            workflow.continue_as_new(SmallInput(opened.neighbour, opened.rounds - plan.carried))
        return plan.result

    async def pay_refund(self) -> None:
        await workflow.execute_activity(
            pay,
            Slip(1, self.plan.amount),
            start_to_close_timeout=timedelta(seconds=self.plan.pay_seconds),
            retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=10)),
            summary=self.plan.pay_summary,
        )

    async def try_and_fail(self) -> None:
        try:
            await workflow.execute_activity(
                pay_never, Slip(2, 1), schedule_to_close_timeout=timedelta(seconds=30), task_queue=None
            )
        except ActivityError as refused:
            self.seen.append(str(refused.cause))

    async def cancel_things(self) -> None:
        """Cancel a timer, an activity that runs and an activity that was never sent."""
        timer = asyncio.create_task(workflow.sleep(500, summary="too long"))
        slow = workflow.start_activity(
            pay_slowly,
            Slip(3, 1),
            start_to_close_timeout=timedelta(minutes=1),
            heartbeat_timeout=timedelta(seconds=2),
            cancellation_type=workflow.ActivityCancellationType.TRY_CANCEL,
        )
        never = asyncio.create_task(workflow.sleep(700))
        await asyncio.sleep(0)
        never.cancel()
        await workflow.sleep(0.02)
        timer.cancel()
        slow.cancel()
        for gone in (timer, never):
            try:
                await gone
            except asyncio.CancelledError:
                self.seen.append("gone")
        try:
            await slow
        except (ActivityError, CancelledError):
            self.seen.append("slow gone")

    async def tell_others(self, opened: SmallInput) -> None:
        child = await workflow.start_child_workflow(
            "SmallInspection",
            Slip(4, 0, self.plan.child_note),
            id=f"{workflow.info().workflow_id}-inspection-{opened.rounds}",
            parent_close_policy=self.plan.child_policy,
            static_summary="inspect",
            memo={"why": "return"},
        )
        await child
        if opened.neighbour and opened.rounds == 0:
            other = workflow.get_external_workflow_handle(opened.neighbour)
            await other.signal(self.plan.signal, self.plan.told)
        if self.plan.extra_nap:
            await workflow.sleep(0.01)

    @workflow.update
    async def answer(self, text: str) -> str:
        """Answer at once or after a moment."""
        if text == "slowly":
            await workflow.sleep(0.01)
        if text == "refuse":
            raise ApplicationError("not now", type=self.plan.refuse_code)
        if text == "done":
            self.answered = True
        return f"{self.plan.answer}: {text}"

    @answer.validator
    def check_answer(self, text: str) -> None:
        if text == "nonsense":
            raise ApplicationError("that is no answer")

    @workflow.signal
    def note(self, text: str) -> None:
        self.seen.append(text)

    @workflow.query
    def waits_for_an_answer(self) -> bool:
        return self.waiting

    @workflow.query
    def seen_so_far(self) -> list[str]:
        return list(self.seen)


@workflow.defn(name="SmallCase")
class SmallCase(SmallCaseBody):
    """The honest one."""

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)
