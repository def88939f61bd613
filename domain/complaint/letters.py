"""Which event of a complaint the customer is told of, and the plain facts of the message (domain.md, spine 1, 6, 8)."""

from __future__ import annotations

from domain.casefile import CaseFile, ClockReminded, Event
from domain.complaint import events as e
from domain.complaint.looking_into import questions as ask
from domain.complaint.state import Complaint

REMINDERS = {"evidence": "reminder_evidence", "missing_facts": "reminder_facts", "proposal_answer": "reminder_proposal"}
"""Clocks that wait for the customer, and the reminder each sends."""

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:  # noqa: PLR0911  one row an event
    """The messages that this event causes; the case is the one after the event."""
    match event:
        case e.ComplaintOpened():
            wanted = [*case.missing, *(() if ask.has_evidence(case) else ("photos",))]
            due = _due(case, "missing_facts") or _due(case, "evidence")
            said = {"missing": ", ".join(wanted), "due": due, "feedback_due": _due(case, "first_feedback")}
            return (("acknowledged", said),)
        case ClockReminded(clock=clock) if clock in REMINDERS:
            return ((REMINDERS[clock], {"due": _due(case, clock)}),)
        case e.FeedbackGiven():
            return (("feedback", _how_it_goes_on(event)),)
        case e.NoAnswerDeclared(message=message):
            until = case.reopen_until.isoformat() if case.reopen_until else ""
            return (("no_answer", {"words": message, "until": until}),)
        case e.Reopened(because=because) if because != "money_back":
            return (("reopened", {}),)
        case e.ClaimRefused(reason=reason):
            return (("refused", {"words": reason}),)
        case e.ReturnNewsTaken(result="failed", findings=findings):
            return (("inspection_failed", {"findings": findings, "due": _due(case, "after_inspection")}),)
        case e.PaymentNewsTaken(result="paid", payment_case=name, reference=reference):
            payment = next(p for p in case.payments if p.case == name)
            return (("paid", {"amount": str(payment.amount), "purpose": payment.purpose, "reference": reference}),)
        case e.CustomerDissatisfied():
            return (("taken_up_again", {"due": _due(case, "proposal")}),)
        case e.ComplaintClosed(outcome=outcome, reason=reason):
            return (("closed", {"outcome": outcome, "words": reason}),)
        case _:
            return ()


def _how_it_goes_on(told: e.FeedbackGiven) -> dict[str, str]:
    return {
        "process": told.process,
        "expected_by": told.expected_by,
        "next_step": told.next_step,
        "words": told.words,
    }


def _due(case: CaseFile, clock: str) -> str:
    due = case.due(clock)
    return due.isoformat() if due is not None else ""
