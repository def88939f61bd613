"""What the supervisor writes down about its processes, and what the other commands read."""

import fcntl
import json
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from standalone.identity import Identity, identify


class State(StrEnum):
    """How a process or an errand stands."""

    WAITING = "waiting"
    STARTING = "starting"
    UP = "up"
    DONE = "done"
    RESTARTING = "restarting"
    STOPPED = "stopped"


READY = frozenset({State.UP, State.DONE})


@dataclass
class Entry:
    """One line of ``redress status``. Times are seconds since the epoch, UTC."""

    name: str
    state: State = State.WAITING
    pid: int = 0
    began: str = ""
    since: float = 0.0
    restarts: int = 0
    why: str = ""
    ran: bool = False
    """Whether the last try got as far as a running process, so that its log says more."""
    address: str = ""

    @property
    def identity(self) -> Identity | None:
        """The process this line speaks of, if it has one."""
        return Identity(self.pid, self.began) if self.pid else None


@dataclass
class Record:
    """The supervisor and its processes, in the order in which they are stopped."""

    file: Path
    supervisor: Identity | None = None
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])

    @property
    def running(self) -> bool:
        """True while the supervisor that wrote this runs."""
        return self.supervisor is not None and self.supervisor.alive()

    @property
    def ready(self) -> bool:
        """True if every process answered when it was last looked at."""
        return bool(self.entries) and all(entry.state in READY for entry in self.entries.values())

    def change(self, name: str, state: State, **fields: Any) -> None:
        """Note a new state and write the whole record down at once."""
        entry = self.entries[name]
        entry.state, entry.since = state, time.time()
        for key, value in fields.items():
            setattr(entry, key, value)
        self.write()

    def write(self) -> None:
        """Replace the file; a reader sees the old or the new one, never half."""
        self.supervisor = self.supervisor or identify(os.getpid())
        content = {
            "supervisor": asdict(self.supervisor) if self.supervisor else None,
            "processes": [asdict(entry) for entry in self.entries.values()],
        }
        draft = self.file.with_suffix(".draft")
        draft.write_text(json.dumps(content, indent=1))
        draft.replace(self.file)


def read_record(file: Path) -> Record:
    """The record as last written; empty if there is none or it cannot be read."""
    try:
        content = json.loads(file.read_text())
        supervisor = Identity(**content["supervisor"]) if content["supervisor"] else None
        entries = [Entry(**one) for one in content["processes"]]
        for entry in entries:
            entry.state = State(entry.state)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Record(file)  # an older version's file is as good as none: its processes died with their supervisor
    return Record(file, supervisor, {entry.name: entry for entry in entries})


@contextmanager
def held(file: Path, *, wait: bool) -> Generator[TextIO]:
    """Hold a lock file. BlockingIOError at once if another process holds it and ``wait`` is false."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield lock
