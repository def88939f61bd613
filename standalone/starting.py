"""Brings the desk up from the command line's side: prepares, starts the supervisor, waits until everything answers."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from settings import CHECKOUT, Settings, home_folder
from standalone.busy_ports import busy_ports
from standalone.child import last_lines
from standalone.first_start import ensure_keys
from standalone.leftovers import end_leftovers
from standalone.places import Places
from standalone.plan import chosen, machine_settings
from standalone.record import READY, Entry, Record, State, held, read_record
from standalone.temporal_build import ensure_binaries

PATIENCE = 420.0
"""Seconds until we stop watching a start; recovery after a crash may take minutes."""
HOPELESS = 4
"""Restarts before it was ever ready, after which we say so and stop watching."""
LOOK = 0.05

Report = Callable[[str], None]


class StartError(Exception):
    """The desk did not come up; the text says why and what to do."""


PORTS = ("api_port", "temporal_port", "ui_port", "worker_metrics_port")
"""Settings that may be chosen for one start only; the commands after it have to find the desk all the same."""


@dataclass(frozen=True)
class Started:
    """A desk that answers."""

    settings: Settings
    record: Record
    seconds: float
    already_up: bool


def bring_up(report: Report) -> Started:
    """Start what is not running and wait until all of it answers.

    StartError, SettingsError, BuildError or AccountError say what stands in the way. A desk that is up already is left
    alone.
    """
    began = time.monotonic()
    places = Places(home_folder())
    places.make()
    with held(places.starting_lock, wait=True):
        if ensure_keys(places):
            report(f"made new keys in {places.settings}: keep a copy of that file in a safe place")
        record = read_record(places.record)
        already_up = record.running
        if not already_up:
            places.addresses.unlink(missing_ok=True)  # this start chooses its addresses anew
        settings, _ = machine_settings(places)
        if not already_up:
            _prepare(places, settings, record, report)
            record = _launch(places)
        record = _watch(places, record, report)
    return Started(settings, record, time.monotonic() - began, already_up)


def _prepare(places: Places, settings: Settings, record: Record, report: Report) -> None:
    left = end_leftovers(record)
    if left:
        report(f"ended what an earlier run left behind: {', '.join(left)}")
    choice = chosen(places)
    taken = busy_ports(settings, choice)
    if taken:
        raise StartError("\n".join(taken))
    if not choice.own_temporal:
        ensure_binaries(report)
    places.record.unlink(missing_ok=True)
    places.addresses.touch(mode=0o600)
    lines = ["# Where the servers of the last start listen, for the other commands; written by `redress up`.\n"]
    lines += [f"REDRESS_{name.upper()}={getattr(settings, name)}\n" for name in PORTS]
    if not choice.own_postgres:
        lines.append(f"DATABASE_URL={settings.database_url}\n")
    places.addresses.write_text("".join(lines))


def _launch(places: Places) -> Record:
    log = places.log("supervisor")
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "standalone.supervisor"],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # it outlives this command and its terminal
        )
    while True:
        record = read_record(places.record)
        if record.running and record.supervisor is not None and record.supervisor.pid == process.pid:
            return record
        if process.poll() is not None:
            raise StartError(f"the supervisor ended at once; the end of {log}:\n{last_lines(log)}")
        time.sleep(LOOK)


def _watch(places: Places, record: Record, report: Report) -> Record:
    told: set[str] = set()
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        record = read_record(places.record)
        if not record.running:
            log = places.log("supervisor")
            raise StartError(f"the supervisor has ended; the end of {log}:\n{last_lines(log)}")
        for entry in record.entries.values():
            if entry.state in READY and entry.name not in told:
                told.add(entry.name)
                report(f"{entry.name:<12} ready after {time.monotonic() - began:4.1f} s  {entry.address or entry.why}")
            if entry.state is State.RESTARTING and entry.restarts >= HOPELESS and entry.name not in told:
                raise StartError(_hopeless(places, entry))
        if record.ready:
            return record
        time.sleep(LOOK)
    late = ", ".join(entry.name for entry in record.entries.values() if entry.state not in READY)
    raise StartError(f"not ready within {PATIENCE:.0f} s: {late}. See `redress status` and `redress logs`.")


def _hopeless(places: Places, entry: Entry) -> str:
    log = places.log(entry.name)
    its_own_words = f"\nThe end of {log}:\n{last_lines(log)}" if entry.ran else ""
    return (
        f"{entry.name} does not come up: {entry.why}{its_own_words}\n"
        "The rest keeps running and goes on trying: `redress status`, `redress logs`, `redress down`."
    )
