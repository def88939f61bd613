"""Reads what py-spy sampled: which functions the time went into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

FRAMEWORK = ("runpy", "click/", "uvicorn/", "asyncio/", "threading.py", "concurrent/", "starlette/", "importlib")
"""Callers that every stack has, so that their whole time tells nothing."""


def own_and_whole(raw: Path) -> tuple[Counter[str], Counter[str], int]:
    """Samples in each function itself, in it and what it called, and all samples, from py-spy's `raw` form."""
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    total = 0
    for line in raw.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [_without_line(frame) for frame in stack.split(";") if frame]
        if not frames:
            continue
        samples = int(count)
        total += samples
        own[frames[-1]] += samples
        for frame in {frame for frame in frames if not any(word in frame for word in FRAMEWORK)}:
            whole[frame] += samples
    return own, whole, total


def by_package(own: Counter[str]) -> Counter[str]:
    """Samples by the file's folder or package."""
    found: Counter[str] = Counter()
    for frame, samples in own.items():
        place = frame.rpartition("(")[2].rstrip(")")
        parts = place.split("/")
        found["/".join(parts[:2]) if len(parts) > 1 else place] += samples
    return found


def top(counted: Counter[str], total: int, most: int) -> Iterable[str]:
    """The dearest, as lines with their share."""
    return (f"{samples / max(total, 1):6.1%}  {name}" for name, samples in counted.most_common(most))


def _without_line(frame: str) -> str:
    name, colon, number = frame.rpartition(":")
    return f"{name})" if colon and number.rstrip(")").isdigit() else frame
