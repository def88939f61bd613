"""Rules of stopping an order before dispatch (domain.md, "changed mind before dispatch" and the row below it [S])."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint.problems import BRINGS_GOODS, PROBLEMS, RemedyKind, StopWish
from domain.complaint.recall import troubles
from domain.complaint.state import Complaint
from domain.complaint.stopping import events as e
from domain.complaint.stopping import questions as ask
from domain.complaint.stopping import refusals as no
from domain.complaint.stopping import steps as s
from domain.complaint.stopping.evolve import confirmed
from domain.complaint.stopping.state import CHANGES, AftermathNoted, ChangeMade, Finding, Found, StopRequest
from domain.people import Actor
from domain.steps import Step


def may_ask(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while the order has not left and nothing is agreed; the request names the order, whatever else lacks."""
    if PROBLEMS[case.problem].stop is None:
        raise no.NotToBeStopped(problem=case.problem.value)
    if case.order is None:
        raise spine.FactsMissing(missing="order")
    if at.carried_out(case):
        raise spine.OutcomeStands
    if ask.gone(case):
        raise no.ParcelGone
    if case.accepted is not None:
        raise spine.RemedyUnderWay


def ask_to_stop(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """In writing, with order, person, name and date; another wish replaces an earlier one [S]."""
    step = cast("s.AskToStop", step)
    if step.wish is not PROBLEMS[case.problem].stop:
        raise no.WishDoesNotFit(field="wish", wish=step.wish.value, problem=case.problem.value)
    change, says = step.change.strip(), bool(step.change.strip() or step.address)
    if says is not (step.wish is StopWish.CHANGE):
        what = "changes nothing" if says else "says what is to be other"
        raise no.ChangeUnfit(field="change", wish=step.wish.value, what=what)
    request = ask.standing(case)
    if request is not None and (request.wish, request.change, request.address) == (step.wish, change, step.address):
        raise no.StopAskedAlready(number=request.number)
    asked = StopRequest(
        number=len(case.stops) + 1,
        wish=step.wish,
        change=change,
        at=now,
        by=step.actor,
        address=step.address,
        round=case.round,
    )
    return (e.StopAsked(at=now, by=step.actor, request=asked),)


def may_name_another_order(case: Complaint) -> None:
    """Money and goods stay with one order: that which the label desk or the courier was asked about."""
    if case.stops or case.recalls:
        raise no.OrderIsAskedAbout(field="order")


def may_confirm(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open from the request until the order was changed or its aftermath noted: the state may change meanwhile [S]."""
    if ask.standing(case) is None:
        raise no.NothingToStop


def confirm(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The label desk's word decides, also over what was agreed on an earlier one: then a person hears of it [S]."""
    step = cast("s.ConfirmStop", step)
    if step.found is Found.GONE and step.secured:
        raise no.GoneNotSecured(field="secured")
    last = ask.answer(case)
    if last is not None and (last.found, last.secured) == (step.found, step.secured):
        raise no.FindingKnown(found=step.found.value)
    finding = Finding(step.found, step.secured, step.note, now, step.actor)
    said = e.StopConfirmed(at=now, by=step.actor, answer=finding)
    return (said, *troubles.parcel_moved(case, confirmed(case, said), now, step.actor))


def may_change(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once the order is in hand."""
    if not ask.to_change(case):
        raise no.NothingToChange


def report_changed(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Edited, corrected or reprinted, by the state in which the order was found [S]."""
    step = cast("s.ReportChanged", step)
    said = ask.answer(case)
    fitting = CHANGES.get(said.found) if said is not None else None
    if said is None or step.done is not fitting:
        found, fits = (said.found.value if said else "—"), (fitting.value if fitting else "—")
        raise no.ChangeDoesNotFit(field="done", found=found, fitting=fits, done=step.done.value)
    change = ChangeMade(step.done, step.remark, step.tracking.strip().upper(), now, step.actor)
    return (e.OrderChanged(at=now, by=step.actor, change=change),)


def may_note(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once the refund is paid, or the matter has ended otherwise; also after the closing."""
    if not ask.fitting_aftermath(case):
        raise no.AftermathNotDue


def note_aftermath(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What was done with it, by whom and when [S]."""
    step = cast("s.RecordAftermath", step)
    fitting = ask.fitting_aftermath(case)
    if step.done not in fitting:
        names = ", ".join(fitting)
        raise no.AftermathDoesNotFit(field="done", done=step.done.value, fitting=names)
    noted = AftermathNoted(step.done, step.signed, step.note, now, step.actor)
    return (e.AftermathRecorded(at=now, by=step.actor, aftermath=noted),)


def before_remedy(case: Complaint, kind: RemedyKind) -> None:
    """No refund before the order is held back, no return before it is known to have left [S]."""
    weighed = kind is RemedyKind.REFUND or kind in BRINGS_GOODS
    if PROBLEMS[case.problem].stop is None or not weighed or case.original_received or ask.gone(case):
        return
    if not ask.secured(case):
        raise no.StopFirst(kind=kind.value)
    if kind is not RemedyKind.REFUND:
        raise no.OrderIsHeldBack(field="kind", kind=kind.value)
