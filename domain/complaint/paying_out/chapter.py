"""The way on which money goes out, bound together as a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.paying_out import events as e
from domain.complaint.paying_out import rules
from domain.complaint.paying_out import steps as s
from domain.complaint.paying_out.letters import letters_for
from domain.complaint.state import Complaint
from domain.plain import plain


def _agreed(case: Complaint, event: e.MeansAgreed) -> Complaint:
    return replace(case, agreed_means=(*case.agreed_means, event.part))


def _shown(case: Complaint) -> dict[str, object]:
    return {"agreed_means": plain(case.agreed_means)} if case.agreed_means else {}


_RULES: tuple[StepRule[Any], ...] = (StepRule(s.AgreeMeans, always, rules.agree),)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={e.MeansAgreed: _agreed},
    letters=letters_for,
    shown=_shown,
)
