"""A case with many steps, to see what strictness costs and that long histories are read whole."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

from tests.audit.small_case import Slip, weigh


@workflow.defn
class BusyCase:
    """Each step is answered at once and books an activity; a timer is set anew each time."""

    def __init__(self) -> None:
        self.steps = 0
        self.booked = 0

    @workflow.run
    async def run(self, steps: int) -> int:
        while self.booked < steps:
            await workflow.wait_condition(
                lambda: self.steps > self.booked, timeout=timedelta(hours=1), timeout_summary="next step due"
            )
            while self.booked < self.steps:
                self.booked += 1
                await workflow.execute_activity(
                    weigh,
                    Slip(self.booked, 1250, "booked with a note of some length, as agents write them"),
                    start_to_close_timeout=timedelta(seconds=10),
                    summary=f"book step {self.booked}",
                )
        return self.booked

    @workflow.update
    def step(self, number: int) -> str:
        self.steps += 1
        return f"step {number} taken"
