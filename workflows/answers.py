"""What a case answers, and what it carries into its next run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.view import CaseView, StepOffer

OpeningT = TypeVar("OpeningT")
CaseT = TypeVar("CaseT")


@dataclass(frozen=True)
class StepAnswer:
    """The answer to a step that was taken: the case as it then stood, what the asker may do next, what was recorded.

    `fingerprint` is that of the request which was carried out: an asker who sent another body under the same key
    sees that it differs.
    """

    view: CaseView
    offers: tuple[StepOffer, ...]
    recorded: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True)
class Look:
    """The case as it stands, and the steps for the person who looks."""

    view: CaseView
    offers: tuple[StepOffer, ...]


@dataclass(frozen=True)
class Answered:
    """A step answered in an earlier run, under its update id, so that a late repeat gets the same answer."""

    update: str
    answer: StepAnswer


@dataclass(frozen=True)
class Taken:
    """A step taken in an earlier run, too long ago for its whole answer: enough to know a repeat."""

    update: str
    recorded: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True)
class Carried(Generic[CaseT]):
    """What a run hands to the next one when its history grows long; a run that opened the case gets none."""

    case: CaseT
    version: int
    answered: tuple[Answered, ...] = ()
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Begin(Generic[OpeningT, CaseT]):
    """The one argument that starts a case's workflow: what opens it, and what an earlier run carries over."""

    opening: OpeningT
    carried: Carried[CaseT] | None = None


ANSWERS_CARRIED = 20
"""How many whole answers a run hands to the next one, for askers who repeat a step late. Each holds a whole view, and
what is handed on has to stay far below Temporal's 2 MB for one payload."""

TAKEN_CARRIED = 4000
"""How many older steps are known again: more than a case has, at some 100 bytes each."""


class AnswersGiven:
    """What a case has answered to whom, so that a step repeated under its id is never taken twice, in whatever run."""

    def __init__(self, carried: Carried[Any] | None) -> None:
        self._taken = {} if carried is None else {each.update: each for each in carried.taken}
        self._whole = {} if carried is None else {each.update: each.answer for each in carried.answered}

    def knows(self, update: str) -> bool:
        """Whether a step was taken under this id."""
        return update in self._whole or update in self._taken

    def again(self, update: str, now: Callable[[], Look]) -> StepAnswer | None:
        """The answer that was given under this id, or None.

        For a step of long ago the case is shown as it stands now, by `now`; what was recorded then stands beside it.
        """
        if update in self._whole:
            return self._whole[update]
        if update not in self._taken:
            return None
        look, taken = now(), self._taken[update]
        return StepAnswer(look.view, look.offers, taken.recorded, taken.fingerprint)

    def note(self, update: str, answer: StepAnswer) -> None:
        """Remember an answer."""
        self._whole[update] = answer

    def carry(self) -> tuple[tuple[Answered, ...], tuple[Taken, ...]]:
        """What the next run is handed: the latest answers whole, of those before them enough to know them again."""
        whole = list(self._whole.items())
        older = (Taken(update, answer.recorded, answer.fingerprint) for update, answer in whole[:-ANSWERS_CARRIED])
        taken = [*self._taken.values(), *older][-TAKEN_CARRIED:]
        return tuple(Answered(update, answer) for update, answer in whole[-ANSWERS_CARRIED:]), tuple(taken)
