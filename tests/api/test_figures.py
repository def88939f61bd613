"""What `/metrics` of API and worker tell, and that it is what dashboard and alerts ask for."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import Client

from api import standing_figures
from db.sessions import Database
from settings import Settings
from standalone.metrics_page import Page
from tests import env
from tests.api.counter import Counter
from tests.api.outages import database_away
from tests.api.test_story import photographed
from tests.api.watched import WatchedWorker, api_page, watched_worker
from tests.builders import it_goes_on
from tests.docs import promql
from tests.env import PostgresForTests
from upkeep.mending import keep_mending

NOBODY_LISTENS = "smtp://127.0.0.1:1"
LATENESS = "redress_deadline_lateness_seconds_count"


async def opened(counter: Counter) -> str:
    await counter.register()
    return (await counter.complain()).json()["case"]["case"]


async def told(counter: Counter, worker: WatchedWorker, name: str, **labels: str) -> Page:
    """The worker's page, once it has that sample above zero."""

    async def there() -> Page | None:
        page = await worker.page()
        return page if page.total(name, **labels) > 0 else None

    return await counter.until(there)


async def test_everything_that_dashboard_and_alerts_ask_for_is_told_after_a_short_story(
    counter: Counter, temporal: Client, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upkeep.lateness.LATE", timedelta(seconds=-1))
    no_mail = settings.model_copy(update={"smtp_url": NOBODY_LISTENS})
    async with watched_worker(temporal, database, no_mail) as worker:
        await opened(counter)
        case = (await counter.complain(customer={"reference": "li_1", "phone": "139 0013 9000"})).json()["case"]["case"]
        answer = await counter.step("agent", case, "give_feedback", **it_goes_on("We look into it."))
        assert answer.status_code == 200, answer.text
        await env.fast_forward(temporal, temporal.get_workflow_handle(case), timedelta(hours=80))
        await temporal.start_workflow("Complaint", "unreadable", id="AS-2026-999999", task_queue=settings.task_queue)
        sweeping = asyncio.create_task(keep_mending(worker.client, database, worker.figures))
        await told(counter, worker, "redress_sweep_last_success_timestamp_seconds")
        await told(counter, worker, "redress_row_lag_seconds_count")
        sweeping.cancel()
        await told(counter, worker, "temporal_activity_execution_failed_total")
        of_worker = await told(counter, worker, "temporal_workflow_task_execution_failed_total")
        of_api = await api_page(counter)

    samples = [*of_api.samples, *of_worker.samples]
    labels: dict[str, dict[str, set[str]]] = {}
    for sample in samples:
        for name, value in {**sample.labels, "": ""}.items():
            labels.setdefault(sample.name, {}).setdefault(name, set()).add(value)
    wrong: list[str] = []
    for where, expression in promql.expressions():
        asked = promql.asked(where, expression)
        named = set(promql.LABELS_BY_PROMETHEUS)
        for metric, narrowed in asked.metrics.items():
            if metric in promql.BY_PROMETHEUS:
                continue
            if metric not in labels:
                wrong.append(f"{where}: nobody tells {metric}")
                continue
            named |= set(labels[metric])
            for label, value in narrowed.items():
                known = labels[metric].get(label, set())
                if not known or (value and label != "status" and value not in known):
                    wrong.append(f"{where}: {metric} has no {label}={value}")
        wrong += [f"{where}: nothing there has the label {label}" for label in asked.by - named]
    assert wrong == []


async def test_steps_are_timed_by_name_and_by_how_they_were_answered(manned: Counter) -> None:
    case = await opened(manned)
    await manned.step("agent", case, "give_feedback", **it_goes_on("We look into it."))
    await manned.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    await manned.step("agent", case, "no_such_step_13800138000")
    await photographed(manned, case, "agent")
    page = await api_page(manned)
    count = "redress_step_seconds_count"
    assert page.total(count, step="give_feedback", outcome="taken") == 1
    assert page.total(count, step="accept_proposal", outcome="refused") == 1
    assert page.total(count, step="add_evidence", outcome="taken") == 1
    assert page.total(count) == 3
    faults = [sample.value for sample in page.samples if sample.labels == {"code": "fault"}]
    assert faults[0] == 0, "it stands at zero from the start, so that the first one counts as an increase"


async def test_a_step_that_no_worker_answers_counts_as_one_for_later(counter: Counter) -> None:
    case = await opened(counter)
    assert (await counter.step("agent", case, "give_feedback", **it_goes_on("We look."))).status_code == 503
    assert (await api_page(counter)).total("redress_step_seconds_count", step="give_feedback", outcome="later") == 1


async def test_figures_of_the_desk_are_read_for_the_page_only_and_kept_for_some_seconds(
    manned: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await api_page(manned)).total("redress_cases_open") == 0
    await opened(manned)
    assert (await api_page(manned)).total("redress_cases_open") == 0
    monkeypatch.setattr(standing_figures, "KEPT_FOR", 0.0)
    page = await api_page(manned)
    assert page.total("redress_cases_open", kind="complaint") == 1
    assert page.total("redress_tasks_waiting") > 0


async def test_while_the_database_is_away_no_old_figures_of_the_desk_are_shown_as_new(
    counter: Counter, migrated_postgres: PostgresForTests, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_figures, "KEPT_FOR", 0.0)
    assert (await api_page(counter)).total("redress_standing_read") == 1
    async with database_away(migrated_postgres, settings.database_url):
        page = await api_page(counter)
    assert [sample.value for sample in page.samples if sample.name == "redress_standing_read"] == [0]
    assert "redress_deadlines_unnoticed" not in page.names
    assert "redress_payments_waiting" not in page.names


async def test_lateness_is_told_of_every_kind_of_instant_by_the_name_of_its_clock(
    counter: Counter, temporal: Client, database: Database, settings: Settings
) -> None:
    async with watched_worker(temporal, database, settings) as worker:
        case = await opened(counter)
        handle = temporal.get_workflow_handle(case)
        await env.fast_forward(temporal, handle, timedelta(hours=80))
        page = await told(counter, worker, LATENESS, clock="evidence", fact="breach")
        assert page.total(LATENESS, clock="evidence", fact="reminder") == 2
        assert page.total(LATENESS, clock="evidence", fact="warning") == 1
        assert page.total(LATENESS, clock="first_feedback", fact="escalation") == 2
        taken = await counter.step("agent", case, "record_call", reached=False)
        assert taken.status_code == 200, taken.text
        filed = await counter.step("agent", case, "declare_no_answer", reason="no answer", message="Write to us.")
        assert filed.status_code == 200, filed.text
        await env.fast_forward(temporal, handle, timedelta(days=16))
        page = await told(counter, worker, LATENESS, clock="reopening")
        assert page.total(LATENESS, clock="reopening", fact="reopening_ended") == 1


async def test_a_complaint_entered_late_makes_the_desk_itself_no_later(
    counter: Counter, temporal: Client, database: Database, settings: Settings
) -> None:
    async with watched_worker(temporal, database, settings) as worker:
        await counter.register()
        received = datetime.now(UTC) - timedelta(days=3)
        answer = await counter.complain(received_at=received.isoformat())
        clocks = {clock["name"]: clock for clock in answer.json()["case"]["clocks"]}
        assert datetime.fromisoformat(clocks["first_feedback"]["due_at"]) == received + timedelta(hours=24)
        page = await told(counter, worker, LATENESS, clock="first_feedback", fact="breach")
        bounds = {"clock": "first_feedback", "fact": "breach"}
        assert page.total("redress_deadline_lateness_seconds_sum", **bounds) < 60


async def test_lateness_is_counted_once_and_not_again_when_a_worker_replays_the_case(  # noqa: PLR0917  its parts
    counter: Counter,
    temporal: Client,
    database: Database,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("upkeep.lateness.LATE", timedelta(seconds=-1))
    caplog.set_level(logging.WARNING, "redress.lateness")
    async with watched_worker(temporal, database, settings) as worker:
        case = await opened(counter)
        await env.fast_forward(temporal, temporal.get_workflow_handle(case), timedelta(hours=80))
        page = await told(counter, worker, LATENESS, clock="evidence", fact="breach")
        assert page.total(LATENESS, clock="evidence", fact="breach") == 1
        assert page.total(LATENESS, clock="evidence", fact="reminder") == 2
    lines = [record.__dict__["told"] for record in caplog.records if record.name == "redress.lateness"]
    about = {"case": case, "clock": "evidence", "fact": "breach"}
    assert next(line for line in lines if about.items() <= line.items())["late_seconds"] >= 0

    async with watched_worker(temporal, database, settings) as other:
        looked = await counter.get("agent", f"/v1/cases/{case}")
        assert looked.status_code == 200, looked.text
        page = await told(counter, other, "temporal_workflow_task_replay_latency_seconds_count")
        assert page.total(LATENESS) == 0
