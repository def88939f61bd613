"""Takes the desk down, in order, whether or not its supervisor still lives."""

from dataclasses import dataclass
from signal import SIGTERM

from settings import home_folder
from standalone.leftovers import end_leftovers
from standalone.places import Places
from standalone.record import held, read_record

PATIENCE = 120.0
"""Seconds the supervisor may take to stop its children one after the other."""


@dataclass(frozen=True)
class Stopped:
    """What was running."""

    was_up: bool
    leftovers: list[str]


def take_down() -> Stopped:
    """Stop everything and return when it is gone. Nothing to do is no fault."""
    places = Places(home_folder())
    if not places.record.is_file():
        return Stopped(was_up=False, leftovers=[])
    with held(places.starting_lock, wait=True):
        record = read_record(places.record)
        was_up = record.running
        if was_up and record.supervisor is not None:
            record.supervisor.end(SIGTERM, PATIENCE)
            record = read_record(places.record)
        return Stopped(was_up, end_leftovers(record))
