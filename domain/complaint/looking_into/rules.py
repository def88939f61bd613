"""Rules of looking into a complaint (domain.md, spine 3 and "Problem by problem")."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.heard import heard_where
from domain.complaint.looking_into import events as e
from domain.complaint.looking_into import questions as ask
from domain.complaint.looking_into import refusals as no
from domain.complaint.looking_into import steps as s
from domain.complaint.looking_into.state import (
    CheckMade,
    Exemption,
    Explanation,
    OutsidePromise,
    RecordItem,
    RecordKind,
)
from domain.complaint.problems import PAYS, PROBLEMS, Check, RemedyKind
from domain.complaint.refusals import FactsMissing
from domain.complaint.state import Complaint
from domain.people import Actor
from domain.steps import Step

MOST_RECORDS = 50


def may_attach(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open at any time, until the case is full."""
    if len(case.records) >= MOST_RECORDS:
        raise no.TooManyRecords(most=MOST_RECORDS)


def attach(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The record with its hash; the same one twice is told [S][F]."""
    step = cast("s.AttachRecord", step)
    if step.words is None and not step.reference:
        raise no.RecordEmpty(field="words")
    for known in case.records:
        if (known.record_kind, known.digest, known.reference) == (step.kind, step.words_digest, step.reference):
            raise no.RecordKnown(field="words", number=known.number)
    item = RecordItem(
        number=len(case.records) + 1,
        record_kind=step.kind,
        title=step.title,
        digest=step.words_digest,
        at=now,
        by=step.actor,
        words=step.words,
        reference=step.reference,
    )
    return (e.RecordAttached(at=now, by=step.actor, item=item),)


def may_check(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open where the problem asks for checks and the ticket is complete."""
    if case.missing:
        raise FactsMissing(missing=", ".join(case.missing))
    if not ask.checks_due(case):
        raise no.CheckNotDue(given="—", due="—")


def check(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The next check in its order, or a correction of an earlier one; each with its note [T]."""
    step = cast("s.RecordCheck", step)
    due = ask.checks_due(case)
    missing = ask.checks_missing(case)
    again = step.check in due and ask.made(case, step.check) is not None
    if not again and (not missing or step.check is not missing[0]):
        raise no.CheckNotDue(field="check", given=step.check.value, due=", ".join(due))
    attached = any(record.record_kind is RecordKind.CONVERSATION for record in case.records)
    if step.check is Check.CONVERSATION and PROBLEMS[case.problem].conversation_attached and not attached:
        raise no.ConversationNotAttached
    made = CheckMade(step.check, step.finding, step.note, now, step.actor)
    return (e.CheckRecorded(at=now, by=step.actor, made=made),)


def may_exempt(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a photo is waited for."""
    if ask.has_evidence(case):
        raise no.NoPhotoAsked


def exempt(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Excepted kinds are named in the policy and fit the description, by the agent's word [S]."""
    step = cast("s.ExemptFromPhoto", step)
    excepted = case.pinned.policy.photo_exempt_kinds.value
    if step.fault_kind.value not in excepted or step.fault_kind not in PROBLEMS[case.problem].kinds:
        raise no.KindNotExcepted(field="fault_kind", given=step.fault_kind.value, excepted=", ".join(excepted))
    exemption = Exemption(step.fault_kind, step.reason, now, step.actor)
    return (e.ExemptedFromPhoto(at=now, by=step.actor, exemption=exemption),)


def explain(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The explanation goes to the customer, who says whether it helped [T][F]."""
    step = cast("s.Explain", step)
    told = Explanation(len(case.explanations) + 1, step.words, case.round, now, step.actor)
    return (e.Explained(at=now, by=step.actor, explanation=told),)


def may_report_effect(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open after an explanation."""
    last = ask.explanation(case)
    if last is None or last.helped is not None:
        raise no.NothingExplained


def report_effect(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """By the customer's own word, or an agent who says where it was heard."""
    step = cast("s.ReportEffect", step)
    heard = heard_where(step.actor, step.heard_on)
    return (e.EffectReported(at=now, by=step.actor, helped=step.helped, heard_on=heard),)


def record_promise(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What was promised, by whom and where: the shop keeps it [S][O]."""
    step = cast("s.RecordOutsidePromise", step)
    if step.kind in PAYS and (step.refund is None or step.refund.minor <= 0):
        raise no.PromiseAmountUnfit(field="refund", kind=step.kind.value, what="names its sum")
    if step.kind not in PAYS and step.refund is not None:
        raise no.PromiseAmountUnfit(field="refund", kind=step.kind.value, what="pays nothing")
    promise = OutsidePromise(
        number=len(case.outside_promises) + 1,
        kind=step.kind,
        refund=step.refund,
        freight=step.freight,
        promised_by=step.promised_by,
        heard_on=step.heard_on.value,
        at=now,
        by=step.actor,
    )
    return (e.OutsidePromiseRecorded(at=now, by=step.actor, promise=promise),)


def before_judging(case: Complaint, _actor: Actor) -> None:
    """The checks come before the judgement [T]."""
    missing = ask.checks_missing(case)
    if missing:
        raise no.ChecksMissing(missing=", ".join(missing))


def before_remedy(case: Complaint, kind: RemedyKind) -> None:
    """A remedy that costs: the explanation came first [T]; without a photo the goods come in first [S]."""
    if PROBLEMS[case.problem].explain_first and not ask.explained_in_vain(case):
        raise no.ExplainFirst
    excused = case.exempt is not None and case.evidence_at is None
    goods_came = any(part.result in {"passed", "failed"} for part in case.returns)
    if excused and not goods_came and kind not in ask.INSPECTION_DECIDES:
        raise no.InspectionDecides(field="kind", kind=kind.value)
