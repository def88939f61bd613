"""A whole desk as `make up` starts it, in a home of its own, to be killed at."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from settings import CHECKOUT
from standalone.identity import Identity
from standalone.ports import free_ports
from standalone.record import Record, read_record

UP_WITHIN = 180.0
"""Seconds for starting everything, which builds nothing: the tests' own server is built already."""

AGAIN_WITHIN = 60.0
"""Seconds within which a killed part has to be back and a repeated request answered."""


@dataclass
class Machine:
    """One running desk. `keys` by role."""

    home: Path
    environment: dict[str, str]
    api: str
    keys: dict[str, str]

    def redress(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the desk."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *words],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=UP_WITHIN,
            check=False,
        )

    @property
    def record(self) -> Record:
        """What the supervisor last wrote about its processes."""
        return read_record(self.home / "run" / "processes.json")

    def process(self, name: str) -> Identity | None:
        """The process of that name, if one runs now."""
        entry = self.record.entries.get(name)
        identity = entry.identity if entry is not None else None
        return identity if identity is not None and identity.alive() else None

    def kill(self, name: str) -> bool:
        """`kill -9` one process, by the supervisor's own record of it; false if none runs now."""
        process = self.process(name)
        if process is not None:
            process.signal(signal.SIGKILL)
        return process is not None

    def kill_everything(self) -> None:
        """`kill -9` the supervisor and all its processes."""
        record = self.record
        for process in [record.supervisor, *(entry.identity for entry in record.entries.values())]:
            if process is not None:
                process.signal(signal.SIGKILL)

    def start(self) -> None:
        """`redress up`, and read the keys of its people."""
        started = self.redress("up")
        assert started.returncode == 0, started.stderr + started.stdout
        self.keys.update(json.loads((self.home / "keys.json").read_text()))

    def port(self, setting: str) -> int:
        """A port of the desk, by its setting."""
        return int(self.environment[setting])

    async def ask(self, role: str, method: str, path: str, key: str = "", **sent: Any) -> httpx2.Response:
        """Ask until there is an answer that is not "later", with the same key each time, as a client should."""
        headers = {"Authorization": f"Bearer {self.keys[role]}", **({"Idempotency-Key": key} if key else {})}
        by = time.monotonic() + AGAIN_WITHIN
        said = "nothing"
        async with httpx2.AsyncClient(base_url=self.api, timeout=15.0) as http:
            while time.monotonic() < by:
                try:
                    answer = await http.request(method, path, headers=headers, **sent)
                except httpx2.TransportError as broken:
                    said = type(broken).__name__
                else:
                    if answer.status_code not in {429, 502, 503}:
                        return answer
                    said = answer.text
                await asyncio.sleep(0.1)
        raise AssertionError(f"no answer within {AGAIN_WITHIN:.0f} s to {method} {path}: {said}")


@contextmanager
def machine(home: Path) -> Generator[Machine]:
    """Start a desk in this home and take it down at the end."""
    with planned(home) as desk:
        desk.start()
        yield desk


@contextmanager
def planned(home: Path, chosen: Mapping[str, str] | None = None) -> Generator[Machine]:
    """A desk in this home that is still to be started, with these settings besides; taken down at the end."""
    api, temporal, ui, metrics = free_ports(4)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("TEMPORAL_", "DATABASE_"))},
        "REDRESS_HOME": str(home),
        "REDRESS_API_PORT": str(api),
        "REDRESS_TEMPORAL_PORT": str(temporal),
        "REDRESS_UI_PORT": str(ui),
        "REDRESS_WORKER_METRICS_PORT": str(metrics),
        "REDRESS_REHEARSAL": "true",
        **(chosen or {}),
    }
    desk = Machine(home, environment, f"http://127.0.0.1:{api}", {})
    try:
        yield desk
    finally:
        desk.redress("down")
