"""What ``redress doctor`` looks at: each finding is a sentence, and where something is wrong, the way to mend it."""

import os
import shutil
import stat
import sys
from collections.abc import AsyncIterator
from importlib.metadata import PackageNotFoundError, version

from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from adapters.vault import SealBroken, Vault
from db.sessions import Database, DatabaseUnavailable
from db.subject_keys import SubjectKeyRegister
from db.upgrade import alembic_config
from settings import Settings, SettingsError, key_bytes
from standalone.account import AccountError, account_for_postgres
from standalone.busy_ports import busy_ports
from standalone.connection import temporal_client
from standalone.finding import Finding
from standalone.places import Places
from standalone.plan import chosen, machine_settings
from standalone.postgres_programs import ProgramsError, postgres_programs
from standalone.postgres_session import UNREACHABLE, session
from standalone.record import READY, State, read_record
from standalone.temporal_build import shelf
from standalone.temporal_ready import pollers
from standalone.topology import Chosen
from standalone.watching import watch

ROOM = 1_000_000_000
"""Bytes that should be free for data."""
RECENT = 70.0
"""Seconds: a worker's question for work is held open for at most sixty."""


async def examine(places: Places) -> AsyncIterator[Finding]:
    """Look at the machine, the settings, the data and the running desk, in this order."""
    yield Finding("Python", sys.version.split()[0])
    yield _packages()
    yield _disk(places)
    yield _programs(places)
    try:
        settings, _ = machine_settings(places)
    except (SettingsError, AccountError) as problem:
        fresh = not places.settings.is_file()
        way = "run `redress up`: it makes the keys" if fresh else str(problem)
        yield Finding("settings", "not complete" if fresh else "wrong", way, hint=fresh)
        return
    yield _keys(places)
    choice = chosen(places)
    yield _temporal_programs(choice)
    record = read_record(places.record)
    if not record.running:
        for sentence in busy_ports(settings, choice) or ["all free"]:
            yield Finding(
                "ports", sentence if sentence == "all free" else "taken", "" if "free" in sentence[:9] else sentence
            )
        yield Finding("desk", "down", "run `redress up`", hint=True)
        if not choice.own_postgres:
            return
    for entry in record.entries.values() if record.running else ():
        if entry.state not in READY:
            way = (
                f"`redress logs {entry.name}` says more: {entry.why.splitlines()[0] if entry.why else 'still starting'}"
            )
            yield Finding(entry.name, entry.state, way, hint=entry.state in {State.WAITING, State.STARTING})
        else:
            yield Finding(entry.name, f"{entry.state}, {entry.restarts} restarts")
    yield await _database(settings)
    yield await _master_key(settings)
    if record.running or choice.own_temporal:
        yield await _worker(settings)
    api = record.entries.get("api")
    if record.running and api is not None and api.state in READY:
        async for finding in watch(settings):
            yield finding


def _packages() -> Finding:
    try:
        return Finding("packages", f"temporalio {version('temporalio')}, fastapi {version('fastapi')}")
    except PackageNotFoundError as missing:
        return Finding("packages", f"{missing.name} is missing", "run `make up`, which installs the locked packages")


def _disk(places: Places) -> Finding:
    at = next(folder for folder in (places.home, *places.home.parents) if folder.is_dir())
    free = shutil.disk_usage(at).free
    mend = (
        ""
        if free > ROOM
        else f"free some space, or move the data with REDRESS_HOME; {ROOM / 1e9:.0f} GB is comfortable"
    )
    return Finding("disk", f"{free / 1e9:.1f} GB free at {at}", mend)


def _programs(places: Places) -> Finding:
    if chosen(places).own_postgres:
        return Finding("PostgreSQL", "your own, from DATABASE_URL")
    try:
        found = postgres_programs(account_for_postgres())
    except (ProgramsError, AccountError) as problem:
        return Finding("PostgreSQL", "cannot be run", str(problem))
    return Finding("PostgreSQL", f"programs in {found}")


def _temporal_programs(choice: Chosen) -> Finding:
    if choice.own_temporal:
        return Finding("Temporal", f"your own, at {os.environ['TEMPORAL_ADDRESS']}")
    place = shelf()
    if place.binaries() is not None:
        damaged = place.damaged()
        mend = f"remove {place.folder} and run `make up`" if damaged else ""
        return Finding("Temporal", f"{', '.join(damaged)} damaged" if damaged else f"programs in {place.folder}", mend)
    go = "Go of this machine" if shutil.which("go") else "Go from the Python package index"
    way = f"run `make up`: it builds the server once, with {go} (2 to 5 minutes, 4.5 GB for that time)"
    return Finding("Temporal", "not built yet", way, hint=True)


def _keys(places: Places) -> Finding:
    if places.settings.is_file() and stat.S_IMODE(places.settings.stat().st_mode) & 0o077:
        return Finding("keys", f"{places.settings} can be read by others", f"chmod 600 {places.settings}")
    where = places.settings if places.settings.is_file() else "the environment"
    return Finding("keys", f"complete, in {where}; keep a copy in a safe place")


async def _database(settings: Settings) -> Finding:
    try:
        async with session(settings.database_url) as postgres:
            there = await postgres.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL")
            at = await postgres.fetchval("SELECT version_num FROM alembic_version") if there else "none"
    except UNREACHABLE as problem:
        return Finding(
            "tables", f"the database cannot be reached ({type(problem).__name__})", "see `redress logs postgres`"
        )
    newest = _newest_migration()
    if newest and at != newest:
        return Finding("tables", f"at version {at}, the newest is {newest}", "run `redress migrate`")
    return Finding("tables", f"at version {at}, the newest")


async def _master_key(settings: Settings) -> Finding:
    """Whether it is the key under which the customers' words of this database were sealed."""
    database = Database(settings.database_url, pool_size=1)
    try:
        await Vault(key_bytes(settings.master_key), SubjectKeyRegister(database)).prove()
    except SealBroken:
        way = "set REDRESS_MASTER_KEY to the key of the backup that was restored; nothing new is sealed until then"
        return Finding("master key", "does not open what was sealed in this database", way)
    except (DatabaseUnavailable, SQLAlchemyError):
        return Finding("master key", "not tried: the database cannot be asked", hint=True)
    finally:
        await database.aclose()
    return Finding("master key", "opens what was sealed")


def _newest_migration() -> str:
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


async def _worker(settings: Settings) -> Finding:
    try:
        client = await temporal_client(settings)
        asking = await pollers(client, client.namespace, settings.task_queue)
    except (RPCError, RuntimeError) as problem:
        return Finding("work", f"Temporal does not answer: {str(problem)[:120]}", "see `redress logs temporal`")
    if not [age for age in asking.values() if age < RECENT]:
        return Finding("work", f"no worker asks for work on {settings.task_queue!r}", "see `redress logs worker`")
    return Finding("work", f"a worker asks for work on {settings.task_queue!r} in {client.namespace!r}")
