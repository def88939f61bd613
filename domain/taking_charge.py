"""A return or a slip is told by its complaint how urgent the matter is now and in whose charge it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from domain.casefile import CaseFile, Event
from domain.casework import StepRule, always
from domain.charge import Charge
from domain.people import Role
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class TakeCharge(Step):
    """The complaint is more or less urgent than before, or in other hands."""

    roles = (Role.DESK,)
    by_machine = True

    charge: Charge


@dataclass(frozen=True, kw_only=True)
class ChargeTaken(Event):
    """Priority or hands changed with the complaint's."""

    charge: Charge


def _take(_case: CaseFile, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("TakeCharge", step)
    return (ChargeTaken(at=now, by=step.actor, charge=step.charge),)


def charge_rule() -> StepRule[Any]:
    """The rule of that step, for every kind of case that a complaint starts."""
    return StepRule(TakeCharge, always, _take)
