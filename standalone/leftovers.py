"""Ends what a supervisor left behind that was itself killed, by pid and start time, so that no stranger is hit."""

from signal import SIGINT, SIGTERM

from standalone.record import Record
from standalone.topology import STOPPING_ORDER

PATIENCE = 20.0
"""Seconds each may take to end by itself."""


def end_leftovers(record: Record) -> list[str]:
    """End every process that the record names and that still runs; gives their names, in the order they were ended."""
    ended: list[str] = []
    entries = sorted(record.entries.values(), key=lambda entry: _place(entry.name))
    for entry in entries:
        identity = entry.identity
        if identity is not None and identity.alive():
            identity.end(SIGINT if entry.name == "postgres" else SIGTERM, PATIENCE)
            ended.append(entry.name)
    return ended


def _place(name: str) -> int:
    return STOPPING_ORDER.index(name) if name in STOPPING_ORDER else len(STOPPING_ORDER)
