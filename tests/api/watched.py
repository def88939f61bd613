"""A desk whose worker shows its figures on a page of its own, as worker.py's does."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from temporalio.client import Client

from db.sessions import Database
from settings import Settings
from standalone.metrics_page import Page
from standalone.ports import free_ports
from tests.api.counter import Counter
from upkeep.figures import WorkerFigures
from worker import cases_worker, page_of_figures
from workflows.wire import WIRE


async def api_page(counter: Counter) -> Page:
    return Page.of((await counter.get(None, "/metrics")).text)


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
    runtime = page_of_figures(settings.model_copy(update={"worker_metrics_port": port}))
    client = await Client.connect(
        temporal.service_client.config.target_host,
        namespace=temporal.namespace,
        data_converter=WIRE,
        runtime=runtime,
    )
    figures = WorkerFigures(runtime.metric_meter)
    async with cases_worker(client, database, settings, figures=figures):
        yield WatchedWorker(client, figures, port)
