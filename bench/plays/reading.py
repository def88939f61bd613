"""Pages that staff look at all day."""

from __future__ import annotations

from bench.player import Player, WrongAnswer, timed

PAGES = ("/v1/cases?limit=50", "/v1/cases?open=true&limit=50", "/v1/queues/agent?limit=50", "/v1/queues/supervisor")


async def read_pages(player: Player, count: int) -> list[float]:
    """Read lists and queues in turns."""

    async def read(page: str) -> None:
        answer = await player.web.ask("GET", page, {"Authorization": f"Bearer {player.keys['agent']}"})
        if answer.status != 200:  # noqa: PLR2004  HTTP's yes
            raise WrongAnswer(f"{page}: {answer.status}")

    return [await timed(read(PAGES[number % len(PAGES)])) for number in range(count)]
