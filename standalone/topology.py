"""Which processes make up the desk on one machine, and in which order they come and go."""

import os
from dataclasses import dataclass

from settings import Settings
from standalone.connection import embedded_environment
from standalone.embedded_postgres import EmbeddedPostgres
from standalone.parts import Part
from standalone.places import Places
from standalone.services.desk import Api, Migrations, Worker
from standalone.services.postgres import OwnPostgres, PostgresService
from standalone.services.temporal import OwnTemporal, TemporalService, TemporalUi
from standalone.temporal_build import Binaries

STOPPING_ORDER = ("api", "worker", "temporal-ui", "temporal", "migrations", "postgres")
"""Whoever asks ends before whom it asks."""


@dataclass(frozen=True)
class Chosen:
    """What the operator brings, so that we do not start it."""

    own_postgres: bool
    own_temporal: bool


def parts_of(
    settings: Settings, places: Places, choice: Chosen, postgres: EmbeddedPostgres, binaries: Binaries | None
) -> list[Part]:
    """Every part, in the order in which they are stopped. ``binaries`` may be None with a Temporal of one's own."""
    environment = child_environment(settings, choice)
    parts: list[Part] = [
        Api("api", ("migrations", "temporal"), settings, places, environment),
        Worker("worker", ("migrations", "temporal"), settings, places, environment),
    ]
    if binaries is None:
        parts.append(OwnTemporal("temporal", (), settings))
    else:
        parts.append(TemporalUi("temporal-ui", ("temporal",), settings, places, binaries))
        parts.append(TemporalService("temporal", ("postgres",), settings, places, binaries))
    parts.append(Migrations("migrations", ("postgres",), places, environment))
    if choice.own_postgres:
        parts.append(OwnPostgres("postgres", (), settings.database_url))
    else:
        parts.append(PostgresService("postgres", (), postgres))
    return parts


def child_environment(settings: Settings, choice: Chosen) -> dict[str, str]:
    """The environment of worker, API and migrations. Secrets stay in settings.env, which they read themselves."""
    environment = dict(os.environ) if choice.own_temporal else embedded_environment(settings)
    environment |= {"REDRESS_HOME": str(settings.home), "DATABASE_URL": settings.database_url, "PYTHONUNBUFFERED": "1"}
    return environment


def ports_of(settings: Settings, choice: Chosen) -> dict[str, tuple[str, int]]:
    """The ports that the parts listen on: setting to host and number."""
    ports = {
        "REDRESS_API_PORT": (settings.api_host, settings.api_port),
        "REDRESS_WORKER_METRICS_PORT": ("127.0.0.1", settings.worker_metrics_port),
    }
    if not choice.own_temporal:
        ports["REDRESS_TEMPORAL_PORT"] = ("127.0.0.1", settings.temporal_port)
        ports["REDRESS_UI_PORT"] = ("127.0.0.1", settings.ui_port)
    return ports
