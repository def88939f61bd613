"""What the looking-into still lacks, and what it says about the evidence that a remedy needs."""

from __future__ import annotations

from domain.complaint.looking_into.state import CheckMade, Explanation, Finding, OutsidePromise
from domain.complaint.problems import PROBLEMS, Check, PhotoRule, RemedyKind
from domain.complaint.state import Complaint
from domain.money import Money

INSPECTION_DECIDES = frozenset({RemedyKind.RETURN_AND_REFUND, RemedyKind.EXCHANGE, RemedyKind.REPAIR})
"""Remedies that bring the goods to the warehouse first: open without a photo where the kind is excepted [S]."""


def checks_due(case: Complaint) -> tuple[Check, ...]:
    """The checks that this problem asks for, in their order; goods refused at the door add the courier's note [T]."""
    row = PROBLEMS[case.problem]
    refused = row.photo is PhotoRule.IF_SIGNED_FOR and case.signed_for is False
    return (*row.checks, Check.COURIERS_NOTE) if refused else row.checks


def made(case: Complaint, check: Check) -> CheckMade | None:
    """The last finding of a check; one made under another class counts too, so that nothing is done twice."""
    return next((each for each in reversed(case.checks) if each.check is check), None)


def our_fault(case: Complaint) -> bool:
    """Whether a check found the fault on our side [T]."""
    return any((found := made(case, check)) and found.finding is Finding.OUR_FAULT for check in checks_due(case))


def checks_missing(case: Complaint) -> tuple[Check, ...]:
    """The checks still to be made, in their order; none are owed once the fault is found on our side [T]."""
    return () if our_fault(case) else tuple(check for check in checks_due(case) if made(case, check) is None)


def all_in_order(case: Complaint) -> bool:
    """Whether every check was made and found everything on our side correct [T]."""
    found = [made(case, check) for check in checks_due(case)]
    return all(each is not None and each.finding is Finding.IN_ORDER for each in found)


def needs_photo(case: Complaint) -> bool:
    """Whether the problem's remedy waits for a photo, as far as is known yet [T][S][F]."""
    if case.problem.value not in case.pinned.policy.evidence_required.value or case.exempt is not None:
        return False
    rule = PROBLEMS[case.problem].photo
    if rule is PhotoRule.UNLESS_OUR_FAULT:
        return all_in_order(case)
    if rule is PhotoRule.IF_SIGNED_FOR:
        return case.signed_for is not False
    return rule is PhotoRule.ALWAYS


def has_evidence(case: Complaint) -> bool:
    """Whether the evidence gate is open."""
    return case.evidence_at is not None or not needs_photo(case)


def promise_for(case: Complaint, kind: RemedyKind, refund: Money | None) -> OutsidePromise | None:
    """The promise made outside that covers such a remedy: then it is kept, evidence or not [S][O]."""
    for promise in case.outside_promises:
        covers = promise.refund is None or (refund is not None and not refund > promise.refund)
        if promise.kind is kind and (refund is None or (promise.refund is not None and covers)):
            return promise
    return None


def explanation(case: Complaint) -> Explanation | None:
    """The last explanation of this round."""
    last = case.explanations[-1] if case.explanations else None
    return last if last is not None and last.round == case.round else None


def explained_in_vain(case: Complaint) -> bool:
    """Whether an explanation was given and did not help; an earlier round's counts [T]."""
    return any(each.helped is False for each in case.explanations)


def helped(case: Complaint) -> bool:
    """Whether the last explanation of this round settled the matter, by the customer's own word [T][F]."""
    last = explanation(case)
    return last is not None and last.helped is True
