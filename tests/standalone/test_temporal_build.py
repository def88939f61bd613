"""The Temporal server is built once, compared with known checksums, and never taken half-finished."""

import json
import os
import re
import stat
import threading
import tomllib
from pathlib import Path

import pytest

from standalone.temporal_build import compiling, ensure_binaries
from standalone.temporal_build.compiling import HERE, BuildError
from standalone.temporal_build.shelf import PROGRAMS, SERVER_VERSION, UI_VERSION, Shelf, sha256_of, shelf
from standalone.temporal_build.toolchain import Go, find_or_fetch_go


def fill(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in PROGRAMS:
        (folder / name).write_text(f"program {name}")
    return folder


def test_the_pins_in_go_mod_are_the_versions_we_speak_of() -> None:
    pinned = (HERE / "go.mod").read_text()
    assert f"go.temporal.io/server v{SERVER_VERSION}" in pinned
    assert f"github.com/temporalio/ui-server/v2 v{UI_VERSION}" in pinned
    assert re.search(r"^go 1\.26\.10$", pinned, re.MULTILINE)
    for sums in tomllib.loads((HERE / "checksums.toml").read_text()).values():
        assert sums.keys() == PROGRAMS.keys()


def test_a_half_filled_shelf_is_not_taken_for_full(tmp_path: Path) -> None:
    place = Shelf(tmp_path)
    fill(tmp_path)
    assert place.binaries() is None  # nobody noted that the build was finished
    place.put_down(fill(tmp_path / "building" / "bin"), "go1.27.3 linux/amd64")
    assert place.binaries() is not None
    assert place.damaged() == []
    (tmp_path / "temporal-server").write_text("something else that is longer")
    assert place.binaries() is None
    assert place.damaged() == ["temporal-server"]


def test_two_builds_at_once_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    built: list[str] = []
    first_is_building, second_waits = threading.Event(), threading.Event()

    def build(place: Shelf, report: object) -> None:
        built.append("once")
        first_is_building.set()
        assert second_waits.wait(10)
        place.put_down(fill(place.workshop / "bin"), "go")

    monkeypatch.setattr("standalone.temporal_build.compile_programs", build)
    first = threading.Thread(target=ensure_binaries, args=(lambda line: None,))
    first.start()
    assert first_is_building.wait(10)
    binaries = ensure_binaries(lambda line: second_waits.set() if "waiting" in line else None)
    first.join()
    assert built == ["once"]
    assert binaries.server == shelf().folder / "temporal-server"


def test_programs_that_differ_from_the_known_checksums_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = fill(tmp_path / "bin")
    known = {name: sha256_of(built / name) for name in PROGRAMS}
    monkeypatch.setattr(compiling, "HERE", tmp_path)
    text = '["go1 linux/amd64"]\n' + "".join(f'{name} = "{value}"\n' for name, value in known.items())
    (tmp_path / "checksums.toml").write_text(text)
    said: list[str] = []
    compiling._compare(built, Go(tmp_path, "go1 linux/amd64"), said.append)
    assert said == ["checksums agree with the expected ones"]
    (built / "temporal-server").write_text("altered")
    with pytest.raises(BuildError, match="temporal-server"):
        compiling._compare(built, Go(tmp_path, "go1 linux/amd64"), said.append)
    compiling._compare(built, Go(tmp_path, "go1 plan9/mips"), said.append)  # unknown: noted, not refused


def test_an_old_go_is_passed_over_and_a_new_one_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def go_that_says(version: str) -> None:
        go = tmp_path / "bin" / "go"
        go.parent.mkdir(exist_ok=True)
        go.write_text(f"#!/bin/sh\necho go version {version} linux/amd64\n")
        go.chmod(go.stat().st_mode | stat.S_IXUSR)

    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    fetched: list[Path] = []
    monkeypatch.setattr(
        "standalone.temporal_build.toolchain._fetched", lambda place, report: fetched.append(place) or Go(place, "x")
    )
    for version, new_enough in (("go1.26.8", False), ("go1.26.10", True), ("go1.27", True), ("go1.9.7", False)):
        fetched.clear()
        go_that_says(version)
        find_or_fetch_go(tmp_path, lambda line: None)
        assert (not fetched) == new_enough, version


def test_the_progress_line_tells_share_time_and_guess() -> None:
    assert compiling._progress(812, 1345, 130.0) == (
        "compiling 812 of 1,345 packages (60 %), 2 min 10 s so far, about 1 min 25 s left"
    )


def test_too_little_room_is_said_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "SPACE_NEEDED", 10**18)
    with pytest.raises(BuildError, match="XDG_CACHE_HOME"):
        compiling.compile_programs(Shelf(tmp_path), lambda line: None)
    assert json.dumps([str(path) for path in tmp_path.rglob("*") if path.is_file()]) == "[]"
