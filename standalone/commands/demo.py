"""``redress demo``: a first day at the desk, told while it happens."""

import asyncio
import importlib
import inspect
from importlib.util import find_spec
from typing import Any

import typer

from standalone.commands.screen import problems_named, progress
from standalone.starting import bring_up

STORY = "standalone.story"


def demo() -> None:
    """Bring the desk up and play a few cases through its API, with a word on each step."""
    if find_spec(STORY) is None:
        typer.echo("This build has no story to play.", err=True)
        raise typer.Exit(1)
    with problems_named():
        started = bring_up(progress())
    module: Any = importlib.import_module(STORY)
    played = module.play(started.settings)
    if inspect.isawaitable(played):
        try:
            asyncio.run(_finish(played))
        except module.DemoFailed as failed:
            typer.echo(f"The desk answered otherwise than the story expects: {failed}", err=True)
            raise typer.Exit(1) from None


async def _finish(played: Any) -> None:
    await played
    await asyncio.sleep(0.25)  # a thread of the Temporal SDK may still be ending
