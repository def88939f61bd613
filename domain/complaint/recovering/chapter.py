"""Recovering, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.recovering import events as e
from domain.complaint.recovering import questions as recover
from domain.complaint.recovering import rules
from domain.complaint.recovering import steps as s
from domain.complaint.state import Complaint
from domain.plain import plain
from domain.view import Task


def _recovered(case: Complaint, event: e.RecoverySettled | e.RecoveryWrittenOff) -> Complaint:
    return replace(case, recovered=(*case.recovered, event.part))


def _items(case: Complaint) -> Iterator[Task]:
    for item in recover.open_items(case):
        reason = f"{item.party.value} owes {item.rest} for this case"
        yield Task(f"recover-{item.party.value}", item.desk, s.SettleRecovery.slug(), None, reason)


def _shown(case: Complaint) -> dict[str, object]:
    shown: dict[str, object] = {"owed": plain(recover.items(case)), "recovered": plain(case.recovered)}
    return {name: value for name, value in shown.items() if value}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.SettleRecovery, rules.may_settle, rules.settle),
    StepRule(s.WriteOffRecovery, rules.may_write_off, rules.write_off),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={e.RecoverySettled: _recovered, e.RecoveryWrittenOff: _recovered},
    tasks=_items,
    outliving=_items,
    shown=_shown,
)
