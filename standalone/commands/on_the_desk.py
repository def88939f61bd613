"""Runs a command's work with the desk's parts: settings, a Temporal client, the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import typer
from temporalio.client import Client
from temporalio.service import RPCError

from adapters.blind_index import BlindIndex
from adapters.vault import SealBroken, Vault
from db.sessions import Database, DatabaseUnavailable
from db.subject_keys import SubjectKeyRegister
from settings import Settings, home_folder, key_bytes
from standalone.commands.screen import problems_named
from standalone.connection import temporal_client
from standalone.places import Places
from standalone.plan import machine_settings
from upkeep.mending import CaseSilent
from upkeep.word_marks import WordMarker
from workflows.wire import WIRE

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """The parts that a command works with."""

    settings: Settings
    client: Client
    database: Database

    @property
    def marker(self) -> WordMarker:
        """What makes cases found by their customers' words, with the desk's own keys."""
        vault = Vault(key_bytes(self.settings.master_key), SubjectKeyRegister(self.database))
        return WordMarker(vault, BlindIndex(key_bytes(self.settings.index_key)))


def on_the_desk(work: Callable[[Desk], Awaitable[T]]) -> T:
    """Run `work` with the desk's parts; a server that is away is named, with the way out, and ends with exit code 1."""
    with problems_named():
        settings, _ = machine_settings(Places(home_folder()))
        try:
            return asyncio.run(_with_parts(settings, work))
        except SealBroken:
            typer.echo("The master key does not open what was sealed here; `redress doctor` says more.", err=True)
        except CaseSilent as silent:
            typer.echo(f"Case {silent} cannot say how it stands; `redress replay {silent}` says why.", err=True)
        except DatabaseUnavailable as away:
            typer.echo(f"The database does not answer ({away}). `redress status` says what runs.", err=True)
        except (RPCError, RuntimeError) as away:
            typer.echo(f"Temporal does not answer ({away}). `redress status` says what runs.", err=True)
        raise typer.Exit(1)


async def _with_parts(settings: Settings, work: Callable[[Desk], Awaitable[T]]) -> T:
    client = await temporal_client(settings, data_converter=WIRE)
    database = Database(settings.database_url)
    try:
        return await work(Desk(settings, client, database))
    finally:
        await database.aclose()
        await asyncio.sleep(0.25)  # a thread of the SDK may otherwise touch the interpreter while it goes down
