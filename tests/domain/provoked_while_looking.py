"""The shortest way to each refusal of sorting and looking into a complaint, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.looking_into import refusals as no
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.rules import MOST_RECORDS
from domain.complaint.looking_into.state import Finding, RecordKind
from domain.complaint.problems import Check, FaultKind, Problem, RemedyKind
from domain.complaint.sorting import refusals as unsorted
from domain.complaint.sorting import steps as ss
from domain.complaint.sorting.rules import MOST_REMARKS
from domain.complaint.state import Channel
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.provoked import provokes

CHECK = ls.RecordCheck(actor=b.LIN, check=Check.ORDER, finding=Finding.IN_ORDER, note="two were ordered")


def record(number: int = 1) -> ls.AttachRecord:
    """A recording, another one for each number."""
    return ls.AttachRecord(
        actor=b.LIN, kind=RecordKind.CONVERSATION, title="the call", reference=f"recordings/{number}"
    )


def exempt(kind: FaultKind) -> ls.ExemptFromPhoto:
    """The customer is excused from the photo."""
    return ls.ExemptFromPhoto(actor=b.LIN, fault_kind=kind, reason="it is inside the shoe")


def outside(kind: RemedyKind, refund: str | None) -> ls.RecordOutsidePromise:
    """Mei promised that by phone."""
    return ls.RecordOutsidePromise(
        actor=b.LIN,
        kind=kind,
        refund=b.yuan(refund) if refund else None,
        promised_by=b.MEI.person,
        heard_on=Channel.PHONE,
        reason="said so on the phone",
    )


@provokes(no.ChecksMissing)
def _() -> object:
    return desk(problem=Problem.SHORT_OR_MISSING).take(m.judge())


@provokes(no.CheckNotDue)
def _() -> object:
    return desk(problem=Problem.SHORT_OR_MISSING).take(CHECK)  # the conversation comes first


@provokes(no.ConversationNotAttached)
def _() -> object:
    read = ls.RecordCheck(actor=b.LIN, check=Check.CONVERSATION, finding=Finding.IN_ORDER, note="all was polite")
    return desk(problem=Problem.SERVICE).take(read)


@provokes(no.RecordEmpty)
def _() -> object:
    return desk().take(ls.AttachRecord(actor=b.LIN, kind=RecordKind.VIDEO, title="the box"))


@provokes(no.RecordKnown)
def _() -> object:
    d = desk()
    d.take(record())
    return d.take(record())


@provokes(no.TooManyRecords)
def _() -> object:
    d = desk()
    for number in range(MOST_RECORDS):
        d.take(record(number))
    return d.take(record(MOST_RECORDS))


@provokes(no.NoPhotoAsked)
def _() -> object:
    return desk(problem=Problem.CHANGED_MIND).take(exempt(FaultKind.LINING))


@provokes(no.KindNotExcepted)
def _() -> object:
    return desk().take(exempt(FaultKind.EXPIRED))


@provokes(no.NothingExplained)
def _() -> object:
    return desk().take(ls.ReportEffect(actor=b.CUSTOMER, helped=True))


@provokes(no.ExplainFirst)
def _() -> object:
    d = desk(problem=Problem.NOT_AS_IMAGINED)
    d.take(m.judge())
    return d.take(m.propose())


@provokes(no.InspectionDecides)
def _() -> object:
    d = desk()
    d.take(exempt(FaultKind.INSOLE))
    d.take(m.judge())
    return d.take(m.propose(RemedyKind.COMPENSATION, "10.00"))


@provokes(no.PromiseAmountUnfit)
def _() -> object:
    return desk().take(outside(RemedyKind.COMPENSATION, None))


@provokes(unsorted.SameClass)
def _() -> object:
    return desk().take(ss.Reclassify(actor=b.LIN, problem=Problem.QUALITY, reason="quality after all"))


@provokes(unsorted.KindDoesNotFit)
def _() -> object:
    return desk(problem=Problem.SERVICE, fault_kind=FaultKind.EXPIRED)


@provokes(unsorted.ConcernedMayNotJudge)
def _() -> object:
    d = desk()
    d.take(ss.NameConcerned(actor=b.WU, person=b.LIN.person))
    return d.take(m.judge())


@provokes(unsorted.TooManyRemarks)
def _() -> object:
    d = desk()
    for _each in range(MOST_REMARKS):
        d.take(ss.AddRemark(actor=b.LIN, words="ask the courier"))
    return d.take(ss.AddRemark(actor=b.LIN, words="ask once more"))
