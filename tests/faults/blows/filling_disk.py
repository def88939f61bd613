"""The file system of the photos is full for a while."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.blows.scene import Scene

SIZE = "400m"
"""Of the small file system: more than all photos of a long run, so that it is full only when it is filled."""
FULL = (1.0, 5.0)
"""Seconds for which it is full."""


@contextmanager
def small_file_system(folder: Path) -> Generator[Path | None]:
    """Mount a small file system in memory at the folder; None, with the reason shown, where we may not."""
    folder.mkdir(parents=True, exist_ok=True)
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "redress-photos", str(folder)]
    refused = "" if os.geteuid() == 0 else "only root may mount one"
    if not refused:
        done = subprocess.run(mounting, capture_output=True, text=True, check=False)
        refused = "" if done.returncode == 0 else done.stderr.strip()
    if refused:
        print(f"no full disk in this run: {refused}", flush=True)
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


async def fill_disk(scene: Scene) -> None:
    """Fill what is left, and clear it again after a while."""
    if scene.photos is None:
        return
    filler, began = scene.photos / "filler", time.time()
    _fill(filler)
    seconds = scene.dice.uniform(*FULL)
    try:
        await asyncio.sleep(seconds)
    finally:
        filler.unlink()
    scene.note("disk full", at=began, seconds=seconds)


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        free = os.statvfs(filler.parent)
        try:
            os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize)
            while file.write(bytes(4096)):
                pass
        except OSError as full:
            if full.errno != errno.ENOSPC:
                raise
