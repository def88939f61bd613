"""What the running desk tells of itself: readiness and the figures of API and worker, each with the way to mend it.

The same figures go to Prometheus (docs/operations/watching.md). Work that waits for people is a hint and no fault.
"""

import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import cast

from settings import Settings
from standalone.finding import Finding
from standalone.metrics_page import Page, PageMissing, fetch, read_page
from standalone.services.desk import ANYWHERE

SWEPT_WITHIN = 900.0
"""Seconds since the last sweep that came to its end; one begins every two minutes."""
WEBHOOKS_LATE = 300
"""Seconds after which webhooks that are due and not sent are a fault; a look for them comes every second."""
LATE = 5.0
"""Seconds within which deadlines are to be acted on."""


async def watch(settings: Settings) -> AsyncIterator[Finding]:
    """Ask API and worker how the desk stands."""
    api_host = ANYWHERE.get(settings.api_host, settings.api_host)
    worker_host = ANYWHERE.get(settings.worker_metrics_host, settings.worker_metrics_host)
    try:
        yield _readiness((await fetch(api_host, settings.api_port, "/readyz"))[0])
        api = await read_page(api_host, settings.api_port)
    except PageMissing as missing:
        yield Finding("figures", f"the API does not tell them: {missing}", "see `redress logs api`")
        api = None
    try:
        worker = await read_page(worker_host, settings.worker_metrics_port)
    except PageMissing as missing:
        yield Finding("figures", f"the worker does not tell them: {missing}", "see `redress logs worker`")
        worker = None
    pages = [page for page in (api, worker) if page is not None]
    for finding in (
        *(_of_desk(api) if api is not None else ()),
        *([_owed(pages)] if pages else ()),
        *(_of_worker(worker) if worker is not None else ()),
    ):
        yield finding


def _readiness(text: str) -> Finding:
    try:
        parts = cast("dict[str, str]", json.loads(text))
    except ValueError:
        return Finding("ready", "the API does not say", "see `redress logs api`")
    missing = sorted(name for name, state in parts.items() if state != "ready")
    if missing:
        return Finding("ready", f"missing: {', '.join(missing)}", f"see `redress logs {_process(missing[0])}`")
    return Finding("ready", ", ".join(parts))


def _process(part: str) -> str:
    return "postgres" if part == "database" else part


def _of_desk(page: Page) -> Iterator[Finding]:
    if not page.total("redress_standing_read"):
        yield Finding("standing", "the API cannot read how the desk stands", "see `redress logs postgres`")
        return
    yield Finding("cases", f"{int(page.total('redress_cases_open'))} open")
    unnoticed = int(page.total("redress_deadlines_unnoticed"))
    oldest = page.total("redress_deadlines_unnoticed_oldest_seconds")
    seen = f"{unnoticed} passed and were not acted on, the oldest {oldest:.0f} s ago" if unnoticed else "none missed"
    way = "`redress status`: does the worker run? `redress stuck`: can these cases go on? `redress mend`: are rows old?"
    yield Finding("deadlines", seen, way if unnoticed else "")
    stuck = page.by("redress_cases_stuck", "because")
    yield _count(
        "stuck", stuck, "cases that cannot go on", "`redress stuck` lists them, each with its way out", hint=False
    )
    people = page.by("redress_cases_needing_a_person", "desk")
    way = "GET /v1/queues/{desk}?needs_a_person=true lists them; docs/operations.md tells what each asks for"
    yield _count("decisions", people, "cases that need a person", way)
    unknown = page.by("redress_payments_unknown", "because")
    way = "finance looks them up, and signs, reports or settles them; troubles stand on a desk's list; never pay again"
    yield _count("payments", unknown, "slips of unknown outcome", way)
    yield _letters(page)
    yield _webhooks(page)


def _count(subject: str, found: dict[str, int], what: str, way: str, *, hint: bool = True) -> Finding:
    if not found:
        return Finding(subject, f"no {what}")
    told = ", ".join(f"{name} {number}" for name, number in sorted(found.items()))
    return Finding(subject, f"{sum(found.values())} {what} ({told})", way, hint=hint)


def _letters(page: Page) -> Finding:
    put_off = int(page.total("redress_letters_not_delivered", because="put_off"))
    persons = int(page.total("redress_letters_not_delivered", because="with_a_person"))
    if put_off:
        way = "see REDRESS_SMTP_URL and the mail server; after 15 minutes a person tells the customer"
        return Finding("letters", f"{put_off} put off by the mail server in five minutes", way)
    if persons:
        way = "the desks' lists hold them as `tell-…`; without REDRESS_SMTP_URL that is every letter"
        return Finding("letters", f"{persons} wait for a person to tell the customer", way, hint=True)
    return Finding("letters", "none waits")


def _webhooks(page: Page) -> Finding:
    late = page.total("redress_webhook_oldest_due_seconds")
    if late > WEBHOOKS_LATE:
        return Finding("webhooks", f"due for {late:.0f} s and not sent", "see `redress logs worker`")
    failing = int(page.total("redress_webhooks_failing") + page.total("redress_webhooks_off", because="failing"))
    if failing:
        way = "GET /v1/webhooks names them, …/deliveries what their receivers answer; the shop mends its receiver"
        return Finding("webhooks", f"{failing} of them are not taken", way, hint=True)
    return Finding("webhooks", "all sent")


def _owed(pages: list[Page]) -> Finding:
    owed = int(sum(page.total("redress_rows_owed") for page in pages))
    if owed:
        return Finding("rows", f"{owed} cases wait for their row in the register", "see `redress logs postgres`")
    lag = next((within for page in pages if (within := page.nearly_all_within("redress_row_lag_seconds"))), None)
    return Finding("rows", "none owed" + (f"; 99 of 100 written within {lag:g} s of their change" if lag else ""))


def _of_worker(page: Page) -> Iterator[Finding]:
    late = page.nearly_all_within("redress_deadline_lateness_seconds")
    if late is not None:
        acted = int(page.total("redress_deadline_lateness_seconds_count"))
        way = "the worker was away or had too much to do; its log has a line for each" if late > LATE else ""
        seen = f"{acted} reminders, warnings and breaches, 99 of 100 within {late:g} s"
        yield Finding("lateness", seen, way, hint=bool(way))
    failed = int(page.total("temporal_workflow_task_execution_failed_total"))
    way = "`redress logs worker` names the places in the code, `redress stuck` the cases that still cannot go on"
    seen = f"{failed} workflow tasks failed since the worker began" if failed else "no workflow task failed"
    yield Finding("tasks", seen, way if failed else "", hint=bool(failed))
    swept_at = page.total("redress_sweep_last_success_timestamp_seconds")
    if swept_at:
        ago = time.time() - swept_at
        mended = int(page.total("redress_sweep_rows_mended_total"))
        way = "`redress logs worker` says why; `redress mend` does one now" if ago > SWEPT_WITHIN else ""
        yield Finding("sweep", f"{ago:.0f} s ago; {mended} rows mended since the worker began", way)
