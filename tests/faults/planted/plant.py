"""A planted bug: what it is called, by which law it must be found, and the story in which it bites."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from tests.faults.planted.desk import PlantedDesk

Play = Callable[[PlantedDesk, pytest.MonkeyPatch], Awaitable[None]]


@dataclass(frozen=True)
class Plant:
    """One row of the table.

    `play` breaks the product by patches, which are gone when the judge looks, and plays a story through HTTP.
    `tampered`: not the product is broken but a record changed behind its back. `while_judged`: the bug is still there
    when the judge looks, so it has a desk of its own.
    """

    name: str
    law: str
    play: Play
    tampered: bool = False
    while_judged: bool = False
