"""What a case answers, and what it carries into its next run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

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
class Carried(Generic[CaseT]):
    """What a run hands to the next one when its history grows long; a run that opened the case gets none."""

    case: CaseT
    version: int
    answered: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class Begin(Generic[OpeningT, CaseT]):
    """The one argument that starts a case's workflow: what opens it, and what an earlier run carries over."""

    opening: OpeningT
    carried: Carried[CaseT] | None = None
