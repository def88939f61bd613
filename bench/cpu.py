"""What each process has used of the processors, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.desk import BenchDesk

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _SYSTEM, _RESIDENT = 1, 11, 12, 21
"""Fields of /proc/PID/stat behind the program's name."""


@dataclass(frozen=True)
class Used:
    """CPU seconds of each part since it began, children included."""

    seconds: Mapping[str, float]

    def since(self, earlier: Used) -> dict[str, float]:
        """CPU seconds between two readings."""
        return {name: used - earlier.seconds.get(name, 0.0) for name, used in self.seconds.items()}


def used_by(desk: BenchDesk, **others: int) -> Used:
    """What the desk's parts, and other processes by name, have used until now."""
    pids = {name: desk.pid(name) for name in ("api", "worker", "temporal", "postgres")} | others
    table = _table()
    return Used({name: sum(_own(table[one]) for one in _family(pid, table)) for name, pid in pids.items()})


def resident(pid: int) -> float:
    """Memory that the process holds, in MiB."""
    return int(_table()[pid][_RESIDENT]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _table() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text()
        except OSError:
            continue  # it has just ended
        found[int(folder.name)] = words[words.rindex(")") + 2 :].split()
    return found


def _own(words: list[str]) -> float:
    return (int(words[_USER]) + int(words[_SYSTEM])) / _TICKS


def _family(pid: int, table: Mapping[int, list[str]]) -> list[int]:
    children = [one for one, words in table.items() if int(words[_PARENT]) == pid]
    return [pid, *(member for child in children for member in _family(child, table))]
