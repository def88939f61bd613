"""Claims on the courier, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.claiming import events as e
from domain.complaint.claiming import questions as ask
from domain.complaint.claiming import rules
from domain.complaint.claiming import steps as s
from domain.complaint.state import Complaint
from domain.money import Money
from domain.people import Role
from domain.plain import plain
from domain.view import Task


def _filed(case: Complaint, event: e.ClaimFiled) -> Complaint:
    return replace(case, claims=(*case.claims, event.claim))


def _answered(case: Complaint, event: e.ClaimAnswered) -> Complaint:
    told = {"granted": event.granted, "answer": event.answer, "answered_at": event.at, "reference": event.reference}
    return _changed(case, event.number, **told)


def _given_up(case: Complaint, event: e.ClaimGivenUp) -> Complaint:
    return _changed(case, event.number, given_up_because=event.reason)


def _changed(case: Complaint, number: int, **changes: Any) -> Complaint:
    return replace(case, claims=tuple(replace(c, **changes) if c.number == number else c for c in case.claims))


def clocks(case: Complaint) -> frozenset[str]:
    """A claim's clock runs until the courier has answered, whether the case is open or closed."""
    return frozenset(claim.clock for claim in case.claims if claim.unanswered)


def _tasks(case: Complaint) -> Iterator[Task]:
    asked = ask.granted_open(case)
    for claim in ask.open_claims(case):
        what = f"claim {claim.number} on {claim.carrier} for {claim.tracking}"
        if claim.unanswered:
            reason = f"{what}, {claim.amount}: ask the courier for its answer"
            yield Task(f"claim-{claim.number}", Role.LOGISTICS, "answer_claim", case.due(claim.clock), reason)
        elif asked:
            rest = Money(ask.rest(case, claim), claim.amount.currency)
            reason = f"{what} is granted: {rest} to come in, ask for its slip"
            yield Task(f"claim-{claim.number}", Role.LOGISTICS, "ask_repayment", None, reason)


def _late_steps(case: Complaint) -> frozenset[str]:
    """A claim outlives the customer's case."""
    late: dict[Any, bool] = {
        s.FileClaim: ask.may_be_claimed(case),
        s.AnswerClaim: bool(ask.open_claims(case)),
        s.GiveUpClaim: bool(ask.open_claims(case)),
    }
    return frozenset(step.slug() for step, comes in late.items() if comes)


def _shown(case: Complaint) -> dict[str, object]:
    return {"claims": [_claim(case, claim) for claim in case.claims]} if case.claims else {}


def _claim(case: Complaint, claim: Any) -> dict[str, object]:
    rest = Money(ask.rest(case, claim), claim.amount.currency)
    told = {name: value for name, value in plain(claim).items() if value not in (None, "")}
    return {**told, "open": ask.is_open(case, claim), "rest": plain(rest)}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.FileClaim, rules.may_file, rules.file_claim),
    StepRule(s.AnswerClaim, rules.may_answer, rules.answer),
    StepRule(s.GiveUpClaim, rules.may_answer, rules.give_up),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={e.ClaimFiled: _filed, e.ClaimAnswered: _answered, e.ClaimGivenUp: _given_up},
    clocks=clocks,
    tasks=_tasks,
    outliving=_tasks,
    late_steps=_late_steps,
    shown=_shown,
)
"""What happens to claims on the courier."""
