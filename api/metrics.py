"""What /metrics tells: requests and their times by address, refusals by code, rows of the read model that are owed."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one API process. Labels are templates of addresses and codes, never values from requests."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        named = ["method", "route", "status"]
        self.requests = Counter("redress_requests", "Requests answered", named, registry=self.registry)
        self.seconds = Histogram(
            "redress_request_seconds",
            "Time until a request was answered, in seconds",
            ["method", "route"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.refusals = Counter("redress_refusals", "Requests refused, by code", ["code"], registry=self.registry)
        self.rows_behind = Gauge(
            "redress_read_model_writes_behind", "Cases whose row in the read model is owed", registry=self.registry
        )

    def text(self) -> bytes:
        """Everything in Prometheus's text form."""
        return generate_latest(self.registry)
