"""A desk whose worker shows its figures on a page of its own, as worker.py's does."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from temporalio import client as temporal_client
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from audit.figures import BUCKETS, WorkerFigures
from audit.lateness import LatenessEar
from db.sessions import Database
from settings import Settings
from standalone.metrics_page import Page
from standalone.ports import free_ports
from tests.api.counter import Counter
from worker import cases_worker


async def api_page(counter: Counter) -> Page:
    return Page.of((await counter.get(None, "/metrics")).text)


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
        return Page.of(answer.read().decode())


@asynccontextmanager
async def watched_worker(temporal: Client, database: Database, settings: Settings) -> AsyncGenerator[WatchedWorker]:
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
