"""What the judge is given, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client


@dataclass(frozen=True)
class Evidence:
    """All that the judge may believe.

    `logs` are files of `tests.faults.client_log`. `client` reads the histories, with the desk's converter and in its
    namespace. `database_url` is read only. `files` are logs of the desk's processes, `canaries` personal words that
    may lie in clear nowhere.
    """

    logs: tuple[Path, ...]
    client: Client
    database_url: str
    files: tuple[Path, ...] = ()
    canaries: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Violation:
    """One law broken: which ("I1" … "I8"), in which case (or file, or key), and how, in a sentence."""

    law: str
    case: str
    sentence: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.law} {self.case}: {self.sentence}"
