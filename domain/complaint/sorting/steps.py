"""Steps of sorting a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.problems import FaultKind, Problem
from domain.complaint.roles import AGENTS, DESK_HEADS
from domain.limits import Length, Reason, Says
from domain.people import Role
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class Reclassify(Step):
    """The class may change later; both and the corrector stay visible, and clocks do not restart [F]."""

    roles = AGENTS
    source = "F"
    summary = "Put the complaint into another class, with the reason; what was done stays."

    problem: Problem
    fault_kind: Annotated[FaultKind | None, Says("The leaf of the tree, where the problem has kinds.")] = None
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class NameConcerned(Step):
    """Whom the complaint is about: that person does not judge it [O]."""

    roles = AGENTS
    source = "T,O"
    summary = "Name the member of staff whom the complaint is about."

    person: Annotated[str, Length(1, 64), Says("The person's id (from /v1/people).")]


@dataclass(frozen=True, kw_only=True)
class AddRemark(Step):
    """A remark of the desk: content, date, name; it never leaves the desk [S][T]."""

    roles = (*AGENTS, Role.PRE_SALES, Role.CALL_BACK, Role.WAREHOUSE, Role.LABEL_DESK, Role.LOGISTICS, Role.FINANCE)
    source = "S,T"
    summary = "Add a remark for the desk; the customer never sees it."

    words: Annotated[str, Length(1, 1000), Says("What the desk should know; no customer's name.", "exchange asked for")]


@dataclass(frozen=True, kw_only=True)
class PassToPlatform(Step):
    """The platform decides; the case ends here with its reference [T]."""

    roles = DESK_HEADS
    source = "T,O"
    summary = "Pass the case to the platform, with the reason and its reference there."

    reason: Reason
    reference: Annotated[str, Length(1, 64), Says("The platform's own number.", "TM-778812")]
