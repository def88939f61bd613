"""The figures of a run, as JSON and as a table."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from tests.faults.judge import Verdict
from tests.faults.load.tally import Tally

BACK_WITHIN, ACTED_WITHIN = 15.0, 5.0
"""Seconds: the first accepted open after everything was killed; an overdue deadline after the worker's return."""


@dataclass(frozen=True)
class Summary:
    """One run: what was done, what was seen, what the judge found. `whole`: as many kills as asked for were done."""

    seed: int
    kills_asked: int
    whole: bool
    seconds: float
    tally: Tally
    verdict: Verdict

    @property
    def held(self) -> bool:
        """Whether everything held that has to."""
        reached = not self.tally.back_after or max(self.tally.back_after) <= BACK_WITHIN
        reached = reached and (not self.tally.lateness or max(self.tally.lateness) <= ACTED_WITHIN)
        return self.whole and reached and not self.verdict.violations and not self.tally.odd

    def write(self, folder: Path) -> None:
        """Write summary.json, summary.txt and violations.txt into the folder."""
        # a Counter is no mapping that `asdict` could copy
        figures = {
            name: dict(cast("Any", value)) if isinstance(value, Counter) else value
            for name, value in vars(self.tally).items()
        }
        verdict = asdict(self.verdict)
        facts = {"held": self.held, "killed": self.tally.killed, **vars(self), "tally": figures, "verdict": verdict}
        (folder / "summary.json").write_text(json.dumps(facts, indent=1, default=str), encoding="utf-8")
        (folder / "summary.txt").write_text(self.table() + "\n", encoding="utf-8")
        found = "".join(f"{violation}\n" for violation in self.verdict.violations)
        (folder / "violations.txt").write_text(found, encoding="utf-8")

    def table(self) -> str:
        """A table for people."""
        tally, verdict = self.tally, self.verdict
        laws = Counter(violation.law for violation in verdict.violations)
        rows = [
            ("seed", str(self.seed)),
            ("seconds", f"{self.seconds:.0f}"),
            ("kills", f"{tally.killed} of {self.kills_asked} asked for"),
            *((f"  processes killed: {name}", str(number)) for name, number in sorted(tally.kills.items())),
            *((f"blow: {name}", str(number)) for name, number in sorted(tally.struck.items())),
            ("stories", str(tally.stories)),
            ("opens, steps accepted", f"{tally.opens}, {tally.steps}"),
            ("requests, never answered", f"{tally.requests}, {tally.unanswered}"),
            ("refusals", str(sum(tally.refusals.values()))),
            ("first open after everything was killed", _spread(tally.back_after)),
            ("deadlines after the worker's return", _spread(tally.lateness)),
            ("cases, steps, payments judged", f"{verdict.cases}, {verdict.steps}, {verdict.paid}"),
            ("odd answers", _counted(tally.odd)),
            ("violations", _counted(laws)),
        ]
        return "\n".join(f"{name:<42} {value}" for name, value in rows)


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "not measured"
    return f"median {statistics.median(seconds):.1f} s, most {max(seconds):.1f} s, of {len(seconds)}"


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(found.items())) or "none"
