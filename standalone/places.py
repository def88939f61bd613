"""Where everything of one machine lies, below the home folder."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from standalone.account import Account, reachable
from standalone.postgres_programs import OUTSIDE


@dataclass(frozen=True)
class Places:
    """The files and folders below ``home``."""

    home: Path

    @property
    def settings(self) -> Path:
        """The secrets made at the first start, and whatever the operator adds."""
        return self.home / "settings.env"

    @property
    def addresses(self) -> Path:
        """Where the embedded servers listen, for the other commands."""
        return self.home / "addresses.env"

    @property
    def record(self) -> Path:
        """What the supervisor last wrote about its processes."""
        return self.home / "run" / "processes.json"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the running supervisor."""
        return self.home / "run" / "supervisor.lock"

    @property
    def starting_lock(self) -> Path:
        """Held while a start, a stop or a reset is under way."""
        return self.home / "run" / "starting.lock"

    @property
    def logs(self) -> Path:
        """One file per process."""
        return self.home / "log"

    @property
    def temporal(self) -> Path:
        """The Temporal server's configuration and its lists."""
        return self.home / "temporal"

    def log(self, name: str) -> Path:
        """The log of one process."""
        return self.logs / f"{name}.log"

    def make(self) -> None:
        """Make the folders. As root the database account must be able to pass through the home, not to look into it."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for folder in (self.record.parent, self.logs, self.temporal):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)

    def postgres(self, account: Account | None) -> Path:
        """Where the embedded PostgreSQL lives: in the home, or outside it where its account cannot reach the home.

        Decided once and noted, so that the data is found again if permissions change later.
        """
        note = self.home / "postgres.place"
        if note.is_file():
            return Path(note.read_text().strip())
        near = self.home / "postgres"
        far = OUTSIDE / sha256(str(self.home).encode()).hexdigest()[:12]
        chosen = near if reachable(near, account) else far
        if self.home.is_dir():
            note.write_text(f"{chosen}\n")
        return chosen
