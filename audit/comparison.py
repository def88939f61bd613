"""Holds the deeds of the history against those of today's code and names what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from audit import kinds
from audit.deeds import Deed, Json
from audit.opening import canonical, plain, same

LONGEST_TEXT = 200
MOST_LEAVES = 8
NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """One thing that the history says and today's code does otherwise.

    `event_id` is the event in question; for a deed that the history does not know, the event that ended the workflow
    task in which the code does it today. `subject` names the deed ("activity pay 1"), `field` the fact
    ("input[0].amount"), or "presence" where a whole deed is missing or new, or "replay" where the code could not follow
    the history at all. `history` and `today` are JSON, shortened.
    """

    event_id: int
    kind: str
    subject: str
    field: str
    history: str
    today: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"event {self.event_id}, {self.subject}, {self.field}: history {self.history}, today {self.today}"


def differences(recorded: Sequence[Deed], today: Sequence[Deed]) -> tuple[Difference, ...]:
    """Every difference, in the order of the events.

    Marks of local activities are paired by their number, since they are written when the activity ends and not when it
    is asked for. A local activity that left no mark is no difference: it may have been cut off by the end of the run.
    """
    told: list[Difference] = []
    for past, now in _pairs(_in_order(recorded), _in_order(today)):
        told.extend(_between(past, now))
    marks = {deed.identity: deed for deed in today if deed.kind == kinds.LOCAL_ACTIVITY}
    for past in recorded:
        if past.kind == kinds.LOCAL_ACTIVITY:
            told.extend(_between(past, marks.get(past.identity)))
    told.extend(_patches(recorded, today))
    return tuple(sorted(told, key=lambda each: each.event_id))


def _in_order(deeds: Sequence[Deed]) -> list[Deed]:
    """Without those that are paired by name and not by their place."""
    apart = {kinds.LOCAL_ACTIVITY, kinds.PATCH, kinds.RETIRED_PATCH}
    return [deed for deed in deeds if deed.kind not in apart]


def _patches(recorded: Sequence[Deed], today: Sequence[Deed]) -> Iterator[Difference]:
    """A patch mark must be found again, retired or not; a retired one may be missing on either side."""
    past = {deed.identity: deed for deed in recorded if deed.kind in {kinds.PATCH, kinds.RETIRED_PATCH}}
    now = {deed.identity: deed for deed in today if deed.kind in {kinds.PATCH, kinds.RETIRED_PATCH}}
    for name in past.keys() - now.keys():
        if past[name].kind == kinds.PATCH:
            yield from _between(past[name], None)
    for name in now.keys() - past.keys():
        if now[name].kind == kinds.PATCH:
            yield from _between(None, now[name])


def _key(deed: Deed) -> tuple[str, str]:
    return deed.kind, deed.identity


def _pairs(recorded: list[Deed], today: list[Deed]) -> Iterator[tuple[Deed | None, Deed | None]]:
    """Pair by place where the kinds agree from end to end; else find what was dropped, added or replaced."""
    if [deed.kind for deed in recorded] == [deed.kind for deed in today]:
        yield from zip(recorded, today, strict=True)
        return
    matcher = SequenceMatcher(None, [_key(deed) for deed in recorded], [_key(deed) for deed in today], autojunk=False)
    for _, from_past, to_past, from_now, to_now in matcher.get_opcodes():
        yield from _pairs_within(recorded[from_past:to_past], today[from_now:to_now])


def _pairs_within(recorded: list[Deed], today: list[Deed]) -> Iterator[tuple[Deed | None, Deed | None]]:
    """Within a stretch that does not match, the next deed of the same kind is the same deed, changed."""
    left = list(today)
    for past in recorded:
        now = next((each for each in left if each.kind == past.kind), None)
        if now:
            left.remove(now)
        yield past, now
    for now in left:
        yield None, now


def _between(past: Deed | None, now: Deed | None) -> Iterator[Difference]:
    if past is None or now is None:
        deed = past or now
        if deed:
            there = short({name: plain(fact) for name, fact in deed.facts.items()})
            history, today = (there, NOTHING) if past else (NOTHING, there)
            yield Difference(deed.event_id, deed.kind, deed.subject, "presence", history, today)
        return
    if past.kind == kinds.UPDATE_ACCEPTED and past.identity != now.identity:
        yield Difference(past.event_id, past.kind, past.subject, "id", short(past.identity), short(now.identity))
    for name, fact in past.facts.items():
        if name not in now.facts or same(fact, now.facts[name]):
            continue
        for count, (path, history, today) in enumerate(_leaves(name, plain(fact), plain(now.facts[name]))):
            if count == MOST_LEAVES:
                break
            yield Difference(past.event_id, past.kind, past.subject, path, history, today)


def _leaves(path: str, past: Json, now: Json) -> Iterator[tuple[str, str, str]]:
    """The places at which two JSON values part."""
    if isinstance(past, dict) and isinstance(now, dict):
        for name in sorted(past.keys() | now.keys()):
            if name in past and name in now:
                yield from _leaves(f"{path}.{name}", past[name], now[name])
            else:
                yield f"{path}.{name}", _or_nothing(past, name), _or_nothing(now, name)
    elif isinstance(past, list) and isinstance(now, list):
        for place, (one, other) in enumerate(zip_longest(past, now, fillvalue=_MISSING)):
            if one is _MISSING or other is _MISSING:
                yield f"{path}[{place}]", _said(one), _said(other)
            else:
                yield from _leaves(f"{path}[{place}]", one, other)
    elif canonical(past) != canonical(now):
        yield path, short(past), short(now)


_MISSING: Json = "\0missing"
"""Told from every real value by identity."""


def _said(value: Json) -> str:
    return NOTHING if value is _MISSING else short(value)


def _or_nothing(values: dict[str, Json], name: str) -> str:
    return short(values[name]) if name in values else NOTHING


def short(value: Json) -> str:
    """JSON that fits a line."""
    text = canonical(value)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
