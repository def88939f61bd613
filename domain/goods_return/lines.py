"""Each line of a return on its two axes: where its units are, and what we decided about them (domain.md [S]).

Nothing of this is stored: it follows from the parcels, from the inspections that hold, which add up, and from what was
settled. So no line can be counted twice, whatever the order in which its parcels came.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.goods_return.state import (
    GOES_BACK,
    Goods,
    Inspection,
    LineFound,
    Return,
    ReturnLine,
    Verdict,
)

NOT_FOUND = "registered fault not found"
"""The finding that disproves what was promised for a fault."""
IN_OUR_HANDS = frozenset({Goods.RECEIVED, Goods.SHORT, Goods.WRONG_ITEM})


@dataclass(frozen=True)
class LineStanding:
    """A line as it stands: `arrived` units of those announced, over all parcels; what was found; both axes."""

    line: int
    product: str
    announced: int
    arrived: int
    accepted: int
    goods: Goods
    verdict: Verdict
    findings: tuple[str, ...] = ()


def standings(case: Return) -> tuple[LineStanding, ...]:
    """Every line of the return, in its order."""
    return tuple(standing(case, line) for line in case.lines)


def standing(case: Return, line: ReturnLine) -> LineStanding:
    """One line."""
    arrived, found = arrived_of(case, line), findings_of(case, line)
    verdict = _verdict(case, line)
    taken = verdict is Verdict.ACCEPTED or (verdict is Verdict.ACCEPTED_IN_PART and case.settled_as == "kept")
    return LineStanding(
        line=line.line,
        product=line.product,
        announced=line.quantity,
        arrived=min(arrived, line.quantity),
        accepted=min(arrived, line.quantity) if taken else 0,
        goods=_goods(case, line, arrived, verdict),
        verdict=verdict,
        findings=found,
    )


def holding(case: Return) -> tuple[Inspection, ...]:
    """The inspections that count: of one parcel the last one, however often it was looked at."""
    held: list[Inspection] = []
    for inspection in case.inspections:
        held = [each for each in held if not set(each.covers) & set(inspection.covers)]
        held.append(inspection)
    return tuple(held)


def found_of(case: Return, line: ReturnLine) -> tuple[LineFound, ...]:
    """What was found of a line, parcel by parcel."""
    return tuple(each for inspection in holding(case) for each in inspection.found if each.line == line.line)


def arrived_of(case: Return, line: ReturnLine) -> int:
    """Units of a line that are here or were, over all parcels; may be more than announced."""
    return sum(each.quantity for each in found_of(case, line))


def findings_of(case: Return, line: ReturnLine) -> tuple[str, ...]:
    """Why a line does not pass, in fixed words; empty when it passes, or while nothing was inspected [S]."""
    held = holding(case)
    if not held:
        return ()
    found, arrived = found_of(case, line), arrived_of(case, line)
    other = arrived == 0 and any(inspection.others for inspection in held)
    table = (
        (other, "wrong item"),
        (not other and arrived < line.quantity, f"short: {arrived} of {line.quantity}"),
        (any(not each.intact for each in found), "damaged"),
        (any(not each.packaging_whole for each in found), "packaging not whole"),
        (bool(line.fault) and any(not each.fault_found for each in found), NOT_FOUND),
    )
    return tuple(words for fails, words in table if fails)


def findings(case: Return) -> tuple[str, ...]:
    """All findings; of a return with several lines each names its own, as in `damaged: line 2`."""
    if len(case.lines) == 1:
        return findings_of(case, case.lines[0])
    return tuple(_with_line(words, line) for line in case.lines for words in findings_of(case, line))


def _with_line(words: str, line: ReturnLine) -> str:
    return f"{words}, line {line.line}" if ": " in words else f"{words}: line {line.line}"


def uninspected(case: Return) -> tuple[str, ...]:
    """Tracking numbers of parcels that are here and that nobody opened yet."""
    seen = {tracking for inspection in case.inspections for tracking in inspection.covers}
    return tuple(p.tracking for p in case.parcels if p.received_at is not None and p.tracking not in seen)


def under_way(case: Return) -> bool:
    """Whether a parcel is still expected beside what came."""
    waited = (p for p in case.parcels if p.received_at is None and not p.given_up and p.courier_status != "lost")
    return any(not case.was_turned_away(parcel.tracking) for parcel in waited)


def waits_for_rest(case: Return) -> bool:
    """Whether units are missing, and may be in a parcel that is on its way; everything that came is in order."""
    failings = _failings(case)
    return bool(failings) and under_way(case) and all(words.startswith("short: ") for words in failings)


def undecided(case: Return) -> bool:
    """Whether nothing is decided yet: the rest is on its way, or a parcel is here and not opened."""
    return waits_for_rest(case) or unopened_beside(case)


def unopened_beside(case: Return) -> bool:
    """Whether a parcel that is here is not opened, beside what was inspected."""
    return to_decide(case) and bool(uninspected(case))


def to_decide(case: Return) -> bool:
    """Whether goods were inspected of a return that is neither settled nor closed."""
    return case.closed_at is None and not case.settled_as and bool(case.inspections)


def _failings(case: Return) -> list[str]:
    """What was found against a return that is neither settled nor closed."""
    if not to_decide(case):
        return []
    return [words for line in case.lines for words in findings_of(case, line)]


def passed(case: Return) -> bool:
    """Whether every line was inspected and passed, and no parcel that is here is left unopened."""
    return bool(case.inspections) and not findings(case) and not uninspected(case)


def _verdict(case: Return, line: ReturnLine) -> Verdict:
    if not holding(case):
        return Verdict.PENDING
    fails = bool(findings_of(case, line))
    settled = {
        "accepted": Verdict.ACCEPTED,
        "kept": Verdict.ACCEPTED_IN_PART if fails else Verdict.ACCEPTED,
        "send_back": Verdict.REJECTED,
        "send_back_failed": Verdict.REJECTED if fails else Verdict.ACCEPTED,
    }.get(case.settled_as)
    if settled is not None:
        return settled
    if not fails:
        return Verdict.ACCEPTED
    return Verdict.PENDING if undecided(case) else Verdict.NEEDS_A_PERSON


def _goods(case: Return, line: ReturnLine, arrived: int, verdict: Verdict) -> Goods:
    """Where its units are: with us, on their way, or gone back; the return's own word while none was inspected."""
    left = case.goods in {Goods.SENT_BACK, Goods.GIVEN_BACK}
    if left and (verdict is not Verdict.ACCEPTED or case.settled_as not in GOES_BACK):
        return case.goods
    if not holding(case):
        return case.goods
    if arrived >= line.quantity or unopened_beside(case):
        return Goods.RECEIVED  # or in a parcel that is here and not opened
    if under_way(case) and case.closed_at is None:
        return Goods.IN_TRANSIT
    other = arrived == 0 and any(inspection.others for inspection in holding(case))
    return Goods.WRONG_ITEM if other else Goods.SHORT
