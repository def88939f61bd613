"""Strict replay finds each changed command by name, and finds nothing where nothing was changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from audit.strict_replay import ReplayReport, replay_strictly
from tests.audit import twins
from tests.audit.small_case import SmallCase


async def replay(history: WorkflowHistory, code: type, namespace: str, *, sandboxed: bool = False) -> ReplayReport:
    return await replay_strictly(
        history,
        workflows=[code],
        data_converter=pydantic_data_converter,
        namespace=namespace,
        sandboxed=sandboxed,
    )


@pytest.mark.parametrize("sandboxed", [True, False])
@pytest.mark.parametrize("run", [0, 1])
async def test_an_honest_history_is_clean(
    told: Sequence[WorkflowHistory], namespace: str, run: int, sandboxed: bool
) -> None:
    report = await replay(told[run], SmallCase, namespace, sandboxed=sandboxed)
    assert report.differences == ()
    assert report.events == len(told[run].events)
    assert report.run_id == told[run].run_id


Change = tuple[type, int, str, str | None, str, str | None, str | None]

CHANGES: list[Change] = [
    (twins.ChangedActivityInput, 0, "activity", "activity pay 1", "input[0].amount", "1250", "1300"),
    (twins.ChangedActivitySummary, 0, "activity", "activity pay 1", "summary[0]", '"Pay refund 1"', '"Pay"'),
    (twins.ChangedActivityTimeout, 0, "activity", "activity pay 1", "start_to_close", "10.0", "11.0"),
    (twins.DroppedActivity, 0, "activity", "activity pay 1", "presence", None, "nothing"),
    (twins.PaysTwice, 0, "activity", "activity pay 2", "presence", "nothing", None),
    # A message that is early brings its own timer first, so that the number of this one is not fixed.
    (twins.ChangedTimer, 0, "timer", None, "duration", "0.02", "0.03"),
    (twins.ChangedTimerSummary, 0, "timer", None, "summary[0]", '"let the ink dry"', '"wait"'),
    (twins.ChangedPatience, 1, "timer", None, "duration", "3600.0", "7200.0"),
    (twins.ChangedAnswer, 0, "update answered", None, "result[0]", '"agreed: maybe"', '"refused: maybe"'),
    (twins.ChangedRefusal, 0, "update answered", None, "failure.application.type", '"no_photo"', '"too_late"'),
    (
        twins.ChangedChildInput,
        0,
        "child workflow",
        None,
        "input[0].note",
        '"look at the left shoe"',
        '"look at the right shoe"',
    ),
    (twins.ChangedChildPolicy, 0, "child workflow", None, "parent_close_policy", "1", "2"),
    (twins.ChangedSignalPayload, 1, "signal", None, "input[0]", '"a case was closed"', '"nothing"'),
    (twins.ChangedSignalName, 1, "signal", None, "name", '"tell"', '"shout"'),
    (twins.ChangedMemo, 0, "memo", "upsert of the memo", "memo.stage", '"open"', '"closed"'),
    (
        twins.ChangedAttribute,
        0,
        "search attributes",
        None,
        "search_attributes.Desk",
        '"returns"',
        '"repairs"',
    ),
    (twins.ChangedPatch, 0, "patch", "patch ask-twice", "presence", None, "nothing"),
    (twins.ChangedLocalActivityId, 0, "local activity", None, "id", None, '"weighing"'),
    (twins.ChangedResult, 1, "result", "the run's result", "result[0]", '"satisfied"', '"angry"'),
    (twins.FailsLate, 1, "failure", "the run's failure", "presence", "nothing", None),
    (twins.ContinuesOnceMore, 1, "continuation", None, "presence", "nothing", None),
    (twins.NapsAtTheEnd, 1, "timer", None, "presence", "nothing", None),
    (twins.ChangedContinuation, 0, "continuation", None, "input[0].rounds", "0", "-1"),
]


@pytest.mark.parametrize("sandboxed", [True, False], ids=["sandboxed", "unsandboxed"])
@pytest.mark.parametrize("change", CHANGES, ids=[change[0].__name__ for change in CHANGES])
async def test_a_changed_command_is_found_by_name(
    told: Sequence[WorkflowHistory], namespace: str, change: Change, sandboxed: bool
) -> None:
    code, run, kind, subject, field, history, today = change
    report = await replay(told[run], code, namespace, sandboxed=sandboxed)
    found = [each for each in report.differences if each.kind == kind and each.field == field]
    assert found, [str(each) for each in report.differences]
    first = found[0]
    assert subject in {None, first.subject}
    assert history in {None, first.history}
    assert today in {None, first.today}
