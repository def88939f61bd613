"""P9: a worker is killed with warm cases; how long until each of them has taken a step again."""

from __future__ import annotations

import os
import signal

from bench.figures import Figure, Rounds, ratio_figure
from bench.size import Size
from bench.stand import Stand

CLIENTS = 64


async def killed_worker(stand: Stand, size: Size) -> list[Figure]:
    """P9: `kill -9` of the worker, then a step to each case; the same with bare workflows and their worker."""
    cases = (await stand.play("put_to_sleep", **sleeping(stand, size.woken, size))).answer
    await stand.play("start_bares", count=size.woken, pause=0.0)
    bares = (await stand.play("names_of_bares", count=size.woken)).answer
    await stand.play("judge_each", names=cases, clients=CLIENTS)
    await stand.play("nudge_each", names=bares, clients=CLIENTS)
    ours, bare = Rounds(), Rounds()
    for _ in range(size.deaths):
        await stand.quiet()
        await stand.restart_bare_worker()
        bare.add([max((await stand.play("nudge_each", names=bares, clients=CLIENTS)).answer)])
        await stand.quiet()
        os.kill(stand.desk.pid("worker"), signal.SIGKILL)
        ours.add([max((await stand.play("judge_each", names=cases, clients=CLIENTS)).answer)])
    what = f"worker killed with {size.woken} warm cases: seconds to the last answer ÷ B1's"
    return [
        ratio_figure("P9", what, ours, bare, most=1.3),
        Figure("P9", "to the last answer", ours.medians[len(ours.medians) // 2], unit="s"),
        Figure("B1", "to the last answer", bare.medians[len(bare.medians) // 2], unit="s"),
    ]


def sleeping(stand: Stand, cases: int, size: Size) -> dict[str, object]:
    """An order to open so many sleeping cases."""
    return {"database": stand.desk.database_url, "cases": cases, "at_once": 16, "within": size.opening_within}
