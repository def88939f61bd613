"""What the recorded histories show, read from the files: every problem, every ending, and the turns of a case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.history.v1 import HistoryEvent

from audit.export import read_export
from domain.complaint.problems import Problem
from domain.letters import PHRASES
from domain.policy import Language
from tests.histories.record import recorded
from tests.histories.record_cases import unrecorded

ENDINGS = frozenset(PHRASES[Language.ENGLISH].words["outcome"]) | {"no_answer", "merged"}
"""Every way in which a case ends: what the closing letter has words for, and the two with letters of their own."""

TURNS = {
    "complaint": {
        "reopened",
        "reclassified",
        "exempted_from_photo",
        "accepted_by_rule",
        "promise_renewed",
        "promise_settled",  # of a broken one
        "request_sent_back",
        "order_changed",
        "aftermath_recorded",
        "original_received",
        "proposal_countered",
        "unmerged",
        "difference_named",
        "incoming_asked",
        "platform_paid",
        "coupon_issued",
    },
    "return": {"goods_inspected", "goods_disposed", "return_given_up"},
    "payment": {"amount_changed", "slip_approved", "slip_paid"},
    "parcel": {"parcel_taken_on", "parcel_matched", "match_undone", "goods_counted", "parcel_closed"},
}
"""Turns in mid-flow, each of which has changed what a case waits for."""


def answers(file: Path) -> Iterator[Any]:
    """The answers to the steps of a case, as the history holds them."""
    for run in read_export(file.read_text(encoding="utf-8")).histories():
        for event in run.events:
            yield from _answer(event)


def _answer(event: HistoryEvent) -> Iterator[Any]:
    for payload in event.workflow_execution_update_completed_event_attributes.outcome.success.payloads:
        yield json.loads(payload.data)


@pytest.fixture(scope="module")
def told() -> list[Any]:
    """Every answer to a step, over all files."""
    return [answer for file in recorded() if file.name.startswith("cases.") for answer in answers(file)]


def of(kind: str, told: list[Any]) -> list[Any]:
    return [answer for answer in told if answer["view"]["kind"] == kind]


def test_every_problem_is_shown_as_far_as_its_judgement_or_change(told: list[Any]) -> None:
    cases = of("complaint", told)
    reached = [answer["view"]["problem"] for answer in cases if {"judged", "order_changed"} & set(answer["recorded"])]
    assert set(Problem) - set(reached) == set()


def test_every_ending_is_shown(told: list[Any]) -> None:
    ended = {answer["view"]["state"] for answer in of("complaint", told) if answer["view"]["closed_at"] is not None}
    assert ended == ENDINGS


@pytest.mark.parametrize("kind", TURNS)
def test_the_turns_of_a_case_are_shown(told: list[Any], kind: str) -> None:
    assert TURNS[kind] - {event for answer in of(kind, told) for event in answer["recorded"]} == set()


def test_a_case_is_shown_that_went_on_over_several_runs() -> None:
    runs = [len(read_export(file.read_text(encoding="utf-8")).runs) for file in recorded() if "long_case" in file.name]
    assert runs
    assert min(runs) >= 3


def test_every_story_of_the_release_is_on_file_with_all_its_parts() -> None:
    assert unrecorded() == {}
