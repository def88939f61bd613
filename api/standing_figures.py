"""The figures that tell how the whole desk stands, read from the database when somebody asks for them.

Not on the way of any step: they are read for `/metrics` alone, one reading at a time, and kept for some seconds, so
that many readers cost no more than one. Every API process shows the same figures.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from db.sessions import Database, DatabaseUnavailable
from db.standing import Standing, how_it_stands
from db.webhook_standing import WebhooksStanding

KEPT_FOR = 10.0
"""Seconds for which a reading, or the failure of one, is shown."""
PATIENCE = 2.0
"""Seconds that a reading may take; Prometheus itself waits ten."""


class StandingFigures(Collector):
    """The last reading. While the database cannot be read there is none: old figures are not shown as new."""

    def __init__(self) -> None:
        self._standing: Standing | None = None
        self._read_at = float("-inf")
        self._one_at_a_time = asyncio.Lock()

    async def refresh(self, database: Database) -> None:
        """Read again, unless that was done in the last seconds."""
        async with self._one_at_a_time:
            if time.monotonic() - self._read_at < KEPT_FOR:
                return
            try:
                self._standing = await asyncio.wait_for(_read(database), PATIENCE)
            except (DatabaseUnavailable, SQLAlchemyError, TimeoutError):
                self._standing = None
            self._read_at = time.monotonic()

    def collect(self) -> Iterable[Metric]:
        """Every figure as it is now (Prometheus's own word for it)."""
        yield GaugeMetricFamily(
            "redress_standing_read",
            "1 if the figures of the whole desk could be read, else 0",
            value=float(self._standing is not None),
        )
        if self._standing is not None:
            yield from figures_of(self._standing)

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: no reading is needed to begin."""
        return ()


def figures_of(standing: Standing) -> Iterator[Metric]:
    """What is shown of a reading."""
    cases = GaugeMetricFamily("redress_cases_open", "Open cases, by kind and state", labels=["kind", "state"])
    for (kind, state), number in standing.open_cases.items():
        cases.add_metric([kind, state], number)
    yield cases
    tasks = standing.tasks
    yield _by(
        "redress_tasks_waiting", "Entries of a desk's work list", "desk", {d: t.waiting for d, t in tasks.items()}
    )
    yield _by(
        "redress_tasks_overdue",
        "Entries of a desk's work list past their due instant",
        "desk",
        {desk: task.overdue for desk, task in tasks.items()},
    )
    yield _by(
        "redress_cases_needing_a_person",
        "Cases that no ordinary step settles, by the desk whose list they stand on",
        "desk",
        {desk: task.cases_needing_a_person for desk, task in tasks.items()},
    )
    yield _by("redress_cases_stuck", "Cases whose workflow cannot go on", "because", standing.stuck)
    yield _by("redress_payments_waiting", "Slips that wait, by for whom", "waits_for", standing.slips_waiting)
    yield _by("redress_payments_unknown", "Slips whose outcome nobody knows yet", "because", standing.slips_unknown)
    yield _by("redress_letters_not_delivered", "Letters not delivered by machine", "because", standing.letters)
    yield GaugeMetricFamily(
        "redress_deadlines_unnoticed",
        "Deadlines 10 s and more past of which the register shows no breach",
        value=standing.unnoticed,
    )
    yield GaugeMetricFamily(
        "redress_deadlines_unnoticed_oldest_seconds",
        "For how long the oldest of them is past, in seconds; 0 if there is none",
        value=standing.oldest_unnoticed,
    )
    yield from _of_webhooks(standing.webhooks)


def _of_webhooks(webhooks: WebhooksStanding) -> Iterator[Metric]:
    yield _by("redress_webhook_deliveries", "Deliveries to webhooks not taken, by state", "state", webhooks.deliveries)
    yield GaugeMetricFamily(
        "redress_webhook_oldest_due_seconds",
        "For how long the oldest delivery waits that could be tried now, in seconds; 0 if there is none",
        value=webhooks.oldest_due,
    )
    yield GaugeMetricFamily("redress_webhooks_failing", "Webhooks of which the last try failed", value=webhooks.failing)
    yield _by("redress_webhooks_off", "Webhooks that are switched off, by why", "because", webhooks.off)


def _by(name: str, says: str, label: str, numbers: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for value, number in numbers.items():
        family.add_metric([value], number)
    return family


async def _read(database: Database) -> Standing:
    async with database.reading() as session:
        return await how_it_stands(session)
