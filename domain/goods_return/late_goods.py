"""Goods that come after their return had ended without them: it opens again, and nothing is paid twice [S][O].

A return that ended with nothing of the shop's in hand (not sent, lost, called off, sent back) hears for some time yet
that a parcel came after all. One whose goods passed or were kept is complete: what comes then is somebody else's. The
money is the complaint's: it is told at once that the goods are here, and asks for what its accepted remedy still owes,
once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.casefile import Event
from domain.casework import Draft
from domain.chapters import Chapter
from domain.goods_return import events as e
from domain.goods_return import steps as s
from domain.goods_return.state import WITHOUT_GOODS, Return, Verdict
from domain.people import DESK, Actor


def takes_late(case: Return) -> bool:
    """Whether the ended return takes a parcel that comes after all."""
    return case.closed_at is not None and case.outcome in WITHOUT_GOODS and not case.late_over


def ends_at(case: Return) -> datetime | None:
    """Until when it does (UTC); None where it does not."""
    if case.closed_at is None or not takes_late(case):
        return None
    return case.closed_at + timedelta(days=case.pinned.policy.late_goods_days.value)


def reopened(case: Return, by: Actor, now: datetime) -> tuple[Event, ...]:
    """What a parcel causes that comes to an ended return, beside its receipt."""
    return (e.ReturnReopened(at=now, by=by),) if case.closed_at is not None else ()


def _instants(case: Return) -> Iterator[tuple[datetime, str]]:
    ends = ends_at(case)
    if ends is not None:
        yield ends, "late goods"


def _passed(case: Return, now: datetime) -> tuple[Event, ...]:
    ends = ends_at(case)
    return (e.LateGoodsOver(at=now, by=DESK, due=ends),) if ends is not None and ends <= now else ()


def _reopened(case: Return, _event: e.ReturnReopened) -> Return:
    """As before it ended; goods that were to go back to the customer, and came back to us, go once more."""
    again = case.settled_as in {"send_back", "send_back_failed"}
    return replace(
        case,
        closed_at=None,
        outcome=None,
        settled_as=case.settled_as if again else "",
        verdict=case.verdict if again else Verdict.PENDING,
        reopened=case.reopened + 1,
    )


def _over(case: Return, _event: e.LateGoodsOver) -> Return:
    return replace(case, late_over=True)


def _letters(case: Return, event: Event) -> tuple[Draft, ...]:
    due = case.due("inspection")
    if not isinstance(event, e.ReturnReopened) or due is None:
        return ()
    return (("received", {"due": due.isoformat()}),)


def _late_steps(case: Return) -> frozenset[str]:
    return frozenset({s.ReceiveParcel.slug()}) if takes_late(case) else frozenset()


CHAPTER: Chapter[Return] = Chapter(
    changes={e.ReturnReopened: _reopened, e.LateGoodsOver: _over},
    instants=_instants,
    passed=_passed,
    letters=_letters,
    late_steps=_late_steps,
)
