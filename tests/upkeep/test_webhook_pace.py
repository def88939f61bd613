"""When one tries again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upkeep.webhook_pace import Pace

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PACE = Pace()


def run(dice: float = 0.5, asked: float | None = None) -> list[timedelta]:
    """The ages of a delivery at all its tries, none of which is taken."""
    ages, at, tries = [timedelta(0)], NOON, 1
    while (again := PACE.next_try(tries, NOON, at, dice, asked)) is not None:
        assert again > at
        ages.append(again - NOON)
        at, tries = again, tries + 1
    return ages


def test_pauses_grow_from_seconds_to_hours_and_end_after_three_days() -> None:
    ages = run()
    assert [round(age.total_seconds()) for age in ages[:5]] == [0, 10, 40, 130, 400]
    pauses = [later - earlier for earlier, later in pairwise(ages[:-1])]
    assert pauses == sorted(pauses)
    assert max(pauses) == timedelta(hours=6)
    assert ages[-1] == timedelta(days=3)
    assert len(ages) == 20


@given(st.floats(0, 1))
def test_dice_spread_the_tries_and_change_neither_their_end_nor_much_of_their_number(dice: float) -> None:
    ages = run(dice)
    assert timedelta(seconds=8) <= ages[1] <= timedelta(seconds=12)
    assert ages[-1] == timedelta(days=3)
    assert 18 <= len(ages) <= 26


def test_who_asks_to_be_left_alone_is_left_alone() -> None:
    assert PACE.next_try(1, NOON, NOON, 0.5, 3600.0) == NOON + timedelta(hours=1)
    assert PACE.next_try(9, NOON, NOON, 0.5, 1.0) == NOON + timedelta(hours=6)


@pytest.mark.parametrize("tries", [1, 50, 10_000])
def test_any_number_of_tries_has_a_pause(tries: int) -> None:
    again = PACE.next_try(tries, NOON, NOON, 1.0, None)
    assert again is not None
    assert again - NOON <= timedelta(hours=7.2)


def test_a_webhook_is_hopeless_after_five_days_without_a_success() -> None:
    assert not PACE.is_hopeless(None, NOON)
    assert not PACE.is_hopeless(NOON - timedelta(days=5, seconds=-1), NOON)
    assert PACE.is_hopeless(NOON - timedelta(days=5), NOON)
