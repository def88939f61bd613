"""I8: no personal word lies in clear in logs, errors, histories, memos, search attributes or workflow ids."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.faults.judge.evidence import Violation
from tests.faults.judge.world import World
from tests.privacy.canaries import Canary

LAW = "I8"


def nothing_personal_in_clear(world: World) -> Iterator[Violation]:
    """The whole law. A word that is found is named by its place in the list, never repeated."""
    disguises = [(number, Canary("", word).disguises()) for number, word in enumerate(world.canaries)]
    for where, what, content in _places(world):
        singing = [number for number, forms in disguises if any(form in content for form in forms)]
        if singing:
            yield Violation(LAW, where, f"canary {singing} lies in clear in {what}")


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
