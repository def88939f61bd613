"""How far the order is held back, by the label desk's last word, and what is still to be asked, done or noted."""

from __future__ import annotations

from domain.complaint.looking_into import questions as looking
from domain.complaint.problems import PROBLEMS, RemedyKind, StopWish
from domain.complaint.recall.state import Recall
from domain.complaint.state import Complaint
from domain.complaint.stopping.state import Aftermath, Finding, Found, StopRequest

KEEPS_THE_ORDER = frozenset(
    {
        RemedyKind.APOLOGY,
        RemedyKind.COUPON,
        RemedyKind.COMPENSATION,
        RemedyKind.RESHIPMENT,
        RemedyKind.CORRECTION,
    }
)
"""Remedies after which the order goes on its way as it was."""

AFTER_A_REFUND: dict[Found, tuple[Aftermath, ...]] = {
    Found.NOT_PRINTED: (),
    Found.PRINTED: (Aftermath.PAPERS_DESTROYED,),
    Found.PACKED: (Aftermath.BACK_INTO_STOCK,),
    Found.GONE: (),
}
AFTER_ANOTHER_END: dict[Found, tuple[Aftermath, ...]] = {
    Found.NOT_PRINTED: (Aftermath.LET_GO, Aftermath.STAYS_VOID),
    Found.PRINTED: (Aftermath.LET_GO, Aftermath.PAPERS_DESTROYED),
    Found.PACKED: (Aftermath.LET_GO, Aftermath.BACK_INTO_STOCK),
    Found.GONE: (),
}


def standing(case: Complaint) -> StopRequest | None:
    """The request that counts, until it is carried out and noted."""
    last = case.stops[-1] if case.stops else None
    return None if last is None or last.over else last


def answer(case: Complaint) -> Finding | None:
    """The label desk's last word on the request that counts."""
    request = standing(case)
    return None if request is None else request.answer


def last_word(case: Complaint) -> Finding | None:
    """What the label desk last said of the order, unless it has sent it on its way since."""
    last = case.stops[-1] if case.stops else None
    if last is None or last.changed is not None:
        return None
    let_go = last.aftermath is not None and last.aftermath.done is Aftermath.LET_GO
    return None if let_go else last.answer


def gone(case: Complaint) -> bool:
    """Whether the parcel has left: the label desk's word decides, else the shop's own dispatch date or the customer."""
    said = last_word(case)
    if said is not None:
        return said.found is Found.GONE
    facts = case.facts
    left = facts is not None and (facts.dispatched_at is not None or facts.signed_at is not None)
    return left or case.signed_for is True


def secured(case: Complaint) -> bool:
    """Whether the cancelled order is in the label desk's hands: void confirmed, papers back or parcel back [S]."""
    said = last_word(case)
    if said is None or PROBLEMS[case.problem].stop is not StopWish.CANCEL:
        return False
    return said.secured and case.stops[-1].wish is StopWish.CANCEL


def changed(case: Complaint) -> bool:
    """Whether the order goes out as the customer wants it now, which is the outcome of this round [S]."""
    last = case.stops[-1] if case.stops else None
    wanted = last is not None and last.wish is PROBLEMS[case.problem].stop
    return last is not None and wanted and last.changed is not None and last.round == case.round


def refunded(case: Complaint) -> bool:
    """Whether the money went back without goods to return."""
    kinds = {proposal.number: proposal.kind for proposal in case.proposals}
    return any(
        p.result == "paid" and p.purpose == "refund" and kinds[p.proposal] is RemedyKind.REFUND for p in case.payments
    )


def called_off(case: Complaint) -> bool:
    """Whether the order need not be held back any longer, although nothing was refunded or changed."""
    if refunded(case):
        return False
    agreed = case.accepted
    kept = looking.helped(case) if agreed is None else agreed.kind in KEEPS_THE_ORDER
    return case.closed_at is not None or bool(case.refused_because) or kept


def to_ask(case: Complaint) -> bool:
    """Whether the agent's next move is the request to the label desk; only the order has to be known for it."""
    wish, request = PROBLEMS[case.problem].stop, standing(case)
    asked = request is not None and request.wish is wish
    over = changed(case) or secured(case) or refunded(case) or called_off(case) or case.original_received
    return wish is not None and case.order is not None and not (asked or over or gone(case))


def pending(case: Complaint) -> bool:
    """Whether the label desk owes an answer: none yet, or one after which the order is still to be got hold of."""
    said = answer(case)
    waits = said is None or not said.secured
    return standing(case) is not None and waits and not gone(case) and not called_off(case)


def to_change(case: Complaint) -> bool:
    """Whether the order is in the label desk's hands and waits to be changed."""
    request, said = standing(case), answer(case)
    if request is None or request.wish is not StopWish.CHANGE or said is None or not said.secured:
        return False
    return PROBLEMS[case.problem].stop in {None, StopWish.CHANGE} and not called_off(case)


def to_settle(case: Complaint) -> Recall | None:
    """The recall whose parcel is here, while nobody has noted what became of it."""
    last = case.recalls[-1] if case.recalls else None
    return last if last is not None and last.parcel_here and last.aftermath is None else None


def fitting_aftermath(case: Complaint) -> tuple[Aftermath, ...]:
    """What may be noted about what was held back; empty while nothing is due [S][O].

    After the refund papers are destroyed and goods go back into stock; when the matter ended otherwise, the label desk
    lets the order go, also one that it was still looking for. A recalled parcel is settled as a packed one.
    """
    if to_settle(case) is None:
        return _after_a_stop(case)
    over = AFTER_A_REFUND if refunded(case) else AFTER_ANOTHER_END
    return over[Found.PACKED] if refunded(case) or called_off(case) else ()


def _after_a_stop(case: Complaint) -> tuple[Aftermath, ...]:
    request, said = standing(case), answer(case)
    held = said is not None and said.secured
    if request is None or gone(case):
        return ()
    if refunded(case):
        return AFTER_A_REFUND[said.found] if said is not None and held and request.wish is StopWish.CANCEL else ()
    if not called_off(case):
        return ()
    return AFTER_ANOTHER_END[said.found] if said is not None and held else (Aftermath.LET_GO,)
