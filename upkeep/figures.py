"""What a worker tells of its own work, on the page where Temporal's SDK tells its figures: rows and sweeps."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import timedelta

from temporalio.common import MetricMeter

BUCKETS: Mapping[str, Sequence[float]] = {
    "redress_deadline_lateness": (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86_400),
    "redress_row_lag": (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5, 30),
    "workflow_task_schedule_to_start_latency": (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600),
    "redress_sweep": (0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600),
}
"""Upper bounds in seconds of each histogram, for `PrometheusConfig(histogram_bucket_overrides=…)`."""


class WorkerFigures:
    """Figures of one worker process.

    meter: of the runtime whose client the worker uses (`Runtime.metric_meter`); without a Prometheus page behind it
    nothing is kept.
    """

    def __init__(self, meter: MetricMeter) -> None:
        self._owed = meter.create_gauge("redress_rows_owed", "Cases whose row in the register this process owes")
        self._lag = meter.create_histogram_timedelta(
            "redress_row_lag", "Time from a change that nobody asked for to its row", "duration"
        )
        self._sweeps = meter.create_histogram_timedelta("redress_sweep", "How long a sweep took", "duration")
        self._mended = meter.create_counter("redress_sweep_rows_mended", "Rows that a sweep found behind and mended")
        self._put_off = meter.create_counter("redress_sweeps_put_off", "Sweeps that did not come to their end")
        self._swept_at = meter.create_gauge_float(
            "redress_sweep_last_success_timestamp_seconds", "When a sweep last came to its end, in Unix time"
        )
        self._webhooks = meter.create_counter("redress_webhook_posts", "Tries to send a webhook, by what came of them")
        self._owed.set(0)
        for result in ("delivered", "failed", "dead", "switched_off"):
            self._webhooks.add(0, {"result": result})
        self._mended.add(0)
        self._put_off.add(0)

    def rows_owed(self, number: int) -> None:
        """So many cases wait for their row."""
        self._owed.set(number)

    def row_took(self, seconds: float) -> None:
        """A change that nobody asked for stands in its row, so long after it happened."""
        self._lag.record(timedelta(seconds=seconds))

    def swept(self, mended: int, seconds: float) -> None:
        """A sweep came to its end."""
        self._mended.add(mended)
        self._sweeps.record(timedelta(seconds=seconds))
        self._swept_at.set(time.time())

    def sweep_put_off(self) -> None:
        """A sweep did not come to its end; the next one is on its way."""
        self._put_off.add(1)

    def webhook_told(self, result: str) -> None:
        """A webhook was tried: `delivered`, `failed`, `dead`; or given up altogether: `switched_off`."""
        self._webhooks.add(1, {"result": result})
