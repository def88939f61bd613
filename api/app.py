"""The API as an application: `uvicorn --factory api.app:serve_app`."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from adapters.blind_index import BlindIndex
from adapters.evidence_store import EvidenceStore
from adapters.garbage import spare_what_stands
from adapters.links import CaseLinks
from adapters.vault import Vault
from adapters.webhooks.addresses import AddressGuard
from api.case_homes import CaseHomes
from api.catalogue import describe
from api.commands import Commands
from api.desk import Desk
from api.errors import answer_with_problems
from api.front import Front
from api.key_ring import KeyRing
from api.logs import set_up_logs
from api.metrics import Metrics
from api.policy_book import PolicyBook
from api.routes import ROUTERS
from api.staffing import Staffing
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister
from settings import Settings, key_bytes, load_settings
from upkeep.case_rows import CaseRows
from upkeep.word_marks import WordMarker


def create_app(settings: Settings | None = None, commands: Commands | None = None) -> FastAPI:
    """Make the application; settings come from the environment unless given.

    commands: another connection to Temporal than the settings name, for tests. Nothing is connected before the first
    request, so that the API starts, and says what is missing, while its parts are away.

    Raises:
        SettingsError: a setting is missing or wrong.
    """
    chosen = settings or load_settings()
    set_up_logs(chosen.log_level)
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        desk = await _put_together(chosen, commands, metrics)
        app.state.desk = desk
        yield
        await desk.rows.aclose()
        desk.evidence.close()
        await desk.database.aclose()

    app = FastAPI(lifespan=lifespan, title="Redress", version="0.1.0", docs_url=None, redoc_url=None)
    for router in ROUTERS:
        app.include_router(router)
    answer_with_problems(app)
    describe(app)
    app.add_middleware(Front, metrics=metrics)
    return app


def serve_app() -> FastAPI:
    """Make the application of a process that serves nothing else; raises as `create_app`."""
    app = create_app()
    spare_what_stands()
    return app


async def _put_together(settings: Settings, commands: Commands | None, metrics: Metrics) -> Desk:
    database = Database(settings.database_url, connect_timeout=3.0, statement_timeout=5.0)
    connected = commands or await Commands.connect(
        fallback=f"127.0.0.1:{settings.temporal_port}",
        namespace=settings.temporal_namespace,
        task_queue=settings.task_queue,
        patience=settings.step_timeout_seconds,
    )
    vault = Vault(key_bytes(settings.master_key), SubjectKeyRegister(database))
    index = BlindIndex(key_bytes(settings.index_key))
    return Desk(
        database=database,
        vault=vault,
        index=index,
        links=CaseLinks(key_bytes(settings.link_key)),
        evidence=EvidenceStore.at(settings.evidence_folder.resolve().as_uri()),
        commands=connected,
        rows=CaseRows(database, metrics.rows_behind.set, WordMarker(vault, index)),
        keys=KeyRing(database),
        homes=CaseHomes(database, connected),
        policies=PolicyBook(),
        staffing=Staffing(),
        metrics=metrics,
        addresses=AddressGuard(allowed_hosts=settings.webhook_hosts.split(","), http_allowed=settings.webhook_http),
        public_url=settings.public_url.rstrip("/"),
    )
