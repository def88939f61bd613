"""What /metrics tells: requests, steps and refusals of this process, and how the whole desk stands."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from api.edge_refusals import Fault
from api.standing_figures import StandingFigures
from domain.shared_steps import AddEvidence

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
STEP_SECONDS = (0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Finer below a tenth of a second, where a step's time is spent."""
_STEPS = "/v1/cases/{case}/steps/"
_PHOTOS = ("POST", "/v1/cases/{case}/evidence")
_REFUSED, _FAULT, _LATER = 400, 500, {429, 503}


class Metrics:
    """The counters of one API process, and the desk's standing as it was last read.

    Labels are templates of addresses, steps, codes, kinds, states and desks, never values from requests.
    """

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
        self.steps = Histogram(
            "redress_step_seconds",
            "Time until a step was answered, in seconds, by step and by how it was answered",
            ["step", "outcome"],
            buckets=STEP_SECONDS,
            registry=self.registry,
        )
        self.refusals = Counter("redress_refusals", "Requests refused, by code", ["code"], registry=self.registry)
        self.refusals.labels(Fault.code)  # stands at 0 from the start, so that the first one counts as an increase
        self.rows_behind = Gauge(
            "redress_rows_owed", "Cases whose row in the register this process owes", registry=self.registry
        )
        self.standing = StandingFigures()
        self.registry.register(self.standing)

    def note_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request; one that takes a step counts as a step too."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)
        step = _step_of(method, route)
        if step:
            self.steps.labels(step, _outcome(status)).observe(seconds)

    def text(self) -> bytes:
        """Everything in Prometheus's text form."""
        return generate_latest(self.registry)


def _step_of(method: str, route: str) -> str:
    """The step that an address takes, by its template; empty for any other address and for unknown steps."""
    if (method, route) == _PHOTOS:
        return AddEvidence.slug()
    name = route.removeprefix(_STEPS) if method == "POST" and route.startswith(_STEPS) else ""
    return "" if name.startswith("{") else name


def _outcome(status: int) -> str:
    """Taken, refused, not known whether it was taken (the same key may be sent again), or a fault of ours."""
    if status < _REFUSED:
        return "taken"
    if status in _LATER:
        return "later"
    return "refused" if status < _FAULT else "fault"
