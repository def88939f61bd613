"""One whole proof: slips are opened and approved while processes are killed; then all is read and judged."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.payments import laws
from tests.faults.payments.blows import Blows
from tests.faults.payments.finance import settle_what_is_left
from tests.faults.payments.paying import amount_of, pay_all, slip_name
from tests.faults.payments.reading import Left, read_all, until_all_is_told
from tests.faults.payments.stage import Stage, staged

COMES_TO_REST = 900.0
PEOPLE_TAKE = 60.0
PROGRESS_EVERY = 15.0


@dataclass
class Findings:
    """What a proof came to. `broken`: by law, every case of it."""

    slips: int
    seed: int
    seconds: float
    rest: float
    kills: Counter[str]
    states: Counter[str]
    moves: int
    sendings: int
    mismatches: Counter[str]
    people: Counter[str]
    by_statement: int
    broken: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def held(self) -> bool:
        """Whether every law held."""
        return not any(self.broken.values())

    def table(self) -> str:
        """As it is printed."""
        rate = self.slips / self.seconds if self.seconds else 0.0
        lines = [
            f"slips        {self.slips} in {self.seconds:.0f} s ({rate:.1f} a second), at rest {self.rest:.0f} s later",
            f"kills        {sum(self.kills.values())}: {dict(sorted(self.kills.items()))}",
            f"ended as     {dict(sorted(self.states.items()))}",
            f"gateway      {self.moves} movements; slips were sent {self.sendings} times",
            f"named        {dict(sorted(self.mismatches.items()))}; by the statement alone {self.by_statement}",
            f"finance      {dict(sorted(self.people.items()))}",
            *(f"{law:<12} {len(found)}" for law, found in self.broken.items()),
            *(f"  {law}: {each}" for law, found in self.broken.items() for each in found[:20]),
            f"seed         {self.seed}",
        ]
        return "\n".join(lines)


async def prove(
    home: Path, seed: int, slips: int, *, at_once: int, every: tuple[float, float], within: float = 4 * 3600
) -> Findings:
    """Open, approve, kill, wait, read, judge. within: seconds after which no more slips are opened."""
    async with staged(home, seed) as stage:
        await stage.register(slips)
        blows = Blows(stage, seed, every)
        begun = time.monotonic()
        falling = asyncio.create_task(blows.fall())
        telling = asyncio.create_task(_tell(blows, stage))
        try:
            slips = await pay_all(stage, slips, at_once, within)
        finally:
            falling.cancel()
        paid_in = time.monotonic() - begun
        rest = await until_all_is_told(stage, slips, COMES_TO_REST)
        telling.cancel()
        people = await settle_what_is_left(stage)
        rest += await until_all_is_told(stage, slips, PEOPLE_TAKE)
        return judged(await read_all(stage, slips), seed, slips, (paid_in, rest), blows.kills, people)


def judged(  # noqa: PLR0917  what a proof was and what it left
    left: Left, seed: int, slips: int, times: tuple[float, float], kills: Counter[str], people: Counter[str]
) -> Findings:
    """The laws applied to what was left."""
    amounts = {slip_name(number): amount_of(number) for number in range(slips)}
    return Findings(
        slips=slips,
        seed=seed,
        seconds=times[0],
        rest=times[1],
        kills=kills,
        states=Counter(slip.view.state for slip in left.slips.values()),
        moves=sum(map(len, left.moves.values())),
        sendings=sum(len(slip.sent) for slip in left.slips.values()),
        mismatches=Counter(each["code"] for slip in left.slips.values() for each in slip.mismatches),
        people=people,
        by_statement=laws.only_by_statement(left),
        broken={
            "double": list(laws.double(left, seed)),
            "lost": list(laws.lost(left)),
            "unexplained": [*laws.unexplained(left, amounts), *laws.desks_own(left)],
        },
    )


async def _tell(blows: Blows, stage: Stage) -> None:
    begun = time.monotonic()
    while True:
        await asyncio.sleep(PROGRESS_EVERY)
        book = stage.till.book
        moved = len(book.read_text().splitlines()) if book.exists() else 0
        print(f"{time.monotonic() - begun:6.0f} s  {moved} in the gateway's book  {dict(blows.kills)}", flush=True)
