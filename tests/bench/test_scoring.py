"""What is scored, what is refused, and what is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import ActivityTaskStartedEventAttributes, HistoryEvent, MarkerRecordedEventAttributes

from bench import __main__ as command
from bench import report
from bench.actions import billed
from bench.drift import Drift
from bench.figures import Figure, Rounds, ratio_figure, ratios
from bench.report import Circumstances, Measured
from bench.size import Size
from bench.stand import Stand

AROUND = Circumstances("make bench", "18.4", "1.32.2")
SLOW = Figure("P2", "a step", 1.4, "1.3-1.5", most=1.35)


def drifting(*medians: float) -> Drift:
    drift = Drift()
    for median in medians:
        drift.rounds.add([median * 0.9, median, median * 1.1])
    return drift


def test_a_steady_machine_is_scored() -> None:
    assert drifting(1.0, 1.02, 0.98, 1.01, 1.05, 0.97).refusal() == ""


def test_a_machine_that_became_slower_is_not_scored() -> None:
    assert "moved by 20%" in drifting(1.0, 1.0, 1.0, 1.1, 1.2, 1.2).refusal()


def test_a_machine_that_became_faster_is_not_scored() -> None:
    assert "moved by 25%" in drifting(1.0, 1.0, 1.0, 0.9, 0.8, 0.8).refusal()


def test_a_machine_that_was_slow_in_the_middle_is_not_scored_though_it_ends_as_it_began() -> None:
    assert "moved by 40%" in drifting(1.0, 1.0, 1.4, 1.4, 1.0, 1.0).refusal()


def test_rounds_that_lie_apart_all_the_time_are_told_and_scored() -> None:
    restless = drifting(1.0, 1.4, 0.8, 1.0, 1.4, 0.8, 1.0, 1.4, 0.8)
    assert restless.refusal() == ""
    assert "1000.000 ms (800.000-1400.000) over 9 rounds" in restless.text()


def test_too_few_rounds_are_not_scored() -> None:
    assert "at least" in drifting(1.0, 1.0, 1.0).refusal()


def test_a_machine_stands_still_when_its_last_rounds_agree_whatever_came_before() -> None:
    assert drifting(*[3.0, 2.0], *[1.0] * 5, *[1.02] * 5, *[0.98] * 5).still


def test_a_machine_that_still_becomes_quicker_does_not_stand_still() -> None:
    assert not drifting(*[1.1] * 5, *[1.05] * 5, *[1.0] * 5).still


def test_a_machine_that_was_looked_at_for_a_moment_is_not_said_to_stand_still() -> None:
    assert not drifting(*[1.0] * 14).still
    assert not Drift().still


def test_a_ratio_is_taken_round_by_round() -> None:
    ours, bare = Rounds([[2.0], [8.0], [3.0]]), Rounds([[1.0], [4.0], [3.0]])
    assert ratios(ours, bare) == [2.0, 2.0, 1.0]
    assert ratio_figure("P1", "open", ours, bare, most=1.3).reached is False
    assert ratio_figure("P2", "steps a second", ours, bare, least=0.7).reached is True


def test_rounds_that_do_not_match_are_no_ratio() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratios(Rounds([[1.0], [1.0]]), Rounds([[1.0]]))


def test_actions_are_counted_by_the_published_list() -> None:
    def event(kind: EventType.ValueType) -> HistoryEvent:
        return HistoryEvent(event_type=kind)

    def marker(task: int) -> HistoryEvent:
        told = MarkerRecordedEventAttributes(workflow_task_completed_event_id=task)
        return HistoryEvent(event_type=EventType.EVENT_TYPE_MARKER_RECORDED, marker_recorded_event_attributes=told)

    tried = HistoryEvent(
        event_type=EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED,
        activity_task_started_event_attributes=ActivityTaskStartedEventAttributes(attempt=3),
    )
    history = [
        event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED),
        event(EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED),
        event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED),
        event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED),
        event(EventType.EVENT_TYPE_TIMER_STARTED),
        event(EventType.EVENT_TYPE_TIMER_CANCELED),
        event(EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED),
        tried,
        marker(4),
        marker(4),
        marker(9),
    ]
    assert billed(history).total() == 1 + 1 + 1 + 1 + 3 + 2


def page(folder: Path) -> Path:
    file = folder / "benchmarks.md"
    file.write_text(f"# Title\n\n{report.BEGIN}\nold\n{report.END}\n\nafter\n")
    return file


def measured(name: str, figure: Figure = SLOW, refusal: str = "") -> Measured:
    return Measured(name, [figure], "B0 fared well", refusal)


def test_only_the_generated_part_of_the_page_is_replaced(tmp_path: Path) -> None:
    file = page(tmp_path)
    report.write([measured("P2")], AROUND, file)
    text = file.read_text()
    assert text.startswith("# Title")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "| P2 | a step | 1.40 | 1.3-1.5 | ≤ 1.35 | **not reached** |" in text


def test_a_measurement_made_alone_leaves_the_others_where_they_stand(tmp_path: Path) -> None:
    file = page(tmp_path)
    report.write([measured("P10"), measured("P2")], AROUND, file)
    report.write([measured("P2", replace(SLOW, value=1.2))], AROUND, file)
    text = file.read_text()
    assert [text.count(told) for told in ("### P2\n", "### P10\n", "1.40", "1.20")] == [1, 1, 1, 1]
    assert text.index("### P2\n") < text.index("### P10\n")


def test_what_may_not_be_scored_is_shown_without_a_verdict_until_something_was(tmp_path: Path) -> None:
    file = page(tmp_path)
    report.write([measured("P2", refusal="B0 moved by 40%")], AROUND, file)
    assert "not reached" not in file.read_text()
    assert "B0 moved by 40%" in file.read_text()
    report.write([measured("P2")], AROUND, file)
    report.write([measured("P2", refusal="B0 moved by 50%")], AROUND, file)
    assert "**not reached**" in file.read_text()
    assert "B0 moved" not in file.read_text()


def test_a_page_without_a_place_for_figures_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    file.write_text("# Title\n")
    with pytest.raises(ValueError, match="no place"):
        report.write([measured("P2")], AROUND, file)
    assert file.read_text() == "# Title\n"


@pytest.mark.parametrize(
    ("refusal", "failed", "code"),
    [("B0 moved by 40%", [], command.NOT_SCORED), ("", ["P6: not done"], command.NOT_MEASURED), ("", [], 0)],
)
def test_a_run_that_drifted_or_could_not_measure_says_so_by_its_code(
    refusal: str, failed: list[str], code: int, *, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def made(home: Path, chosen: object, size: Size) -> command.Run:
        return command.Run([measured("P2", refusal=refusal)], AROUND, failed)

    monkeypatch.setattr(command, "measure", made)
    monkeypatch.setattr("sys.argv", ["bench"])
    assert command.main() == code
    told = capsys.readouterr().out
    assert ("not reached" in told) is not bool(refusal)
    assert all(word in told for word in (refusal, *failed))


async def test_a_measurement_is_made_once_more_when_the_machine_drifted(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    async def once(stand: Stand, size: Size, name: str) -> Measured:
        tried.append(name)
        return measured(name, refusal="" if tried.count(name) > 1 else "B0 moved")

    monkeypatch.setattr(command, "once", once)
    stand = cast("Stand", SimpleNamespace())
    assert (await command.steadily(stand, Size(), "P2")).refusal == ""
    assert (await command.steadily(stand, Size(), "P6")).refusal == "B0 moved"
    assert tried == ["P2", "P2", "P6"]


def test_an_unknown_measurement_is_refused_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--only", "P99"])
    assert command.main() == 2
    assert "P99" in capsys.readouterr().err
