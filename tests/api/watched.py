"""A desk whose worker shows its figures on a page of its own, as worker.py's does."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from temporalio import client as temporal_client
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from audit.figures import BUCKETS, WorkerFigures
from audit.lateness import LatenessEar
from db.sessions import Database
from settings import Settings
from standalone.ports import free_ports
from tests.api.counter import Counter
from worker import cases_worker


@dataclass
class Page:
    """Samples of one reading of `/metrics`."""

    samples: list[Sample]

    @property
    def names(self) -> set[str]:
        return {sample.name for sample in self.samples}

    def total(self, name: str, **labels: str) -> float:
        """The sum of all samples of that name with these labels; 0 if there is none."""
        return sum(s.value for s in self.samples if s.name == name and labels.items() <= s.labels.items())

    def value(self, name: str, **labels: str) -> float:
        """The sum of all samples of that name with these labels; KeyError if there is none."""
        if not any(s.name == name and labels.items() <= s.labels.items() for s in self.samples):
            raise KeyError(f"{name} {labels}")
        return self.total(name, **labels)


def page(text: str) -> Page:
    return Page([sample for family in text_string_to_metric_families(text) for sample in family.samples])


async def api_page(counter: Counter) -> Page:
    return page((await counter.get(None, "/metrics")).text)


class _Ear(LatenessEar, temporal_client.Interceptor):
    """Given to the client, from which the worker takes it."""


@dataclass
class WatchedWorker:
    """A running worker and its page."""

    client: Client
    figures: WorkerFigures
    port: int

    async def page(self) -> Page:
        address = f"http://127.0.0.1:{self.port}/metrics"
        answer = await asyncio.to_thread(urllib.request.urlopen, address)
        return page(answer.read().decode())


@asynccontextmanager
async def watched_worker(temporal: Client, database: Database, settings: Settings) -> AsyncIterator[WatchedWorker]:
    """Work on this desk's cases with figures, in a runtime of its own."""
    port = free_ports(1)[0]
    metrics = PrometheusConfig(
        bind_address=f"127.0.0.1:{port}",
        counters_total_suffix=True,
        unit_suffix=True,
        durations_as_seconds=True,
        histogram_bucket_overrides=BUCKETS,
    )
    runtime = Runtime(telemetry=TelemetryConfig(metrics=metrics))
    client = await Client.connect(
        temporal.service_client.config.target_host,
        namespace=temporal.namespace,
        data_converter=pydantic_data_converter,
        runtime=runtime,
        interceptors=[_Ear()],
    )
    async with cases_worker(client, database, settings):
        yield WatchedWorker(client, WorkerFigures(runtime.metric_meter), port)
