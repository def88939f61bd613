"""Names a port that somebody else has taken, who it is, and the setting that moves ours."""

from pathlib import Path

from settings import Settings
from standalone.ports import HIGHEST, free_ports, is_free
from standalone.topology import Chosen, ports_of

LISTENING = "0A"
"""The kernel's word for a listening socket in /proc/net/tcp."""


def busy_ports(settings: Settings, choice: Chosen) -> list[str]:
    """One sentence for each of our ports that is taken; empty if all are free."""
    found: list[str] = []
    for name, (host, port) in ports_of(settings, choice).items():
        if not is_free(port, host):
            who = listener(port)
            another = port + 1 if port < HIGHEST and is_free(port + 1, host) else free_ports(1)[0]
            found.append(
                f"Port {port} is taken{f' by {who}' if who else ''}. Stop that program, or choose another port: "
                f"{name}={another} make up (to keep it, write {name}={another} into {settings.home}/settings.env)."
            )
    return found


def listener(port: int) -> str:
    """``name (pid 123)`` of the process that listens on a port, as far as we may see it."""
    inodes = {f"socket:[{inode}]" for table in ("tcp", "tcp6") for inode in _listening(table, port)}
    for entry in Path("/proc").glob("[0-9]*") if inodes else ():
        try:
            if any(_leads_to(link) in inodes for link in (entry / "fd").iterdir()):
                return f"{(entry / 'comm').read_text().strip()} (pid {entry.name})"
        except OSError:
            continue  # another user's process, or one that just ended
    return ""


def _leads_to(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""  # closed since it was listed, as the list's own is: says nothing of the others


def _listening(table: str, port: int) -> list[str]:
    file = Path("/proc/net") / table
    rows = [line.split() for line in file.read_text().splitlines()[1:]] if file.is_file() else []
    return [row[9] for row in rows if row[3] == LISTENING and int(row[1].rpartition(":")[2], 16) == port]
