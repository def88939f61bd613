"""Cases under one policy hold it once; what begins a case says the same as before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_type_hints

from domain.policy import PinnedPolicy
from tests import builders as b
from workflows.answers import Begin, Carried
from workflows.complaint import Complaint
from workflows.shared_policies import shared
from workflows.wire import WIRE

BEGIN = get_type_hints(vars(Complaint)["run"])["begin"]


def over_the_wire(begin: Begin[Any, Any]) -> Begin[Any, Any]:
    converter = WIRE.payload_converter
    read: Begin[Any, Any] = converter.from_payload(converter.to_payload(begin), BEGIN)
    assert read == begin
    return read


def test_two_cases_under_one_policy_hold_the_same_one() -> None:
    one, other = over_the_wire(Begin(b.opening(case="AS-1"))), over_the_wire(Begin(b.opening(case="AS-2")))
    assert one.opening.pinned is other.opening.pinned


def test_a_case_that_goes_on_in_a_new_run_shares_with_what_opened_it() -> None:
    opening = b.opening()
    began = over_the_wire(Begin(opening, Carried(b.complaint(), 7)))
    assert began.carried is not None
    assert began.carried.case.pinned is began.opening.pinned


def test_a_policy_that_only_claims_the_same_version_stays_its_own() -> None:
    policy: PinnedPolicy = b.policy()
    held = shared(policy)
    other = replace(policy, calendar=replace(policy.calendar, edition="another"))
    assert shared(other) is other
    assert shared(replace(policy)) is held


def test_what_begins_no_case_is_left_alone() -> None:
    converter = WIRE.payload_converter
    assert converter.from_payload(converter.to_payload({"opening": 1}), dict) == {"opening": 1}
