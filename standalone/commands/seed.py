"""``redress seed``: a key for each role, and how to open a first case with them."""

import asyncio
import importlib
import inspect
from importlib.util import find_spec
from typing import Any

import typer

from settings import Settings, home_folder
from standalone.commands.screen import problems_named
from standalone.places import Places
from standalone.plan import machine_settings

SEED = "standalone.seed"


def seed() -> None:
    """Make sure that there is a person and an API key for each role, and print them."""
    with problems_named():
        settings, _ = machine_settings(Places(home_folder()))
    if not show_first_steps(settings):
        typer.echo("This build cannot make keys.", err=True)
        raise typer.Exit(1)


def show_first_steps(settings: Settings) -> bool:
    """Print the keys and the first calls. False if there is nothing that makes keys."""
    if find_spec(SEED) is None:
        return False
    module: Any = importlib.import_module(SEED)
    keys: list[tuple[str, str, str]] = asyncio.run(_ready_keys(module, settings))
    typer.echo("\nAPI keys (role, person, key):")
    for role, person, key in keys:
        typer.echo(f"  {role:<15} {person:<13} {key}")
    if hasattr(module, "first_calls"):
        typer.echo("\nA first case:")
        for line in module.first_calls(settings, keys):
            typer.echo(f"  {line}")
    return True


async def _ready_keys(module: Any, settings: Settings) -> list[tuple[str, str, str]]:
    given = module.ready_keys(settings)
    keys: list[tuple[str, str, str]] = await given if inspect.isawaitable(given) else given
    await asyncio.sleep(0.25)  # a thread of the Temporal SDK may still be ending
    return keys
