"""A whole quality return over HTTP, each step by a person with an own key."""

from __future__ import annotations

from typing import Any

from tests.adapters.pictures import phone_photo
from tests.api.counter import Counter


async def _child(counter: Counter, case: str, kind: str) -> str:
    async def found() -> str | None:
        page = (await counter.get("agent", "/v1/cases", params={"parent": case, "kind": kind})).json()
        return page["items"][0]["case"] if page["items"] else None

    return await counter.until(found)


async def _state(counter: Counter, case: str, state: str) -> dict[str, Any]:
    async def reached() -> dict[str, Any] | None:
        told = (await counter.get("agent", f"/v1/cases/{case}")).json()
        return told if told["case"]["state"] == state else None

    return await counter.until(reached)


async def photographed(counter: Counter, case: str, by: str, count: int = 1) -> Any:
    sizes = [(640 + 8 * number, 480) for number in range(count)]
    files = [("photos", (f"p{n}.jpg", phone_photo(size=size), "image/jpeg")) for n, size in enumerate(sizes)]
    return await counter.post(by, f"/v1/cases/{case}/evidence", files=files, data={"purpose": "fault"})


async def judged(counter: Counter, case: str) -> None:
    answer = await counter.step(
        "agent",
        case,
        "judge",
        fault_confirmed=True,
        responsible="supplier",
        severity="serious",
        fault="cracked handle",
        place="left",
    )
    assert answer.status_code == 200, answer.text


async def test_a_quality_return_from_the_photo_to_the_call_back(manned: Counter) -> None:
    counter = manned
    assert (await counter.register()).status_code == 200
    opened = (await counter.complain()).json()
    case = opened["case"]["case"]
    link = (await counter.post("agent", f"/v1/cases/{case}/link")).json()
    assert link["url"].startswith("https://desk.example/v1/cases/")

    photos = await photographed(counter, case, link["token"], count=2)
    assert photos.status_code == 200, photos.text
    assert len(photos.json()["case"]["photos"]) == 2
    picture = await counter.get(link["token"], f"/v1/cases/{case}/photos/{photos.json()['case']['photos'][0]['photo']}")
    assert picture.headers["content-type"] == "image/jpeg"

    await judged(counter, case)
    money = {"amount": "69.00", "currency": "CNY"}
    proposed = await counter.step(
        "agent", case, "propose_remedy", kind="return_and_refund", refund=money, words="Please send it back."
    )
    assert proposed.status_code == 200, proposed.text
    accepted = await counter.step(link["token"], case, "accept_proposal", proposal=1)
    assert accepted.status_code == 200, accepted.text

    parcel = {"carrier": "SF Express", "tracking": "SF1234567890", "freight": {"amount": "12.00", "currency": "CNY"}}
    assert (await counter.step(link["token"], case, "report_shipment", **parcel)).status_code == 200
    returned = await _child(counter, case, "return")
    news = {"message_id": "m-1", "tracking": "sf1234567890", "status": "in_transit", "at": "2026-11-20T00:00:00Z"}

    async def told() -> bool:
        return (await counter.post("logistics", "/v1/courier-news", news)).status_code == 202

    assert await counter.until(told)
    received = await counter.step("warehouse", returned, "receive_parcel", tracking="SF1234567890")
    assert received.status_code == 200, received.text
    good = {"quantity": 1, "intact": True, "packaging_whole": True, "fault_found": True, "grade": "a", "signed": "Zhao"}
    catalogue = (await counter.get(None, "/openapi.json")).json()
    good["grade"] = catalogue["components"]["schemas"]["Grade"]["enum"][0]
    inspected = await counter.step("warehouse", returned, "inspect", **good)
    assert inspected.status_code == 200, inspected.text

    slip = await _child(counter, case, "payment")

    async def payable() -> bool:
        amount = (await counter.get("supervisor", f"/v1/cases/{slip}")).json()["case"]["amount"]
        answer = await counter.step("supervisor", slip, "approve_slip", amount=amount)
        return answer.status_code == 200

    assert await counter.until(payable)
    amount = (await counter.get("finance", f"/v1/cases/{slip}")).json()["case"]["amount"]
    key = "pressed-twice"
    first = await counter.step("finance", slip, "sign_paid", amount=amount, reference="PAY-1", key=key)
    twice = await counter.step("finance", slip, "sign_paid", amount=amount, reference="PAY-1", key=key)
    assert [first.status_code, twice.status_code] == [200, 200], first.text + twice.text
    assert first.json()["case"] == twice.json()["case"]

    async def paid() -> bool:
        slips = (await counter.get("finance", f"/v1/cases/{case}/payments")).json()["items"]
        return any(each["state"] == "paid" and each["reference"] == "PAY-1" for each in slips)

    assert await counter.until(paid)
    queue = (await counter.get("agent", "/v1/queues/finance")).json()
    assert isinstance(queue["items"], list)
