"""One program started as a child: tethered to us, its output in a log file, stopped politely."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from standalone.account import Account
from standalone.identity import Identity, identify

TETHER = Path(__file__).with_name("tether.py")


@dataclass(frozen=True)
class Program:
    """What to run and how to ask it to end."""

    argv: tuple[str, ...]
    folder: Path
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    ending: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    """Seconds it may take to end by itself before it is killed."""
    account: Account | None = None
    """The unprivileged account to run under, where we are root."""


@dataclass(frozen=True)
class Child:
    """A running program."""

    program: Program
    process: asyncio.subprocess.Process
    identity: Identity | None
    started: float = field(default_factory=time.time)
    """When, in seconds since the epoch, UTC."""

    @property
    def ended(self) -> bool:
        """True once it has ended."""
        return self.process.returncode is not None

    async def stop(self) -> None:
        """End it: politely, then by force. Returns when it is gone."""
        if self.ended:
            return
        try:
            self.process.send_signal(self.program.ending)
            await asyncio.wait_for(self.process.wait(), self.program.patience)
        except ProcessLookupError:
            await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


async def start(program: Program) -> Child:
    """Start the program; it ends when we end, however we end. OSError if it cannot be started at all."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    with program.log.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *_tethered(program),
            cwd=program.folder,
            env=dict(program.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,  # an interrupt typed at our terminal is ours to handle
        )
    return Child(program, process, identify(process.pid))


async def run(program: Program, within: float) -> int:
    """Run the program to its end and give its exit code. TimeoutError after ``within`` seconds, when it was ended."""
    child = await start(program)
    try:
        return await asyncio.wait_for(child.process.wait(), within)
    finally:
        await child.stop()


def describe_exit(code: int) -> str:
    """An exit code in words: ``exit code 3`` or ``killed by SIGKILL``."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"


def last_lines(log: Path, count: int = 8) -> str:
    """The end of a log, for the one who has to mend it."""
    if not log.is_file():
        return "(nothing was logged)"
    with log.open("rb") as content:
        content.seek(max(0, log.stat().st_size - 16_384))
        lines = content.read().decode(errors="replace").splitlines()
    return "\n".join(f"    {line[:300]}" for line in lines[-count:]) or "(nothing was logged)"


def _tethered(program: Program) -> list[str]:
    user, group = (str(program.account.uid), str(program.account.gid)) if program.account else ("-", "-")
    tether = [sys.executable, "-I", "-S", str(TETHER), str(int(program.ending)), str(os.getpid()), user, group]
    return [*tether, *program.argv]
