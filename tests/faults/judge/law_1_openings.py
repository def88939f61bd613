"""I1: every accepted opening exists exactly once; one key is one case."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.faults.client_log import Said
from tests.faults.judge.evidence import Violation
from tests.faults.judge.world import World, case_of, fine, unknown

LAW = "I1"


def every_opening_exists_once(world: World) -> Iterator[Violation]:
    """The whole law."""
    yield from _answers_agree(world)
    yield from _answered_cases_exist(world)
    yield from _table_agrees(world)
    yield from _nothing_opened_twice(world)
    yield from _a_key_is_one_parcel(world)


def _a_key_is_one_parcel(world: World) -> Iterator[Violation]:
    """Of the dock: however often a scan is sent, it is one parcel, and it is there."""
    parcels: dict[str, set[str]] = defaultdict(set)
    for said in world.said:
        if said.intent == "dock" and fine(said):
            parcels[said.key].add(case_of(said))
    for key, named in parcels.items():
        if len(named) > 1:
            yield Violation(LAW, min(named), f"key {key} was answered with {len(named)} parcels: {sorted(named)}")
        for name in named:
            case = world.cases.get(name)
            if case is None or case.told is None or case.told.kind != "Parcel":
                yield Violation(LAW, name, "was taken in with a yes, and no workflow of a parcel has this number")


def _by_key(world: World) -> dict[str, list[Said]]:
    """Requests by the key they came with; keys of two roles of one shop are one namespace."""
    keys: dict[str, list[Said]] = defaultdict(list)
    for said in world.opens:
        keys[said.key].append(said)
    return keys


def _answers_agree(world: World) -> Iterator[Violation]:
    for key, requests in _by_key(world).items():
        named = {case_of(said) for said in requests if fine(said)}
        if len(named) > 1:
            yield Violation(LAW, min(named), f"key {key} was answered with {len(named)} cases: {sorted(named)}")
        bodies = {canonical(said.body) for said in requests if fine(said)}
        if len(bodies) > 1:
            yield Violation(LAW, min(named), f"key {key} opened a case for {len(bodies)} different bodies")


def _answered_cases_exist(world: World) -> Iterator[Violation]:
    keys_of: dict[str, set[str]] = defaultdict(set)
    for said in world.opens:
        if fine(said):
            keys_of[case_of(said)].add(said.key)
    for name, keys in keys_of.items():
        case = world.cases.get(name)
        if case is None or case.told is None or case.told.kind != "Complaint":
            yield Violation(LAW, name, "was opened with a yes, and no workflow of a complaint has this number")
        if len(keys) > 1:
            yield Violation(LAW, name, f"two keys were answered with this case: {sorted(keys)}")


def _table_agrees(world: World) -> Iterator[Violation]:
    claimed = Counter(row["case"] for row in world.openings)
    for case, _ in world.told("Complaint"):
        if claimed[case.case] != 1:
            yield Violation(LAW, case.case, f"runs, and the openings have {claimed[case.case]} rows of it")
    answered = {case_of(said) for said in world.opens if fine(said)}
    for name in sorted(answered - claimed.keys()):
        yield Violation(LAW, name, "was opened with a yes, and the openings do not know it")


def _nothing_opened_twice(world: World) -> Iterator[Violation]:
    """Cases beside those that were answered come from keys that never got an answer, at most one from each."""
    answered = {case_of(said) for said in world.opens if fine(said)}
    beside = {case.case: told for case, told in world.told("Complaint") if case.case not in answered}
    unanswered = [
        key
        for key, requests in _by_key(world).items()
        if not any(fine(said) for said in requests) and any(unknown(said) for said in requests)
    ]
    if len(beside) > len(unanswered):
        yield Violation(
            LAW,
            min(beside),
            f"{len(beside)} cases exist that nobody was told of, and only {len(unanswered)} openings had no answer: "
            f"{sorted(beside)[:5]}",
        )
    yield from _same_words_once_a_key(world)


def _same_words_once_a_key(world: World) -> Iterator[Violation]:
    """The mark of a request stands in the start: no mark may start more cases than keys were sent with such a body."""
    cases_of_mark: dict[str, list[str]] = defaultdict(list)
    for case, told in world.told("Complaint"):
        cases_of_mark[told.begin.opening.fingerprint].append(case.case)
    keys_of_body: dict[str, set[str]] = defaultdict(set)
    body_of_case: dict[str, str] = {}
    for said in world.opens:
        body = f"{said.role} {canonical(said.body)}"
        keys_of_body[body].add(said.key)
        if fine(said):
            body_of_case[case_of(said)] = body
    for cases in cases_of_mark.values():
        bodies = {body_of_case[name] for name in cases if name in body_of_case}
        keys = set[str]().union(*(keys_of_body[body] for body in bodies))
        if bodies and len(cases) > len(keys):
            yield Violation(LAW, max(cases), f"{len(cases)} cases stem from {len(keys)} keys: {sorted(cases)}")


def canonical(body: object) -> str:
    """One text for one JSON value."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False)
