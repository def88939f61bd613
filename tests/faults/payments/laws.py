"""What must hold of what was left: nothing paid twice, nothing lost, nothing unexplained. Functions of plain values.

The gateway's book is the truth about money. What the script made it do wrong by itself (another amount, twice) is
explained only by a contradiction on the slip with the gateway's reference, which is a task of finance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from adapters.payments.twin import Mood, Move
from domain.money import Money
from tests.adapters.gateway_server import storm_mood
from tests.faults.payments.finance import by_hand
from tests.faults.payments.reading import ENDED, Left, Slip


def double(left: Left, seed: int) -> Iterator[str]:
    """The desk never makes the gateway pay a slip twice, nor sends it under two keys, nor books it twice."""
    for case, slip in left.slips.items():
        key = slip.story["slip_number"]
        if len(set(slip.sent)) > 1 or set(slip.sent) - {key}:
            yield f"{case} was sent under {sorted(set(slip.sent))}, its key is {key}"
        moves = left.moves.get(key, [])
        if len(moves) > 1 and storm_mood(seed, key) is not Mood.PAYS_TWICE:
            yield f"{case}: the gateway paid {len(moves)} times"
        told = [word for word in left.heard if word.startswith(f"{case}/")]
        if len(told) > 1:
            yield f"{case} told its complaint {told}"
    references: dict[str, list[str]] = defaultdict(list)
    for case, row in left.ledger.items():
        if row["state"] == "paid":
            references[row["reference"]].append(case)
    yield from (f"{reference} pays {cases}" for reference, cases in references.items() if len(cases) > 1)


def lost(left: Left) -> Iterator[str]:
    """Whatever the gateway paid or refused, the slip, the ledger and the complaint know; no slip waits for nothing."""
    for case, slip in left.slips.items():
        key, state = slip.story["slip_number"], slip.view.state
        row = left.ledger.get(case)
        if row is None:
            yield f"{case} stands in no ledger"
            continue
        if left.moves.get(key) and state != "paid" and not slip.mismatches:
            yield f"{case} was paid by the gateway and stands as {state}"
        if key in left.refused and state != "refused":
            yield f"{case} was refused by the gateway and stands as {state}"
        if state not in ENDED and not slip.mismatches:
            yield f"{case} stands as {state}, and nothing says why"
        if state in ENDED and left.heard[f"{case}/{state}"] == 0:
            yield f"{case} is {state}, and its complaint never heard of it"


def unexplained(left: Left, amounts: dict[str, Money]) -> Iterator[str]:
    """Each payment in ledger and history is one in the book, of that sum; each in the book is a slip's, or named."""
    for case, slip in left.slips.items():
        row, key = left.ledger.get(case), slip.story["slip_number"]
        if row is None:
            continue
        yield from _books_agree(case, slip, row["state"], row["reference"] or "")
        moves = left.moves.get(key, [])
        if row["state"] == "paid" and row["reference"] == by_hand(key):
            if moves:
                yield f"{case} was paid by hand, and by the gateway under {[move.reference for move in moves]}"
        elif row["state"] == "paid":
            mine = [move for move in moves if move.reference == row["reference"]]
            if [move.amount for move in mine] != [amounts[case]]:
                yield f"{case} is paid under {row['reference']}, which the book has as {mine}"
        yield from (
            f"{case}: {move} is nobody's"
            for move in moves
            if not _named(move, slip, row["reference"]) and not by_statement(left, move)
        )
    keys = {slip.story["slip_number"] for slip in left.slips.values()}
    yield from (f"the gateway paid {key}, which is no slip" for key in left.moves if key not in keys)
    given: dict[tuple[str, int], int] = defaultdict(int)
    for row in left.ledger.values():
        given[row["order_index"], row["line"]] += row["amount_minor"] if row["state"] != "released" else 0
    yield from (f"{line} gave back {minor}" for line, minor in given.items() if minor > left.lines[line])


def desks_own(left: Left) -> Iterator[str]:
    """The desk's own books agree: histories, ledger and register; what differs is the statement alone."""
    told = (line for line in left.reconciled if len(line.split("  ")) > 1)
    yield from (line for line in told if not line.split("  ")[1].startswith("statement_"))


def by_statement(left: Left, move: Move) -> bool:
    """Whether the reconciliation with the gateway's statement names this movement."""
    return any(f"  {move.reference}: " in line for line in left.reconciled)


def only_by_statement(left: Left) -> int:
    """How many movements no slip names, so that only the statement shows them: their notice was lost."""
    return sum(
        by_statement(left, move) and not _named(move, slip, left.ledger[case]["reference"])
        for case, slip in left.slips.items()
        for move in left.moves.get(slip.story["slip_number"], [])
    )


def _books_agree(case: str, slip: Slip, state: str, reference: str) -> Iterator[str]:
    expected = {"paid": "paid", "refused": "released", "not_paid": "released"}.get(slip.view.state, "reserved")
    if state != expected:
        yield f"{case} stands as {slip.view.state}, the ledger has it {state}"
    if state == "paid" and slip.story["reference"] != reference:
        yield f"{case} is paid under {slip.story['reference']}, the ledger has {reference}"


def _named(move: Move, slip: Slip, reference: str | None) -> bool:
    return move.reference == reference or any(m["heard"]["reference"] == move.reference for m in slip.mismatches)
