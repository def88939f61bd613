"""What `redress doctor` makes of the desk's own figures."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from settings import Settings
from standalone.finding import Finding
from standalone.metrics_page import Page
from standalone.watching import watch

KEY = SecretStr("A" * 43 + "=")
WELL = {
    "redress_standing_read": 1.0,
    "redress_deadlines_unnoticed": 0.0,
    "redress_deadlines_unnoticed_oldest_seconds": 0.0,
    'redress_cases_open{kind="complaint",state="to_judge"}': 7.0,
    "redress_rows_owed": 0.0,
}
LATENESS = "redress_deadline_lateness_seconds"
READY = {"database": "ready", "temporal": "ready", "worker": "ready"}


@asynccontextmanager
async def process(pages: dict[str, str]) -> AsyncGenerator[int]:
    """Somebody who answers these pages; gives the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        body = pages.get(path, "").encode()
        status = b"200 OK" if path in pages else b"404 Not Found"
        writer.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (status, len(body), body))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def at(api: int, worker: int) -> Settings:
    """Settings of a desk whose API and worker have these ports."""
    address = "postgresql://nobody@127.0.0.1/nothing"
    return Settings(
        database_url=address, master_key=KEY, index_key=KEY, link_key=KEY, api_port=api, worker_metrics_port=worker
    )


def text(figures: dict[str, float]) -> str:
    return "".join(f"{name} {value}\n" for name, value in figures.items())


async def findings(
    api: dict[str, float], worker: dict[str, float], ready: dict[str, str] = READY
) -> dict[str, Finding]:
    pages = {"/readyz": json.dumps(ready), "/metrics": text({**WELL, **api})}
    async with process(pages) as api_port, process({"/metrics": text(worker)}) as worker_port:
        return {one.subject: one async for one in watch(at(api_port, worker_port))}


async def test_a_desk_on_which_all_is_well_has_nothing_to_mend() -> None:
    found = await findings({}, {"redress_rows_owed": 0.0})
    assert [one for one in found.values() if one.mend] == []
    assert found["cases"].seen == "7 open"


@pytest.mark.parametrize(
    ("figure", "subject", "fault"),
    [
        ("redress_deadlines_unnoticed", "deadlines", True),
        ('redress_cases_stuck{because="fault_in_the_code"}', "stuck", True),
        ("redress_rows_owed", "rows", True),
        ('redress_letters_not_delivered{because="put_off"}', "letters", True),
        ('redress_letters_not_delivered{because="with_a_person"}', "letters", False),
        ("redress_webhooks_failing", "webhooks", False),
        ('redress_webhooks_off{because="failing"}', "webhooks", False),
        ('redress_payments_unknown{because="finance_silent"}', "payments", False),
        ('redress_cases_needing_a_person{desk="supervisor"}', "decisions", False),
    ],
)
async def test_what_is_wrong_is_told_with_the_way_to_mend_it_and_work_for_people_as_a_hint(
    figure: str, subject: str, fault: bool
) -> None:
    found = (await findings({figure: 3.0}, {}))[subject]
    assert "3" in found.seen
    assert found.mend
    assert found.hint is not fault


async def test_webhooks_that_nobody_sends_are_a_fault() -> None:
    found = (await findings({"redress_webhook_oldest_due_seconds": 301.0}, {}))["webhooks"]
    assert (found.seen, found.hint) == ("due for 301 s and not sent", False)
    assert found.mend


async def test_rows_that_the_worker_owes_count_too() -> None:
    assert "2 cases" in (await findings({}, {"redress_rows_owed": 2.0}))["rows"].seen


async def test_failing_tasks_and_a_sweep_that_stands_still_are_told_from_the_workers_page() -> None:
    worker = {
        'temporal_workflow_task_execution_failed_total{failure_reason="WorkflowError"}': 4.0,
        "redress_sweep_last_success_timestamp_seconds": time.time() - 3600,
        "redress_sweep_rows_mended_total": 5.0,
    }
    found = await findings({}, worker)
    assert found["tasks"].seen.startswith("4 workflow tasks failed")
    assert "5 rows mended" in found["sweep"].seen
    assert found["sweep"].mend
    assert not found["sweep"].hint


@pytest.mark.parametrize(("within", "late"), [("1.0", False), ("10.0", True)])
async def test_lateness_is_told_as_the_bound_of_nearly_all(within: str, late: bool) -> None:
    counted = {f'{LATENESS}_bucket{{clock="evidence",le="{within}"}}': 200.0, f'{LATENESS}_bucket{{le="+Inf"}}': 200.0}
    found = (await findings({}, {**counted, f"{LATENESS}_count": 200.0}))["lateness"]
    assert f"within {float(within):g} s" in found.seen
    assert bool(found.mend) is late


async def test_figures_that_the_api_could_not_read_are_not_taken_for_zero() -> None:
    found = await findings({"redress_standing_read": 0.0}, {})
    assert found["standing"].mend
    assert "deadlines" not in found


async def test_a_missing_part_is_named_with_the_log_that_says_more() -> None:
    found = (await findings({}, {}, {**READY, "database": "missing"}))["ready"]
    assert found.seen == "missing: database"
    assert found.mend == "see `redress logs postgres`"


async def test_processes_that_do_not_answer_are_told() -> None:
    found = [one async for one in watch(at(1, 1))]
    assert [one.mend for one in found] == ["see `redress logs api`", "see `redress logs worker`"]


def test_a_histogram_of_several_labels_is_read_as_one() -> None:
    lines = ['h_bucket{a="1",le="1.0"} 98', 'h_bucket{a="1",le="5.0"} 99', 'h_bucket{a="1",le="+Inf"} 99']
    more = ['h_bucket{a="2",le="1.0"} 0', 'h_bucket{a="2",le="5.0"} 1', 'h_bucket{a="2",le="+Inf"} 1']
    counts = ['h_count{a="1"} 99', 'h_count{a="2"} 1']
    page = Page.of("\n".join([*lines, *more, *counts]) + "\n")
    assert page.nearly_all_within("h") == 5.0
    assert page.nearly_all_within("other") is None
