"""`python -m bench.profile`: where the time of a step goes, process by process, while the desk is under load."""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.bodies import STEPS_A_CASE
from bench.cpu import used_by
from bench.desk import BenchDesk
from bench.stacks import by_package, own_and_whole, top
from bench.stand import Failed, Played, Stand, another_door, second_player, standing
from bench.timed_door import PARTS
from bench.web import Web
from standalone.postgres_session import session

SAMPLES_A_SECOND = 250
EXPECTED_RATE = 250
"""Steps a second for which cases are prepared."""
OPENED = 100
"""Cases that are opened under the profiler."""
WARM = 12
"""Requests that fill the caches and pools of an API."""
SHOWN = 28
"""Lines of each table."""
POSTGRES_SETTLES = 11.0
"""Seconds after which PostgreSQL's idle backends have told what they counted."""
TABLES = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del AS written, seq_scan + coalesce(idx_scan, 0) AS looked
    FROM pg_stat_user_tables
"""


async def profile(home: Path, into: Path, clients: int, seconds: float) -> None:
    """Load a desk with openings and with steps, and print where the time went."""
    async with standing(home) as stand:
        await _spied(stand, into, "openings", seconds, "prepare", cases=OPENED, bares=0)
        await stand.play("prepare", cases=clients + int(seconds * EXPECTED_RATE / STEPS_A_CASE), bares=clients + 200)
        await stand.quiet()
        await _one_at_a_time(stand)
        await _part_by_part(stand, into)
        before, tables = await _worker_metrics(stand.desk), await _tables(stand.desk)
        played = await _spied(stand, into, "steps", seconds, "saturate_cases", clients=clients, seconds=seconds)
        _tell_metrics(before, await _worker_metrics(stand.desk), len(played.seconds))
        await asyncio.sleep(POSTGRES_SETTLES)
        _tell_tables(tables, await _tables(stand.desk), len(played.seconds))
        await _costed(stand, "saturate_bares", f"B1, {clients} clients", clients=clients, seconds=min(seconds, 5.0))


async def _spied(stand: Stand, into: Path, called: str, watched: float, what: str, **order: object) -> Played:
    """Play while py-spy looks at API and worker; print what it saw."""
    files = {name: into / f"{called}-{name}.raw" for name in ("api", "worker")}
    spies = [await _spy(stand.desk.pid(name), file, watched) for name, file in files.items()]
    played = await _costed(stand, what, f"{called} under load", **order)
    for spy in spies:
        await spy.wait()
    for name, file in files.items():
        _tell(f"{called}: {name}", file)
    return played


async def _one_at_a_time(stand: Stand) -> None:
    await _costed(stand, "judge_cases", "desk, one at a time", count=200, pause=0.0)
    await stand.play("start_bares", count=20, pause=0.0)
    await stand.quiet()
    await _costed(stand, "nudge_bares", "B1, one at a time", count=200, pause=0.0)
    await stand.quiet()
    await _costed(stand, "open_cases", "openings, one at a time", count=30, pause=0.0)


async def _part_by_part(stand: Stand, into: Path) -> None:
    """What an opening and a step consist of in the API, asked one at a time."""
    parts = into / "parts.json"
    for what, count, pause in (("open_cases", 60, 0.08), ("judge_cases", 200, 0.01)):
        async with (
            another_door(stand.desk, "bench.timed_door:create_app", **{PARTS: str(parts)}) as door,
            second_player(stand, api=door) as player,
        ):
            await player.play("prepare", cases=WARM + count // STEPS_A_CASE, bares=0)
            await player.play(what, count=WARM, pause=pause)
            await stand.quiet()
            played = await player.play(what, count=count, pause=pause)
        print(f"\n== {what}, one at a time: p50 {statistics.median(played.seconds) * 1000:.1f} ms; of it, in the API")
        for told, taken in json.loads(parts.read_text()).items():
            if len(taken) < count:
                continue  # no part of each, or only of what was prepared
            print(f"{statistics.median(taken[-count:]) * 1000:6.2f} ms  {told}")


async def _costed(stand: Stand, what: str, called: str, **order: object) -> Played:
    """Play, and print what each process used for each answer."""
    others = {"player": stand.player.process.pid, "bare worker": stand.bare.pid}
    before = used_by(stand.desk, **others)
    played = await stand.play(what, **order)
    await stand.quiet()  # what an answer leaves behind belongs to its cost
    spent = used_by(stand.desk, **others).since(before)
    number = max(1, len(played.seconds))
    middle = sorted(played.seconds)[number // 2] * 1000
    costs = ", ".join(f"{name} {used / number * 1000:.2f}" for name, used in spent.items())
    print(
        f"\n{called}: {number} answers, {played.rate:.0f}/s, p50 {middle:.1f} ms; CPU ms an answer: {costs}", flush=True
    )
    return played


async def _spy(pid: int, file: Path, seconds: float) -> asyncio.subprocess.Process:
    program = [shutil.which("py-spy")] if shutil.which("py-spy") else [shutil.which("uvx"), "py-spy"]
    if program[0] is None:
        raise Failed("py-spy is missing: `uv run --with py-spy python -m bench.profile`")
    words = ("record", "--pid", str(pid), "--format", "raw", "--output", str(file), "--rate", str(SAMPLES_A_SECOND))
    return await asyncio.create_subprocess_exec(
        *(str(word) for word in program),
        *words,
        *("--duration", str(int(seconds)), "--gil"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


def _tell(name: str, raw: Path) -> None:
    if not raw.exists():
        print(f"\n{name}: py-spy was not let in (as root, or with ptrace allowed, it is)")
        return
    own, whole, total = own_and_whole(raw)
    print(f"\n== {name}: {total} samples of work ({raw})")
    for title, counted in (("by package, itself", by_package(own)), ("function itself", own), ("with callees", whole)):
        print(f"-- {title}")
        print("\n".join(top(counted, total, SHOWN)))


async def _worker_metrics(desk: BenchDesk) -> dict[str, float]:
    web = Web(desk.worker_metrics)
    answer = await web.ask("GET", "/metrics")
    web.close()
    found: dict[str, float] = {}
    for line in answer.body.decode().splitlines():
        if line.startswith("#"):
            continue
        name, _, value = line.rpartition(" ")
        plain = name.partition("{")[0]
        if plain.endswith(("_sum", "_count", "_total")):
            found[plain] = found.get(plain, 0.0) + float(value)
    return found


def _tell_metrics(before: Mapping[str, float], after: Mapping[str, float], steps: int) -> None:
    print("\n== the worker's own metrics")
    for name in sorted(after):
        grown = after[name] - before.get(name, 0.0)
        base = name.removesuffix("_sum")
        if name.endswith("_sum"):
            times = after[f"{base}_count"] - before.get(f"{base}_count", 0.0)
            if times:
                print(f"{base}: {times / steps:.2f} a step, mean {grown / times * 1000:.2f} ms")
        elif name.endswith("_total") and grown:
            print(f"{name}: {grown / steps:.2f} a step")


async def _tables(desk: BenchDesk) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for database in ("redress", "temporal"):
        async with session(desk.database(database)) as postgres:
            rows = await postgres.fetchval(f"SELECT json_object_agg(relname, ARRAY[written, looked]) FROM ({TABLES}) t")  # noqa: S608  our own text
        found |= {f"{database}.{name}": tuple(counts) for name, counts in json.loads(rows).items()}
    return found


def _tell_tables(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]], steps: int) -> None:
    print("\n== PostgreSQL: rows written and scans begun, a step")
    for name, (written, looked) in sorted(after.items()):
        wrote, scanned = written - before[name][0], looked - before[name][1]
        if wrote or scanned:
            print(f"{name}: {wrote / steps:.2f} written, {scanned / steps:.2f} scans")


def main() -> int:
    """Profile and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--into", type=Path, default=None, help="folder for py-spy's samples")
    asked = parser.parse_args()
    into = asked.into or Path(tempfile.mkdtemp(prefix="redress-profile-"))
    into.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="redress-bench-"))
    home.chmod(0o711)  # the database's own account has to pass through
    try:
        asyncio.run(profile(home, into, asked.clients, asked.seconds))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
