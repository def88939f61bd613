"""The load generator's process: `python -m bench.playing SETUP` takes a JSON line an order and answers with one.

It runs on uvloop, as uvicorn does, so that the SDK's client is asked from here as it is from the API.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any

import uvloop
from temporalio.client import Client

from bench.player import ROWS, Player, WrongAnswer
from bench.plays import LONGER
from bench.web import Web
from db.driver import connect


async def play(player: Player, what: str, order: dict[str, Any]) -> object:
    """Play one order, of those that the player knows by heart or of the longer ones."""
    longer = LONGER.get(what)
    return await (longer(player, **order) if longer is not None else getattr(player, what)(**order))


async def serve(setup: dict[str, Any]) -> None:
    """Take orders until there are no more."""
    reader = asyncio.StreamReader(limit=2**26)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    rows = await connect(setup["rows"], timeout=10.0)
    await rows.execute(ROWS)
    client = await Client.connect(setup["temporal"], namespace=setup["namespace"])
    player = Player(client, Web(setup["api"]), Web(setup["plain"]), setup["keys"], rows)
    while line := await reader.readline():
        order = json.loads(line)
        begun, cpu = time.perf_counter(), _cpu()
        try:
            player.put_off, player.touched = 0, set()
            answer = await play(player, order.pop("play"), order)
            wall = time.perf_counter() - begun
            told = {"answer": answer, "wall": wall, "cpu": _cpu() - cpu}
            told |= {"put_off": player.put_off, "touched": sorted(player.touched)}
        except (WrongAnswer, OSError, asyncio.IncompleteReadError) as problem:
            told = {"problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(told), flush=True)
    await rows.close()


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    uvloop.run(serve(json.loads(sys.argv[1])))
