"""``python -m standalone.temporal_build``: build the Temporal server now, if it is not there."""

from standalone.commands.screen import problems_named, progress
from standalone.temporal_build import ensure_binaries

if __name__ == "__main__":
    with problems_named():
        ensure_binaries(progress())
