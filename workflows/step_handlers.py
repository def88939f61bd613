"""Gives a workflow one named, typed Update for each step of its rulebook, so that the catalogue is written once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from temporalio import workflow

from domain.casework import Rulebook
from domain.steps import Step
from workflows.answers import StepAnswer
from workflows.desk_case import DeskCase

W = TypeVar("W", bound=type[DeskCase[Any]])


def answers_steps(book: Rulebook[Any]) -> Callable[[W], W]:
    """Class decorator, below `@workflow.defn`: an Update `accept_proposal` for the step `AcceptProposal`, and so on.

    The validator refuses with nothing written; the handler records. Machines' messages are signals, written by hand.
    """

    def decorate(cls: W) -> W:
        cls.book = book
        for name, rule in book.rules.items():
            if not rule.step.by_machine:
                setattr(cls, name, _update(name, rule.step))
        return cls

    return decorate


def _update(name: str, step_type: type[Step]) -> Any:
    def handle(self: DeskCase[Any], step: Step) -> StepAnswer:
        return self.take(step)

    def check(self: DeskCase[Any], step: Step) -> None:
        self.check(step)

    for function in (handle, check):
        function.__name__ = name
        function.__qualname__ = name
        function.__annotations__["step"] = step_type
        del function.__annotations__["self"]  # the SDK takes an annotated self for an argument
    handle.__annotations__["return"] = StepAnswer
    update: Any = workflow.update(name=name, description=step_type.summary)(handle)
    update.validator(check)
    return update
