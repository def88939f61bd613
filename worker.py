"""Bootstrap of the worker: builds the adapters, hands them to the activities, registers everything; no logic."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.metadata import version

import uvloop
from temporalio.client import Client
from temporalio.common import MetricMeter, WorkerDeploymentVersion
from temporalio.envconfig import ClientConfig
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.worker import Worker, WorkerDeploymentConfig, WorkflowRunner

from activities.customer_line import LetterDesk
from activities.goods_register import PostgresGoodsRegister
from activities.letter_ways import ByGateway, ByMail, LetterWay
from activities.money_ledger import PostgresMoneyLedger
from activities.payment_gateway import ShopsGateway
from adapters.blind_index import BlindIndex
from adapters.garbage import spare_what_stands
from adapters.json_logs import log_as_json
from adapters.links import CaseLinks
from adapters.mail import SmtpMailbox
from adapters.vault import Vault
from adapters.webhooks.addresses import AddressGuard
from adapters.webhooks.feed import HttpFeed
from adapters.webhooks.posting import HttpPoster, Poster
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister
from domain.quiet import Way
from settings import Settings, key_bytes, load_settings
from upkeep import lateness
from upkeep.case_rows import CaseRows
from upkeep.dock_watch import keep_looking
from upkeep.failure_ear import FailureEar, ListeningRunner
from upkeep.figures import BUCKETS, WorkerFigures
from upkeep.keeping import RegisterKeeper
from upkeep.kept_news import keep_telling
from upkeep.kept_notices import keep_noticing
from upkeep.mending import keep_mending
from upkeep.platform_polling import PlatformPoller
from upkeep.reconciling import keep_reconciling
from upkeep.stuck import keep_watching
from upkeep.tracking_registering import TrackingRegistrar
from upkeep.webhook_pace import Pace
from upkeep.webhook_sending import WebhookSender
from upkeep.word_marks import WordMarker
from workflows.registry import WORKFLOWS, messages, runner
from workflows.wire import WIRE, compression, learn_to_read

LEAVE_TIME = timedelta(seconds=20)
"""How long a worker that is told to end may finish what it has begun."""

LEFT_TO_ANOTHER = timedelta(seconds=2)
"""How long a task waits for the worker that remembers its case, before any other may have it: after a worker died, the
cases that it remembered wait so long."""

TASKS_AT_ONCE = 8
"""Tasks of cases that are worked on at the same time. They share one interpreter, and the SDK takes a task that has not
come back after two seconds for stuck and fails it: with its hundred, a worker that comes back to many cases on a busy
machine fails dozens, and each is tried again only seconds later. For the same reason a worker learns to read all
messages before it asks for work: half a second, which each of its first tasks would spend at the same time."""

RELEASE = WorkerDeploymentConfig(WorkerDeploymentVersion("redress", version("redress")), use_worker_versioning=False)
"""What the worker calls itself. Left unsaid, the SDK reads and hashes the source of every loaded module: half a second
of each start, while the cases of a worker that died are waiting."""

STEPS_FIRST = timedelta(seconds=30)
"""How long after its start a worker leaves the register's sweep: the sweep asks every case that has changed, and while
the steps that waited for the worker come in, that would be as much work again."""

log = logging.getLogger("redress.worker")


@asynccontextmanager
async def cases_worker(
    client: Client,
    database: Database,
    settings: Settings,
    runs: WorkflowRunner | None = None,
    figures: WorkerFigures | None = None,
) -> AsyncGenerator[RegisterKeeper]:
    """Work on all cases, with activities built on these parts; lends who writes the rows that nobody asked for.

    Cases that cannot go on are watched for, and webhooks are sent, all the while.

    runs: what runs the workflows, if not the runner of a working desk. figures: where the worker's own are told;
    nowhere without.
    """
    vault, index = sealing_parts(settings, database)
    poster = webhook_poster(settings)
    letters = letter_desk(database, vault, index, settings, poster)
    ledger, goods = PostgresMoneyLedger(database), PostgresGoodsRegister(database)
    payments = ShopsGateway(database, vault, poster, settings.public_url.rstrip("/"))
    told = figures or WorkerFigures(MetricMeter.noop)
    rows = CaseRows(database, told.rows_owed, WordMarker(vault, index))
    keeper = RegisterKeeper(client, rows, told.row_took)
    sender = webhook_sender(database, vault, settings, poster, told)
    ear = FailureEar()
    worker = Worker(
        client,
        task_queue=settings.task_queue,
        workflows=list(WORKFLOWS),
        activities=[letters.tell, *ledger.activities(), *goods.activities(), *payments.activities()],
        interceptors=[keeper.ear, lateness.EAR],
        workflow_runner=ListeningRunner(runs or runner(), ear),
        graceful_shutdown_timeout=LEAVE_TIME,
        sticky_queue_schedule_to_start_timeout=LEFT_TO_ANOTHER,
        deployment_config=RELEASE,
        max_concurrent_workflow_tasks=TASKS_AT_ONCE,
    )
    learn_to_read(messages())
    async with worker:
        beside = (asyncio.create_task(keep_watching(client, database, ear)), asyncio.create_task(sender.run()))
        try:
            yield keeper
        finally:
            for each in beside:
                each.cancel()
    try:
        await asyncio.wait_for(asyncio.gather(keeper.settled(), sender.aclose()), LEAVE_TIME.total_seconds())
    except TimeoutError:
        log.warning("rows of the register are left to the sweep, webhooks to their leases")
    await rows.aclose()


def sealing_parts(settings: Settings, database: Database) -> tuple[Vault, BlindIndex]:
    """What opens customers' words and what marks them, with the keys of the settings."""
    vault = Vault(key_bytes(settings.master_key), SubjectKeyRegister(database))
    return vault, BlindIndex(key_bytes(settings.index_key))


def letter_desk(database: Database, vault: Vault, index: BlindIndex, settings: Settings, poster: Poster) -> LetterDesk:
    """Who tells the customers, by which ways, as the settings say."""
    mailbox = SmtpMailbox(settings.smtp_url, settings.mail_from) if settings.smtp_url else None
    public_url = settings.public_url.rstrip("/")
    ways: dict[Way, LetterWay] = {
        Way.EMAIL: ByMail(database, vault, index, mailbox),
        Way.GATEWAY: ByGateway(database, vault, index, poster, public_url),
    }
    return LetterDesk(database, vault, CaseLinks(key_bytes(settings.link_key)), ways, public_url)


def webhook_poster(settings: Settings) -> Poster:
    """Who posts webhooks and messages to gateways, to addresses that the settings allow."""
    return HttpPoster(address_guard(settings))


def address_guard(settings: Settings) -> AddressGuard:
    """Who says where webhooks and questions to connectors may go."""
    return AddressGuard(allowed_hosts=settings.webhook_hosts.split(","), http_allowed=settings.webhook_http)


def webhook_sender(
    database: Database, vault: Vault, settings: Settings, poster: Poster, figures: WorkerFigures
) -> WebhookSender:
    """Who sends webhooks, as the settings say."""
    pace = Pace(
        retry_for=timedelta(days=settings.webhook_retry_days),
        off_after=timedelta(days=settings.webhook_off_days),
        kept_for=timedelta(days=settings.webhook_kept_days),
    )
    return WebhookSender(database, vault, poster, pace, figures.webhook_told)


def page_of_figures(settings: Settings) -> Runtime:
    """A runtime that shows this process' figures, Temporal's and our own, where the settings say."""
    metrics = PrometheusConfig(
        bind_address=f"{settings.worker_metrics_host}:{settings.worker_metrics_port}",
        counters_total_suffix=True,
        unit_suffix=True,
        durations_as_seconds=True,
        histogram_bucket_overrides=BUCKETS,
    )
    return Runtime(telemetry=TelemetryConfig(metrics=metrics))


async def connect(settings: Settings, runtime: Runtime) -> Client:
    """A client as the SDK's standard environment says (TEMPORAL_ADDRESS, TLS, API key)."""
    config = ClientConfig.load_client_connect_config()
    config.setdefault("target_host", f"127.0.0.1:{settings.temporal_port}")
    config.setdefault("namespace", settings.temporal_namespace)
    squeeze = compression(config.get("target_host", ""))
    return await Client.connect(**config, data_converter=WIRE, runtime=runtime, grpc_compression=squeeze)


async def main() -> None:
    """Run until told to end by SIGTERM or SIGINT, then finish what has begun."""
    settings = load_settings()
    log_as_json(settings.log_level)
    runtime = page_of_figures(settings)
    client, figures = await connect(settings, runtime), WorkerFigures(runtime.metric_meter)
    database = Database(settings.database_url)
    told_to_end = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told_to_end.set)
    async with cases_worker(client, database, settings, figures=figures):
        vault, index = sealing_parts(settings, database)
        feed, poster = HttpFeed(address_guard(settings)), webhook_poster(settings)
        rounds = (
            keep_mending(client, database, figures, WordMarker(vault, index), STEPS_FIRST),
            keep_looking(client, database),
            keep_reconciling(client, database),
            keep_telling(client, database),
            keep_noticing(client, database),
            TrackingRegistrar(database, vault, poster).run(),
            PlatformPoller(database, vault, index, feed).run(),
        )
        tasks = [asyncio.create_task(each) for each in rounds]
        spare_what_stands()
        log.info("working on %s in %s", settings.task_queue, client.namespace)
        await told_to_end.wait()
        for task in tasks:
            task.cancel()
        await feed.aclose()
        await poster.aclose()
    await database.aclose()
    await asyncio.sleep(0.25)  # a thread of the SDK may otherwise touch the interpreter while it goes down


if __name__ == "__main__":
    uvloop.run(main())
