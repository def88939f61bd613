"""Which replacement a new complaint is about: the one that is named, or the only one that it can be [O]."""

from __future__ import annotations

from collections.abc import Sequence

from domain.complaint.problems import Problem
from domain.complaint.replaced import refusals as no
from domain.complaint.replaced.from_story import about_of, replaces, sent_out
from domain.complaint.replaced.state import AboutReplacement, Replacement
from domain.complaint.state import OpenComplaint
from domain.order import OrderFacts
from domain.view import CaseView

OF_THE_GOODS = frozenset(
    {
        Problem.QUALITY,
        Problem.NOT_AS_IMAGINED,
        Problem.SHORT_OR_MISSING,
        Problem.WRONG_DELIVERY,
        Problem.DAMAGED,
        Problem.CHANGED_MIND,
        Problem.TECHNICAL,
    }
)
"""Problems that goods have which the customer holds in hand."""


def named(number: str, first: CaseView | None, opening: OpenComplaint) -> AboutReplacement:
    """The last replacement that the named case sent.

    Raises:
        FirstCaseUnknown, NoReplacement, ReplacementNotSent, NotThatReplacement.
    """
    if first is None:
        raise no.FirstCaseUnknown(field="about_replacement_of")
    sent = sent_out(first)
    if not sent:
        kind = no.ReplacementNotSent if replaces(first) else no.NoReplacement
        raise kind(field="about_replacement_of", case=number)
    last = sent[-1]
    other_order = opening.order_index not in {None, first.order_index}
    if other_order or not _lines(opening) <= {line for line, _ in last.units}:
        raise no.NotThatReplacement(field="about_replacement_of", case=number)
    return _about(first, last)


def recognisable(opening: OpenComplaint) -> bool:
    """Whether the complaint is of goods of a line that is known to be the order's: then it is worth looking."""
    known = opening.order_index is not None and opening.line is not None and opening.order_facts is not None
    return known and opening.problem in OF_THE_GOODS


def recognised(of_the_order: Sequence[CaseView], opening: OpenComplaint) -> AboutReplacement | None:
    """The replacement that the complaint is about for certain: of this line the customer has nothing else in hand.

    of_the_order: the complaints of the same order that sent replacements, or are about one. Certain is only what had
    come by the day of the complaint, took the place of every unit of the line, and was not replaced again since.
    """
    if not recognisable(opening) or opening.order_facts is None:
        return None
    replaced_again = {about_of(view) for view in of_the_order if any(map(_has_come, sent_out(view)))}
    found: list[AboutReplacement] = []
    for view in of_the_order:
        whole = [each for each in sent_out(view) if _stands_for_all(each, opening, opening.order_facts)]
        if whole and view.case not in replaced_again:
            found.append(_about(view, whole[-1], recognised=True))
    return found[0] if len(found) == 1 else None


def _has_come(sent: Replacement) -> bool:
    return sent.arrived_at is not None


def _stands_for_all(sent: Replacement, opening: OpenComplaint, facts: OrderFacts) -> bool:
    if sent.arrived_at is None or sent.arrived_at > opening.received_at:
        return False
    bought = {line.line: line.quantity for line in facts.lines}
    units = {line: quantity for line, quantity in sent.units if quantity is not None}
    return all(line in bought and units.get(line, 0) >= bought[line] for line in _lines(opening))


def _lines(opening: OpenComplaint) -> set[int]:
    """Every line that the complaint names."""
    return {line for line in (opening.line, *(each.line for each in opening.further)) if line is not None}


def _about(view: CaseView, sent: Replacement, *, recognised: bool = False) -> AboutReplacement:
    return AboutReplacement(
        case=view.case,
        part=sent.part,
        kind=sent.kind,
        carrier=sent.carrier,
        tracking=sent.tracking,
        arrived_at=sent.arrived_at,
        lines=tuple(line for line, _ in sent.units),
        recognised=recognised,
    )
