"""Records the stories of a release: `python -m tests.histories.record_cases`.

Run it when a version is released. Existing files are never overwritten: delete nothing here, a recorded past has to
replay for ever. A story whose files are all there is not played again.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from standalone.account import account_for_postgres
from standalone.embedded_postgres import EmbeddedPostgres
from tests import env
from tests.histories.record import FOLDER, save_history
from tests.histories.stories import STORIES
from tests.journeys.desk import open_desk

RELEASE = "0_1_0"


def name_of(story: str, part: str) -> str:
    """What the file of a part is called, `.json` aside."""
    return f"cases.{RELEASE}_{story}_{part}"


def unrecorded() -> dict[str, tuple[str, ...]]:
    """The parts that have no file yet, by story."""
    lacking = {
        name: tuple(part for part in story.parts if not (FOLDER / f"{name_of(name, part)}.json").exists())
        for name, story in STORIES.items()
    }
    return {name: parts for name, parts in lacking.items() if parts}


def _scratch() -> Path:
    """A folder that the database's account may pass through."""
    scratch = Path(tempfile.mkdtemp(prefix="redress-record-"))
    scratch.chmod(0o711)
    return scratch


async def record() -> None:
    """Play each story that lacks a file on real parts and save its histories."""
    scratch = _scratch()
    temporal = env.TemporalForTests(scratch / "temporal")
    account = account_for_postgres()
    postgres = env.PostgresForTests(EmbeddedPostgres(scratch / "postgres", scratch / "postgres.log", account=account))
    await temporal.start()
    await postgres.start()
    try:
        await postgres.make_template()
        for name, parts in unrecorded().items():
            story = STORIES[name]
            url = postgres.postgres.url(await postgres.clone())
            client = await temporal.client(namespace=story.namespace)
            async with open_desk(client, url, scratch / name) as desk:
                cases = await story.play(desk)
                for part in parts:
                    await save_history(client, cases[part], name_of(name, part))
    finally:
        await temporal.stop()
        await postgres.stop()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    asyncio.run(record())
