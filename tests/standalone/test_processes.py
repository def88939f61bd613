"""Children end with their parent, politely or not; a pid alone is never trusted."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from standalone.child import Program, describe_exit, last_lines, run, start
from standalone.identity import Identity, identify
from standalone.leftovers import end_leftovers
from standalone.record import Entry, Record, State, read_record
from standalone.tether import __file__ as tether

PATIENCE = 10.0


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def python(code: str, folder: Path, **options: object) -> Program:
    return Program((sys.executable, "-c", code), folder, folder / "log" / "child.log", **options)


async def test_a_polite_child_is_asked_and_an_impolite_one_is_killed(tmp_path: Path) -> None:
    polite = await start(python("import time; time.sleep(60)", tmp_path))
    await polite.stop()
    assert describe_exit(polite.process.returncode or 0) == "killed by SIGTERM"
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    impolite = await start(python(deaf, tmp_path, patience=0.2))
    await asyncio.to_thread(wait_until, lambda: "deaf" in last_lines(tmp_path / "log" / "child.log"))
    await impolite.stop()
    assert describe_exit(impolite.process.returncode or 0) == "killed by SIGKILL"


async def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        await run(python("import time; time.sleep(60)", tmp_path), within=0.3)
    assert await run(python("raise SystemExit(7)", tmp_path), within=PATIENCE) == 7


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has ended")
def test_a_child_ends_when_its_parent_is_killed_with_no_chance_to_say_goodbye(tmp_path: Path) -> None:
    note = tmp_path / "child.pid"
    parent_code = (
        "import os, subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-I', '-S', {tether!r}, '15', str(os.getpid()), '-', '-', 'sleep', '60'])\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", parent_code])
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")

    def sleeps() -> bool:
        found = children.read_text().split()
        if found and Path(f"/proc/{found[0]}/comm").read_text().strip() == "sleep":
            note.write_text(found[0])
        return note.is_file()

    wait_until(sleeps)
    child = identify(int(note.read_text()))
    assert child is not None
    parent.kill()
    parent.wait()
    wait_until(lambda: not child.alive())


def test_a_stranger_with_a_recycled_pid_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        mine = identify(stranger.pid)
        assert mine is not None
        recycled = Identity(mine.pid, mine.began + "0")
        assert not recycled.alive()
        assert recycled.end(signal.SIGKILL, 0.1)
        assert stranger.poll() is None
        record = Record(tmp_path / "r.json", entries={"api": Entry("api", State.UP, recycled.pid, recycled.began)})
        assert end_leftovers(record) == []
        assert stranger.poll() is None
        record.entries["worker"] = Entry("worker", State.UP, mine.pid, mine.began)
        assert end_leftovers(record) == ["worker"]
    finally:
        stranger.kill()
        stranger.wait()


def test_the_record_is_read_back_and_a_torn_one_counts_as_none(tmp_path: Path) -> None:
    file = tmp_path / "processes.json"
    record = Record(file, entries={"api": Entry("api"), "postgres": Entry("postgres")})
    record.change("api", State.UP, pid=1, why="killed by SIGKILL")
    read = read_record(file)
    assert read.running
    assert read.supervisor == identify(os.getpid())
    assert read.entries["api"].why == "killed by SIGKILL"
    assert list(read.entries) == ["api", "postgres"]
    assert not read.ready
    file.write_text(file.read_text()[:40])
    assert not read_record(file).running
