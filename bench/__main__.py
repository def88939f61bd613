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

from bench.drift import GUARDS, Drift
from bench.figures import Figure
from bench.measures import crowd, finding, freshness, latency, mutations, payments, safety, waking, whole_story
from bench.report import Circumstances, Measured, table, write
from bench.size import QUICK, Size
from bench.stand import Failed, Stand, standing
from standalone.postgres_session import session
from standalone.temporal_build.shelf import SERVER_VERSION

NOT_MEASURED = 1
"""Exit code when a measurement could not be made."""
NOT_SCORED = 3
"""Exit code when the machine drifted during a measurement, so that this one is not scored."""

TRIES = 2
"""How often a measurement is made at most when the machine drifts meanwhile."""
ONCE = frozenset({"P6"})
"""What is not made again, for it leaves a crowd behind; it takes more turns instead."""
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
    """What a run found, where it was made, and what failed."""

    measured: list[Measured]
    around: Circumstances
    failed: list[str]


async def measure(home: Path, chosen: Sequence[str], size: Size) -> Run:
    """Measure what is chosen; a measurement that cannot be made costs none of the others their figures."""
    measured: list[Measured] = []
    failed: list[str] = []
    async with standing(home) as stand:
        for name in chosen:
            try:
                measured.append(await steadily(stand, size, name))
            except Failed as problem:
                failed.append(f"{name}: {problem}")
                print(f"    not measured: {problem}", flush=True)
        async with session(stand.desk.database_url) as postgres:
            version = str(await postgres.fetchval("SHOW server_version"))
        return Run(measured, Circumstances("make bench", version, SERVER_VERSION), failed)


async def steadily(stand: Stand, size: Size, name: str) -> Measured:
    """Measure, once more if the machine drifted meanwhile. Raises Failed: it cannot be measured."""
    for left in reversed(range(1 if name in ONCE else TRIES)):
        stand.drift = Drift()
        found = await once(stand, size, name)
        if not found.refusal or not left:
            return found
        print(f"    once more: {found.refusal}", flush=True)
    raise AssertionError("there is always a last try")


async def once(stand: Stand, size: Size, name: str) -> Measured:
    """One measurement, with B0 before and after each part of it."""
    figures: list[Figure] = []
    for each in MEASURES[name]:
        print(f"{name}: {(each.__doc__ or '').splitlines()[0]}", flush=True)
        await guard(stand, size)
        found = await each(stand, size)
        await guard(stand, size)
        figures += found
        for one in found:
            print(f"    {one.what}: {one.text} ({one.spread}) {one.reach}", flush=True)
    return Measured(name, figures, stand.drift.text(), stand.drift.refusal())


async def guard(stand: Stand, size: Size) -> None:
    """Measure B0 before and after each measurement, whether or not that does so itself."""
    await stand.quiet(within=size.opening_within)
    await stand.guard(size, GUARDS)


def main() -> int:
    """Measure and report. 0: all scored, 3: during a measurement the machine drifted, 1: one could not be made."""
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
    return report(run, written=asked.write)


def report(run: Run, *, written: bool) -> int:
    """Print what was found, and write it into the page if asked to; the exit code."""
    print("\n".join(["", *run.around.lines(), ""]))
    print("\n".join(table([one for each in run.measured if not each.refusal for one in each.figures])))
    adrift = [each for each in run.measured if each.refusal]
    for each in adrift:
        print(f"Not scored: {each.name}: {each.refusal}. Measure it again on a quiet machine: --only {each.name}")
    for problem in run.failed:
        print(f"Not measured: {problem}")
    if written:
        write(run.measured, run.around)
    return NOT_MEASURED if run.failed else NOT_SCORED if adrift else 0


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
    parser.add_argument(
        "--write", action="store_true", help="write the figures into docs/benchmarks.md, each in the place of its last"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
