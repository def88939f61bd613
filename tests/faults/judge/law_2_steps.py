"""I2: every accepted step is in the case's history once, as answered, in an order that the pure rules allow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from domain.casework import view
from domain.view import CaseView
from tests.faults.client_log import Said
from tests.faults.judge.case_history import CaseHistory, Took
from tests.faults.judge.evidence import Violation
from tests.faults.judge.law_1_openings import canonical
from tests.faults.judge.world import OWN_KEYS, Case, World, fields, fine, step_of, unknown

LAW = "I2"
VIEWS: TypeAdapter[CaseView] = TypeAdapter(CaseView)
DEADLINES = ("clocks", "letters")
"""Parts of a view that the fifth law looks at."""


def every_step_stands_once(world: World) -> Iterator[Violation]:
    """The whole law."""
    keys: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for said in world.steps:
        keys[said.case, said.key].append(said)
    for (name, key), requests in keys.items():
        case = world.cases.get(name)
        if case is None or case.told is None:
            if any(fine(said) for said in requests):
                yield Violation(LAW, name, f"a step was taken under {key}, and the case has no history")
            continue
        took = [each for each in case.told.taken if each.key == key]
        yield from _as_answered(name, key, requests, took)
    registered = any(said.intent == "order" and (fine(said) or unknown(said)) for said in world.said)
    for case, told in world.told():
        yield from _asked_for(case, told, keys, registered)
        yield from by_the_rules(case, told)


def _as_answered(name: str, key: str, requests: list[Said], took: list[Took]) -> Iterator[Violation]:
    yes = [said for said in requests if fine(said)]
    what = f"{step_of((yes or requests)[0])} under {key}"
    if yes and not took:
        yield Violation(LAW, name, f"{what} was answered with a yes and is not in the history")
        return
    if took and not yes and not any(unknown(said) for said in requests):
        said = ", ".join(sorted({str(each.status) for each in requests}))
        yield Violation(LAW, name, f"{what} was refused ({said}) and stands in the history")
    if len({canonical(said.body) for said in yes}) > 1:
        yield Violation(LAW, name, f"{what} was answered with a yes for different bodies")
    if len({canonical(said.answer) for said in yes}) > 1:
        yield Violation(LAW, name, f"{what} was repeated and answered otherwise than the first time")
    for said in yes[:1]:
        yield from _agrees_with_history(name, what, said, took[0])


def _agrees_with_history(name: str, what: str, said: Said, took: Took) -> Iterator[Violation]:
    if step_of(said) != took.step_name:
        yield Violation(LAW, name, f"{what} stands in the history as {took.step_name}")
    if took.answer is None:
        yield Violation(LAW, name, f"{what} was answered with a yes, and the history has no answer")
        return
    answer = fields(said.answer)
    shown = fields(answer.get("case"))
    told = (shown.get("case"), shown.get("version"), shown.get("state"), list(answer.get("recorded") or []))
    stands = (took.answer.view.case, took.answer.view.version, took.answer.view.state, list(took.answer.recorded))
    if told != stands:
        yield Violation(LAW, name, f"{what} was answered with {told}, and the history says {stands}")


def _asked_for(
    case: Case, told: CaseHistory, keys: dict[tuple[str, str], list[Said]], registered: bool
) -> Iterator[Violation]:
    """Nothing is in the history that nobody asked for, and nothing twice.

    registered: whether anybody registered an order, by which the desk itself verifies the cases that wait for it.
    """
    for took in told.taken:
        by_order = registered and took.step_name == "verify_order" and took.key.startswith("order-")
        if (case.case, took.key) not in keys and not took.key.startswith(OWN_KEYS) and not by_order:
            yield Violation(LAW, case.case, f"{took.step_name} under {took.key} is in the history; nobody asked for it")
    for (key, run), count in Counter((took.key, took.run) for took in told.taken).items():
        if count > 1:
            yield Violation(LAW, case.case, f"{key} was accepted {count} times in run {run + 1}")


def by_the_rules(case: Case, told: CaseHistory) -> Iterator[Violation]:
    """The history once more by the pure rules: no accepted step is refused, and the case ends as it says it stands."""
    for what in [*case.faults, *told.unreadable]:
        yield Violation(LAW, case.case, f"the history cannot be followed: {what}")
    retold = case.retold
    if retold is None:
        return
    for took, code in retold.refused:
        yield Violation(LAW, case.case, f"{took.step_name} under {took.key} stands there; the rules refuse it: {code}")
    first = {took.key: took for took in reversed(told.taken)}
    for took in retold.repeats:
        if took.answer != first[took.key].answer:
            yield Violation(LAW, case.case, f"{took.key} was taken anew in a later run, with another answer")
    for took in told.taken:
        yield from _answer_by_the_rules(case, took)
    if retold.started != told.children:
        yield Violation(LAW, case.case, f"starts {told.children}, by the rules {retold.started}")
    for field, stands, rules in differing(case, told):
        if field not in DEADLINES and not retold.refused:
            yield Violation(LAW, case.case, f"{field} stands as {stands}, by the rules {rules}")


def _answer_by_the_rules(case: Case, took: Took) -> Iterator[Violation]:
    if case.retold is None or took.answer is None or (took.key, took.run) not in case.retold.recorded:
        return
    rules = case.retold.recorded[took.key, took.run]
    if tuple(took.answer.recorded[: len(rules)]) != rules:
        yield Violation(
            LAW, case.case, f"{took.step_name} under {took.key} recorded {took.answer.recorded}, by the rules {rules}"
        )


def differing(case: Case, told: CaseHistory) -> Iterator[tuple[str, str, str]]:
    """Where the case as it says it stands differs from the case by the rules: field, both sides shortened."""
    if case.view is None or case.retold is None:
        return
    stands = flat(case.view)
    rules = flat(view(told.book, case.retold.case, case.view.version))
    for field in sorted(stands.keys() | rules.keys()):
        if stands.get(field) != rules.get(field):
            yield field, canonical(stands.get(field))[:300], canonical(rules.get(field))[:300]


def flat(shown: CaseView) -> dict[str, Any]:
    """A view as plain JSON with the story's facts beside the others; the same whatever order its keys have."""
    plain: dict[str, Any] = VIEWS.dump_python(shown, mode="json")
    return {**plain, **fields(plain.pop("story"))}
