"""One request as the world sends it: once or several times, at once or late, now and then with another body."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.load.sending import Answer, Request, Sender, changed

SENDS = ((1, 2, 3, 4, 5), (62, 18, 10, 6, 4))
"""How often one request goes out, and how often that is so."""
OTHERWISE = 0.04
"""How often an answered key is used for another body."""
KEY_REUSED = "idempotency_key_reused"


@dataclass
class Repeats:
    """The repeats of one story that are still under way."""

    sender: Sender
    story: str
    late: list[Request] = field(default_factory=list[Request])

    async def send(self, request: Request) -> Answer:
        """Send as often as the dice say; the answer to go on with."""
        dice = self.sender.dice
        times = dice.choices(*SENDS)[0] if request.key else 1
        if times > 1 and dice.random() < 0.5:
            answers = await asyncio.gather(*(self.sender.ask(request, self.story) for _ in range(times)))
            answer = next((each for each in answers if each.taken), answers[0])
        else:
            answer = await self.sender.ask(request, self.story)
            self.late += [request] * (times - 1)
        if answer.taken and request.key and dice.random() < OTHERWISE:
            await self._say_otherwise(request)
        return answer

    async def some_late(self) -> None:
        """Let one late repeat arrive, seldom two; which, the dice say."""
        dice = self.sender.dice
        while self.late and dice.random() < 0.35:
            await self.sender.ask(self.late.pop(dice.randrange(len(self.late))), self.story)

    async def all_late(self, told_to_end: Callable[[], bool]) -> None:
        """Let the rest arrive, in any order; none are kept for a client that is told to end."""
        self.sender.dice.shuffle(self.late)
        while self.late and not told_to_end():
            await self.sender.ask(self.late.pop(), self.story)

    async def _say_otherwise(self, request: Request) -> None:
        other = changed(request)
        if other is None:
            return
        answer = await self.sender.ask(other, self.story)
        if answer.status and answer.facts.get("code") != KEY_REUSED:
            self.sender.odd(f"another body under the same key: {answer.status}", other, self.story)
