"""What the customer is told before sending, kept on record; and a freight-collect parcel that comes all the same [S].

Who was told to prepay, and when, follows from the letter that reached them, or from the agent who told them. A parcel
that comes freight-collect because nobody told them is a breach of the agent, lifted when the customer bears half; it is
taken in and inspected like any other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event, LetterSent, LetterTold, TroubleArose, TroubleSettled
from domain.casework import StepRule
from domain.chapters import Chapter
from domain.goods_return import events as e
from domain.goods_return import refusals as no
from domain.goods_return import steps as s
from domain.goods_return.state import FreightCollect, Instructed, Parcel, Return
from domain.people import Actor
from domain.steps import Step

LETTER = "return_instructions"


def came_collect(case: Return, parcel: Parcel, by: Actor, now: datetime) -> tuple[Event, ...]:
    """What a parcel causes for which the courier collected the freight from us; nothing for any other."""
    if not parcel.freight_collect or any(each.tracking == parcel.tracking for each in case.collected):
        return ()
    untold = case.instructed is None
    against = (case.charge.handler or "") if untold else ""
    came = e.FreightCollectCame(at=now, by=by, tracking=parcel.tracking, untold=untold, against=against)
    if not untold:
        return (came,)
    arose = TroubleArose(at=now, by=by, code="freight_collect_untold", sentence=_sentence(parcel.tracking))
    return (came, arose)


def tell(_case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """An agent told the customer: on which way is on record."""
    step = cast("s.TellHowToSend", step)
    return (e.SendingExplained(at=now, by=step.actor, how=step.how),)


def may_tell(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open until the goods are here."""
    if case.received:
        raise no.NothingToExplain


def may_share(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open while a parcel came freight-collect and nobody bears half of it yet."""
    if not _unshared(case):
        raise no.NothingCollected


def share(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer bears half: the breach is lifted and stays visible, and what stood open for it is settled [S]."""
    step = cast("s.ShareCollectedFreight", step)
    tracking = step.tracking.strip().upper()
    if all(each.tracking != tracking for each in _unshared(case)):
        raise no.NothingCollected(field="tracking")
    sentence = _sentence(tracking)
    settled = (
        TroubleSettled(at=now, by=step.actor, number=trouble.number, how="the customer bears half")
        for trouble in case.troubles
        if trouble.settled_at is None and trouble.sentence == sentence
    )
    shared = e.CollectedFreightShared(at=now, by=step.actor, tracking=tracking, note=step.note)
    return (shared, *settled)


def _sentence(tracking: str) -> str:
    return f"parcel {tracking} came freight-collect, and nobody had told the customer to prepay: a breach of the agent"


def _unshared(case: Return) -> tuple[FreightCollect, ...]:
    return tuple(each for each in case.collected if each.lifted_at is None)


def _letter_reached(case: Return, event: LetterSent | LetterTold) -> Return:
    """The first letter with the instructions that reached the customer."""
    if case.instructed is not None or case.letters[event.number - 1].kind != LETTER:
        return case
    return replace(case, instructed=Instructed(event.at, event.how))


def _explained(case: Return, event: e.SendingExplained) -> Return:
    return case if case.instructed is not None else replace(case, instructed=Instructed(event.at, event.how))


def _collected(case: Return, event: e.FreightCollectCame) -> Return:
    fresh = FreightCollect(event.tracking, event.at, event.untold, event.against)
    return replace(case, collected=(*case.collected, fresh))


def _shared(case: Return, event: e.CollectedFreightShared) -> Return:
    collected = (
        replace(each, lifted_at=event.at, lifted_because=event.note) if each.tracking == event.tracking else each
        for each in case.collected
    )
    return replace(case, collected=tuple(collected))


def _late_steps(case: Return) -> frozenset[str]:
    return frozenset({s.ShareCollectedFreight.slug()}) if _unshared(case) else frozenset()


CHAPTER: Chapter[Return] = Chapter(
    rules=(
        StepRule(s.TellHowToSend, may_tell, tell),
        StepRule(s.ShareCollectedFreight, may_share, share),
    ),
    changes={
        LetterSent: _letter_reached,
        LetterTold: _letter_reached,
        e.SendingExplained: _explained,
        e.FreightCollectCame: _collected,
        e.CollectedFreightShared: _shared,
    },
    late_steps=_late_steps,
)
