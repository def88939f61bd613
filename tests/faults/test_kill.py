"""`kill -9` of each process in the middle of the story: nothing is lost, nothing happens twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.pictures import phone_photo
from tests.faults.machine import Machine, machine

PRICE = {"amount": "89.00", "currency": "CNY"}


@pytest.fixture(scope="module")
def desk(scratch: Path) -> Iterator[Machine]:
    with machine(scratch / "desk") as started:
        yield started


class Story:
    """One complaint about a cup, driven as far as asked, each request with a key of its own."""

    def __init__(self, desk: Machine, name: str) -> None:
        self.desk = desk
        self.name = name
        self.number = 0
        self.case = ""

    async def ask(self, role: str, method: str, path: str, **sent: Any) -> Any:
        self.number += 1
        answer = await self.desk.ask(role, method, path, key=f"{self.name}-{self.number}", **sent)
        assert answer.status_code < 300, answer.text
        return answer.json()

    async def step(self, role: str, step: str, case: str = "", **body: Any) -> Any:
        return await self.ask(role, "POST", f"/v1/cases/{case or self.case}/steps/{step}", json=body)

    async def until(self, case: str, state: str) -> Any:
        for _ in range(600):
            answer = await self.desk.ask("agent", "GET", f"/v1/cases/{case}")
            if answer.status_code == 200 and answer.json()["case"]["state"] == state:
                return answer.json()["case"]
        raise AssertionError(f"{case} never became {state}: {answer.text}")

    async def open(self) -> None:
        line = {"line": 1, "product": "Tea cup", "quantity": 1, "paid": PRICE}
        await self.ask("integration", "PUT", f"/v1/orders/T-{self.name}", json={"lines": [line]})
        said = {
            "order": f"T-{self.name}",
            "line": 1,
            "quantity": 1,
            "problem": "quality",
            "channel": "web",
            "description": "The handle came off.",
            "customer": {"reference": f"K-{self.name}", "phone": "13800138000"},
        }
        self.case = (await self.ask("integration", "POST", "/v1/complaints", json=said))["case"]["case"]

    async def agree(self) -> None:
        await self.ask("agent", "POST", f"/v1/cases/{self.case}/evidence", files=[("photos", ("a.jpg", phone_photo()))])
        found = {"fault": "handle off", "responsible": "shop", "severity": "minor", "fault_confirmed": True}
        await self.step("agent", "judge", **found)
        await self.step("agent", "propose_remedy", kind="compensation", refund=PRICE, words="We are sorry.")
        await self.step("agent", "accept_proposal", proposal=1, heard_on="phone")

    async def pay(self) -> None:
        slip = f"{self.case}-P1"
        await self.until(slip, "to_approve")
        await self.step("supervisor", "approve_slip", slip, amount=PRICE)
        await self.step("finance", "sign_paid", slip, amount=PRICE, reference=f"PAY-{self.name}")
        await self.until(self.case, "to_call_back")

    async def close(self) -> None:
        answer = await self.step("call_back", "record_call_back", result="satisfied")
        assert answer["case"]["state"] == "resolved"
        payments = await self.desk.ask("finance", "GET", f"/v1/cases/{self.case}/payments")
        paid = [entry for entry in payments.json()["items"] if entry["state"] == "paid"]
        assert [entry["reference"] for entry in paid] == [f"PAY-{self.name}"]


@pytest.mark.parametrize("victim", ["api", "worker", "temporal", "postgres"])
@pytest.mark.timeout(300)
async def test_a_process_killed_in_mid_story_loses_nothing(desk: Machine, victim: str) -> None:
    story = Story(desk, victim)
    await story.open()
    desk.kill(victim)
    await story.agree()
    desk.kill(victim)
    await story.pay()
    desk.kill(victim)
    await story.close()
    replayed = desk.redress("replay", story.case)
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr


@pytest.mark.timeout(300)
async def test_everything_killed_in_mid_story_comes_back_with_its_data(desk: Machine) -> None:
    story = Story(desk, "everything")
    await story.open()
    await story.agree()
    await story.until(f"{story.case}-P1", "to_approve")
    desk.kill_everything()
    started = desk.redress("up")
    assert started.returncode == 0, started.stderr
    await story.pay()
    await story.close()
