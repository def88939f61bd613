"""A complaint that only listens: it starts nothing, and remembers what its slips told."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue

from workflows.news import PaymentNews

QUEUE = "stand-ins"


@workflow.defn(name="StandIn")
class StandIn:
    """Hears its slips, each word as often as it comes."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.over = False

    @workflow.run
    async def run(self) -> None:
        """Listen until told to end."""
        await workflow.wait_condition(lambda: self.over)

    @workflow.signal(dynamic=True)
    def message_came(self, name: str, raw: Sequence[RawValue]) -> None:
        """One word of a slip: `AS-…-P1/paid`."""
        if name == "payment_news":
            news = workflow.payload_converter().from_payload(raw[0].payload, PaymentNews)
            self.heard.append(news.news)

    @workflow.signal
    def end(self) -> None:
        """Listen no more."""
        self.over = True

    @workflow.query
    def words(self) -> list[str]:
        """All that was heard."""
        return self.heard
