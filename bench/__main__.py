"""`python -m bench` (`make bench`): measures the desk against its yardsticks and says what is reached."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import shutil
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from bench.figures import Figure
from bench.measures import crowd, finding, freshness, latency, mutations, payments, safety, waking, whole_story
from bench.report import Circumstances, table, write
from bench.size import QUICK, Size
from bench.stand import Failed, Stand, standing
from standalone.postgres_session import session
from standalone.temporal_build.shelf import SERVER_VERSION

NOT_MEASURED = 1
"""Exit code when a measurement could not be made."""
NOT_SCORED = 3
"""Exit code when the machine drifted, so that nothing is scored."""

GUARDS = 3
"""Rounds of B0 before and after each measurement."""
Measure = Callable[[Stand, Size], Awaitable[list[Figure]]]

MEASURES: Mapping[str, Sequence[Measure]] = {
    "P1": (latency.opening,),
    "P2": (latency.step, latency.saturation),
    "P3": (mutations.writes,),
    "P4": (whole_story.canonical_return,),
    "P5": (freshness.freshness,),
    "P7": (finding.finding,),
    "P8": (safety.guarded_and_open,),
    "P9": (waking.killed_worker,),
    "P10": (payments.payments,),
    "P6": (crowd.crowd,),  # last: it leaves a crowd behind
}


@dataclasses.dataclass(frozen=True)
class Run:
    """What a run found: the figures, where they were made, why they may not be scored (or nothing), what failed."""

    figures: list[Figure]
    around: Circumstances
    refusal: str
    failed: list[str]


async def measure(home: Path, chosen: Sequence[str], size: Size) -> Run:
    """Measure what is chosen; a measurement that cannot be made costs none of the others their figures."""
    figures: list[Figure] = []
    failed: list[str] = []
    async with standing(home) as stand:
        for name in chosen:
            for each in MEASURES[name]:
                print(f"{name}: {(each.__doc__ or '').splitlines()[0]}", flush=True)
                try:
                    await guard(stand, size)
                    found = await each(stand, size)
                    await guard(stand, size)
                except Failed as problem:
                    failed.append(f"{name}: {problem}")
                    print(f"    not measured: {problem}", flush=True)
                    continue
                figures += found
                for one in found:
                    print(f"    {one.what}: {one.text} ({one.spread}) {one.reach}", flush=True)
        async with session(stand.desk.database_url) as postgres:
            version = str(await postgres.fetchval("SHOW server_version"))
        around = Circumstances("make bench", version, SERVER_VERSION, stand.drift.text())
        return Run(figures, around, stand.drift.refusal(), failed)


async def guard(stand: Stand, size: Size) -> None:
    """Measure B0 before and after each measurement, whether or not that does so itself."""
    await stand.quiet()
    for _ in range(GUARDS):
        await stand.guard(size.commits)


def main() -> int:
    """Measure and report. 0: scored, 3: the machine drifted and nothing is scored."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end, it takes its desk down as well
    chosen = asked.only.split(",") if asked.only else list(MEASURES)
    unknown = [name for name in chosen if name not in MEASURES]
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    home = Path(tempfile.mkdtemp(prefix="redress-bench-"))
    home.chmod(0o711)  # the database's own account has to pass through
    try:
        run = asyncio.run(measure(home, chosen, _size(asked)))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("\n".join(["", *run.around.lines(), ""]))
    if run.failed:
        print(f"Not everything could be measured, so nothing is scored or written: {'; '.join(run.failed)}")
        return NOT_MEASURED
    if run.refusal:
        print(f"Not scored: {run.refusal}. The figures above are for orientation; measure again on a quiet machine.")
        return NOT_SCORED
    print("\n".join(table(run.figures)))
    if asked.write:
        write(run.figures, run.around)
    return 0


def _size(asked: argparse.Namespace) -> Size:
    size = QUICK if asked.quick else Size()
    chosen = {"rounds": asked.rounds, "many_cases": asked.cases, "registered": asked.registered}
    return dataclasses.replace(size, **{name: value for name, value in chosen.items() if value})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", default="", help="some measurements, such as P1,P2")
    parser.add_argument("--rounds", type=int, default=0, help="rounds of P1 and P2")
    parser.add_argument("--cases", type=int, default=0, help="sleeping cases of P6")
    parser.add_argument("--registered", type=int, default=0, help="cases of the register that P7 searches")
    parser.add_argument("--quick", action="store_true", help="tiny counts: shows that every measurement works")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
