"""A question that lay waiting while something happened must not let the case live through it out of turn."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError

from api.commands import Commands
from domain.complaint.steps import GiveFeedback
from domain.view import CaseView
from tests.builders import it_goes_on
from tests.journeys.desk import Desk, open_desk
from tests.journeys.people import AGENT
from upkeep.untimely import TaskClock, Untimely
from worker import cases_worker


def troubled_at(view: CaseView) -> list[str]:
    return [trouble["arose_at"] for trouble in view.story["troubles"]]  # type: ignore[index, union-attr]


async def lies_waiting(desk: Desk, case: str) -> None:
    """Return once the server holds the question before this one: nobody answered this one either."""
    with pytest.raises((RPCError, WorkflowQueryFailedError)):
        await desk.case(case).query("look", AGENT, rpc_timeout=timedelta(seconds=1))


async def test_news_that_came_while_a_question_waited_for_a_worker_keeps_its_own_time(
    temporal: Client, database_url: str, tmp_path: Path
) -> None:
    async with open_desk(temporal, database_url, tmp_path) as desk:
        case = await desk.open()
        await desk.until(case, lambda view: all(one["state"] != "by_machine" for one in view.story["letters"]))  # type: ignore[index]
    waiting = asyncio.create_task(Commands(temporal, desk.settings.task_queue, patience=20.0).look(case, AGENT))
    await lies_waiting(desk, case)
    before_news = datetime.now(UTC)
    await desk.case(case).signal("of_no_kind", "x")
    async with cases_worker(temporal, desk.database, desk.settings):
        seen = (await waiting).view
        answer = await desk.step(case, GiveFeedback(actor=AGENT, **it_goes_on("We are on it.")))
        assert troubled_at(seen) == troubled_at(answer.view)
        assert datetime.fromisoformat(troubled_at(seen)[0]) > before_news
        await desk.replays(case)


def activation(second: int, length: int, job: str) -> WorkflowActivation:
    made = WorkflowActivationJob()
    getattr(made, job).SetInParent()
    return WorkflowActivation(timestamp=Timestamp(seconds=second), history_length=length, jobs=[made])


def test_new_events_under_the_instant_of_the_task_before_are_refused() -> None:
    clock = TaskClock()
    clock.passes(activation(1, 3, "initialize_workflow"))
    clock.passes(activation(1, 3, "query_workflow"))
    with pytest.raises(Untimely):
        clock.passes(activation(1, 6, "signal_workflow"))


def test_a_later_task_a_second_part_of_one_task_and_mere_questions_pass() -> None:
    clock = TaskClock()
    clock.passes(activation(1, 3, "initialize_workflow"))
    clock.passes(activation(1, 3, "resolve_activity"))
    clock.passes(activation(1, 9, "query_workflow"))
    clock.passes(activation(1, 9, "remove_from_cache"))
    clock.passes(activation(2, 9, "fire_timer"))
