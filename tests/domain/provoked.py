"""Which refusal is provoked by what: filled by the files that provoke, read by test_refusals.py."""

from __future__ import annotations

from collections.abc import Callable

from domain.refusals import Refusal

Provocation = Callable[[], object]
PROVOKED: dict[type[Refusal], Provocation] = {}


def provokes(kind: type[Refusal]) -> Callable[[Provocation], Provocation]:
    """Decorator: the function ends in this refusal."""

    def note(provocation: Provocation) -> Provocation:
        assert kind not in PROVOKED
        PROVOKED[kind] = provocation
        return provocation

    return note
