"""The rulebook of a parcel at the dock (domain.md, "Returns and exchanges" [S])."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.casefile import Event
from domain.casework import Rulebook, StepRule, always, apply, letters_shown
from domain.charge import Charge
from domain.dock import events as e
from domain.dock import rules
from domain.dock import steps as s
from domain.dock.matching import candidates
from domain.dock.state import OVER, DockParcel, Match, OpenParcel
from domain.people import DESK, Role
from domain.plain import plain
from domain.sealed import Sealed
from domain.shared_steps import shared_rules
from domain.view import CaseView, Kind, Task

CLOCKS = frozenset({"identification", "parcel_owner"})
"""Those of a parcel of which nobody knows whose it is."""


def open_parcel(opening: OpenParcel) -> DockParcel:
    """The parcel as it stands when it is written down; matched at once if that is certain."""
    return apply(BOOK, _bare(opening), opening_events(opening))


def opening_events(opening: OpenParcel) -> tuple[Event, ...]:
    """What happened when it was written down: it came, and if that is certain it was matched."""
    came = e.ParcelCame(at=opening.received_at, by=opening.received_by, seen=opening.seen)
    return (came, *rules.matched_by_itself(_bare(opening), opening.entered_at))


def finished(case: DockParcel) -> bool:
    """Whether the story is over: closed, and no loose end."""
    return case.closed_at is not None and not case.has_loose_ends


def _bare(opening: OpenParcel) -> DockParcel:
    return DockParcel(
        case=opening.case,
        shop=opening.shop,
        parent=None,
        opened_at=opening.received_at,
        customer=opening.customer,
        pinned=opening.pinned,
        order=opening.order,
        order_index=opening.order_index,
        seen=opening.seen,
        received_by=opening.received_by,
        words=opening.words,
        leads=opening.leads,
    )


def _evolve(case: DockParcel, event: Event) -> DockParcel:  # noqa: PLR0911  one row an event
    match event:
        case e.GoodsCounted(goods=goods):
            return replace(case, seen=replace(case.seen, goods=goods))
        case e.ParcelMatched(match=match):
            before = case.clocks if case.unidentified else case.clocks_before
            return replace(case, matches=(*case.matches, match), clocks_before=before)
        case e.MatchUndone(return_case=name, reason=reason):
            undone = {"undone_at": event.at, "undone_by": event.by, "undone_because": reason}
            return _as_if_unmatched(_with(case, name, **undone))
        case e.LeadCame(lead=lead):
            return rules.with_lead(case, lead)
        case e.ParcelTakenOn():
            return replace(case, owner=event.by)
        case e.ReturnHeard(return_case=name, arrived=arrived):
            return _heard(case, name, arrived=arrived)
        case e.ReturnAnswered(return_case=name, result=result) if result == OVER:
            why = "the return was over before it heard of the parcel"
            undone = {"undone_at": event.at, "undone_by": DESK, "undone_because": why, "undoing_told": True}
            return _as_if_unmatched(_with(case, name, ended_as=result, **undone))
        case e.ReturnAnswered(return_case=name, result=result):
            return _with(case, name, ended_as=result)
        case e.ParcelClosed(outcome=outcome):
            return replace(case, closed_at=event.at, outcome=outcome)
        case _:
            return case


def _heard(case: DockParcel, name: str, *, arrived: bool) -> DockParcel:
    """Of several matches to one return, those that hold, or those that do not."""
    news = {"told": True} if arrived else {"undoing_told": True}
    told = (replace(each, **news) if _is(each, name) and each.holds is arrived else each for each in case.matches)
    return replace(case, matches=tuple(told))


def _is(match: Match, name: str) -> bool:
    return match.return_case == name


def _with(case: DockParcel, name: str, **changes: Any) -> DockParcel:
    """With the match to this return that holds, changed."""
    matches = (replace(each, **changes) if _is(each, name) and each.holds else each for each in case.matches)
    return replace(case, matches=tuple(matches))


def _as_if_unmatched(case: DockParcel) -> DockParcel:
    """With the last match its waiting goes on as it was: its age counts from the day it came, not from the mistake."""
    return replace(case, clocks=case.clocks_before) if case.unidentified else case


def _wanted_clocks(case: DockParcel) -> frozenset[str]:
    """While nobody knows whose it is, it ages, and with an owner the owner's time runs [S][O]."""
    if not case.unidentified:
        return frozenset()
    return frozenset({"parcel_owner" if case.owner is not None else "identification"})


def _state(case: DockParcel) -> str:
    if case.closed_at is not None:
        return case.outcome or "closed"
    if case.unidentified:
        return "unidentified"
    return "split" if any(match.goods for match in case.live) else "matched"


def _tasks(case: DockParcel) -> Iterator[Task]:
    if not case.unidentified:
        return
    found = candidates(case.seen, case.leads, case.opened_at)
    likely = f"likeliest: {found[0].return_case} ({', '.join(found[0].reasons)})" if found else "no return is like it"
    whose = f"{case.owner.name} looks whose it is" if case.owner is not None else "nobody has taken it on"
    due = case.due("parcel_owner") or case.due("identification")
    yield Task("identify", Role.AGENT, "match_parcel", due, f"whose parcel is it? {likely}; {whose}")


def _describe(case: DockParcel, view: CaseView) -> CaseView:
    sealed: dict[str, Sealed | None] = {
        "customer": case.customer.reference,
        "name": case.customer.name,
        "phone": case.customer.phone,
        "email": case.customer.email,
        "address": case.customer.address,
        "order": case.order,
        "words": case.words,
    }
    story: dict[str, object] = {
        "seen": plain(case.seen),
        "received_by": plain(case.received_by),
        "candidates": plain(candidates(case.seen, case.leads, case.opened_at)),
        "same_number": plain(case.same_number),
        "matches": [_shown(match) for match in case.matches],
        "owner": plain(case.owner),
        "letters": letters_shown(case),
        "troubles": plain(case.troubles),
    }
    return replace(
        view,
        tracking=(case.seen.tracking,) if case.seen.tracking else (),
        sealed={name: box for name, box in sealed.items() if box is not None},
        story=story,
    )


def _shown(match: Match) -> dict[str, object]:
    return {name: value for name, value in plain(match).items() if name not in {"told", "undoing_told"}}


def _until(case: DockParcel) -> datetime | None:
    return case.due("parcel_owner") or case.due("identification")


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.MatchParcel, rules.may_match, rules.match, _until),
    StepRule(s.SplitParcel, rules.may_match, rules.split, _until),
    StepRule(s.UnmatchParcel, rules.may_unmatch, rules.unmatch),
    StepRule(s.TakeOnParcel, rules.may_take_on, rules.take_on, _until),
    StepRule(s.CloseParcel, rules.may_close, rules.close, _until),
    StepRule(s.TakeLead, always, rules.take_lead),
    StepRule(s.TakeReturnAnswer, always, rules.take_answer),
    *shared_rules(),
)

BOOK: Rulebook[DockParcel] = Rulebook(
    kind=Kind.PARCEL,
    rules={rule.step.slug(): rule for rule in _RULES},
    evolve=_evolve,
    wanted_clocks=_wanted_clocks,
    letters_for=lambda _case, _event: (),
    other_instants=lambda _case: (),
    other_passed=lambda _case, _now: (),
    tasks=lambda case: tuple(_tasks(case)),
    state=_state,
    describe=_describe,
    takes_after_closing=lambda _case, _step, _now: False,
    charge=lambda case: Charge(handler=case.owner.person if case.owner is not None else None),
)
