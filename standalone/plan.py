"""Everything decided before anything is started: settings, places, what is embedded, which parts."""

import os
from dataclasses import dataclass

from dotenv import dotenv_values

from settings import Settings, home_folder, load_settings
from standalone.account import account_for_postgres
from standalone.connection import uses_own_temporal
from standalone.embedded_postgres import EmbeddedPostgres
from standalone.parts import Part
from standalone.places import Places
from standalone.services.postgres import DATABASE
from standalone.temporal_build import Binaries, BuildError, shelf
from standalone.topology import STOPPING_ORDER, Chosen, parts_of


@dataclass(frozen=True)
class Plan:
    """What is to run on this machine."""

    settings: Settings
    places: Places
    choice: Chosen
    postgres: EmbeddedPostgres
    parts: list[Part]


def own_database(places: Places) -> str:
    """The database that the operator names, in the environment or in settings.env; empty if ours is to be started."""
    return os.environ.get("DATABASE_URL") or dotenv_values(places.settings).get("DATABASE_URL") or ""


def machine_settings(places: Places) -> tuple[Settings, EmbeddedPostgres]:
    """The settings, with the embedded PostgreSQL's address where the operator names none. SettingsError if wrong."""
    own = own_database(places)
    account = None if own else account_for_postgres()
    postgres = EmbeddedPostgres(places.postgres(account), places.log("postgres"), account)
    return load_settings(database_url=own or postgres.url(DATABASE)), postgres


def chosen(places: Places) -> Chosen:
    """What the operator brings: DATABASE_URL and TEMPORAL_ADDRESS."""
    return Chosen(own_postgres=bool(own_database(places)), own_temporal=uses_own_temporal())


def plan() -> Plan:
    """Read the settings and lay out the parts, in stopping order. SettingsError if a setting is missing or wrong."""
    places = Places(home_folder())
    settings, postgres = machine_settings(places)
    choice = chosen(places)
    binaries: Binaries | None = None
    if not choice.own_temporal:
        binaries = shelf().binaries()
        if binaries is None:
            raise BuildError("the Temporal server is not built yet: `redress up` builds it")
    parts = parts_of(settings, places, choice, postgres, binaries)
    parts.sort(key=lambda part: STOPPING_ORDER.index(part.name))
    return Plan(settings, places, choice, postgres, parts)
