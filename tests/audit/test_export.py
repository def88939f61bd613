"""An exported case is whole, notices when it was altered, and replays from its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError, RPCStatusCode

from audit.export import CaseExport, ExportAlteredError, ExportUnreadableError, export_case, read_export
from audit.strict_replay import HistoryUnreadableError, replay_strictly
from tests.audit.small_case import SmallCase


@pytest.fixture(scope="session")
async def exported(case_client: Client, told: tuple[WorkflowHistory, ...]) -> CaseExport:
    return await export_case(case_client, told[0].workflow_id)


def document(exported: CaseExport) -> dict[str, Any]:
    return json.loads(exported.to_text())


async def test_all_runs_of_a_case_are_exported_in_their_order(
    exported: CaseExport, told: tuple[WorkflowHistory, ...]
) -> None:
    assert exported.workflow_type == "SmallCase"
    assert [run.run_id for run in exported.runs] == [run.run_id for run in told]
    assert [run.events for run in exported.runs] == [len(run.events) for run in told]
    assert document(exported)["format"] == "redress-history/1"


async def test_an_export_read_back_is_the_same_and_replays_strictly_without_a_server(
    exported: CaseExport, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    file.write_text(exported.to_text(), encoding="utf-8")
    again = read_export(file.read_text(encoding="utf-8"))
    assert again == exported
    for history in again.histories():
        report = await replay_strictly(
            history, workflows=[SmallCase], data_converter=pydantic_data_converter, namespace=again.namespace
        )
        assert report.clean


async def test_an_altered_amount_is_noticed(exported: CaseExport) -> None:
    changed = document(exported)
    event = changed["runs"][0]["history"]["events"][0]
    event["workflowExecutionStartedEventAttributes"]["identity"] = "somebody else"
    with pytest.raises(ExportAlteredError, match="run 0 was altered: its sha256"):
        read_export(json.dumps(changed))


async def test_a_wrong_count_of_events_is_noticed(exported: CaseExport) -> None:
    changed = document(exported)
    changed["runs"][1]["events"] += 1
    with pytest.raises(ExportAlteredError, match="run 1 was altered: it holds"):
        read_export(json.dumps(changed))


async def test_a_history_put_under_another_name_is_noticed(exported: CaseExport) -> None:
    changed = document(exported) | {"workflow_id": "case-of-somebody-else"}
    with pytest.raises(ExportAlteredError, match="belongs to another workflow"):
        read_export(json.dumps(changed))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"format": "redress-history/1", "runs": [7], "workflow_id": "a"}', 'the export has no "namespace"'),
        ("", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"format": "redress-history/2"}', "format is not redress-history/1"),
        ('{"format": "redress-history/1"}', 'the export has no "runs"'),
        ('{"format": "redress-history/1", "runs": []}', "holds no run"),
        (
            '{"format": "redress-history/1", "namespace": "n", "runs": [7], "workflow_id": "a", "workflow_type": "b"}',
            "run 0 is not",
        ),
        (
            '{"format": "redress-history/1", "namespace": "n", "runs": [{}], "workflow_id": "a", "workflow_type": "b"}',
            '"run_id"',
        ),
    ],
)
def test_what_is_no_export_is_refused_with_the_reason(text: str, complaint: str) -> None:
    with pytest.raises(ExportUnreadableError, match=complaint):
        read_export(text)


async def test_an_unknown_case_cannot_be_exported(case_client: Client) -> None:
    with pytest.raises(RPCError) as refused:
        await export_case(case_client, "never-opened")
    assert refused.value.status == RPCStatusCode.NOT_FOUND


async def test_a_history_without_its_start_cannot_be_replayed(told: tuple[WorkflowHistory, ...]) -> None:
    headless = WorkflowHistory(told[0].workflow_id, list(told[0].events)[1:])
    with pytest.raises(HistoryUnreadableError):
        await replay_strictly(
            headless, workflows=[SmallCase], data_converter=pydantic_data_converter, namespace="anywhere"
        )
