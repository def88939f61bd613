"""Logs that do not fill the disk."""

import asyncio
import shutil
from pathlib import Path

LARGEST = 50_000_000
"""Bytes of one log before it is put aside; one older log is kept of each."""
EVERY = 60.0
"""Seconds between two looks."""


async def keep_logs_small(folder: Path) -> None:
    """Put large logs aside, for ever. The writers append, so they go on at the beginning of the emptied file."""
    while True:
        await asyncio.to_thread(_look_at_all, folder)
        await asyncio.sleep(EVERY)


def _look_at_all(folder: Path) -> None:
    for log in folder.glob("*.log"):
        put_aside_if_large(log)


def put_aside_if_large(log: Path, largest: int = LARGEST) -> bool:
    """Copy a log of more than ``largest`` bytes to ``.log.1`` and empty it. True if it was."""
    if log.stat().st_size <= largest:
        return False
    shutil.copyfile(log, log.with_suffix(".log.1"))
    with log.open("r+b") as content:
        content.truncate()
    return True
