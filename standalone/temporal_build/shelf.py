"""Where the built programs stand, and how we know that they are the ones that were built."""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER_VERSION = "1.32.2"
UI_VERSION = "2.54.1"

PROGRAMS = {
    "temporal-server": "go.temporal.io/server/cmd/server",
    "temporal-sql-tool": "go.temporal.io/server/cmd/tools/sql",
    "temporal-ui-server": "github.com/temporalio/ui-server/v2/cmd/server",
}
"""Program to Go package. Two packages end in ``server``, so each program is built under a name of its own."""


@dataclass(frozen=True)
class Binaries:
    """The three programs of the Temporal server."""

    server: Path
    sql_tool: Path
    ui: Path


@dataclass(frozen=True)
class Shelf:
    """One version's folder in the user's cache."""

    folder: Path

    @property
    def workshop(self) -> Path:
        """Toolchain, modules and objects of a build under way; about 3 GB, removed after it."""
        return self.folder / "building"

    @property
    def _note(self) -> Path:
        return self.folder / "built.json"

    def binaries(self) -> Binaries | None:
        """The programs, if all three stand here as they were put down; else None."""
        if not self._note.is_file():
            return None
        noted: dict[str, dict[str, object]] = json.loads(self._note.read_text())["programs"]
        for name in PROGRAMS:
            file = self.folder / name
            if not file.is_file() or file.stat().st_size != noted.get(name, {}).get("size"):
                return None
        return Binaries(*(self.folder / name for name in PROGRAMS))

    def damaged(self) -> list[str]:
        """The programs whose content is not what was built; a full reading, about half a second."""
        if not self._note.is_file():
            return list(PROGRAMS)
        noted: dict[str, dict[str, object]] = json.loads(self._note.read_text())["programs"]
        files = {name: self.folder / name for name in PROGRAMS}
        return [n for n, f in files.items() if not f.is_file() or sha256_of(f) != noted.get(n, {}).get("sha256")]

    def put_down(self, built: Path, go_version: str) -> None:
        """Move the finished programs here; the note is written last, so a half-filled shelf is never taken for full."""
        for name in PROGRAMS:
            (built / name).replace(self.folder / name)
        programs = {
            name: {"size": (self.folder / name).stat().st_size, "sha256": sha256_of(self.folder / name)}
            for name in PROGRAMS
        }
        draft = self._note.with_suffix(".draft")
        draft.write_text(json.dumps({"go": go_version, "programs": programs}, indent=1))
        draft.replace(self._note)

    @contextmanager
    def locked(self, report: Callable[[str], None]) -> Generator[None]:
        """Only one build at a time; the lock goes with the process, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                report("another process is building the Temporal server; waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def shelf() -> Shelf:
    """This user's shelf: ``$XDG_CACHE_HOME/redress``, else ``~/.cache/redress``."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(cache) if Path(cache).is_absolute() else Path.home() / ".cache"
    return Shelf(root / "redress" / f"temporal-{SERVER_VERSION}")


def sha256_of(file: Path) -> str:
    """The file's SHA-256 in hex."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
