"""The whole desk on one machine: up, killed without warning, up again with its data, down."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import CHECKOUT
from standalone.first_start import KEYS
from standalone.identity import Identity
from standalone.ports import free_ports
from standalone.postgres_session import session
from standalone.record import Record, read_record

PORTS = ("REDRESS_API_PORT", "REDRESS_TEMPORAL_PORT", "REDRESS_UI_PORT", "REDRESS_WORKER_METRICS_PORT")
OURS = ("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", *KEYS)


class Desk:
    """The command line of a desk in a home and on ports of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        ports = {name: str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)}
        self.environment = {**kept, **ports, "REDRESS_HOME": str(home)}

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", *words]
        return subprocess.run(
            command, cwd=CHECKOUT, env=self.environment, capture_output=True, text=True, check=False, timeout=150
        )

    def record(self) -> Record:
        return read_record(self.home / "run" / "processes.json")

    def everybody(self) -> list[Identity]:
        record = self.record()
        found = [record.supervisor, *(entry.identity for entry in record.entries.values())]
        return [one for one in found if one is not None]

    def database_url(self) -> str:
        lines = (self.home / "addresses.env").read_text().splitlines()
        return next(line.removeprefix("DATABASE_URL=") for line in lines if line.startswith("DATABASE_URL="))


@pytest.fixture
def desk() -> Iterator[Desk]:
    home = Path(tempfile.mkdtemp(prefix="redress-desk-"))
    home.chmod(0o711)
    desk = Desk(home)
    yield desk
    desk("down")
    desk("reset", "--yes")  # also what root keeps outside the home
    shutil.rmtree(home, ignore_errors=True)


async def count_after(url: str, statement: str) -> int:
    async with session(url) as postgres:
        await postgres.execute(statement)
        return int(await postgres.fetchval("SELECT count(*) FROM kept"))


@pytest.mark.timeout(400)
def test_a_desk_that_is_killed_without_warning_comes_up_again_with_its_data(desk: Desk) -> None:
    up = desk("up")
    assert up.returncode == 0, up.stderr
    assert desk("status").returncode == 0
    assert desk("doctor").returncode == 0
    asyncio.run(count_after(desk.database_url(), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)"))
    killed = desk.everybody()
    assert len(killed) == 6  # the supervisor and its five processes
    for one in killed:
        one.signal(signal.SIGKILL)
    assert desk("status").returncode == 1

    again = desk("up")
    assert again.returncode == 0, again.stderr
    assert asyncio.run(count_after(desk.database_url(), "INSERT INTO kept VALUES (2)")) == 2
    assert not set(killed) & set(desk.everybody())

    third = desk("up")
    assert "is up already" in third.stdout
    running = desk.everybody()
    assert "is down" in desk("down").stdout
    assert not [one for one in running if one.alive()]
    assert "was not up" in desk("down").stdout
