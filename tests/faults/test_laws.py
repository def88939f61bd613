"""The laws alone, without servers: what a world of plain values breaks, and what excuses it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.faults.client_log import Said
from tests.faults.judge.law_1_openings import every_opening_exists_once
from tests.faults.judge.law_2_steps import every_step_stands_once
from tests.faults.judge.law_3_money import minor_of, money_moves_once
from tests.faults.judge.law_4_register import rows_equal_the_cases
from tests.faults.judge.law_5_deadlines import Outage, outages, risen
from tests.faults.judge.law_8_privacy import nothing_personal_in_clear
from tests.faults.judge.world import World

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CASE = "AS-2026-000001"


def said(intent: str, status: int, key: str = "k", at: float = 0.0, **more: Any) -> Said:
    given = {"client": "c", "story": "s", "role": "agent", "method": "POST", "path": "/v1/x", **more}
    return Said(intent=intent, key=key, sent_at=at, answered_at=at + 1, status=status, **given)


def opened(key: str, case: str = CASE) -> Said:
    return said("open", 201, key, answer={"case": {"case": case}})


def test_an_answered_opening_needs_a_history_and_a_place_among_the_openings() -> None:
    found = list(every_opening_exists_once(World(NOON, said=[opened("k")])))
    assert [each.case for each in found] == [CASE, CASE]


def test_one_key_answered_with_two_cases_is_found() -> None:
    world = World(NOON, said=[opened("k"), opened("k", "AS-2026-000002")])
    assert any("answered with 2 cases" in each.sentence for each in every_opening_exists_once(world))


def test_a_step_taken_in_a_case_without_history_is_found_and_a_refused_one_is_not() -> None:
    taken = World(NOON, said=[said("step", 200, case=CASE, step="judge")])
    refused = World(NOON, said=[said("step", 409, case=CASE, step="judge")])
    assert len(list(every_step_stands_once(taken))) == 1
    assert not list(every_step_stands_once(refused))


def test_a_gap_in_the_slips_numbers_is_found() -> None:
    rows = [{"refund_key": f"P{n}", "shop": "s", "slip_year": 2026, "slip_number": n} for n in (1, 3)]
    found = [each for each in money_moves_once(World(NOON, ledger=rows)) if "numbered" in each.sentence]
    assert [each.case for each in found] == ["s 2026"]


def test_an_amount_without_a_fraction_has_minor_units_too() -> None:
    assert [minor_of({"amount": text}) for text in ("12", "12.5", "12.50")] == [1200, 1250, 1250]


def test_a_row_of_no_case_is_found() -> None:
    assert [each.case for each in rows_equal_the_cases(World(NOON, rows=[{"case": CASE}]))] == [CASE]


def test_an_outage_lasts_from_the_blow_to_the_first_step_that_was_sent_after_it_and_taken() -> None:
    blow = NOON.timestamp()
    steps = [said("step", 200, at=blow - 1), said("step", 503, at=blow + 1), said("step", 200, at=blow + 7)]
    world = World(NOON + timedelta(hours=1), said=steps, noted=[{"what": "kill", "at": blow, "seconds": 5.0}])
    assert outages(world) == [Outage(NOON, NOON + timedelta(seconds=8))]


def test_a_word_is_found_in_a_log_in_disguise_and_never_repeated() -> None:
    world = World(NOON, files={"api.log": b"name=Kanaria".hex().encode()}, canaries=("Kanaria",))
    found = list(nothing_personal_in_clear(world))
    assert [each.case for each in found] == ["api.log"]
    assert "Kanaria" not in str(found[0])


def test_a_desk_that_is_struck_soon_after_an_instant_may_act_on_it_once_it_is_back() -> None:
    blow = Outage(NOON, NOON + timedelta(seconds=4))
    assert risen([blow], NOON - timedelta(seconds=9)) == blow.end
    assert risen([blow], NOON + timedelta(seconds=3)) == blow.end
    for undisturbed in (NOON - timedelta(seconds=11), blow.end):
        assert risen([blow], undisturbed) == undisturbed
