"""A workflow that only sleeps, in a module of its own because the sandbox loads whole modules."""

from datetime import timedelta

from temporalio import workflow


@workflow.defn
class SleepsForAMonth:
    @workflow.run
    async def run(self) -> str:
        await workflow.sleep(timedelta(days=30))
        return workflow.now().isoformat()
