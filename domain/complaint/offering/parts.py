"""Whether the parts of a remedy fit where the goods are, within what was paid, with their ground [T][S][F]."""

from __future__ import annotations

from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint.gates import BEFORE_REMEDY
from domain.complaint.looking_into import questions as ask
from domain.complaint.offering import questions as offer
from domain.complaint.offering import refusals as no
from domain.complaint.offering.state import Part
from domain.complaint.problems import (
    BESIDE,
    BESIDE_ANYTHING,
    BRINGS_GOODS,
    COSTS,
    HAS_WORTH,
    PAYS,
    PROBLEMS,
    RemedyKind,
)
from domain.complaint.state import Complaint
from domain.money import Money

AFTER_FAILED_INSPECTION = (RemedyKind.PART_REFUND, RemedyKind.SEND_BACK)
GOODS_SETTLED = (
    RemedyKind.COMPENSATION,
    RemedyKind.REFUND,
    RemedyKind.RESHIPMENT,
    RemedyKind.COUPON,
    RemedyKind.APOLOGY,
)
"""What fits once goods came back: of an exchange or repair that failed afterwards, the money or other goods."""


def fitting(case: Complaint) -> tuple[tuple[RemedyKind, ...], str]:
    """The kinds that fit now as the main part, and why just these."""
    if at.inspection_failed(case):
        return AFTER_FAILED_INSPECTION, "the goods are here and failed the inspection"
    if any(part.result in {"passed", "failed"} for part in case.returns):
        return GOODS_SETTLED, "the goods came back already"
    why = f"no goods have come back, and the complaint is about: {case.problem.value}"
    return PROBLEMS[case.problem].remedies, why


def check_parts(case: Complaint, parts: tuple[Part, ...], *, goodwill: bool = False) -> None:
    """Refuse what does not fit, in the order in which an agent would look at it.

    Raises:
        Refusal: a kind, a sum, a worth or the ground of a part.
    """
    _check_beside(case, parts)
    for part in parts:
        _check_sum(case, part)
        _check_worth(case, part)
    _check_total(case, parts)
    waits_for_goods = parts[0].kind in BRINGS_GOODS
    for place, part in enumerate(parts):
        if part.kind in COSTS:
            # What stands beside a return begins with it: what comes first for the return came first for all.
            check_ground(case, part, goodwill=goodwill, gates=place == 0 or not waits_for_goods)


def check_kind(case: Complaint, kind: RemedyKind) -> None:
    """The main part fits where the goods are [T][S].

    Raises:
        RemedyDoesNotFit: it does not.
    """
    fit, why = fitting(case)
    if kind not in fit:
        _refuse_kind(kind, why, fit)


def check_ground(case: Complaint, part: Part, *, goodwill: bool = False, gates: bool = True) -> None:
    """Evidence, confirmed fault, registered order, and whatever comes first; goodwill asks for no proof [T][S][O].

    Raises:
        EvidenceMissing, FaultNotConfirmed, NotVerified, or what a chapter has to say.
    """
    # A promise that was made outside binds the shop, evidence or not [S][O]; what was paid bounds it all the same.
    if ask.promise_for(case, part.kind, part.refund) is None:
        for gate in BEFORE_REMEDY if gates else ():
            gate(case, part.kind)
        if not goodwill and not ask.has_evidence(case):
            raise spine.EvidenceMissing
        if not goodwill and case.judgement is not None and not case.judgement.fault_confirmed:
            raise spine.FaultNotConfirmed
    if not case.verified:
        raise spine.NotVerified


def check_currency(case: Complaint, money: Money, field: str = "refund") -> None:
    """Money of a case is in the currency of its order.

    Raises:
        WrongCurrency: it is not.
    """
    expected = offer.currency(case)
    if money.currency != expected:
        raise spine.WrongCurrency(field=field, given=money.currency, expected=expected)


def _check_beside(case: Complaint, parts: tuple[Part, ...]) -> None:
    main, *further = parts
    check_kind(case, main.kind)
    fit, why = fitting(case)
    seen = {main.kind}
    for part in further:
        if part.kind in seen:
            raise no.PartTwice(field="also", kind=part.kind.value)
        if part.kind not in BESIDE:
            raise no.NotBeside(field="also", kind=part.kind.value, possible=_names(sorted(BESIDE)))
        if part.kind not in BESIDE_ANYTHING and part.kind not in fit:
            _refuse_kind(part.kind, why, (*fit, *sorted(BESIDE_ANYTHING - set(fit))), "also")
        seen.add(part.kind)


def _refuse_kind(kind: RemedyKind, why: str, fit: tuple[RemedyKind, ...], field: str = "kind") -> None:
    raise spine.RemedyDoesNotFit(field=field, kind=kind.value, why=why, fitting=_names(fit))


def _names(kinds: tuple[RemedyKind, ...] | list[RemedyKind]) -> str:
    return ", ".join(kind.value for kind in kinds)


def _check_sum(case: Complaint, part: Part) -> None:
    if part.kind not in PAYS:
        if part.refund is not None:
            raise spine.NoAmountHere(field="refund", kind=part.kind.value)
        return
    if part.refund is None or part.refund.minor <= 0:
        raise spine.AmountNeeded(field="refund", kind=part.kind.value)
    check_currency(case, part.refund)


def _check_worth(case: Complaint, part: Part) -> None:
    if part.kind is RemedyKind.COUPON and (part.worth is None or part.worth.minor <= 0):
        raise no.WorthNeeded(field="worth", kind=part.kind.value)
    if part.worth is None:
        return
    if part.kind not in HAS_WORTH:
        raise no.NoWorthHere(field="worth", kind=part.kind.value)
    check_currency(case, part.worth, "worth")


def _check_total(case: Complaint, parts: tuple[Part, ...]) -> None:
    """One ceiling over every door: sums and coupons together [T][O]."""
    sums = [part.refund.minor for part in parts if part.refund is not None]
    sums += [part.worth.minor for part in parts if part.kind is RemedyKind.COUPON and part.worth is not None]
    most = offer.most_for(case)
    if most is not None and sum(sums) > most.minor:
        total = Money(sum(sums), most.currency)
        raise spine.AboveLinePaid(field="refund", amount=str(total), most=str(most))
