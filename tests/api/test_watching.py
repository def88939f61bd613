"""What operators see: ids, logs and figures, without a word about customers."""

from __future__ import annotations

import json

import pytest
from starlette.types import Message

from settings import Settings
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter
from tests.api.test_bad_input import problem

CANARIES = ("王芳", "13800138000", "138 0013 8000", "wang@example.com", "cracked near the rim", "wang_88", "T-1001")


async def test_logs_name_request_and_case_and_nothing_personal(
    counter: Counter, open_counter: OpenCounter, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    loud = await open_counter(settings=settings.model_copy(update={"log_level": "debug"}))
    loud.keys = counter.keys
    opened = await loud.complain()
    case = opened.json()["case"]["case"]
    link = (await loud.post("agent", f"/v1/cases/{case}/link")).json()
    await loud.http.get(link["url"].removeprefix("https://desk.example") + "&from=list")
    await loud.get("agent", "/v1/cases", params={"phone": "13800138000", "order": "T-1001"})
    await loud.register()
    problem(await loud.complain(phone="13800138000"), 422, "fields_unfit")

    written = capfd.readouterr()
    text = written.out + written.err
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    about = next(line for line in lines if line.get("route") == "/v1/complaints")
    assert about["case"] == case
    assert about["request"] == opened.headers["x-request-id"]
    assert about["status"] == 201
    for canary in (*CANARIES, link["token"], loud.keys["agent"]):
        assert canary not in text, canary


async def test_a_fault_is_answered_without_its_stack_and_logged_without_its_words(
    open_counter: OpenCounter,
    counter: Counter,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("王芳 13800138000")

    monkeypatch.setattr("api.routes.complaints.open_case", broken)
    answer = await counter.complain()

    problem(answer, 500, "fault")
    written = capfd.readouterr()
    assert "ZeroDivisionError" in written.out
    assert "api/complaints.py" in written.out or "routes/complaints.py" in written.out
    assert "ZeroDivision" not in answer.text
    assert "王芳" not in written.out + written.err + answer.text


async def test_an_asker_who_goes_away_in_mid_request_is_no_fault(
    counter: Counter, capfd: pytest.CaptureFixture[str]
) -> None:
    heard = iter(({"type": "http.request", "body": b'{"problem": ', "more_body": True}, {"type": "http.disconnect"}))
    answered: list[Message] = []

    async def receive() -> Message:
        return next(heard)

    async def send(message: Message) -> None:
        answered.append(message)

    headers = [(name.lower().encode(), value.encode()) for name, value in counter.headers("integration", "k-1").items()]
    asked = {"method": "POST", "path": "/v1/complaints", "raw_path": b"/v1/complaints", "query_string": b""}
    scope = {"type": "http", "http_version": "1.1", "scheme": "http", "headers": headers, **asked}
    await counter.app(scope, receive, send)

    assert answered == []
    assert '"fault"' not in capfd.readouterr().out
    figures = (await counter.http.get("/metrics")).text
    assert 'redress_requests_total{method="POST",route="/v1/complaints",status="499"} 1.0' in figures
    assert 'redress_refusals_total{code="fault"} 0.0' in figures


async def test_figures_count_requests_by_address_and_refusals_by_code(counter: Counter) -> None:
    await counter.get("agent", "/v1/cases/AS-2026-424242")
    await counter.get("agent", "/v1/nowhere/13800138000")
    figures = (await counter.get(None, "/metrics")).text

    assert 'redress_requests_total{method="GET",route="/v1/cases/{case}",status="404"} 1.0' in figures
    assert 'redress_refusals_total{code="case_unknown"} 1.0' in figures
    assert "redress_request_seconds_bucket" in figures
    assert "424242" not in figures
    assert "13800138000" not in figures


async def test_a_request_id_is_taken_over_when_it_is_harmless(counter: Counter) -> None:
    told = await counter.get("agent", "/v1/me", headers={"X-Request-Id": "till-7.2"})
    assert told.headers["x-request-id"] == "till-7.2"
    odd = await counter.get("agent", "/v1/me", headers={"X-Request-Id": 'a"b c'})
    assert odd.headers["x-request-id"] != 'a"b c'
    assert told.headers["cache-control"] == "no-store"
    assert told.headers["referrer-policy"] == "no-referrer"
