"""Makes sure that the Temporal server, its schema tool and its web UI are here, built from pinned sources."""

from collections.abc import Callable

from standalone.temporal_build.compiling import BuildError, compile_programs
from standalone.temporal_build.shelf import Binaries, Shelf, shelf

__all__ = ["Binaries", "BuildError", "Shelf", "ensure_binaries", "shelf"]


def ensure_binaries(report: Callable[[str], None]) -> Binaries:
    """The three programs, built first if this user's cache does not hold them (2 to 5 minutes, once).

    ``report`` gets one line of progress at a time. Two calls at once do not clash: the second waits for the first. An
    interrupted build goes on where it stopped. BuildError says what is missing and how to mend it.
    """
    place = shelf()
    ready = place.binaries()
    if ready is not None:
        return ready
    with place.locked(report):
        ready = place.binaries()
        if ready is None:
            compile_programs(place, report)
            ready = place.binaries()
    if ready is None:
        raise BuildError(f"The build ended without its programs in {place.folder}; run it again.")
    return ready
