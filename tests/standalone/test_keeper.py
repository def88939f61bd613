"""A part is started when what it needs is there, and started again when it ends."""

import asyncio
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest

from standalone import keeper as keeping
from standalone.child import Child, Program
from standalone.keeper import Keeper
from standalone.parts import Errand, NotNow, Part, Service
from standalone.record import Entry, Record, State


@dataclass(frozen=True)
class Sleeper(Service):
    folder: Path
    code: str = "import time; time.sleep(60)"
    readiness: ClassVar[float] = 0.5

    async def program(self) -> Program:
        return Program((sys.executable, "-c", self.code), self.folder, self.folder / f"{self.name}.log")

    async def answers(self, child: Child) -> bool:
        return not (self.folder / "mute").exists()


@dataclass(frozen=True)
class Reluctant(Errand):
    tries: list[int]

    async def run(self) -> str:
        self.tries.append(1)
        if len(self.tries) < 3:
            raise NotNow("not before the third time")
        return "third time"


class House:
    """A few parts under their keepers."""

    def __init__(self, folder: Path, *parts: Part) -> None:
        self.record = Record(folder / "processes.json", entries={part.name: Entry(part.name) for part in parts})
        ready = {part.name: asyncio.Event() for part in parts}
        self.keepers = {part.name: Keeper(part, self.record, ready) for part in parts}
        self.tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "House":
        self.tasks = [asyncio.create_task(one.keep()) for one in self.keepers.values()]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for one in self.keepers.values():
            await one.stop()

    async def until(self, name: str, state: State, restarts: int = 0) -> Entry:
        async with asyncio.timeout(15):
            while True:
                entry = self.record.entries[name]
                if entry.state is state and entry.restarts >= restarts:
                    return entry
                await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SHORTEST", 0.01)


async def test_a_killed_child_is_started_again_and_the_reason_is_kept(tmp_path: Path) -> None:
    async with House(tmp_path, Sleeper("api", (), tmp_path)) as house:
        first = await house.until("api", State.UP)
        pid = first.pid
        child = house.keepers["api"].child
        assert child is not None
        child.process.kill()
        again = await house.until("api", State.UP, restarts=1)
        assert again.pid != pid
        assert again.why == "killed by SIGKILL"


async def test_nothing_starts_before_what_it_needs_is_ready(tmp_path: Path) -> None:
    (tmp_path / "mute").touch()
    async with House(tmp_path, Sleeper("api", ("store",), tmp_path), Sleeper("store", (), tmp_path)) as house:
        await house.until("store", State.STARTING)
        assert house.record.entries["api"].state is State.WAITING
        (tmp_path / "mute").unlink()
        await house.until("api", State.UP)


async def test_a_child_that_runs_but_does_not_answer_is_started_again(tmp_path: Path) -> None:
    (tmp_path / "mute").touch()
    async with House(tmp_path, Sleeper("api", (), tmp_path)) as house:
        entry = await house.until("api", State.RESTARTING, restarts=1)
        assert "did not answer" in entry.why


async def test_a_child_that_fails_at_once_is_retried_ever_more_slowly(tmp_path: Path) -> None:
    (tmp_path / "mute").touch()
    async with House(tmp_path, Sleeper("api", (), tmp_path, code="raise SystemExit(3)")) as house:
        entry = await house.until("api", State.RESTARTING, restarts=3)
        assert "exit code 3" in entry.why
        assert house.keepers["api"].pause >= 0.8  # 0.2 s, doubled at each of them


async def test_a_child_that_had_answered_for_a_while_is_started_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "HEALTHY", 0.0)
    async with House(tmp_path, Sleeper("api", (), tmp_path)) as house:
        keeper = house.keepers["api"]
        keeper.pause = 60.0  # as after many starts that came to nothing
        await house.until("api", State.UP)
        assert keeper.child is not None
        keeper.child.process.kill()
        await house.until("api", State.UP, restarts=1)
        assert keeper.pause < 1.0


async def test_a_child_that_ended_for_want_of_another_is_back_as_soon_as_that_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LONGEST", 60.0)
    async with House(tmp_path, Sleeper("api", ("store",), tmp_path), Sleeper("store", (), tmp_path)) as house:
        await house.until("api", State.UP)
        (tmp_path / "mute").touch()  # the store starts again, and does not answer yet
        for name in ("store", "api"):
            child = house.keepers[name].child
            assert child is not None
            child.process.kill()
            await house.until(name, State.RESTARTING if name == "api" else State.STARTING, restarts=1)
        pause = house.keepers["api"].pause
        assert house.record.entries["api"].state is State.RESTARTING
        (tmp_path / "mute").unlink()
        await house.until("api", State.UP, restarts=1)
        assert house.keepers["api"].pause == pause


async def test_an_errand_is_tried_until_it_succeeds_and_then_never_again(tmp_path: Path) -> None:
    tries: list[int] = []
    async with House(tmp_path, Reluctant("migrations", (), tries), Sleeper("api", ("migrations",), tmp_path)) as house:
        await house.until("api", State.UP)
        assert house.record.entries["migrations"].why == "third time"
        assert len(tries) == 3


@dataclass(frozen=True)
class Puzzling(Errand):
    """An errand that fails the first time in a way that nobody foresaw."""

    tries: list[int]

    async def run(self) -> str:
        self.tries.append(1)
        if len(self.tries) == 1:
            raise LookupError("another operation is in progress")
        return "done"


@dataclass(frozen=True)
class Unprepared(Sleeper):
    """A part that cannot be prepared the first time, in a way that nobody foresaw."""

    tries: list[int] = field(default_factory=list[int])

    async def program(self) -> Program:
        self.tries.append(1)
        if len(self.tries) == 1:
            raise LookupError("another operation is in progress")
        return await Sleeper.program(self)


async def test_what_fails_unforeseen_before_a_start_is_told_and_tried_again(tmp_path: Path) -> None:
    async with House(tmp_path, Puzzling("migrations", (), []), Unprepared("temporal", (), tmp_path)) as house:
        entry = await house.until("temporal", State.UP, restarts=1)
        assert "another operation is in progress" in entry.why
        assert (await house.until("migrations", State.DONE, restarts=1)).why == "done"


async def test_stopping_ends_the_child(tmp_path: Path) -> None:
    async with House(tmp_path, Sleeper("api", (), tmp_path)) as house:
        await house.until("api", State.UP)
        child = house.keepers["api"].child
    assert child is not None
    assert child.ended
    assert house.record.entries["api"].state is State.STOPPED


@dataclass(frozen=True)
class Confusing(Sleeper):
    """A part whose readiness cannot be asked the first time, in a way that nobody foresaw."""

    asked: list[int] = field(default_factory=list[int])

    async def answers(self, child: Child) -> bool:
        self.asked.append(1)
        if len(self.asked) == 1:
            raise RuntimeError("transport error")
        return True


async def test_a_question_that_fails_unforeseen_ends_neither_the_keeper_nor_the_part_for_good(tmp_path: Path) -> None:
    async with House(tmp_path, Confusing("temporal", (), tmp_path)) as house:
        entry = await house.until("temporal", State.UP, restarts=1)
        assert "transport error" in entry.why
