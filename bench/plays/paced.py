"""A steady load below the most that the desk can do."""

from __future__ import annotations

import asyncio
import time

from bench.player import Player


async def judge_at_a_pace(player: Player, rate: float, seconds: float, clients: int) -> list[float]:
    """Steps at so many a second, whether or not the earlier ones are answered, by at most so many clients at once."""
    gate = asyncio.Semaphore(clients)
    took: list[float] = []
    begun = time.perf_counter()

    async def one() -> None:
        async with gate:
            turn = player.next_case()
            sent = time.perf_counter()
            await player.judge(turn)
            took.append(time.perf_counter() - sent)
            player.cases.insert(0, turn)

    running: set[asyncio.Task[None]] = set()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        task = asyncio.create_task(one())
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    return took
