"""A parcel made good by another, and the shortest way to each refusal of complaints about it, for test_refusals.py."""

from __future__ import annotations

from typing import Any

from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.replaced import refusals as no
from domain.complaint.replaced.choosing import named
from domain.complaint.watching.state import ParcelState
from tests import builders as b
from tests.domain import asking
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.intake_moves import earlier, merge
from tests.domain.provoked import provokes


def to_reship(**changes: Any) -> Desk:
    """A lost parcel that is to be made good; the label desk has not sent it yet."""
    d = earlier(problem=Problem.LOST_DELIVERY, **changes)
    d.take(asking.trace())
    d.take(asking.traced())
    d.take(m.judge(fault=""))
    d.take(m.offer(RemedyKind.RESHIPMENT, worth="80.00"))
    d.take(m.accept())
    return d


def reshipped(to: ParcelState | None = ParcelState.ARRIVED, **changes: Any) -> Desk:
    """A lost parcel made good by another one, which came after a day unless told otherwise."""
    d = to_reship(**changes)
    d.take(m.part_sent(1, "SF7001"))
    if to is not None:
        d.wait(b.DAY)
        d.take(m.seen(to))
    return d


@provokes(no.FirstCaseUnknown)
def _() -> object:
    return named("AS-2026-000000", None, b.opening())


@provokes(no.NoReplacement)
def _() -> object:
    return named("AS-2026-000000", earlier().view(), b.opening())


@provokes(no.ReplacementNotSent)
def _() -> object:
    return named("AS-2026-000000", to_reship().view(), b.opening())


@provokes(no.NotThatReplacement)
def _() -> object:
    return named("AS-2026-000000", reshipped().view(), b.opening(order_index="ix-other"))


@provokes(no.ItsReplacement)
def _() -> object:
    d = desk()
    return d.take(merge(earlier().complaint, about=d.complaint.case))
