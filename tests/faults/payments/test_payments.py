"""The proof in short: a hundred refunds and a kill of each process; and each law goes red when it is broken."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from adapters.payments.twin import Move
from domain.money import Money
from tests.adapters.gateway_server import STORM, storm_mood
from tests.faults.payments import laws
from tests.faults.payments.proof import prove
from tests.faults.payments.reading import Left, Slip

SEED = 7
SLIPS = 100


@pytest.mark.timeout(420)
async def test_a_hundred_refunds_while_everything_is_killed(scratch: Path) -> None:
    home = scratch / "payments"
    home.mkdir(mode=0o711)
    found = await prove(home, SEED, SLIPS, at_once=8, every=(5.0, 9.0))
    assert found.held, found.table()
    assert found.kills, "nothing was killed"
    assert found.moves >= SLIPS - found.states["refused"]
    assert found.mismatches, "a storm of a hundred has a wrong amount or a double payment"


def test_every_mood_comes_in_a_storm() -> None:
    moods = Counter(storm_mood(1, f"2026-{number:06d}") for number in range(10_000))
    assert moods.keys() == STORM.keys()


# -- the laws by themselves ----------------------------------------------------------------------------------------

KEY = next(f"2026-{n:06d}" for n in range(1, 100) if storm_mood(SEED, f"2026-{n:06d}").value == "pays")
CASE = "AS-2026-900000-P1"
YUAN = Money(500, "CNY")


class View:
    """As much of a view as the laws look at."""

    def __init__(self, state: str, story: dict[str, Any]) -> None:
        self.state = state
        self.story = story


def left(state: str = "paid", row: str = "paid", **changes: Any) -> Left:
    story = {"slip_number": KEY, "reference": "TW-1" if state == "paid" else ""}
    slip = Slip(CASE, View(state, story), changes.pop("sent", [KEY]))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  see View
    booked = {"state": row, "reference": "TW-1" if row == "paid" else None, "amount_minor": 500}
    whole: dict[str, Any] = {
        "slips": {CASE: slip},
        "ledger": {CASE: booked | {"order_index": "ix", "line": 1}},
        "moves": {KEY: [Move(KEY, "TW-1", YUAN)]},
        "refused": set(),
        "heard": Counter([f"{CASE}/{state}"]),
        "reconciled": ["The books of 1 shops agree."],
        "lines": {("ix", 1): 100_000},
    }
    return Left(**{**whole, **changes})


def broken(found: Left) -> set[str]:
    told = {
        "double": list(laws.double(found, SEED)),
        "lost": list(laws.lost(found)),
        "unexplained": [*laws.unexplained(found, {CASE: YUAN}), *laws.desks_own(found)],
    }
    return {law for law, cases in told.items() if cases}


TWICE = {KEY: [Move(KEY, "TW-1", YUAN), Move(KEY, "TW-2", YUAN)]}


def test_a_slip_that_was_paid_once_breaks_no_law() -> None:
    assert broken(left()) == set()


@pytest.mark.parametrize(
    ("found", "law"),
    [
        (left(moves=TWICE), {"double", "unexplained"}),
        (left(sent=[KEY, "2026-999999"]), {"double"}),
        (left(heard=Counter([f"{CASE}/paid", f"{CASE}/refused"])), {"double"}),
        (left("sent", "reserved"), {"lost", "unexplained"}),
        (left("with_finance", "reserved", moves={}), {"lost"}),
        (left(heard=Counter[str]()), {"lost"}),
        (left(moves={}), {"unexplained"}),
        (left(moves={KEY: [Move(KEY, "TW-1", Money(600, "CNY"))]}), {"unexplained"}),
        (
            left(moves={KEY: [Move(KEY, "TW-1", YUAN)], "2026-999999": [Move("2026-999999", "TW-9", YUAN)]}),
            {"unexplained"},
        ),
        (left(row="reserved"), {"unexplained"}),
        (left(lines={("ix", 1): 100}), {"unexplained"}),
        (left(refused={KEY}), {"lost"}),
        (left(reconciled=["demo  register_lacks  AS-1: the register has no row of it"]), {"unexplained"}),
    ],
)
def test_each_law_sees_what_it_is_for(found: Left, law: set[str]) -> None:
    assert broken(found) == law
