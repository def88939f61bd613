"""What a complaint waits for, and whose desk that is on."""

from __future__ import annotations

from collections.abc import Iterator

from domain.complaint import first_reply, freight
from domain.complaint import situation as at
from domain.complaint.fulfilling.questions import failed_parts, open_parts
from domain.complaint.fulfilling.state import Fulfilment
from domain.complaint.on_platform import questions as platform
from domain.complaint.recall import questions as recalls
from domain.complaint.state import Complaint, ProposalState
from domain.people import Role
from domain.view import Task

WAITING_FOR_CUSTOMER = (
    ("missing_facts", "supply_facts", "the customer has to supply what is missing"),
    ("evidence", "add_evidence", "the customer has to send photos of the fault"),
    ("proposal_answer", "accept_proposal", "the customer has to answer the proposal"),
)


def tasks(case: Complaint) -> tuple[Task, ...]:
    """The open tasks, most telling first; a case that waits for its return or its slips has theirs instead."""
    return (*_customer_tasks(case), *_agent_tasks(case), *_call_back_tasks(case))


def _customer_tasks(case: Complaint) -> Iterator[Task]:
    for clock, step, reason in WAITING_FOR_CUSTOMER:
        running = case.running(clock)
        if running is None:
            continue
        if running.breached_at is None:
            yield Task(clock, Role.CUSTOMER, step, running.due_at, reason)
        elif not at.called_for(case, running):
            yield Task(clock, Role.AGENT, "record_call", running.due_at, f"call the customer: {reason}")
        elif at.called_in_vain(case) and platform.keeps_open(case) is not None:
            continue  # money is out: that is settled first, and is a task of its own
        elif at.called_in_vain(case) and open_parts(case):
            continue  # what lies with a desk is brought to its end before anybody files the case
        elif at.called_in_vain(case) and at.goods_here(case):
            yield Task(clock, Role.SUPERVISOR, "close_case", running.due_at, "called in vain, and the goods are here")
        elif at.called_in_vain(case):
            yield Task(clock, Role.AGENT, "declare_no_answer", running.due_at, f"called in vain: {reason}")


def _agent_tasks(case: Complaint) -> Iterator[Task]:
    if not case.verified and case.order is not None and case.line is not None:
        yield Task("verify", Role.AGENT, "verify_order", case.due("verification"), "the order is not registered")
    if first_reply.owed(case):
        yield Task("greet", Role.AGENT, "greet", case.due("first_reply"), "the customer waits on the chat")
    if case.feedback_at is None:
        yield Task("feedback", Role.AGENT, "give_feedback", case.due("first_feedback"), "first feedback is owed")
    if at.to_judge(case):
        yield Task("judge", Role.AGENT, "judge", case.due("judgement"), "facts and evidence are in")
    for slip in () if recalls.ground_lost(case) else at.failed_slips(case):
        reason = f"slip {slip.case} came to nothing ({slip.result}): {slip.note}"
        yield Task(f"slip-{slip.case}", Role.AGENT, "request_slip", None, reason, needs_a_person=True)
    if at.inspection_failed(case) and not at.proposal_pending(case):
        reason = "the inspection failed: settle it with the customer"
        yield Task("settle", Role.AGENT, "propose_remedy", case.due("after_inspection"), reason)
    elif at.to_propose(case):
        yield _proposing(case)
    if freight.without_receipt(case):
        # It holds up neither the refund nor the outcome: freight is paid by its receipt or not at all.
        last = at.return_of(case)
        desk = Role.CUSTOMER if last is None or last.result is None else Role.AGENT
        yield Task("receipt", desk, "report_shipment", None, "the receipt for the freight is missing")


def _proposing(case: Complaint) -> Task:
    due = case.due("proposal")
    if case.judgement is not None and not case.judgement.fault_confirmed and case.proposal is None:
        return Task("decide", Role.AGENT, "refuse_claim", due, "the fault is not confirmed")
    return Task("propose", Role.AGENT, "propose_remedy", due, _why_propose(case))


def _why_propose(case: Complaint) -> str:
    last = case.proposal
    state = last.state if last is not None else None
    failed = failed_parts(case)[-1] if at.part_failed(case) else None
    table: tuple[tuple[bool, str], ...] = (
        (state is ProposalState.COUNTERED, "the customer made a counter-proposal"),
        (state is ProposalState.DECLINED, "the customer refused the proposal"),
        (state is ProposalState.LAPSED, "the proposal was no longer good when the customer came back"),
        (state is ProposalState.REJECTED, f"not approved: {last.rejected_because if last else ''}"),
        (failed is not None, _why_failed(failed) if failed else ""),
        (at.goods_never_came(case), "the goods never came back"),
        (recalls.ground_lost(case), "the parcel has left after all, and the agreed refund has lost its ground"),
        (bool(case.dissatisfied_because), "the customer is not satisfied"),
    )
    return next((reason for holds, reason in table if holds), "a remedy is owed")


def _call_back_tasks(case: Complaint) -> Iterator[Task]:
    if not at.carried_out(case):
        return
    if at.to_call_back(case):
        nth = len(case.call_backs) + 1
        yield Task("call_back", Role.CALL_BACK, "record_call_back", case.due("call_back"), f"call-back, try {nth}")
    else:
        reason = "not reached in the agreed tries; satisfaction is not assumed"
        yield Task("not_reached", Role.SUPERVISOR, "close_case", None, reason, needs_a_person=True)


def _why_failed(part: Fulfilment) -> str:
    """The reason, and what is in stock instead."""
    instead = f"; there is instead: {', '.join(part.alternatives)}" if part.alternatives else ""
    return f"part {part.number} ({part.kind.value}) failed: {part.note}{instead}"
