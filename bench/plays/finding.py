"""Lists and searches of a full register, asked one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bench.player import Player, WrongAnswer, timed
from bench.web import Web


async def find_cases(player: Player, door: str, key: str, pages: Sequence[str], times: int) -> list[list[float]]:
    """Ask each page so often, in turns; its seconds, page by page. door: address of the API to go through."""
    del player  # its own desk is not the one that is asked
    web, headers = Web(door), {"Authorization": f"Bearer {key}"}
    seconds: list[list[float]] = [[] for _ in pages]

    async def read(page: str) -> None:
        answer = await web.ask("GET", page, headers)
        if answer.status != 200:  # noqa: PLR2004  HTTP's yes
            raise WrongAnswer(f"{page}: {answer.status}")

    for _ in range(times):
        for place, page in enumerate(pages):
            seconds[place].append(await timed(read(page)))
            await asyncio.sleep(0)
    web.close()
    return seconds
