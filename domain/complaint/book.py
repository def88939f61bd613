"""The complaint's rulebook: every step with its rules, and the functions from which the rest follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.casefile import Event
from domain.casework import Rulebook, StepRule, always, apply, letters_shown
from domain.chapters import Chapter, Volume
from domain.complaint import first_reply
from domain.complaint import rules_intake as intake
from domain.complaint import rules_outcome as outcome
from domain.complaint import rules_remedy as remedy
from domain.complaint import situation as at
from domain.complaint import steps as s
from domain.complaint.assigning import chapter as assigning
from domain.complaint.assigning.events import Assigned
from domain.complaint.children import PaymentOf, ReturnOf
from domain.complaint.claiming import chapter as claiming
from domain.complaint.disproving import chapter as disproving
from domain.complaint.eligible import chapter as eligible
from domain.complaint.eligible.direct import KIND, agreed_by_rule
from domain.complaint.eligible.rules import check
from domain.complaint.events import ComplaintOpened, ReopeningEnded
from domain.complaint.evolve import CHANGES, begin, whose_and_heard
from domain.complaint.fulfilling import chapter as fulfilling
from domain.complaint.in_charge import charge_of
from domain.complaint.letters import letters_for
from domain.complaint.lines import chapter as lines
from domain.complaint.linking import chapter as linking
from domain.complaint.looking_into import chapter as looking_into
from domain.complaint.offering import chapter as offering
from domain.complaint.on_platform import chapter as on_platform
from domain.complaint.paying_out import chapter as paying_out
from domain.complaint.priority import chapter as priority
from domain.complaint.priority.events import Assessed
from domain.complaint.promises import chapter as promises
from domain.complaint.promises.answers import with_answers
from domain.complaint.recall import chapter as recall
from domain.complaint.recovering import chapter as recovering
from domain.complaint.replaced import chapter as replaced
from domain.complaint.requests import chapter as requests
from domain.complaint.sorting import chapter as sorting
from domain.complaint.state import Complaint, OpenComplaint, Proposal
from domain.complaint.stopping import chapter as stopping
from domain.complaint.sums import chapter as sums
from domain.complaint.tasks import tasks
from domain.complaint.waiting import pause_causes
from domain.complaint.watching import chapter as watching
from domain.complaint.watching.questions import watched
from domain.money import Money
from domain.people import DESK
from domain.plain import plain
from domain.sealed import Sealed
from domain.shared_steps import AddEvidence, shared_rules
from domain.view import CaseView, Kind


def open_complaint(opening: OpenComplaint) -> Complaint:
    """The complaint as it stands when its ticket is generated.

    Raises:
        Refusal: line or quantity contradict the registered order, or the rule does not let goods of a direct return
            come back; then nothing is opened.
    """
    case = begin(opening)
    refusal = intake.check_opening(case)
    if refusal is not None:
        raise refusal
    if opening.direct:
        check(case, KIND)
    return apply(BOOK, case, opening_events(opening))


def opening_events(opening: OpenComplaint) -> tuple[Event, ...]:
    """What happened when the ticket was generated: it opened, what is known of its priority, where it was put."""
    received, by = opening.received_at, opening.opened_by
    assessed = (Assessed(at=received, by=by, answers=opening.answers),) if opening.answers.given else ()
    assigned = (Assigned(at=received, by=DESK, choice=opening.assigned),) if opening.assigned is not None else ()
    linked = replaced.linked_at_opening(opening)
    agreed = agreed_by_rule(opening, begin(opening))
    return (ComplaintOpened(at=received, by=by), *assessed, *assigned, *linked, *agreed)


def _passed(case: Complaint, now: datetime) -> tuple[Event, ...]:
    return tuple(ReopeningEnded(at=now, by=DESK, due=ends) for ends, _ in at.reopening_ends(case) if ends <= now)


def _sealed(case: Complaint) -> dict[str, Sealed]:
    customer = case.customer
    boxes: dict[str, Sealed | None] = {
        "customer": customer.reference,
        "name": customer.name,
        "phone": customer.phone,
        "email": customer.email,
        "address": customer.address,
        "order": case.order,
        "description": case.description,
        "withdrawn": case.withdrawn_because,
    }
    for proposal in case.proposals:
        boxes[f"answer_{proposal.number}"] = proposal.answer
    for number, reason in enumerate(case.dissatisfied_because, start=1):
        boxes[f"dissatisfied_{number}"] = reason if isinstance(reason, Sealed) else None
    for number, words in enumerate(case.call_back_words, start=1):
        boxes[f"call_back_{number}"] = words
    return {name: box for name, box in boxes.items() if box is not None}


_CHARGE = ("charge", "charge_told")


def _outside(parts: tuple[ReturnOf | PaymentOf, ...], *inner: str) -> list[dict[str, object]]:
    """Parts without what only the errands need: a change of that is no news to anybody."""
    return [{name: value for name, value in plain(part).items() if name not in inner} for part in parts]


def _shown_of(case: Complaint) -> dict[str, object]:
    return {
        "missing": plain(case.missing),
        "verified": case.verified,
        "line": case.line,
        "signed_for": case.signed_for,
        "quantity": case.quantity,
        "product": case.order_line.product if case.order_line else None,
        "judgements": plain(case.judgements),
        "refused_because": case.refused_because,
        "shipments": plain(case.shipments),
        "returns": _outside(case.returns, "shipments_told", "settled_as", "lines_told", *_CHARGE),
        "payments": _outside(case.payments, "case_sum", "held", "holds_told", "void_told", *_CHARGE),
        "calls": plain(case.calls),
        "call_backs": plain(case.call_backs),
        "round": case.round,
        "satisfied_at": plain(case.satisfied_at),
        "reopen_until": plain(case.reopen_until),
        "letters": letters_shown(case),
        "troubles": plain(case.troubles),
    }


def _offered(agreed: Proposal) -> Money | None:
    """All that an accepted proposal pays, freight aside."""
    sums = [part.refund for part in agreed.parts if part.refund is not None]
    return Money(sum(each.minor for each in sums), sums[0].currency) if sums else None


def _describe(case: Complaint, view: CaseView) -> CaseView:
    agreed = case.accepted
    return replace(
        view,
        problem=case.problem.value,
        channel=case.channel.value,
        amount=_offered(agreed) if agreed is not None else None,
        tracking=tuple(dict.fromkeys(parcel.tracking for parcel in watched(case))),
        sealed=VOLUME.sealed(case),
        story=VOLUME.shown(case),
    )


def _rule(step: type[Any], may: Any, decide: Any, clock: str = "") -> StepRule[Any]:
    return StepRule(step, may, decide, lambda case: case.due(clock) if clock else None)


_SPINE_RULES: tuple[StepRule[Any], ...] = (
    _rule(s.SupplyFacts, intake.may_supply, intake.supply, "missing_facts"),
    _rule(s.VerifyOrder, intake.may_verify, intake.verify, "verification"),
    _rule(s.Greet, intake.may_greet, intake.greet, "first_reply"),
    _rule(s.GiveFeedback, always, intake.feedback, "first_feedback"),
    _rule(s.RecordCall, intake.may_record_call, intake.record_call),
    _rule(s.DeclareNoAnswer, intake.may_declare_no_answer, intake.declare_no_answer),
    _rule(s.Judge, remedy.may_judge, remedy.judge, "judgement"),
    _rule(s.RefuseClaim, remedy.may_refuse_claim, remedy.refuse_claim, "proposal"),
    _rule(s.ProposeRemedy, remedy.may_propose, remedy.propose, "proposal"),
    _rule(s.AcceptProposal, remedy.may_accept, remedy.accept, "proposal_answer"),
    _rule(s.DeclineProposal, remedy.may_answer, remedy.decline, "proposal_answer"),
    _rule(s.CounterPropose, remedy.may_answer, remedy.counter, "proposal_answer"),
    _rule(s.ReportShipment, always, outcome.report_shipment),
    _rule(s.AllowDespiteInspection, remedy.may_allow, remedy.allow, "after_inspection"),
    _rule(s.RequestSlip, outcome.may_request_slip, outcome.request_slip),
    _rule(s.RecordCallBack, outcome.may_call_back, outcome.call_back, "call_back"),
    _rule(s.CloseCase, outcome.may_close, outcome.close),
    _rule(s.Withdraw, outcome.may_withdraw, outcome.withdraw),
    _rule(s.TakeReturnNews, always, outcome.take_return_news),
    _rule(s.TakePaymentNews, always, outcome.take_payment_news),
    *(rule for rule in shared_rules() if rule.step is not AddEvidence),
    _rule(AddEvidence, intake.may_add_evidence, intake.add_evidence, "evidence"),
)

SPINE: Chapter[Complaint] = Chapter(
    rules=_SPINE_RULES,
    changes=CHANGES,
    clocks=at.wanted_clocks,
    instants=at.reopening_ends,
    passed=_passed,
    tasks=tasks,
    letters=letters_for,
    shown=_shown_of,
    sealed=_sealed,
    told_to_customers=frozenset(
        {
            "missing",
            "verified",
            "line",
            "quantity",
            "product",
            "refused_because",
            "shipments",
            "satisfied_at",
            "reopen_until",
        }
    ),
)
"""What every complaint shares; judgements, calls and troubles are the desk's own remarks [T]."""

VOLUME: Volume[Complaint] = Volume(
    (
        SPINE,
        sorting.CHAPTER,
        looking_into.CHAPTER,
        promises.CHAPTER,
        watching.CHAPTER,
        stopping.CHAPTER,
        recall.CHAPTER,
        offering.CHAPTER,
        fulfilling.CHAPTER,
        recovering.CHAPTER,
        disproving.CHAPTER,
        paying_out.CHAPTER,
        sums.CHAPTER,
        on_platform.CHAPTER,
        claiming.CHAPTER,
        requests.CHAPTER,
        priority.CHAPTER,
        assigning.CHAPTER,
        linking.CHAPTER,
        replaced.CHAPTER,
        lines.CHAPTER,
        eligible.CHAPTER,
    )
)
_CHANGES = VOLUME.changes()


def _evolve(case: Complaint, event: Event) -> Complaint:
    """The complaint after an event: what each chapter that follows it makes of it."""
    case = whose_and_heard(case, event)
    for change in _CHANGES.get(type(event), ()):
        case = change(case, event)
    return with_answers(VOLUME.follow(case, event), event, VOLUME.letters)


def _beyond_closing(case: Complaint) -> frozenset[str]:
    """Clocks of others, who do not look at whether the case is closed here."""
    return on_platform.clocks(case) | claiming.clocks(case)


def _takes_after_closing(case: Complaint, step: str, now: datetime) -> bool:
    return intake.takes_after_closing(case, step, now) or step in VOLUME.late_steps(case)


BOOK: Rulebook[Complaint] = Rulebook(
    kind=Kind.COMPLAINT,
    rules=VOLUME.rules(),
    evolve=_evolve,
    wanted_clocks=lambda case: _beyond_closing(case) if case.closed_at is not None else VOLUME.clocks(case),
    letters_for=VOLUME.letters,
    other_instants=VOLUME.instants,
    other_passed=VOLUME.passed,
    tasks=VOLUME.tasks,
    state=at.state_of,
    describe=_describe,
    takes_after_closing=_takes_after_closing,
    told_to_customers=VOLUME.told_to_customers(),
    clock_rule=first_reply.clock_rule,
    pause_causes=pause_causes,
    outliving=VOLUME.outliving,
    charge=charge_of,
)
