"""Requests to other desks as values: asked with an analysis, answered in rounds, passed on, named, traced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.complaint.problems import Extent, Urgency
from domain.people import Actor, Role, Unit


class OtherDesk(StrEnum):
    """Desks that can be asked. The call-back desk is none of them: it stays free of the case [D][E][S]."""

    DEPARTMENT = "department"
    QUALITY = "quality"
    LOGISTICS = "logistics"
    LABEL_DESK = "label_desk"
    WAREHOUSE = "warehouse"
    PRE_SALES = "pre_sales"
    SALESPERSON = "salesperson"
    FINANCE = "finance"

    @property
    def role(self) -> Role:
        """The role that works at this desk."""
        return Role(self.value)


class RequestKind(StrEnum):
    """What a desk is asked for."""

    ANALYSIS = "analysis"
    """What happened, and why [F]."""
    TRACE = "trace"
    """Where a parcel is, asked of the courier by the logistics desk [F][D]."""
    OTHER = "other"
    """Anything else that only this desk can do or tell."""


class TraceResult(StrEnum):
    """What the courier says of a parcel."""

    FOUND = "found"
    MOVING = "moving"
    WRONG_RECIPIENT = "wrong_recipient"
    LOST = "lost"
    DAMAGED = "damaged"


class Verdict(StrEnum):
    """What a department found at the root of it [F]; the desk's own word, never told in words of blame."""

    SYSTEM_FAULT = "system_fault"
    USER_ERROR = "user_error"
    NO_FAULT_FOUND = "no_fault_found"


class RequestState(StrEnum):
    """How far a request has got."""

    OPEN = "open"
    RECEIVED = "received"
    BOUNCED = "bounced"
    """Passed on so often that the supervisor names who answers [D][E]; until then it is on nobody's list."""
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    UNANSWERED = "unanswered"
    """The case was filed without it."""


@dataclass(frozen=True)
class Analysis:
    """The initial analysis without which no desk is asked: facts, the four answers, suspected cause [F].

    The four answers: the customer's actual loss, one customer or many, urgency, whether it can be mended simply.
    """

    facts: str
    loss: str
    extent: Extent
    urgency: Urgency
    mendable: bool
    suspected_cause: str


@dataclass(frozen=True)
class Answer:
    """What a desk found in one round; `sent_back` is why it did not suffice, empty while it does.

    `overdue`: it came after its deadline; `afterwards`: the case had gone on without it.
    """

    findings: str
    unit: Unit | None
    at: datetime
    by: Actor
    traced: TraceResult | None = None
    verdict: Verdict | None = None
    overdue: bool = False
    afterwards: bool = False
    sent_back: str = ""


@dataclass(frozen=True)
class Passing:
    """A desk said that the matter is not its own, and whose it is."""

    from_desk: OtherDesk
    from_unit: Unit | None
    to_desk: OtherDesk
    to_unit: Unit | None
    reason: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class Naming:
    """The supervisor named the desk that answers; nobody passes the request on after that [D][E]."""

    named_desk: OtherDesk
    named_unit: Unit | None
    reason: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class Request:
    """One request, in writing, with person and date, closed by the receiver's answer [S].

    `desk` and `unit` have it now; `since` is when the present round began; `held_by` received it; `hands` are the ids
    of all who received it, answered it or passed it on. `needed`: the case waits for the answer.
    """

    number: int
    desk: OtherDesk
    unit: Unit | None
    request_kind: RequestKind
    asked: str
    analysis: Analysis
    needed: bool
    asked_by: Actor
    asked_at: datetime
    since: datetime
    tracking: str = ""
    state: RequestState = RequestState.OPEN
    held_by: Actor | None = None
    hands: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    passings: tuple[Passing, ...] = ()
    naming: Naming | None = None
    reminders: int = 0
    """How often the desk was asked again, by the clock or by a person."""
    withdrawn_because: str = ""
    turned_up: str = ""
    """Where and how a parcel that was given up turned up after all."""

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self.state in {RequestState.OPEN, RequestState.RECEIVED, RequestState.BOUNCED}

    @property
    def asked_first(self) -> Unit | None:
        """The unit that was asked before anybody passed the request on."""
        return self.passings[0].from_unit if self.passings else self.unit

    @property
    def where(self) -> str:
        """The desk in a word: a department by its unit."""
        return self.unit.value if self.unit is not None else self.desk.value
