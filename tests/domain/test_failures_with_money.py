"""What went wrong with money in other returns systems, and the tests that show that it does not here.

Each row names its tests; a row whose test is renamed or taken away is found by the test below. The rows that concern
goods are tests of their own in `test_failures_of_the_field.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

ROWS: dict[str, tuple[str, ...]] = {
    "retry after a lost answer pays twice, under a new key": (
        "domain/test_gateway.py::test_what_is_not_certain_is_unknown_and_asked_for_and_not_sent_again",
        "api/test_payment_gateway.py::test_an_answer_that_is_lost_leaves_it_unknown_and_the_inquiry_pays_it",
        "adapters/test_payment_gateways.py::test_the_same_key_again_pays_nothing_more",
    ),
    "the same notice delivered twice is booked twice": (
        "domain/test_gateway.py::test_a_notice_settles_what_no_answer_did_and_counts_once",
        "api/test_payment_gateway.py::test_a_notice_is_one_word_to_the_slip_however_often_it_comes",
    ),
    "a key made of transaction and amount blocks two honest payments": (
        "domain/test_parts.py::test_two_parts_of_one_sum_are_two_payments",
    ),
    "a double click pays twice": (
        "journeys/test_branches.py::test_paid_pressed_twice_at_once_is_paid_once",
        "api/test_bad_input.py::test_a_step_pressed_twice_is_taken_once",
        "db/test_ledger.py::test_a_slip_paid_twice_at_once_is_paid_under_one_reference",
    ),
    "a coupon is issued twice because its step ran twice": (
        "db/test_money_in_and_out.py::test_the_same_coupon_is_held_once_and_ends_once",
    ),
    "two parallel payments each pass the check of the balance": (
        "db/test_ledger.py::test_32_reservations_at_once_never_exceed_the_line",
        "db/test_money_in_and_out.py::test_of_sixteen_doors_at_once_only_as_many_pass_as_the_line_holds",
    ),
    "two doors, one credit": (
        "db/test_money_in_and_out.py::test_slips_coupons_and_the_platform_share_one_ceiling",
        "db/test_ledger.py::test_refund_and_compensation_share_the_lines_ceiling_over_all_cases",
    ),
    "the own refund echoes back and is booked as a second": (
        "domain/test_gateway.py::test_a_notice_that_repeats_the_end_in_other_words_is_nothing",
        "domain/test_on_platform.py::test_a_payment_recorded_by_hand_and_told_by_the_platform_counts_once",
    ),
    "an order is summed up wrongly after several refunds and cannot be refunded again": (
        "db/test_ledger.py::test_a_released_sum_is_free_again_but_its_key_and_number_are_not",
        "db/test_ledger_laws.py::test_no_order_of_calls_breaks_the_ledgers_laws",
    ),
    "undoing a failed run gives good money back": (
        "faults/payments/test_payments.py::test_a_hundred_refunds_while_everything_is_killed",
        "domain/test_held_refunds.py::test_gone_and_paid_at_the_same_time",
    ),
    "the gateway is asked inside an open transaction, or credits before anything is on record": (
        "domain/test_gateway.py::test_an_approved_slip_is_sent_at_once_and_on_record_before_anything_leaves",
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_the_row_is_shown_by_tests_that_are_there(row: str) -> None:
    for named in ROWS[row]:
        file, test = named.split("::")
        found = re.search(rf"^(async )?def {test}\(", (TESTS / file).read_text(), re.MULTILINE)
        assert found, f"{row}: there is no {named}"
