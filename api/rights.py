"""Who sees a case only because it asked them: a temporary right, for that person on that case [E][D].

People of the departments have no cases of their own. While a request waits with their unit they see the case and act on
the request; afterwards whoever had it keeps reading what they were asked and what they answered, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import Any

from api.caller import Caller
from db.case_lists import AskedOf
from domain.people import Role
from domain.view import CaseView, StepOffer

BY_REQUEST = frozenset({Role.DEPARTMENT})
"""Roles that see a case only if it asks them."""
Offers = tuple[StepOffer, ...]
_ON_THEIR_LIST = frozenset({"open", "received"})


class Reach(IntEnum):
    """How much of a case a caller may see."""

    NOTHING = 0
    OWN_ANSWERS = 1
    ALL = 2


def reach(caller: Caller, view: CaseView) -> Reach:
    """How far this caller's right goes in the case as it stands."""
    if caller.role not in BY_REQUEST:
        return Reach.ALL
    requests = view.told("requests")
    if any(_waits_with(caller, request) for request in requests):
        return Reach.ALL
    return Reach.OWN_ANSWERS if any(_had(caller, request) for request in requests) else Reach.NOTHING


def within_reach(caller: Caller, view: CaseView, offers: Offers) -> tuple[CaseView, Offers]:
    """The case and its steps as far as the caller's right goes."""
    if reach(caller, view) is Reach.ALL:
        return view, offers
    own = [_own(caller, request) for request in view.told("requests") if _had(caller, request)]
    bare = replace(view, handler=None, tracking=(), amount=None, tasks=(), clocks=(), photos=(), sealed=None)
    return replace(bare, story={"requests": own}), ()


def asked_of(caller: Caller, *, searching: bool = False) -> AskedOf | None:
    """What a list of cases is narrowed to for this caller; None: to nothing.

    searching: the list is asked for what only the whole case shows. Then a case that no longer waits for them is left
    out, else whether it is found would tell them what they see no more.
    """
    if caller.role not in BY_REQUEST:
        return None
    return AskedOf(caller.role, caller.unit, None if searching else caller.person)


def _waits_with(caller: Caller, request: dict[str, Any]) -> bool:
    theirs = caller.unit is not None and request.get("unit") == caller.unit.value
    return theirs and request["desk"] == caller.role.value and request["state"] in _ON_THEIR_LIST


def _had(caller: Caller, request: dict[str, Any]) -> bool:
    return caller.person in request.get("hands", [])


def _own(caller: Caller, request: dict[str, Any]) -> dict[str, Any]:
    """The request without what others said about it."""
    kept = {name: value for name, value in request.items() if name in _ASKED}
    for said in ("answers", "passings"):
        mine = [each for each in request.get(said, []) if each["by"]["person"] == caller.person]
        kept |= {said: mine} if mine else {}
    return kept


_ASKED = frozenset({"number", "request_kind", "asked", "analysis", "asked_by", "asked_at", "tracking", "state"})
