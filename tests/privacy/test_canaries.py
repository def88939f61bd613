"""Personal data never lie in clear: every byte of both databases, all histories, lists and logs are searched."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import asyncpg
import pytest
from dotenv import dotenv_values

from db.address import postgres_address
from tests.adapters.pictures import phone_photo
from tests.faults.machine import Machine, machine
from tests.privacy.canaries import CANARIES, found_in

PRICE = {"amount": "89.00", "currency": "CNY"}
WORD = {canary.field: canary.word for canary in CANARIES}


@pytest.fixture(scope="module")
def desk(scratch: Path) -> Iterator[Machine]:
    with machine(scratch / "private") as started:
        yield started


def test_a_canary_is_found_in_each_of_its_disguises() -> None:
    for canary in CANARIES:
        for disguise in canary.disguises():
            assert found_in(b"before" + disguise + b"after") >= {canary.field}


async def told(desk: Machine, role: str, method: str, path: str, key: str = "", **sent: Any) -> Any:
    answer = await desk.ask(role, method, path, key=key, **sent)
    assert answer.status_code < 300, answer.text
    return answer.json()


async def to_issue(desk: Machine, case: str) -> None:
    """Wait until the ledger holds the coupon's value."""
    async with asyncio.timeout(20):
        await until_listed(desk, case, "report_coupon")


async def until_listed(desk: Machine, case: str, step: str) -> None:
    seen: set[str] = set()
    while step not in seen:
        view = await told(desk, "agent", "GET", f"/v1/cases/{case}")
        seen = {task["step"] for task in view["case"]["tasks"]}


async def live_a_case(desk: Machine) -> str:
    """A case in which the customer says everything a customer can say."""
    customer = {field: WORD[field] for field in ("name", "phone", "email", "address", "reference")}
    line = {"line": 1, "product": "Tea cup", "quantity": 1, "paid": PRICE}
    order = {"lines": [line], "customer": customer}
    await told(desk, "integration", "PUT", f"/v1/orders/{WORD['order']}", json=order)
    said = {
        "order": WORD["order"],
        "line": 1,
        "quantity": 1,
        "problem": "quality",
        "channel": "web",
        "description": WORD["description"],
        "customer": customer,
    }
    opened = await told(desk, "integration", "POST", "/v1/complaints", "open", json=said)
    case = opened["case"]["case"]
    steps = f"/v1/cases/{case}/steps"
    files = [("photos", (f"{WORD['name']}.jpg", phone_photo()))]
    await told(desk, "agent", "POST", f"/v1/cases/{case}/evidence", "photo", files=files)
    found = {"fault": "handle off", "responsible": "supplier", "severity": "minor", "fault_confirmed": True}
    await told(desk, "agent", "POST", f"{steps}/judge", "judge", json=found)
    coupon = {"kind": "coupon", "worth": PRICE, "words": "We are sorry."}
    await told(desk, "agent", "POST", f"{steps}/propose_remedy", "p1", json=coupon)
    decline = {"proposal": 1, "reason": WORD["decline"], "heard_on": "phone"}
    await told(desk, "agent", "POST", f"{steps}/decline_proposal", "d1", json=decline)
    await told(desk, "agent", "POST", f"{steps}/propose_remedy", "p2", json=coupon)
    await told(desk, "agent", "POST", f"{steps}/accept_proposal", "a2", json={"proposal": 2, "heard_on": "phone"})
    await to_issue(desk, case)
    issued = {"part": 1, "code": WORD["code"]}
    await told(desk, "agent", "POST", f"{steps}/report_coupon", "c", json=issued)
    unhappy = {"result": "not_satisfied", "words": WORD["words"]}
    await told(desk, "call_back", "POST", f"{steps}/record_call_back", "cb", json=unhappy)
    refused = await desk.ask("agent", "POST", f"{steps}/withdraw", key="w", json={"reason": WORD["words"] + "\0"})
    assert refused.status_code == 422
    assert found_in(refused.content) == set()
    lists = await desk.ask("agent", "GET", f"/v1/cases?phone={WORD['phone']}&order={WORD['order']}")
    assert [item["case"] for item in lists.json()["items"]] == [case]
    await searched(desk, case)
    assert "cases indexed" in desk.redress("reindex").stdout
    assert "agree" in desk.redress("reconcile").stdout
    await searched(desk, case)
    return case


async def searched(desk: Machine, case: str) -> None:
    """Every word of the customer finds the case."""
    for field, word in WORD.items():
        page = await told(desk, "agent", "GET", f"/v1/cases?{urlencode({'q': word})}")
        assert [item["case"] for item in page["items"]] == [case], field


async def every_row(home: Path) -> dict[str, bytes]:
    """Every row of every table of every database, as text; binary columns come in hex."""
    url = dotenv_values(home / "addresses.env")["DATABASE_URL"] or ""
    content: dict[str, bytes] = {}
    home_base = await asyncpg.connect(postgres_address(url))
    names = [row["datname"] for row in await home_base.fetch("SELECT datname FROM pg_database WHERE datallowconn")]
    await home_base.close()
    for name in names:
        connection = await asyncpg.connect(postgres_address(url), database=name)
        tables = await connection.fetch(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for table in tables:
            gathered = bytearray()

            async def gather(piece: bytes, into: bytearray = gathered) -> None:
                into += piece

            await connection.copy_from_table(table["tablename"], schema_name=table["schemaname"], output=gather)
            content[f"{name}.{table['tablename']}"] = bytes(gathered)
        await connection.close()
    return content


@pytest.mark.timeout(300)
async def test_no_personal_word_lies_in_clear_anywhere(desk: Machine) -> None:
    case = await live_a_case(desk)
    opened = await told(desk, "agent", "GET", f"/v1/cases/{case}/personal")
    assert found_in(json.dumps(opened).encode()) >= {"name", "phone", "description", "decline", "order", "code"}
    rows = await every_row(desk.home)
    assert any(len(content) > 1000 for name, content in rows.items() if name.startswith("temporal."))
    assert {name: found_in(content) for name, content in rows.items() if found_in(content)} == {}
    exported = await desk.ask("auditor", "GET", f"/v1/cases/{case}/history")
    assert exported.status_code == 200
    assert found_in(exported.content) == set()
    desk.redress("down")
    singing = {
        str(file.relative_to(desk.home)): found_in(file.read_bytes())
        for file in desk.home.rglob("*")
        if file.is_file() and found_in(file.read_bytes())
    }
    assert singing == {}
