"""One message to each of many workflows, as after a worker was killed: the second at which each was answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bench.player import Player, Turn


async def judge_each(player: Player, names: Sequence[str], clients: int) -> list[float]:
    """A step to each case."""
    return await _each(names, clients, lambda name: player.judge(Turn(name)))


async def nudge_each(player: Player, names: Sequence[str], clients: int) -> list[float]:
    """An Update to each bare workflow."""
    return await _each(names, clients, lambda name: player.nudge(Turn(name)))


async def _each(names: Sequence[str], clients: int, send: Callable[[str], Awaitable[None]]) -> list[float]:
    waiting = list(names)
    begun = time.perf_counter()
    answered: list[float] = []

    async def one() -> None:
        while waiting:
            await send(waiting.pop())
            answered.append(time.perf_counter() - begun)

    await asyncio.gather(*(one() for _ in range(clients)))
    return answered
