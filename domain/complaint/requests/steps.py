"""Steps around requests to other desks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.problems import Extent, Urgency
from domain.complaint.requests.state import OtherDesk, RequestKind, TraceResult, Verdict
from domain.complaint.roles import AGENTS, DESK_HEADS
from domain.limits import Length, Reason, Says
from domain.people import Role, Unit
from domain.steps import Step

RECEIVERS = tuple(desk.role for desk in OtherDesk)

Number = Annotated[int, Says("Number of the request, as in the task request-N.", 1)]
OfDepartment = Annotated[Unit | None, Says("For a department: which unit; for another desk none.", "technical")]


@dataclass(frozen=True, kw_only=True)
class AskDesk(Step):
    """A desk is asked only with the initial analysis: facts, the four answers, suspected cause [F]; in writing [S]."""

    roles = AGENTS
    source = "F,D,S"
    summary = "Ask another desk, with the initial analysis; several may be asked at once."

    desk: OtherDesk
    unit: OfDepartment = None
    kind: RequestKind
    asked: Annotated[str, Length(3, 1000), Says("What it is to find out or do; no names.", "why it will not start")]
    facts: Annotated[str, Length(3, 2000), Says("What is known, verified; no names.", "bought in March, new battery")]
    loss: Annotated[str, Length(1, 400), Says("The customer's actual loss.", "two days without the machine")]
    extent: Extent
    urgency: Urgency
    mendable: Annotated[bool, Says("Whether it can be mended simply.", True)]
    suspected_cause: Annotated[str, Length(3, 1000), Says("What you suspect.", "the new firmware")]
    needed: Annotated[bool, Says("Whether the case waits for the answer.", True)] = True
    tracking: Annotated[str | None, Length(4, 64), Says("The parcel to trace; the order's own if left out.")] = None


@dataclass(frozen=True, kw_only=True)
class ReceiveRequest(Step):
    """A person of the asked desk takes it on; a colleague may take it over [S]."""

    roles = RECEIVERS
    source = "S"
    summary = "Receive a request to your desk, or take it over from a colleague."

    number: Number
    from_unit: Annotated[Unit | None, Says("hidden")] = None
    """The unit of whoever takes the step; the API's edge knows it."""


@dataclass(frozen=True, kw_only=True)
class AnswerRequest(Step):
    """Only the receiver's answer closes a request [S]; it is taken, and marked, also when it comes late."""

    roles = RECEIVERS
    source = "S,F"
    summary = "Answer a request with what you found; a late answer is kept and shown as late."

    number: Number
    findings: Annotated[str, Length(3, 2000), Says("What was found; no names.", "the fuse was blown")]
    result: Annotated[TraceResult | None, Says("Of a trace: what the courier says.")] = None
    verdict: Annotated[Verdict | None, Says("Of an analysis: what lies at the root of it, where that can be said.")] = (
        None
    )
    from_unit: Annotated[Unit | None, Says("hidden")] = None


@dataclass(frozen=True, kw_only=True)
class PassOnRequest(Step):
    """Not ours, and whose it is; bounced twice, it goes to the supervisor, who names one [D][E]."""

    roles = RECEIVERS
    source = "D,E"
    summary = "Pass a request on to the desk whose matter it is, with the reason."

    number: Number
    desk: OtherDesk = OtherDesk.DEPARTMENT
    unit: OfDepartment = None
    reason: Reason
    from_unit: Annotated[Unit | None, Says("hidden")] = None


@dataclass(frozen=True, kw_only=True)
class SendBackRequest(Step):
    """Findings that do not suffice: a second round, the first stays on record [D][S]."""

    roles = AGENTS
    source = "D,S"
    summary = "Send insufficient findings back for another round, with what is still to be found out."

    number: Number
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class NameDesk(Step):
    """The supervisor names who answers; then nobody passes it on [D][E]."""

    roles = DESK_HEADS
    source = "D,E"
    summary = "Name the desk that answers a request; it stays there."

    number: Number
    desk: OtherDesk
    unit: OfDepartment = None
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class WithdrawRequest(Step):
    """Whoever asked no longer wants an answer."""

    roles = AGENTS
    source = "O"
    summary = "Withdraw a request that is not answered yet."

    number: Number
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class MarkRequest(Step):
    """The case waits for the answers that it needs, and not for others [O]."""

    roles = AGENTS
    source = "O"
    summary = "Say whether the case waits for the answer to a request."

    number: Number
    needed: Annotated[bool, Says("Whether the case waits for the answer.", False)]
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class RemindDesk(Step):
    """An unanswered desk is asked regularly [D][S]."""

    roles = AGENTS
    source = "D,S"
    summary = "Ask a desk again that has not answered; how often is shown on its list."

    number: Number


@dataclass(frozen=True, kw_only=True)
class ReportTurnedUp(Step):
    """Lost goods that turn up come back to a person: money and goods may both be with the customer [F][D]."""

    roles = (Role.LOGISTICS, *AGENTS, Role.INTEGRATION)
    source = "F,D"
    summary = "Report that a parcel which was given up has turned up; also when the case is closed."

    number: Annotated[int, Says("Number of the trace.", 1)]
    note: Annotated[str, Length(3, 1000), Says("Where and how; no names.", "handed in at the depot, unopened")]
