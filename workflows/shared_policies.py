"""Cases that opened under the same policy hold it once.

A case brings its pinned policy in the message that begins it: some three hundred objects, more than all the rest of a
case that sleeps. As nobody can change one, the cases in a process's memory share those that are equal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

from domain.policy import PinnedPolicy
from workflows.answers import Begin

T = TypeVar("T")

_held: WeakValueDictionary[str, PinnedPolicy] = WeakValueDictionary()
"""By version, for as long as any case holds it."""


def sharing_policies(message: T) -> T:
    """The message with policies that other cases may hold as well, if it begins a case; else as it is."""
    return cast("T", _sharing(cast("Begin[Any, Any]", message))) if isinstance(message, Begin) else message


def _sharing(begin: Begin[Any, Any]) -> Begin[Any, Any]:
    opening, carried = replace(begin.opening, pinned=shared(begin.opening.pinned)), begin.carried
    if carried is not None:
        carried = replace(carried, case=replace(carried.case, pinned=shared(carried.case.pinned)))
    return Begin(opening, carried)


def shared(policy: PinnedPolicy) -> PinnedPolicy:
    """A policy equal to this one in every cell: the one that is held already, or this."""
    held = _held.setdefault(policy.version, policy)
    return held if held == policy else policy
