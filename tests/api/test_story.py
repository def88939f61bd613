"""A whole quality return over HTTP, each step by a person with an own key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from db.sessions import Database
from tests.adapters.pictures import phone_photo
from tests.api.conftest import OpenCounter
from tests.api.counter import Counter, staffed


async def _child(counter: Counter, case: str, kind: str) -> str:
    async def found() -> str | None:
        page = (await counter.get("agent", "/v1/cases", params={"parent": case, "kind": kind})).json()
        return page["items"][0]["case"] if page["items"] else None

    return await counter.until(found)


async def photographed(counter: Counter, case: str, by: str, count: int = 1, purpose: str = "fault") -> Any:
    height = 480 if purpose == "fault" else 640
    sizes = [(640 + 8 * number, height) for number in range(count)]
    files = [("photos", (f"p{n}.jpg", phone_photo(size=size), "image/jpeg")) for n, size in enumerate(sizes)]
    return await counter.post(by, f"/v1/cases/{case}/evidence", files=files, data={"purpose": purpose})


async def judged(counter: Counter, case: str) -> None:
    answer = await counter.step(
        "agent",
        case,
        "judge",
        fault_confirmed=True,
        responsible="shop",
        severity="serious",
        fault="cracked handle",
        place="left",
    )
    assert answer.status_code == 200, answer.text


async def slips_of(counter: Counter, case: str, count: int) -> list[str]:
    async def found() -> list[str]:
        page = (await counter.get("finance", "/v1/cases", params={"parent": case, "kind": "payment"})).json()
        return [each["case"] for each in page["items"]] if len(page["items"]) == count else []

    return await counter.until(found)


async def paid_once(counter: Counter, slip: str) -> None:
    """Approved, then signed as paid by somebody who presses twice."""
    amount = (await counter.get("supervisor", f"/v1/cases/{slip}")).json()["case"]["amount"]

    async def approved() -> bool:
        return (await counter.step("supervisor", slip, "approve_slip", amount=amount, key="approve")).status_code == 200

    assert await counter.until(approved)
    signed = {"amount": amount, "reference": f"PAY-{slip}", "key": "pressed-twice"}
    first = await counter.step("finance", slip, "sign_paid", **signed)
    twice = await counter.step("finance", slip, "sign_paid", **signed)
    assert [first.status_code, twice.status_code] == [200, 200], first.text + twice.text
    assert first.json()["case"] == twice.json()["case"]


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

    receipt = await photographed(counter, case, link["token"], purpose="receipt")
    assert receipt.status_code == 200, receipt.text
    parcel = {
        "carrier": "SF Express",
        "tracking": "SF1234567890",
        "freight": {"amount": "12.00", "currency": "CNY"},
        "receipt": receipt.json()["case"]["photos"][-1]["photo"],
    }
    assert (await counter.step(link["token"], case, "report_shipment", **parcel)).status_code == 200
    returned = await _child(counter, case, "return")
    news = {"message_id": "m-1", "tracking": "sf1234567890", "status": "in_transit", "at": "2026-11-20T00:00:00Z"}

    async def told() -> bool:
        return bool((await counter.post("logistics", "/v1/courier-news", news)).json()["cases"])

    assert await counter.until(told)
    received = await counter.step("warehouse", returned, "receive_parcel", tracking="SF1234567890")
    assert received.status_code == 200, received.text
    good = {"quantity": 1, "intact": True, "packaging_whole": True, "fault_found": True, "grade": "a", "signed": "Zhao"}
    catalogue = (await counter.get(None, "/openapi.json")).json()
    good["grade"] = catalogue["components"]["schemas"]["Grade"]["enum"][0]
    inspected = await counter.step("warehouse", returned, "inspect", **good)
    assert inspected.status_code == 200, inspected.text

    slips = await slips_of(counter, case, 2)  # the goods, and the freight
    for slip in slips:
        await paid_once(counter, slip)
    ledger = (await counter.get("finance", f"/v1/cases/{case}/payments")).json()["items"]
    assert {each["payment"] for each in ledger} == set(slips)

    async def called_back() -> bool:
        answer = await counter.step("call_back", case, "record_call_back", result="satisfied", key="call-back")
        return answer.status_code == 200

    assert await counter.until(called_back)

    async def filed() -> bool:
        return (await counter.get("agent", "/v1/cases", params={"open": "true"})).json()["items"] == []

    assert await counter.until(filed)
    told = (await counter.get("auditor", f"/v1/cases/{case}/timeline")).json()["items"]
    assert {line["case"] for line in told} == {case, returned, *slips}
    late = await counter.step("warehouse", returned, "receive_parcel", tracking="SF9999999999")
    assert (late.status_code, late.json()["code"]) == (409, "return_over")


async def test_a_return_whose_row_is_missing_is_still_found_and_still_nobody_elses(
    manned: Counter, open_counter: OpenCounter, database: Database
) -> None:
    await manned.register()
    case = (await manned.complain()).json()["case"]["case"]
    assert (await photographed(manned, case, "agent")).status_code == 200
    await judged(manned, case)
    money = {"amount": "69.00", "currency": "CNY"}
    remedy = {"kind": "return_and_refund", "refund": money, "words": "Please send it back."}
    assert (await manned.step("agent", case, "propose_remedy", **remedy)).status_code == 200
    assert (await manned.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")).status_code == 200
    returned = await _child(manned, case, "return")

    async with database.writing() as session:
        await session.execute(text("DELETE FROM cases"))
    fresh = await open_counter()
    fresh.keys = manned.keys
    found = await fresh.get("warehouse", f"/v1/cases/{returned}")
    assert found.status_code == 200, found.text
    assert found.json()["case"]["parent"] == case
    theirs = await staffed(database, "bookshop")
    assert (await fresh.get(theirs["agent"], f"/v1/cases/{returned}")).status_code == 404
