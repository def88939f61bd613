"""``python -m tests.faults --seed N --kills K --minutes M --clients 16 --home DIR``: the long form."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.blows.scene import Scene
from tests.faults.blows.storm import Storm
from tests.faults.ending import judged, quiesce
from tests.faults.load.crowd import at_work
from tests.faults.staging import staged
from tests.faults.summary import Summary

PROGRESS_EVERY = 10.0
KILLS_AN_ALL, KILLS_AN_AWAY = 60, 150
"""Everything is killed once in so many kills, the worker taken away once in so many."""


def main() -> int:
    """Run the storm and the judge. Exit code 0: every law held, and as many kills were done as asked for."""
    asked = _asked()
    print(f"seed {asked.seed}, home {asked.home}", flush=True)
    summary = asyncio.run(_run(asked))
    print(summary.table(), flush=True)
    if summary.held:
        return 0
    print(f"NOT HELD. Seed {asked.seed}; all that was written lies in {asked.home}", flush=True)
    return 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(10**6), help="of load and blows; random if left out"
    )
    parser.add_argument("--kills", type=int, default=1000, help="blows that kill something")
    parser.add_argument("--minutes", type=float, default=40.0, help="over which they are spread")
    parser.add_argument("--aways", type=int, default=None, help="how often the worker is kept away over deadlines")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--home", type=Path, default=None, help="a new folder; a short name, since sockets lie in it")
    asked = parser.parse_args()
    asked.home = (asked.home or Path(tempfile.mkdtemp(prefix="redress-faults-"))).resolve()
    asked.home.mkdir(parents=True, exist_ok=True)
    asked.home.chmod(0o711)  # the database account passes through it
    return asked


async def _run(asked: argparse.Namespace) -> Summary:
    begun = time.time()
    async with staged(asked.home, asked.seed) as scene:
        watching = asyncio.create_task(_tell(scene))
        storm = Storm(
            scene,
            kills=asked.kills,
            seconds=asked.minutes * 60,
            alls=max(1, asked.kills // KILLS_AN_ALL),
            aways=max(1, asked.kills // KILLS_AN_AWAY) if asked.aways is None else asked.aways,
        )
        async with at_work(scene.crowd, asked.clients):
            whole = await storm.blow()
            await scene.ready()
        await quiesce(scene)
        watching.cancel()
        print("quiet; the judge is at work", flush=True)
        verdict = await judged(scene)
        summary = Summary(asked.seed, asked.kills, whole, time.time() - begun, scene.tally, verdict)
        summary.write(asked.home)
        return summary


async def _tell(scene: Scene) -> None:
    begun = time.monotonic()
    while True:
        await asyncio.sleep(PROGRESS_EVERY)
        print(f"{time.monotonic() - begun:6.0f} s  {scene.tally.line()}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
