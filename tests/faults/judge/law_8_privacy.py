"""I8: no personal word lies in clear in logs, errors, histories, memos, search attributes or workflow ids."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.faults.judge.evidence import Violation
from tests.faults.judge.world import World
from tests.privacy.canaries import Canary

LAW = "I8"


STEM = 5
"""Bytes by which forms of words are found before they are compared: thousands of words share few beginnings."""


def nothing_personal_in_clear(world: World) -> Iterator[Violation]:
    """The whole law. A word that is found is named by its place in the list, never repeated."""
    flock: dict[bytes, dict[bytes, int]] = {}
    for number, word in enumerate(world.canaries):
        for form in Canary("", word).disguises():
            flock.setdefault(form[:STEM], {})[form] = number
    for where, what, content in _places(world):
        singing = sorted({number for stem, forms in flock.items() for number in _heard(content, stem, forms)})
        if singing:
            yield Violation(LAW, where, f"canary {singing} lies in clear in {what}")


def _heard(content: bytes, stem: bytes, forms: dict[bytes, int]) -> Iterator[int]:
    """Numbers of the words of which a form with this beginning stands in the content."""
    lengths = {len(form) for form in forms}
    at = content.find(stem)
    while at >= 0:
        for length in lengths:
            number = forms.get(content[at : at + length])
            if number is not None:
                yield number
        at = content.find(stem, at + 1)


def _places(world: World) -> Iterator[tuple[str, str, bytes]]:
    for name, content in world.files.items():
        yield name, "a log", content
    for said in world.said:
        if said.status >= 400:
            what = f"the error that answered {said.key or said.path} with {said.status}"
            yield said.case or said.key, what, json.dumps(said.answer, ensure_ascii=False).encode()
    for case in world.cases.values():
        yield case.case, "the workflow's id", case.case.encode()
        yield case.case, "memo, search attributes or description", case.attributes
        yield (
            case.case,
            "the history",
            b"\n".join(event.SerializeToString() for run in case.runs for event in run.events),
        )
