"""PostgreSQL refuses to run as root, so root lends it an account without rights."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NAME = "redress"
FALLBACKS = ("postgres", "nobody")


class AccountError(Exception):
    """We are root and no account without rights could be found or made; the text says what to do."""


@dataclass(frozen=True)
class Account:
    """A system account of this machine."""

    name: str
    uid: int
    gid: int


def account_for_postgres() -> Account | None:
    """None if we are not root; else the account ``redress``, made if need be. AccountError if there is no way."""
    if os.geteuid() != 0:
        return None
    found = _lookup(NAME)
    if found is None:
        _make(NAME)
        found = _lookup(NAME)
    for name in FALLBACKS:
        found = found or _lookup(name)
    if found is None:
        raise AccountError(
            "PostgreSQL does not run as root and no account could be made for it. Run the command as an ordinary "
            f"user, or make the account first: useradd --system --no-create-home {NAME}"
        )
    return found


def reachable(path: Path, account: Account | None) -> bool:
    """True if the account may pass through every folder above ``path`` (always true when we are not root)."""
    if account is None:
        return True
    for folder in path.resolve().parents:
        if folder.exists():
            status = folder.stat()
            mine = status.st_uid == account.uid and status.st_mode & 0o100
            if not (mine or status.st_mode & 0o001):
                return False
    return True


def _lookup(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _make(name: str) -> None:
    ways = (
        ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name],
        ["adduser", "-S", "-D", "-H", "-h", "/nonexistent", name],
    )
    for way in ways:
        if shutil.which(way[0]):
            # two starts at once may both try: whoever comes second finds the account there
            subprocess.run(way, capture_output=True, check=False)  # noqa: S603 - our own words, no shell
            return
