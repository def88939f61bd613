"""A case as its raw history has it: activations with what came in, timers, children."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.casework import Rulebook
from domain.complaint.book import BOOK as COMPLAINT
from domain.dock.book import BOOK as PARCEL
from domain.goods_return.book import BOOK as RETURN
from domain.payment.book import BOOK as PAYMENT
from domain.steps import Step
from workflows.answers import Begin, StepAnswer
from workflows.ports import (
    LedgerAnswer,
    LetterOutcome,
    ReserveAnswer,
    UnitsToCount,
)

BOOKS: dict[str, Rulebook[Any]] = {"Complaint": COMPLAINT, "Return": RETURN, "Payment": PAYMENT, "Parcel": PARCEL}


@dataclass(frozen=True)
class Took:
    """An accepted update. `answer` is None when it was never completed, or failed."""

    key: str
    step_name: str
    step: Step
    answer: StepAnswer | None
    run: int
    event: int


@dataclass(frozen=True)
class Heard:
    """A signal from another case or the courier: its own id, and what it says."""

    news: str
    step: Step


@dataclass(frozen=True)
class LetterDone:
    """The letter activity ended; `outcome` None: it was given up."""

    number: int
    outcome: LetterOutcome | None
    round: int = 1


@dataclass(frozen=True)
class Reserved:
    """The ledger answered a reservation."""

    answer: ReserveAnswer


@dataclass(frozen=True)
class Booked:
    """The ledger booked or released the slip."""


@dataclass(frozen=True)
class Lowered:
    """The ledger holds a smaller sum for the slip."""


@dataclass(frozen=True)
class CostAnswered:
    """The ledger answered a complaint: about the coupon of that part, or the platform's payment of that reference."""

    about: int | str
    answer: LedgerAnswer


@dataclass(frozen=True)
class UnitsAnswered:
    """The register of returned goods answered a complaint; `held`: whether it was asked, or else told."""

    units: UnitsToCount
    held: bool
    answer: LedgerAnswer


@dataclass(frozen=True)
class Fired:
    """A timer fired."""

    timer: str


Inbound = Took | Heard | LetterDone | Reserved | Booked | Lowered | CostAnswered | UnitsAnswered | Fired


@dataclass(frozen=True)
class Activation:
    """One completed workflow task: the instant that the workflow took for now (UTC), and what came in, in its order."""

    run: int
    at: datetime
    inbound: tuple[Inbound, ...]


@dataclass
class Timer:
    """One timer: `due` UTC, `end` fired, canceled, dropped with its run, or "" while it runs."""

    run: int
    name: str
    summary: str
    armed_at: datetime
    due: datetime
    end: str = ""
    ended_at: datetime | None = None


@dataclass
class CaseHistory:
    """All runs of one case, first to last."""

    case: str
    kind: str
    begin: Begin[Any, Any]
    activations: list[Activation] = field(default_factory=list[Activation])
    timers: list[Timer] = field(default_factory=list[Timer])
    children: list[str] = field(default_factory=list[str])
    letters_ordered: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Number and round of each message given to the letter activity."""
    over: bool = False
    unreadable: list[str] = field(default_factory=list[str])
    """What could not be decoded, without its content."""

    @property
    def taken(self) -> list[Took]:
        """Every accepted update, in order."""
        return [each for activation in self.activations for each in activation.inbound if isinstance(each, Took)]

    @property
    def book(self) -> Rulebook[Any]:
        """The rules of its kind."""
        return BOOKS[self.kind]
