"""Which process a pid means: a number alone may have been handed to a stranger since it was written down."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, Signals

PAUSE = 0.05
"""Seconds between two looks at a process that is to end."""


@dataclass(frozen=True)
class Identity:
    """A process by pid and by the instant it began, as the kernel tells it."""

    pid: int
    began: str

    def alive(self) -> bool:
        """True while this very process runs (a zombie does not run)."""
        return began(self.pid) == self.began

    def signal(self, number: Signals) -> None:
        """Send it a signal, if it still is this process."""
        if self.alive():
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return

    def end(self, first: Signals, patience: float) -> bool:
        """Ask with ``first``, wait ``patience`` seconds, then kill. True if it needed no killing."""
        self.signal(first)
        if self._gone_within(patience):
            return True
        self.signal(SIGKILL)
        self._gone_within(5.0)
        return False

    def _gone_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > until:
                return False
            time.sleep(PAUSE)
        return True


def identify(pid: int) -> Identity | None:
    """The identity of a running process, None if there is none."""
    instant = began(pid)
    return Identity(pid, instant) if instant else None


def began(pid: int) -> str:
    """When the process began, in the kernel's words, boot included; empty if it does not run."""
    stat = Path(f"/proc/{pid}/stat")
    if not Path("/proc/self/stat").exists():
        return _began_without_proc(pid)
    try:
        after_name = stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    state, ticks = after_name[0], after_name[19]
    return "" if state in {"Z", "X"} else f"{_boot()}/{ticks}"


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _began_without_proc(pid: int) -> str:
    said = subprocess.run(  # noqa: S603 - our own words, no shell
        ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return "" if said.startswith("Z") else said.partition(" ")[2].strip()
