"""Twins of the small case: each has one thing changed, and bears the same workflow name."""

from __future__ import annotations

from dataclasses import replace

from temporalio import workflow

from tests.audit.small_case import Plan, SmallCaseBody, SmallInput

HONEST = Plan()


@workflow.defn(name="SmallCase")
class ChangedActivityInput(SmallCaseBody):
    plan = replace(HONEST, amount=1300)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedActivitySummary(SmallCaseBody):
    plan = replace(HONEST, pay_summary="Pay")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedActivityTimeout(SmallCaseBody):
    plan = replace(HONEST, pay_seconds=11)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class DroppedActivity(SmallCaseBody):
    plan = replace(HONEST, pay_at_all=False)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class PaysTwice(SmallCaseBody):
    plan = replace(HONEST, pay_twice=True)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedTimer(SmallCaseBody):
    plan = replace(HONEST, nap=0.03)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedTimerSummary(SmallCaseBody):
    plan = replace(HONEST, nap_summary="wait")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedPatience(SmallCaseBody):
    plan = replace(HONEST, patience=7200)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedAnswer(SmallCaseBody):
    plan = replace(HONEST, answer="refused")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedRefusal(SmallCaseBody):
    plan = replace(HONEST, refuse_code="too_late")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedChildInput(SmallCaseBody):
    plan = replace(HONEST, child_note="look at the right shoe")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedChildPolicy(SmallCaseBody):
    plan = replace(HONEST, child_policy=workflow.ParentClosePolicy.ABANDON)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedSignalPayload(SmallCaseBody):
    plan = replace(HONEST, told="nothing")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedSignalName(SmallCaseBody):
    plan = replace(HONEST, signal="shout")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedMemo(SmallCaseBody):
    plan = replace(HONEST, memo="closed")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedAttribute(SmallCaseBody):
    plan = replace(HONEST, desk="repairs")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedPatch(SmallCaseBody):
    plan = replace(HONEST, patch="ask-thrice")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedLocalActivityId(SmallCaseBody):
    plan = replace(HONEST, local_id="weighing")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedResult(SmallCaseBody):
    plan = replace(HONEST, result="angry")

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class FailsLate(SmallCaseBody):
    plan = replace(HONEST, fail_late=True)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ContinuesOnceMore(SmallCaseBody):
    plan = replace(HONEST, next_rounds=-1)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class NapsAtTheEnd(SmallCaseBody):
    plan = replace(HONEST, extra_nap=True)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)


@workflow.defn(name="SmallCase")
class ChangedContinuation(SmallCaseBody):
    plan = replace(HONEST, carried=2)

    @workflow.run
    async def run(self, opened: SmallInput) -> str:
        return await self.spine(opened)
