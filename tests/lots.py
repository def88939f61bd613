"""How `make test` divides the tests: two processes beside each other, each with a server and a database of its own.

A file stays whole, since its tests share what its module's fixtures made. Whole desks, their storms and their
measurements stay together and one after another: two of them at once would compete for the machine, and each has a
time by which it must be done.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

APART = "one after another"
"""The lot of the tests that put a whole desk on the machine. It is given out first, since it is the longest."""

WITH_A_WHOLE_DESK = ("tests/bench/", "tests/faults/", "tests/privacy/", "tests/standalone/")


def lot_of(nodeid: str) -> str:
    """The lot to which a test belongs: its file, or the one lot of the whole desks."""
    return APART if nodeid.startswith(WITH_A_WHOLE_DESK) else nodeid.split("::", 1)[0]


class Lots(LoadFileScheduling):
    """Gives each process another lot whenever it has nearly done its last."""

    def _split_scope(self, nodeid: str) -> str:
        return lot_of(nodeid)
