"""Everything killed, the supervisor too; `redress up`, and how long it takes until a complaint is accepted again."""

from __future__ import annotations

import asyncio
import sys
import time

from settings import CHECKOUT
from tests.faults.blows.scene import Scene
from tests.faults.load.sending import Request, Sender
from tests.faults.load.words import words_of

UP_WITHIN = 120.0


async def everything(scene: Scene) -> None:
    """Kill all, start again, and measure the seconds from the start of `redress up` to the first accepted open."""
    began = time.time()
    scene.desk.kill_everything()
    scene.tally.kills["everything"] += 1
    scene.note("kill everything", victims=["everything"], at=began)
    started = time.monotonic()
    opener = scene.crowd.sender(f"opener-{scene.tally.kills['everything']:03d}")
    try:
        up, _ = await asyncio.gather(_redress_up(scene), _first_open(scene, opener, started))
    finally:
        await opener.aclose()
        opener.log.close()
    assert up == 0, f"`redress up` ended with {up} after everything was killed"


async def _redress_up(scene: Scene) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "cli",
        "up",
        cwd=CHECKOUT,
        env=scene.desk.environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=(scene.desk.home / "up.log").open("ab"),
    )
    return await asyncio.wait_for(process.wait(), UP_WITHIN)


async def _first_open(scene: Scene, opener: Sender, started: float) -> None:
    words = words_of(opener.dice, opener.client)
    scene.crowd.canaries.extend(words.canaries())
    body = {"problem": "quality", "channel": "web", "description": words.description, "customer": words.customer()}
    story = f"{scene.crowd.seed}-{opener.client}"
    opening = Request("open", "integration", "POST", "/v1/complaints", key=f"{story}-open", body=body)
    answer = await opener.ask(opening, story, patience=UP_WITHIN)
    if answer.taken:
        scene.tally.opens += 1
        scene.tally.back_after.append(time.monotonic() - started)
