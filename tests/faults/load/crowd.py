"""Clients at work: each plays one story after the other until it is told to end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.client_log import ClientLog
from tests.faults.load.finance import FinanceBook
from tests.faults.load.sending import Sender
from tests.faults.load.tale import Tale
from tests.faults.load.tally import Tally
from tests.faults.load.words import words_of


@dataclass
class Crowd:
    """The clients of one run. `folder` takes their logs, one a client."""

    seed: int
    api: str
    keys: dict[str, str]
    folder: Path
    tally: Tally = field(default_factory=Tally)
    canaries: list[str] = field(default_factory=list[str])
    told_to_end: bool = False

    def sender(self, name: str) -> Sender:
        """A client with a log and dice of its own."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = ClientLog(self.folder / f"{name}.jsonl")
        dice = Random(f"{self.seed}/{name}")  # noqa: S311  repeatable on purpose
        return Sender(name, self.api, self.keys, log=log, tally=self.tally, dice=dice)

    @property
    def logs(self) -> tuple[Path, ...]:
        """Every log written so far."""
        return tuple(sorted(self.folder.glob("*.jsonl")))

    async def work(self, name: str) -> None:
        """One client, until told to end; what finance has signed and the desk has not taken is then made good."""
        sender = self.sender(name)
        book = FinanceBook(sender.log, f"{self.seed}-{name}")
        try:
            number = 0
            while not self.told_to_end:
                number += 1
                await self._tell(sender, book, f"{self.seed}-{name}-{number}")
            for slip, (signing, story) in list(book.owed.items()):
                answer = await sender.ask(signing, story)
                if answer.taken:
                    book.settled(slip)
                else:
                    sender.odd(f"a signature was refused in the end: {answer.status}", signing, story)
        finally:
            await sender.aclose()
            sender.log.close()

    async def _tell(self, sender: Sender, book: FinanceBook, story: str) -> None:
        words = words_of(sender.dice, story)
        self.canaries.extend(words.canaries())
        state = await Tale(sender, book, story, words, lambda: self.told_to_end).play()
        self.tally.stories += 1
        self.tally.ends[state or "never opened"] += 1


@asynccontextmanager
async def at_work(crowd: Crowd, clients: int) -> AsyncGenerator[Crowd]:
    """Let so many clients work while the block runs; then each request that is under way is answered.

    A client that breaks down breaks the run, at once.
    """
    async with asyncio.TaskGroup() as group:
        for number in range(1, clients + 1):
            group.create_task(crowd.work(f"client-{number:02d}"), name=f"client {number}")
        try:
            yield crowd
        finally:
            crowd.told_to_end = True
