"""TCP ports of this machine: is one free, and which ones are."""

import secrets
import socket
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"
LOWEST, HIGHEST = 15_000, 32_767


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """True if we could listen on it now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(port: int, host: str = LOOPBACK) -> bool:
    """True if somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def free_ports(count: int) -> list[int]:
    """``count`` different ports that were free a moment ago; whoever is told one must be ready to ask again.

    They lie below 32768: Temporal keeps its own port numbers in a PostgreSQL column of two signed bytes, and above it
    the kernel hands out ports to outgoing connections, which could take one between our look and our use.
    """
    with ExitStack() as held:
        found: list[int] = []
        while len(found) < count:
            one = held.enter_context(socket.socket())
            try:
                one.bind((LOOPBACK, LOWEST + secrets.randbelow(HIGHEST - LOWEST)))
            except OSError:
                continue
            found.append(one.getsockname()[1])
        return found
