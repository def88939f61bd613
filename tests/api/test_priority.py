"""Priority over HTTP: answers at the opening, lists and work lists by it, and Temporal's own order."""

from __future__ import annotations

import pytest
from temporalio.client import Client

from api.edge_refusals import DeskUnavailable
from tests.api.counter import Counter
from tests.api.test_money import until_state
from tests.api.test_story import judged, photographed


async def _as_temporal_orders(temporal: Client, case: str) -> tuple[int, str]:
    described = await temporal.get_workflow_handle(case).describe()
    priority = described.raw_description.workflow_execution_info.priority
    return priority.priority_key, priority.fairness_key


async def test_answers_at_the_opening_set_the_level_in_the_case_and_in_temporal(
    counter: Counter, temporal: Client
) -> None:
    told = await counter.complain(urgency="health_at_risk", loss_size="small", extent="one", mendable_simply=True)
    assert told.status_code == 201, told.text
    case = told.json()["case"]
    assert case["priority"] == 1
    assert case["story"]["priority"]["reasons"] == ["health_or_food_safety"]
    assert await _as_temporal_orders(temporal, case["case"]) == (1, "teahouse")

    plain = (await counter.complain()).json()["case"]
    assert plain["priority"] == 3
    assert await _as_temporal_orders(temporal, plain["case"]) == (3, "teahouse")


async def test_answers_that_are_none_open_nothing(counter: Counter) -> None:
    wrongs: list[dict[str, object]] = [
        {"urgency": "dying"},
        {"loss_size": "huge"},
        {"extent": 3},
        {"mendable_simply": "yes"},
        {"loss_amount": {"amount": "1.00", "currency": "USD"}},
        {"loss_amount": {"amount": "-1.00", "currency": "CNY"}},
    ]
    for wrong in wrongs:
        assert (await counter.complain(**wrong)).status_code == 422, wrong
    assert (await counter.get("agent", "/v1/cases")).json()["items"] == []


async def test_a_health_case_comes_first_on_every_desks_list_and_its_return_and_slip_with_it(
    manned: Counter, temporal: Client
) -> None:
    await manned.register()
    await manned.complain()
    case = (await manned.complain(urgency="health_at_risk")).json()["case"]["case"]
    first = (await manned.get("agent", "/v1/queues/agent")).json()["items"][0]
    assert (first["case"], first["priority"]) == (case, 1)
    listed = (await manned.get("agent", "/v1/cases", params={"sort": "priority"})).json()["items"]
    assert [each["priority"] for each in listed] == [1, 3]
    only = (await manned.get("agent", "/v1/cases", params={"priority": 1})).json()["items"]
    assert [each["case"] for each in only] == [case]

    assert (await photographed(manned, case, "agent")).status_code == 200
    await judged(manned, case)
    refund = {"amount": "69.00", "currency": "CNY"}
    offered = {"kind": "return_and_refund", "refund": refund, "words": "Send it back."}
    assert (await manned.step("agent", case, "propose_remedy", **offered)).status_code == 200
    agreed = await manned.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    assert agreed.status_code == 200, agreed.text

    await until_state(manned, f"{case}-R1", "waiting_for_goods")  # once the register of returned goods holds the unit
    assert await _as_temporal_orders(temporal, f"{case}-R1") == (1, "teahouse")

    calm = await manned.step("agent", case, "assess", urgency="ordinary", reason="nobody is hurt")
    assert calm.json()["case"]["priority"] == 5
    for member in (case, f"{case}-R1"):
        assert await _as_temporal_orders(temporal, member) == (5, "teahouse")


async def test_a_level_that_temporal_cannot_be_told_is_no_fault_of_the_step(
    manned: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = (await manned.complain()).json()["case"]["case"]

    async def away(*_: object) -> None:
        raise DeskUnavailable(part="Temporal")

    monkeypatch.setattr("api.commands.Commands.put_in_turn", away)
    told = await manned.step("agent", case, "assess", urgency="health_at_risk")
    assert (told.status_code, told.json()["case"]["priority"]) == (200, 1)


async def test_the_level_is_assessed_and_set_by_people_and_health_is_not_put_behind(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    assessed = await manned.step("agent", case, "assess", extent="systemic", urgency="business_stopped")
    assert assessed.json()["case"]["priority"] == 2
    own = await manned.step("supervisor", case, "set_priority", level=5, reason="known batch, recall is out")
    assert own.json()["case"]["priority"] == 5
    one = await manned.step("supervisor", case, "set_priority", level=1, reason="it is mine")
    assert (one.status_code, one.json()["code"]) == (422, "first_is_for_health")
    health = await manned.step("agent", case, "assess", urgency="health_at_risk", reason="two people are ill")
    assert health.json()["case"]["priority"] == 1
    behind = await manned.step("supervisor", case, "set_priority", level=4, reason="it can wait")
    assert (behind.status_code, behind.json()["code"]) == (409, "health_goes_first")
    assert (await manned.step("warehouse", case, "assess", urgency="ordinary")).status_code == 403


async def test_the_customer_is_not_told_how_urgent_the_desk_finds_the_case(manned: Counter) -> None:
    case = (await manned.complain(loss_size="large", mendable_simply=False)).json()["case"]["case"]
    link = (await manned.post("agent", f"/v1/cases/{case}/link")).json()
    seen = (await manned.http.get(f"/v1/cases/{case}", headers={"Authorization": f"Bearer {link['token']}"})).json()
    assert "priority" not in seen["case"]["story"]
    assert seen["case"]["priority"] == 3
