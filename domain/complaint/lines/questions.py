"""Which lines a case claims, and what the register of returned goods is to count of them.

The register holds, per order line and over all cases, the units that are on their way back or came back: never more
than were bought. What never came or was given back is the customer's again and counts no longer. A unit that came back
and was exchanged or mended does not count either: another one, or the same, is with the customer in its place, and may
be complained about like the first. A unit in place of which another one was sent, and which the customer has all the
same, counts as replaced: of the two only one was paid for [S][O].
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.complaint.children import ReturnOf
from domain.complaint.lines.state import ClaimedLine, CountState, LineCount
from domain.complaint.problems import BRINGS_GOODS, RemedyKind
from domain.complaint.state import Complaint
from domain.goods_return.state import KEPT
from domain.money import Money

CAME_TO_NOTHING = frozenset({"not_sent", "lost", "called_off"})
WENT_BACK = frozenset({"sent_back", "given_back"})
GONE_OUT = frozenset({"sent", "done"})


def claimed(case: Complaint) -> tuple[ClaimedLine, ...]:
    """Every claimed line with its units, the one that the case opened with first; empty while that is missing."""
    line = case.order_line
    if line is None:
        return ()
    judged = case.judgement
    fault, place = (judged.fault, judged.place) if judged is not None else ("", "")
    own = ClaimedLine(line.line, case.quantity or line.quantity, fault, place)
    further = (
        ClaimedLine(each.line, each.quantity, each.fault or fault, each.place if each.fault else place)
        for each in case.further
    )
    return (own, *further)


def paid_for_line(case: Complaint, claim: ClaimedLine) -> Money | None:
    """What was paid for the claimed units of a line, rounded up, never more than for the whole line."""
    line = case.facts.find(claim.line) if case.facts is not None else None
    if line is None:
        return None
    share = line.paid.share(claim.quantity, line.quantity)
    return min(share, line.paid, key=lambda money: money.minor)


def split(case: Complaint, total: Money) -> tuple[tuple[int, Money], ...]:
    """A sum over the claimed lines, in proportion to what was paid for them: each slip stands under its own ceiling."""
    claims = claimed(case)
    if len(claims) <= 1:
        return tuple((claim.line, total) for claim in claims)
    weights = [(paid_for_line(case, claim) or Money(0, total.currency)).minor for claim in claims]
    whole, done, parts = sum(weights), 0, list[tuple[int, Money]]()
    if not whole:
        return ((claims[0].line, total),)
    for place, claim in enumerate(claims, start=1):
        upto = total.minor * sum(weights[:place]) // whole
        parts.append((claim.line, Money(upto - done, total.currency)))
        done = upto
    return tuple(parts)


def return_name(case: Complaint) -> str:
    """The number that the next return will have."""
    return f"{case.case}-R{len(case.returns) + 1}"


def to_hold(case: Complaint) -> tuple[ClaimedLine, ...]:
    """The lines of the agreed return of which the register was not asked yet; of a running one, those added since."""
    agreed = case.accepted
    if agreed is None or agreed.kind not in BRINGS_GOODS or case.closed_at is not None:
        return ()
    part = _part(case, agreed.number)
    if part is not None and part.result is not None:
        return ()
    asked = {count.line for count in case.counts if count.proposal == agreed.number}
    return tuple(claim for claim in claimed(case) if claim.line not in asked)


def may_start(case: Complaint) -> bool:
    """Whether the register holds every unit of the agreed return, so that the customer may be told to send."""
    agreed = case.accepted
    counts = [count for count in case.counts if agreed is not None and count.proposal == agreed.number]
    return bool(counts) and all(count.state is CountState.HELD for count in counts) and not to_hold(case)


def refused(case: Complaint) -> bool:
    """Whether the agreed return cannot begin, since more would go back than was bought."""
    agreed = case.accepted
    if agreed is None or _part(case, agreed.number) is not None:
        return False
    return any(c.proposal == agreed.number and c.state is CountState.REFUSED for c in case.counts)


def with_the_register(case: Complaint) -> bool:
    """Whether the agreed return waits for the register's answer."""
    agreed = case.accepted
    asked = any(agreed is not None and c.proposal == agreed.number and c.state is CountState.ASKED for c in case.counts)
    return asked or bool(to_hold(case))


def to_tell_the_return(case: Complaint, part: ReturnOf) -> tuple[ClaimedLine, ...]:
    """Lines that are held for a running return and that it does not know yet."""
    held = {c.line for c in case.counts if c.return_case == part.case and c.state is CountState.HELD}
    return tuple(claim for claim in claimed(case) if claim.line in held and claim.line not in part.lines_told)


def to_count(case: Complaint) -> Iterator[tuple[str, tuple[ClaimedLine, ...]]]:
    """Returns of which the register has to count otherwise than it does, with the lines and their units."""
    for part in case.returns:
        held = [c for c in case.counts if c.return_case == part.case and c.state is CountState.HELD]
        changed = [ClaimedLine(c.line, _units(case, part, c)) for c in held if _units(case, part, c) != c.quantity]
        if changed:
            yield part.case, tuple(changed)


def _units(case: Complaint, part: ReturnOf, count: LineCount) -> int:
    """How many units of a line this return has, or will have, taken from the customer for good."""
    again, came = _customer_has_goods_again(case, part.proposal), _came_for_good(case, part, count.line)
    if again and part.proposal in case.shipped_first:
        gone = count.announced if part.result in {"passed", "lost"} else came or 0  # of two sent, one is paid for
        return max(count.announced - gone, 0)
    if again and (part.result == "passed" or part.settled_as in KEPT):
        return 0
    return count.announced if came is None else came


def _came_for_good(case: Complaint, part: ReturnOf, line: int) -> int | None:
    """Units of a line that came and stay; None while that is not known, and where all came."""
    stands = next((each for each in part.lines if each.line == line), None)
    to_go_back = part.settled_as == "call_off" or (case.closed_at is not None and part.settled_as == "send_back")
    given_up = to_go_back and part.result != "passed"  # what was called off, came all the same and passed is here
    if part.result in CAME_TO_NOTHING or given_up:  # a closed case may not hear any more that they went back
        return 0
    if part.result in WENT_BACK:
        return stands.accepted if stands is not None and part.settled_as == "send_back_failed" else 0
    kept = part.result == "failed" and part.settled_as in KEPT
    return stands.arrived if kept and stands is not None else None


def _customer_has_goods_again(case: Complaint, proposal: int) -> bool:
    """Whether the mended goods, or others in exchange, went out to the customer."""
    return any(
        part.proposal == proposal and part.kind in {RemedyKind.EXCHANGE, RemedyKind.REPAIR} and part.state in GONE_OUT
        for part in case.fulfilments
    )


def _part(case: Complaint, proposal: int) -> ReturnOf | None:
    return next((part for part in case.returns if part.proposal == proposal), None)
