"""Where a complaint stands: pure questions about its facts, from which clocks, tasks and open steps follow."""

from __future__ import annotations

from datetime import datetime

from domain.clock import Clock
from domain.complaint import first_reply, freight
from domain.complaint.children import PaymentOf, ReturnOf
from domain.complaint.claiming import questions as claiming
from domain.complaint.dues import Due
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.lines import questions as lines
from domain.complaint.linking import questions as linking
from domain.complaint.looking_into import questions as ask
from domain.complaint.offering.questions import to_approve
from domain.complaint.on_platform import counting
from domain.complaint.on_platform import questions as platform
from domain.complaint.problems import BRINGS_GOODS, RemedyKind
from domain.complaint.recall import questions as recalls
from domain.complaint.recovering import questions as recover
from domain.complaint.requests import questions as desks
from domain.complaint.state import Complaint, Proposal, ProposalState
from domain.complaint.stopping import questions as stops
from domain.complaint.sums import questions as sums
from domain.goods_return.situation import GONE_BACK
from domain.money import Money

BACK_WITH_THE_AGENT = frozenset(
    {
        ProposalState.DECLINED,
        ProposalState.COUNTERED,
        ProposalState.REPLACED,
        ProposalState.REJECTED,
        ProposalState.LAPSED,
    }
)
CUSTOMERS_CLOCKS = ("missing_facts", "evidence", "proposal_answer")
GOODS_NEVER_CAME = ("not_sent", "lost", "called_off")


def acknowledged(case: Complaint) -> bool:
    """Whether the customer was told that the complaint arrived [D][T]."""
    return any(letter.kind == "acknowledged" and letter.reached for letter in case.letters)


def return_of(case: Complaint) -> ReturnOf | None:
    """The last return, if the complaint has one."""
    return case.returns[-1] if case.returns else None


def return_under_way(case: Complaint) -> bool:
    """Whether a return is open and not yet inspected."""
    last = return_of(case)
    return last is not None and last.result is None


def inspection_failed(case: Complaint) -> bool:
    """Whether the goods are here, failed the inspection, and nothing was agreed about them yet."""
    last = return_of(case)
    if last is None or last.result != "failed" or last.settled_as or case.refused_because:
        return False  # goods of a refused claim go back: that is settled with the refusal
    agreed = case.accepted
    settled = agreed is not None and (
        agreed.kind in {RemedyKind.PART_REFUND, RemedyKind.SEND_BACK}
        or case.allowed_despite_inspection == agreed.number
    )
    return not settled


def goods_never_came(case: Complaint) -> bool:
    """Whether the agreed return came to nothing."""
    agreed, last = case.accepted, return_of(case)
    return (
        agreed is not None
        and agreed.kind in BRINGS_GOODS
        and last is not None
        and last.proposal == agreed.number
        and last.result in GOODS_NEVER_CAME
    )


def nothing_to_send_back(case: Complaint) -> bool:
    """Whether sending back was agreed for goods that passed another inspection in the meantime."""
    agreed, last = case.accepted, return_of(case)
    return agreed is not None and agreed.kind is RemedyKind.SEND_BACK and last is not None and last.result == "passed"


def goods_here(case: Complaint) -> bool:
    """Whether this round's goods are in our hands, so that nobody files the case over them in silence."""
    last = return_of(case)
    if recalls.original_unpaid(case):
        return True
    return last is not None and last.proposal > case.round_from and last.result in {"passed", "failed"}


def about_to_pay(case: Complaint) -> bool:
    """Whether the agreed remedy pays a sum for which the slip is just being asked for."""
    return bool(sums_to_ask(case))


def live_payments(case: Complaint) -> tuple[PaymentOf, ...]:
    """Slips under way."""
    return tuple(payment for payment in case.payments if payment.result is None)


def failed_slips(case: Complaint) -> tuple[PaymentOf, ...]:
    """Slips that came to nothing and were not asked for again."""
    agreed = case.accepted
    return tuple(
        payment
        for payment in case.payments
        if payment.result in freight.CAME_TO_NOTHING
        and agreed is not None
        and payment.proposal == agreed.number
        and _stands(case, payment)
    )


def sums_due(case: Complaint) -> tuple[Due, ...]:
    """What the agreed remedy pays now, line by line: what the platform paid meanwhile is taken off [S][T]."""
    return counting.sums_left(case)


def sums_to_ask(case: Complaint) -> tuple[Due, ...]:
    """The sums due for which a slip is still to be asked for; freight that grew since its slip has a further one."""
    asked: list[Due] = []
    for due in sums_due(case):
        if due.purpose != "freight":
            asked.extend([] if slip_for(case, due.purpose, due.line) is not None else [due])
        elif (rest := freight.to_ask(case)) is not None:
            asked.append(Due("freight", rest, due.line))
    return tuple(asked)


def slip_for(case: Complaint, purpose: str, line: int) -> PaymentOf | None:
    """The slip of the agreed remedy for that purpose and line, if one was asked for and not asked for again since."""
    agreed = case.accepted
    if agreed is None:
        return None
    return next(
        (
            p
            for p in case.payments
            if (p.proposal, p.purpose, p.line) == (agreed.number, purpose, line) and _stands(case, p)
        ),
        None,
    )


def _stands(case: Complaint, slip: PaymentOf) -> bool:
    """Whether a slip was not asked for again, and not overtaken by the platform before it came to nothing."""
    return slip.result != "asked_again" and not (slip.result is not None and counting.overtaken(case, slip))


def case_sum(case: Complaint) -> Money:
    """Sum of the payments of the case and those within it, asked for, under way, paid: splitting does not help [T]."""
    currency = case.pinned.policy.currency
    known = sum(p.amount.minor for p in case.payments if p.result in {None, "paid"})
    coming = sum(due.amount.minor for due in sums_to_ask(case))
    return Money(known + coming + linking.paid_within(case), currency)


def carried_out(case: Complaint) -> bool:
    """Whether the outcome stands: refused with a reason, or the agreed remedy done in full.

    A refund that ran out on the platform keeps the case open until goods or money are back [S].
    """
    if platform.keeps_open(case) is not None:
        return False
    if case.refused_because:
        return True
    agreed = case.accepted
    if agreed is None:
        settled = ask.helped(case) or stops.changed(case)
        return settled and not inspection_failed(case) and not fulfil.open_parts(case)
    last = return_of(case)
    if agreed.kind is RemedyKind.SEND_BACK and (last is None or last.result not in GONE_BACK):
        return False
    if agreed.kind is RemedyKind.REFUND and recalls.ground_lost(case):
        return False  # the money has lost its ground: nothing is due, and nothing is done
    return fulfil.goods_in(case, agreed) and _paid(case, agreed) and fulfil.fulfilled(case, agreed)


def _paid(case: Complaint, agreed: Proposal) -> bool:
    """Whether every sum that it pays was asked for and paid."""
    asked = (p for p in case.payments if p.proposal == agreed.number and _stands(case, p))
    return not sums_to_ask(case) and all(slip.result == "paid" for slip in asked)


def to_look_into(case: Complaint) -> bool:
    """Whether the agent's next move is a check that the problem asks for [T]."""
    return not case.missing and case.judgement is None and bool(ask.checks_missing(case))


def to_judge(case: Complaint) -> bool:
    """Whether facts, evidence and the answers that the case waits for are in, and nobody has judged."""
    if desks.before_judging(case):
        return False
    if case.missing or to_look_into(case) or recalls.comes_first(case) or carried_out(case):
        return False
    return ask.has_evidence(case) and case.judgement is None


def to_propose(case: Complaint) -> bool:
    """Whether the next move is the agent's: a proposal, a better one, or another after goods that never came."""
    if case.judgement is None or case.missing or carried_out(case):
        return False
    if recalls.comes_first(case):
        return False
    if part_failed(case):
        return True
    if not ask.has_evidence(case):
        return False
    current = case.proposal
    if current is None or current.state in BACK_WITH_THE_AGENT:
        return True
    return (
        goods_never_came(case)
        or lines.refused(case)
        or (recalls.ground_lost(case) and not live_payments(case))
        or nothing_to_send_back(case)
        or (inspection_failed(case) and not proposal_pending(case))
    )


def part_failed(case: Complaint) -> bool:
    """Whether a part of the agreed remedy failed, and neither money nor goods are in the air."""
    return bool(fulfil.failed_parts(case)) and not live_payments(case) and not return_under_way(case)


def proposal_open(case: Complaint) -> bool:
    """Whether the customer has a proposal to answer."""
    return case.proposal is not None and case.proposal.state is ProposalState.OPEN


def proposal_pending(case: Complaint) -> bool:
    """Whether a proposal lies with the customer, or with whoever has to approve it first."""
    return proposal_open(case) or to_approve(case) is not None


def tries_used_up(case: Complaint) -> bool:
    """Whether the call-back desk has tried as often, on as many days, as the policy asks [O]."""
    policy = case.pinned.policy
    days = {call.day for call in case.call_backs}
    return len(case.call_backs) >= policy.call_back_tries.value and len(days) >= policy.call_back_days.value


def to_call_back(case: Complaint) -> bool:
    """Whether the promised call-back is due to be made by its desk."""
    return carried_out(case) and not tries_used_up(case)


def waits_for_customer(case: Complaint) -> tuple[Clock, ...]:
    """The running clocks that wait for the customer."""
    return tuple(clock for name in CUSTOMERS_CLOCKS if (clock := case.running(name)) is not None)


def called_for(case: Complaint, clock: Clock) -> bool:
    """Whether a person called after this deadline, in vain, and the customer was not heard since [F]."""
    if clock.breached_at is None:
        return False
    calls = case.calls[case.calls_answered :]
    return any(not call.reached and call.at >= clock.breached_at for call in calls)


def called_in_vain(case: Complaint) -> bool:
    """Whether all that the customer owes is overdue and was called for in vain [F][O]."""
    waiting = waits_for_customer(case)
    return bool(waiting) and all(called_for(case, clock) for clock in waiting)


def irreversible(case: Complaint) -> bool:
    """Whether goods are on their way, or here, or money was asked for: then nobody simply cancels."""
    sent = bool(case.returns) and bool(case.shipments)
    came = any(part.result not in {None, "not_sent", "called_off"} for part in case.returns)
    asked = any(payment.result in {None, "paid"} for payment in case.payments) or about_to_pay(case)
    held = recalls.with_the_courier(case) or case.original_received
    out = bool(platform.open_items(case))
    return sent or came or asked or held or out or fulfil.irrevocable(case)


def wanted_clocks(case: Complaint) -> frozenset[str]:
    """The clocks that the situation asks for; each is a row of the policy with its source."""
    if case.closed_at is not None:
        return frozenset()
    asked: dict[str, bool] = {
        "acknowledgement": not acknowledged(case),
        "first_reply": first_reply.owed(case),
        "first_feedback": case.feedback_at is None,
        "missing_facts": bool(case.missing),
        "verification": not case.verified and case.order is not None and case.line is not None,
        "evidence": not ask.has_evidence(case) and not carried_out(case) and case.accepted is None,
        "judgement": to_judge(case)
        or to_look_into(case)
        or desks.to_ask(case)
        or (stops.to_ask(case) and not case.missing),
        "proposal": to_propose(case) and not inspection_failed(case),
        "proposal_answer": proposal_open(case),
        "after_inspection": inspection_failed(case) and not proposal_pending(case),
        "call_back": to_call_back(case),
        "resolution": not carried_out(case),
    }
    return frozenset(name for name, wanted in asked.items() if wanted)


def state_of(case: Complaint) -> str:
    """The state in the desk's words; derived, never stored."""
    if case.closed_at is not None:
        return case.outcome or "closed"
    table: tuple[tuple[bool, str], ...] = (
        (carried_out(case), "to_call_back" if to_call_back(case) else "not_reached"),
        (bool(case.missing), "waiting_for_facts"),
        (recalls.ground_lost(case) and bool(live_payments(case)), "refund_held"),
        (recalls.comes_first(case), recalls.stage(case)),
        (to_approve(case) is not None, "proposal_to_approve"),
        (inspection_failed(case) and not proposal_open(case), "inspection_failed"),
        (proposal_open(case), "waiting_for_customer"),
        (bool(failed_slips(case)) and not recalls.ground_lost(case), "slip_failed"),
        (part_failed(case), "part_failed"),
        (bool(live_payments(case)), "paying"),
        (return_under_way(case), "returning"),
        (case.accepted is not None and not to_propose(case), "carrying_out"),
        (to_look_into(case), "to_look_into"),
        (not ask.has_evidence(case), "waiting_for_evidence"),
        (not case.verified, "not_verified"),
        (desks.to_ask(case), "to_ask"),
        (case.judgement is None and desks.before_judging(case), "waiting_for_desk"),
        (case.judgement is None, "to_judge"),
        (to_propose(case), "to_propose"),
    )
    return next((name for holds, name in table if holds), "carrying_out")


def reopening_ends(case: Complaint) -> tuple[tuple[datetime, str], ...]:
    """The instant after which an unanswered case is filed for good."""
    waits = case.closed_at is not None and case.reopen_until is not None
    return ((case.reopen_until, "reopening ends"),) if waits and case.reopen_until is not None else ()


def filed(case: Complaint) -> bool:
    """Whether the story is over: closed, no window open here or elsewhere, all told, recovered, nothing held back."""
    over = linking.over(case) and desks.late_news_until(case) is None
    held = bool(stops.fitting_aftermath(case)) or recalls.running(case) is not None or bool(sums.under_way(case))
    out = bool(platform.unended(case) or platform.open_items(case) or claiming.open_claims(case))
    return over and not held and not out and not case.has_loose_ends and not recover.open_items(case)
