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
HEADING = "### "
NOT_SCORED = "**Not scored**:"
BEGIN, END = "<!-- figures: begin (written by `make bench`) -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Measured:
    """One measurement: its figures, how B0 fared meanwhile, and why it may not be scored (or nothing)."""

    name: str
    figures: Sequence[Figure]
    busy: str
    refusal: str = ""

    def lines(self, when: str) -> list[str]:
        """Its block of the page. when: the instant and the commit."""
        told = [f"{HEADING}{self.name}", "", f"{when}; {self.busy}"]
        if self.refusal:
            told += ["", f"{NOT_SCORED} {self.refusal}. For orientation:"]
        return [*told, "", *table(self.figures, judged=not self.refusal)]


@dataclass(frozen=True)
class Circumstances:
    """Where and how a run was made, so that somebody else can make it again."""

    command: str
    postgres: str
    temporal: str

    def lines(self) -> list[str]:
        """One line a fact."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        return [
            f"- `{self.command}`, last written {moment()}",
            f"- {os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.release()}",
            f"- Python {platform.python_version()}, PostgreSQL {self.postgres}, Temporal {self.temporal}, one machine",
        ]


def moment() -> str:
    """Now, and the commit that is measured."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit()}"


def commit() -> str:
    """The commit that was measured, and whether the checkout differed from it in more than the page of figures."""
    page = PAGE.relative_to(CHECKOUT)
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", f":(exclude){page}")
    except (OSError, subprocess.CalledProcessError):
        return "unknown (no git here)"
    return f"{head} with changes" if changed else head


def table(figures: Sequence[Figure], *, judged: bool = True) -> list[str]:
    """The figures as a Markdown table. judged: whether it says what is reached."""
    lines = ["| | measured | median | spread (p10-p90) | reach | |", "|---|---|---|---|---|---|"]
    verdict = {True: "reached", False: "**not reached**", None: ""}
    for one in figures:
        said = verdict[one.reached] if judged else ""
        lines.append(f"| {one.metric} | {one.what} | {one.text} | {one.spread} | {one.reach} | {said} |")
    return lines


def write(measured: Sequence[Measured], around: Circumstances, page: Path = PAGE) -> None:
    """Put each measurement's block in the place of its last one; what was not measured now stays.

    What may not be scored never takes the place of what was. ValueError if the page has no place for figures.
    """
    text = page.read_text()
    before, begin, rest = text.partition(BEGIN)
    there, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name} has no place for the figures: {BEGIN} … {END}")
    blocks, when = _blocks(there), moment()
    for one in measured:
        stands = blocks.get(one.name)
        if stands is None or NOT_SCORED in stands or not one.refusal:
            blocks[one.name] = "\n".join(one.lines(when))
    made = "\n\n".join(["\n".join(around.lines()), *(blocks[name] for name in sorted(blocks, key=_in_order))])
    page.write_text(f"{before}{begin}\n\n{made}\n\n{end}{after}")


def _blocks(there: str) -> dict[str, str]:
    parts = there.split(f"\n{HEADING}")[1:]
    return {part.partition("\n")[0].strip(): f"{HEADING}{part.strip()}" for part in parts}


def _in_order(name: str) -> int:
    return int(name.removeprefix("P"))


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True)  # noqa: S603, S607  git as the developer has it
    return done.stdout.strip()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
