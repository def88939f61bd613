"""Every recorded history replays strictly on today's code."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowHistory

from audit.export import read_export
from audit.strict_replay import Difference, replay_strictly
from tests.audit.twins import ChangedTimer
from tests.histories.record import FOLDER, recorded, save_history
from tests.histories.workflow_sets import SETS, WorkflowSet


async def replay_file(file: Path, code: WorkflowSet | None = None, *, sandboxed: bool = True) -> list[Difference]:
    """All differences over all runs of the file."""
    code = code or SETS[file.name.split(".")[0]]
    exported = read_export(file.read_text(encoding="utf-8"))  # noqa: ASYNC240 - nobody else waits for this loop
    found: list[Difference] = []
    for history in exported.histories():
        report = await replay_strictly(
            history,
            workflows=code.workflows,
            data_converter=code.data_converter,
            namespace=exported.namespace,
            sandboxed=sandboxed,
            runner=code.runner() if code.runner is not None else None,
        )
        found.extend(report.differences)
    return found


@pytest.mark.parametrize("file", recorded(), ids=lambda file: file.stem)
async def test_a_recorded_history_replays_strictly_on_todays_code(file: Path) -> None:
    assert [str(each) for each in await replay_file(file)] == []


def test_every_recorded_history_belongs_to_a_known_set() -> None:
    assert {file.name.split(".")[0] for file in recorded()} <= SETS.keys()


async def test_a_changed_deadline_is_found_in_the_recorded_history() -> None:
    found = await replay_file(FOLDER / "small.two_runs.json", WorkflowSet((ChangedTimer,)))
    assert {(each.subject, each.field, each.history, each.today) for each in found} == {
        ("timer 1", "duration", "0.02", "0.03")
    }


async def test_a_history_is_saved_once_and_never_overwritten(
    case_client: Client, told: tuple[WorkflowHistory, ...], tmp_path: Path
) -> None:
    case = told[0].workflow_id
    file = await save_history(case_client, case, "small.fresh", tmp_path)
    assert await replay_file(file, sandboxed=False) == []
    with pytest.raises(FileExistsError):
        await save_history(case_client, case, "small.fresh", tmp_path)
    with pytest.raises(ValueError, match="<set>"):
        await save_history(case_client, case, "nameless", tmp_path)
