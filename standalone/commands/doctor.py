"""``redress doctor``: what is missing or wrong, and how to mend it."""

import asyncio

import typer

from settings import home_folder
from standalone.examination import examine
from standalone.finding import Finding
from standalone.places import Places


def doctor() -> None:
    """Look at everything the desk needs. Exit code 1 if something is wrong."""
    findings = asyncio.run(_look())
    wrong = [one for one in findings if one.mend and not one.hint]
    typer.echo("\nAll is well." if not wrong else f"\n{len(wrong)} to mend.")
    if wrong:
        raise typer.Exit(1)


async def _look() -> list[Finding]:
    findings: list[Finding] = []
    async for one in examine(Places(home_folder())):
        findings.append(one)
        sign, colour = ("ok", typer.colors.GREEN) if not one.mend else ("!!", typer.colors.RED)
        if one.hint:
            sign, colour = "..", typer.colors.YELLOW
        typer.echo(f"{typer.style(sign, fg=colour)} {one.subject:<12} {one.seen}")
        if one.mend:
            typer.echo(f"   {'':<12} -> {one.mend}")
    await asyncio.sleep(0.25)  # a thread of the Temporal SDK may still be ending
    return findings
