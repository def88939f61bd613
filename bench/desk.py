"""A desk as `redress up` starts it, in a home of its own, for the time of a measurement."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from settings import CHECKOUT
from standalone.ports import free_ports
from standalone.record import read_record

STARTING = 300.0
"""Seconds a start may take that builds nothing."""


@dataclass(frozen=True)
class BenchDesk:
    """One running desk: addresses of its parts, and a key for each role."""

    home: Path
    environment: Mapping[str, str]
    api: str
    temporal: str
    namespace: str
    worker_metrics: str
    database_url: str
    keys: Mapping[str, str]

    def pid(self, name: str) -> int:
        """The process id of one part, as the supervisor last wrote it down."""
        return read_record(self.home / "run" / "processes.json").entries[name].pid

    def database(self, name: str) -> str:
        """The address of another database of the same server."""
        return self.database_url.replace("@/redress?", f"@/{name}?")


@contextmanager
def running_desk(home: Path, **chosen: str) -> Generator[BenchDesk]:
    """Start a desk in this home, with these settings besides, and take it down at the end. RuntimeError if it fails."""
    api, temporal, ui, metrics = (str(port) for port in free_ports(4))
    theirs = ("TEMPORAL_", "DATABASE_", "REDRESS_")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(theirs)},
        "REDRESS_HOME": str(home),
        "REDRESS_API_PORT": api,
        "REDRESS_TEMPORAL_PORT": temporal,
        "REDRESS_UI_PORT": ui,
        "REDRESS_WORKER_METRICS_PORT": metrics,
        **chosen,
    }
    try:
        started = _redress(environment, "up")
        if started.returncode != 0:
            raise RuntimeError(f"the desk did not start:\n{started.stderr}{started.stdout}")
        yield BenchDesk(
            home=home,
            environment=environment,
            api=f"http://127.0.0.1:{api}",
            temporal=f"127.0.0.1:{temporal}",
            namespace="redress",
            worker_metrics=f"http://127.0.0.1:{metrics}",
            database_url=str(dotenv_values(home / "addresses.env")["DATABASE_URL"]),
            keys=json.loads((home / "keys.json").read_text()),
        )
    finally:
        _redress(environment, "down")


def _redress(environment: Mapping[str, str], word: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "cli", word],
        cwd=CHECKOUT,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=STARTING,
        check=False,
    )
