"""Everything gathered, as plain values: the laws are functions of it, and are tested without servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from temporalio.client import WorkflowHistory

from domain.view import CaseView
from tests.faults.client_log import Said, Signature
from tests.faults.judge.case_history import CaseHistory
from tests.faults.judge.retelling import Retold

OWN_KEYS = "judge/"
"""What the judge's own steps are called, so that a second judging knows them."""

Row = dict[str, Any]


@dataclass
class Case:
    """One case with all that is known of it. What could not be had is None; `faults` says why.

    `view` is the case's own answer to the question how it stands, `failing` why its workflow task fails if it does.
    """

    case: str
    runs: Sequence[WorkflowHistory] = ()
    told: CaseHistory | None = None
    retold: Retold | None = None
    view: CaseView | None = None
    failing: str = ""
    faults: list[str] = field(default_factory=list[str])
    attributes: bytes = b""
    """Memo and search attributes, as they lie on the server."""

    @property
    def is_open(self) -> bool:
        """Whether its workflow runs."""
        return self.told is not None and not self.told.over


@dataclass
class World:
    """What clients saw, what finance signed, what the histories, the ledger and the read model hold."""

    judged_at: datetime
    said: list[Said] = field(default_factory=list[Said])
    signed: list[Signature] = field(default_factory=list[Signature])
    noted: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    cases: dict[str, Case] = field(default_factory=dict[str, Case])
    openings: list[Row] = field(default_factory=list[Row])
    ledger: list[Row] = field(default_factory=list[Row])
    counters: list[Row] = field(default_factory=list[Row])
    costs: list[Row] = field(default_factory=list[Row])
    lines: list[Row] = field(default_factory=list[Row])
    rows: list[Row] = field(default_factory=list[Row])
    tasks: list[Row] = field(default_factory=list[Row])
    tracking: list[Row] = field(default_factory=list[Row])
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    canaries: tuple[str, ...] = ()

    def told(self, kind: str = "") -> Iterator[tuple[Case, CaseHistory]]:
        """Every case whose history could be read, of one kind if named."""
        for case in self.cases.values():
            if case.told is not None and kind in {"", case.told.kind}:
                yield case, case.told

    @property
    def opens(self) -> list[Said]:
        """Requests to open a case."""
        return [each for each in self.said if each.intent == "open"]

    @property
    def steps(self) -> list[Said]:
        """Requests for a step, photos included."""
        return [each for each in self.said if each.intent in {"step", "evidence"}]


def fields(value: object) -> dict[str, Any]:
    """A JSON object's fields; none of anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def fine(said: Said) -> bool:
    """Whether the answer was yes."""
    return 200 <= said.status < 300


def unknown(said: Said) -> bool:
    """Whether the answer leaves open what happened: none, the desk's own fault, or "later"."""
    return said.status in {0, 429} or said.status >= 500


def case_of(said: Said) -> str:
    """The case that an answer names."""
    return str(fields(fields(said.answer).get("case")).get("case", ""))


def step_of(said: Said) -> str:
    """The step's name, as the history has it."""
    return said.step or ("add_evidence" if said.intent == "evidence" else said.path.rsplit("/", 1)[-1])
