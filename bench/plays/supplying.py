"""Steps with personal words in them, sent through one door of the desk or another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bench import bodies
from bench.player import Player, timed
from bench.web import Web


async def open_unregistered(player: Player, count: int) -> list[str]:
    """Open cases about orders that the shop has not registered, so that their facts stay open to correction."""
    opened: list[str] = []
    for _ in range(count):
        said = bodies.complaint(player.name("T"), bodies.customer(player.name("K"), email=True))
        answer = await player.tell("integration", "POST", "/v1/complaints", said)
        opened.append(answer.json()["case"]["case"])
    return opened


async def supply_facts(player: Player, door: str, count: int, cases: Sequence[str], pause: float) -> list[float]:
    """Describe what is wrong, again and again: each time words are sealed. door: address of the API to go through."""
    web = Web(door)
    seconds: list[float] = []
    for number in range(count):
        case = cases[number % len(cases)]
        said = {"description": f"The handle came off, {number} mm from the rim. " * 4, "phone": "138 0013 8000"}
        path = f"/v1/cases/{case}/steps/supply_facts"
        seconds.append(await timed(player.tell("agent", "POST", path, said, web)))
        await asyncio.sleep(pause)
    web.close()
    return seconds
