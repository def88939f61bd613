"""What a run found, as a table for the eye and as the generated part of docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Figure
from settings import CHECKOUT

PAGE = CHECKOUT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures: begin (written by `make bench`) -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Circumstances:
    """Where and how a run was made, so that somebody else can make it again."""

    command: str
    postgres: str
    temporal: str
    busy: str
    """How the player and B0 fared."""

    def lines(self) -> list[str]:
        """One line a fact."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        return [
            f"- `{self.command}`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit()}",
            f"- {os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.release()}",
            f"- Python {platform.python_version()}, PostgreSQL {self.postgres}, Temporal {self.temporal}, one machine",
            f"- {self.busy}",
        ]


def commit() -> str:
    """The commit that was measured, and whether the checkout differed from it."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown (no git here)"
    return f"{head} with changes" if changed else head


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures as a Markdown table."""
    lines = ["| | measured | median | spread (p10-p90) | reach | |", "|---|---|---|---|---|---|"]
    verdict = {True: "reached", False: "**not reached**", None: ""}
    for one in figures:
        lines.append(
            f"| {one.metric} | {one.what} | {one.text} | {one.spread} | {one.reach} | {verdict[one.reached]} |"
        )
    return lines


def write(figures: Sequence[Figure], around: Circumstances, page: Path = PAGE) -> None:
    """Replace the generated part of the page. ValueError if the page has no place for it."""
    text = page.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name} has no place for the figures: {BEGIN} … {END}")
    made = "\n".join([*around.lines(), "", *table(figures)])
    page.write_text(f"{before}{begin}\n\n{made}\n\n{end}{after}")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True)  # noqa: S603, S607  git as the developer has it
    return done.stdout.strip()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
