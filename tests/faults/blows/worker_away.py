"""The worker is away while deadlines fall due; each has to act within seconds of its return, and once.

The cases were received just so long ago that their first deadline, the policy's hour for acknowledging them, falls due
while the worker is away. The supervisor stands still meanwhile, so that nobody starts the worker again.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from signal import SIGCONT, SIGKILL, SIGSTOP
from typing import Any

from tests.faults.blows.scene import Scene
from tests.faults.load.sending import Request, Sender
from tests.faults.load.words import words_of

CLOCK = "acknowledgement"
AFTER = timedelta(hours=1)
"""Of the default policy."""
CASES = 16
DUE_IN = (8.0, 14.0)
"""Seconds from now in which the deadlines fall due."""
ACTED_WITHIN = 60.0
"""Seconds after which a deadline counts as forgotten."""


@dataclass(frozen=True)
class Overdue:
    """A case and the instant its deadline falls due."""

    case: str
    due_at: datetime


async def worker_away(scene: Scene) -> None:
    """Open cases, take the worker away until their deadlines have passed, and measure from its return."""
    if not await scene.ready():
        return
    asker = scene.crowd.sender(f"deadlines-{scene.tally.struck['kill worker and keep it away'] + 1:03d}")
    try:
        cases = await _open_all(scene, asker)
        await asyncio.gather(*(_warned(asker, each) for each in cases))
        gone = await _away(scene, max(each.due_at for each in cases))
        if gone is not None:
            back = await _back(scene)
            noticed = await asyncio.gather(*(_acted(asker, each) for each in cases if each.due_at > gone))
            scene.tally.lateness += [max(0.0, (at - back).total_seconds()) for at in noticed if at is not None]
    finally:
        await asker.aclose()
        asker.log.close()


async def _open_all(scene: Scene, asker: Sender) -> list[Overdue]:
    found: list[Overdue] = []
    now = datetime.now(UTC)
    for number in range(CASES):
        due_at = now + timedelta(seconds=asker.dice.uniform(*DUE_IN))
        story = f"{scene.crowd.seed}-{asker.client}-{number}"
        words = words_of(asker.dice, story)
        scene.crowd.canaries.extend(words.canaries())
        body = {"problem": "quality", "channel": "web", "order": words.order, "line": 1, "quantity": 1}
        body |= {"description": words.description, "customer": words.customer()}
        body |= {"received_at": (due_at - AFTER).isoformat()}
        opening = Request("open", "integration", "POST", "/v1/complaints", key=f"{story}-open", body=body)
        answer = await asker.ask(opening, story)
        if answer.taken:
            scene.tally.opens += 1
            found.append(Overdue(str(answer.case["case"]), due_at))
    return found


async def _warned(asker: Sender, overdue: Overdue) -> None:
    """Wait until the worker has seen the case, and warned of the deadline to come: then its timer runs."""
    by = time.monotonic() + DUE_IN[0]
    while time.monotonic() < by:
        if (await _clock(asker, overdue)).get("warned_at"):
            return
        await asyncio.sleep(0.05)


async def _away(scene: Scene, until: datetime) -> datetime | None:
    """Take the worker away until after that instant; since when it was away, None if it was not there."""
    supervisor, worker = scene.desk.record.supervisor, scene.desk.process("worker")
    if supervisor is None or worker is None:
        return None
    began = time.time()
    supervisor.signal(SIGSTOP)
    try:
        worker.signal(SIGKILL)
        gone = datetime.now(UTC)
        scene.tally.kills["worker"] += 1
        await asyncio.sleep(max(1.0, (until - gone).total_seconds() + 1.0))
    finally:
        supervisor.signal(SIGCONT)
    scene.note("kill worker and keep it away", victims=["worker"], at=began, seconds=time.time() - began)
    return gone


async def _back(scene: Scene) -> datetime:
    """The instant at which Temporal had seen the new worker ask for work."""
    assert await scene.until(lambda: scene.up("worker"), ACTED_WITHIN), "the worker did not come back"
    return datetime.fromtimestamp(scene.desk.record.entries["worker"].since, UTC)


async def _acted(asker: Sender, overdue: Overdue) -> datetime | None:
    """When the deadline was acted on, in the case's own words; None if it never was."""
    by = time.monotonic() + ACTED_WITHIN
    while time.monotonic() < by:
        clock = await _clock(asker, overdue)
        if clock.get("breached_at"):
            return datetime.fromisoformat(clock["breached_at"])
        if clock.get("ended_at"):
            return None  # somebody told the customer before it fell due
        await asyncio.sleep(0.1)
    asker.odd("an overdue deadline was not acted on", _look(overdue), overdue.case)
    return None


async def _clock(asker: Sender, overdue: Overdue) -> dict[str, Any]:
    answer = await asker.ask(_look(overdue), overdue.case)
    clocks: list[dict[str, Any]] = answer.case.get("clocks", [])
    return next((clock for clock in clocks if clock["name"] == CLOCK), dict[str, Any]())


def _look(overdue: Overdue) -> Request:
    return Request("read", "agent", "GET", f"/v1/cases/{overdue.case}", case=overdue.case)
