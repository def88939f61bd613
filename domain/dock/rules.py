"""Rules of a dock parcel's steps (domain.md, "Returns and exchanges" [S])."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.dock import events as e
from domain.dock import refusals as no
from domain.dock import steps as s
from domain.dock.matching import certain, reasons
from domain.dock.state import OVER, Basis, DockParcel, Goods, Lead, Match
from domain.people import DESK, Actor
from domain.steps import Step


def may_match(case: DockParcel, _actor: Actor, _now: datetime) -> None:
    """Open while nobody knows whose it is, or whose the rest of it is."""
    if not case.unidentified:
        raise no.ParcelMatchedAlready(returns=", ".join(match.return_case for match in case.live))


def match(case: DockParcel, step: Step, now: datetime) -> tuple[Event, ...]:
    """Whatever speaks for it or against it: the person decides, and what spoke for it is written down [S]."""
    step = cast("s.MatchParcel", step)
    found = _match(case, step, _lead(step.leads, step.return_case), now, case.loose)
    return (e.ParcelMatched(at=now, by=step.actor, match=found),)


def split(case: DockParcel, step: Step, now: datetime) -> tuple[Event, ...]:
    """Everything that was counted is divided, and no unit twice [O]."""
    step = cast("s.SplitParcel", step)
    named = tuple(dict.fromkeys(share.return_case.strip() for share in step.shares))
    if len(named) == 1:
        raise no.OneReturnOnly(field="shares")
    divided = _goods_of(step.shares)
    counted = () if case.seen.goods else (e.GoodsCounted(at=now, by=step.actor, goods=divided),)
    if not counted:
        _check_goods(case.loose or case.seen.goods, divided)
    matches = (_match(case, step, _lead(step.leads, name), now, _goods_of(step.shares, name)) for name in named)
    return (*counted, *(e.ParcelMatched(at=now, by=step.actor, match=each) for each in matches))


def may_unmatch(case: DockParcel, _actor: Actor, _now: datetime) -> None:
    """Open while a match holds."""
    if not case.live:
        raise no.NothingMatched(return_case="—")


def unmatch(case: DockParcel, step: Step, now: datetime) -> tuple[Event, ...]:
    """Taken back, unless the return has inspected the goods meanwhile [O]."""
    step = cast("s.UnmatchParcel", step)
    wrong = next((match for match in case.live if match.return_case == step.return_case.strip()), None)
    if wrong is None:
        raise no.NothingMatched(field="return_case", return_case=step.return_case)
    if wrong.ended_as:
        raise no.GoodsInspected(field="return_case", return_case=wrong.return_case)
    return (e.MatchUndone(at=now, by=step.actor, return_case=wrong.return_case, reason=step.reason),)


def may_take_on(case: DockParcel, actor: Actor, now: datetime) -> None:
    """Open to anybody but who has it."""
    may_match(case, actor, now)
    if case.owner is not None and case.owner.person == actor.person:
        raise no.OwnedAlready


def take_on(_case: DockParcel, step: Step, now: datetime) -> tuple[Event, ...]:
    """Now it has a name beside it [S][O]."""
    return (e.ParcelTakenOn(at=now, by=step.actor),)


def may_close(case: DockParcel, _actor: Actor, _now: datetime) -> None:
    """Open while no return has any of it; a rest belongs to one of the returns, whose inspection records it."""
    if case.live:
        raise no.ParcelMatchedAlready(returns=", ".join(match.return_case for match in case.live))


def close(_case: DockParcel, step: Step, now: datetime) -> tuple[Event, ...]:
    """Nobody's return; where it goes is written [S][O]."""
    step = cast("s.CloseParcel", step)
    return (e.ParcelClosed(at=now, by=step.actor, outcome=step.outcome.value, reason=step.reason),)


def take_lead(case: DockParcel, step: Step, now: datetime) -> tuple[Event, ...]:
    """One more return to look at; if it makes whose the parcel is certain, it is matched at once [S]."""
    step = cast("s.TakeLead", step)
    if not case.unidentified:
        return ()
    found = e.LeadCame(at=now, by=step.actor, lead=step.lead)
    return (found, *matched_by_itself(with_lead(case, step.lead), now))


def matched_by_itself(case: DockParcel, now: datetime) -> tuple[Event, ...]:
    """The match that needs no person, if there is one [S]."""
    sure = None if case.live else certain(case)
    if sure is None:
        return ()
    found = Match(sure.return_case, sure.basis, sure.reasons, now, DESK)
    return (e.ParcelMatched(at=now, by=DESK, match=found),)


def with_lead(case: DockParcel, lead: Lead) -> DockParcel:
    """The parcel with what is known of this return now, in place of what was known before."""
    others = tuple(each for each in case.leads if each.return_case != lead.return_case)
    return replace(case, leads=(*others, lead))


def take_answer(case: DockParcel, step: Step, now: datetime) -> tuple[Event, ...]:
    """What a return did with the parcel; once all of it is dealt with, the dock is done with it [S]."""
    step = cast("s.TakeReturnAnswer", step)
    heard = next((match for match in case.live if match.return_case == step.return_case), None)
    if heard is None or heard.ended_as:
        return ()
    answered = e.ReturnAnswered(at=now, by=step.actor, return_case=step.return_case, result=step.result)
    rest = [match.ended_as for match in case.live if match is not heard]
    if step.result == OVER or not all(rest) or case.loose:
        return (answered,)
    return (answered, e.ParcelClosed(at=now, by=step.actor, outcome=step.result))


def _lead(leads: tuple[Lead, ...], named: str) -> Lead:
    lead = next((each for each in leads if each.return_case == named.strip()), None)
    if lead is None:
        raise no.ReturnNotKnown(field="return_case", return_case=named)
    if lead.over:
        raise no.ReturnTakesNothing(field="return_case", return_case=lead.return_case)
    return lead


def _match(
    case: DockParcel, step: s.MatchParcel | s.SplitParcel, lead: Lead, now: datetime, goods: tuple[Goods, ...] = ()
) -> Match:
    why = reasons(case.seen, lead, case.opened_at)
    return Match(lead.return_case, Basis.PERSON, why, now, step.actor, step.reason, goods)


def _check_goods(counted: tuple[Goods, ...], divided: tuple[Goods, ...]) -> None:
    there, wanted = _sum(counted), _sum(divided)
    for barcode in sorted(there.keys() | wanted.keys()):
        if wanted[barcode] != there[barcode]:
            raise no.GoodsNotInParcel(field="shares", barcode=barcode, wanted=wanted[barcode], there=there[barcode])


def _goods_of(shares: tuple[s.Share, ...], return_case: str | None = None) -> tuple[Goods, ...]:
    mine = (Goods(each.barcode, each.quantity) for each in shares if return_case in {None, each.return_case.strip()})
    return tuple(Goods(barcode, quantity) for barcode, quantity in _sum(tuple(mine)).items())


def _sum(goods: tuple[Goods, ...]) -> Counter[str]:
    sums = Counter[str]()
    for each in goods:
        sums[each.barcode] += each.quantity
    return sums
