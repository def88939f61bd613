"""Compiles the pinned programs and says how far it is."""

import os
import platform
import shutil
import subprocess
import threading
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from standalone.temporal_build.shelf import PROGRAMS, SERVER_VERSION, Shelf, sha256_of
from standalone.temporal_build.toolchain import Go, ToolchainError, find_or_fetch_go

HERE = Path(__file__).resolve().parent
FLAGS = ("-buildvcs=false", "-trimpath", "-tags=disable_grpc_modules", "-ldflags=-s -w")
"""With these the result depends on sources and compiler alone."""
SPACE_NEEDED = 4_500_000_000
"""Bytes free before a build: modules 1.4 GB, objects 1.5 GB, Go 0.3 GB, programs 0.2 GB, and some air."""
MODULES_SIZE = 1_376_000_000
"""Bytes of the unpacked modules, for the progress line."""
EVERY = 2.0
"""Seconds between two lines of progress."""

Report = Callable[[str], None]


class BuildError(Exception):
    """The programs could not be built; the text says why and what to do."""


def compile_programs(place: Shelf, report: Report) -> None:
    """Build all three programs on to the shelf and clear the workshop. BuildError if that is impossible."""
    workshop = place.workshop
    workshop.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(workshop).free
    if free < SPACE_NEEDED and not (workshop / "objects").is_dir():
        raise BuildError(
            f"{free / 1e9:.1f} GB are free at {place.folder}, a build needs {SPACE_NEEDED / 1e9:.1f} GB for a few "
            "minutes (0.2 GB stay). Free some, or set XDG_CACHE_HOME to a larger disk."
        )
    report(f"building the Temporal server {SERVER_VERSION} from its pinned sources, once: 2 to 5 minutes")
    try:
        go = find_or_fetch_go(workshop, report)
    except ToolchainError as problem:
        raise BuildError(str(problem)) from problem
    environment = _environment(workshop, go)
    stale = _packages_to_compile(go, environment, workshop, report)
    _compile(go, environment, workshop, stale, report)
    _compare(workshop / "bin", go, report)
    place.put_down(workshop / "bin", go.version)
    report("clearing the workshop")
    shutil.rmtree(workshop, ignore_errors=True)


def _environment(workshop: Path, go: Go) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"GOROOT", "GOOS", "GOARCH", "GOBIN"}}
    root = go.command.parent.parent
    return {
        **kept,
        **({"GOROOT": str(root)} if (root / "pkg" / "tool").is_dir() else {}),
        "CGO_ENABLED": "0",
        "GOFLAGS": "-modcacherw",  # otherwise the module folders could not be removed afterwards
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
        "GOMODCACHE": str(workshop / "modules"),
        "GOCACHE": str(workshop / "objects"),
    }


def _packages_to_compile(go: Go, environment: dict[str, str], workshop: Path, report: Report) -> int:
    """Fetch the modules and count the packages that are not compiled yet."""
    started = time.monotonic()
    done = threading.Event()

    def watch() -> None:
        while not done.wait(EVERY):
            size = _size_of(workshop / "modules")
            share = min(99, round(100 * size / MODULES_SIZE))
            report(f"fetching modules: {size / 1e6:,.0f} MB unpacked ({share} %), {_spell(time.monotonic() - started)}")

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        listing = subprocess.run(  # noqa: S603 - our own words, no shell
            [go.command, "list", *FLAGS, "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}", *PROGRAMS.values()],
            cwd=HERE,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        done.set()
        watcher.join()
    if listing.returncode != 0:
        raise BuildError(
            "The Go modules of the Temporal server could not be fetched (GOPROXY and the machine's certificates are "
            f"honoured; run the same command again to go on):\n{_tail(listing.stderr)}"
        )
    return sum(1 for line in listing.stdout.splitlines() if line)


def _compile(go: Go, environment: dict[str, str], workshop: Path, stale: int, report: Report) -> None:
    started, compiled, said = time.monotonic(), 0, 0.0
    for program, package in PROGRAMS.items():
        target = workshop / "bin" / program
        tail: list[str] = []
        with subprocess.Popen(  # noqa: S603 - our own words, no shell
            [go.command, "build", *FLAGS, "-v", "-o", str(target), package],
            cwd=HERE,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        ) as build:
            assert build.stderr is not None  # noqa: S101 - asked for above
            for line in build.stderr:
                tail = [*tail[-20:], line]
                compiled += 1
                now = time.monotonic()
                if now - said >= EVERY:
                    said = now
                    report(_progress(compiled, stale, now - started))
        if build.returncode != 0:
            raise BuildError(
                f"Compiling {program} failed (run the same command again to go on):\n{_tail(''.join(tail))}"
            )
        report(f"{program}: {target.stat().st_size / 1e6:.0f} MB, {_spell(time.monotonic() - started)} so far")


def _progress(compiled: int, stale: int, seconds: float) -> str:
    total = max(stale, compiled)
    left = seconds / compiled * (total - compiled)
    guess = f", about {_spell(left)} left" if compiled > 50 and left >= 5 else ""  # noqa: PLR2004 - too few to guess from
    return (
        f"compiling {compiled:,} of {total:,} packages ({100 * compiled // max(total, 1)} %), "
        f"{_spell(seconds)} so far{guess}"
    )


def _compare(built: Path, go: Go, report: Report) -> None:
    known = tomllib.loads((HERE / "checksums.toml").read_text()).get(go.version)
    if known is None:
        report(f"no checksums are known for {go.version}; this build's own are noted")
        return
    wrong = [program for program in PROGRAMS if sha256_of(built / program) != known[program]]
    if wrong:
        raise BuildError(
            f"{', '.join(wrong)} built with {go.version} on {platform.system()} differ from the expected checksums: "
            f"sources or compiler are not the pinned ones. Remove {built.parent} and run the command again."
        )
    report("checksums agree with the expected ones")


def _size_of(folder: Path) -> int:
    total = 0
    for root, _, files in os.walk(folder):
        for file in files:
            try:
                total += os.lstat(os.path.join(root, file)).st_size  # noqa: PTH118 - a hot loop over 100,000 files
            except FileNotFoundError:
                continue  # a temporary file that was renamed meanwhile
    return total


def _spell(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"  # noqa: PLR2004 - a minute


def _tail(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-12:])
