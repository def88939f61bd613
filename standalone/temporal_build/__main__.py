"""``python -m standalone.temporal_build``: build the Temporal server now, if it is not there."""

import typer

from standalone.commands.screen import problems_named, progress
from standalone.temporal_build import ensure_binaries


def build() -> None:
    """Build the Temporal server into this user's cache."""
    with problems_named():
        ensure_binaries(progress())


if __name__ == "__main__":
    typer.run(build)
