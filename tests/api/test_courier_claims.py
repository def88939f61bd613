"""The register of claims on couriers over HTTP."""

from __future__ import annotations

from typing import Any

from domain.complaint.parties import Party
from tests.api.counter import Counter
from tests.api.test_bad_input import problem

CLAIM: dict[str, Any] = {
    "tracking": "sf777",
    "carrier": "SF Express",
    "amount": {"amount": "69.00", "currency": "CNY"},
    "reason": "lost on the way",
}


async def test_a_claim_stands_in_the_register_until_the_courier_has_refused_it(manned: Counter) -> None:
    counter = manned
    await counter.register()
    case = (await counter.complain()).json()["case"]["case"]
    problem(await counter.step("logistics", case, "file_claim", **CLAIM), 409, "nothing_to_claim")
    watch = {"tracking": "SF777", "carrier": "SF Express", "why": "late_parcel"}
    assert (await counter.step("logistics", case, "watch_parcel", **watch)).status_code == 200
    lost = await counter.step("logistics", case, "record_parcel_check", tracking="SF777", result="lost")
    assert lost.status_code == 200, lost.text
    problem(await counter.step("warehouse", case, "file_claim", **CLAIM), 403, "role_may_not")
    too_much = CLAIM | {"amount": {"amount": "900.00", "currency": "CNY"}}
    problem(await counter.step("logistics", case, "file_claim", **too_much), 422, "claim_sum_unfit", "amount")
    filed = await counter.step("logistics", case, "file_claim", **CLAIM)
    assert filed.status_code == 200, filed.text

    async def listed(waits: str) -> list[dict[str, Any]]:
        page = await counter.get("finance", "/v1/registers/courier-claims", params={"open": waits})
        items: list[dict[str, Any]] = page.json()["items"]
        return items

    (line,) = await listed("true")
    assert (line["case"], line["tracking"], line["granted"]) == (case, "SF777", None)
    refused = await counter.step("logistics", case, "answer_claim", claim=1, answer="the scans are against it")
    assert refused.status_code == 200, refused.text
    assert await listed("true") == []
    (line,) = await listed("false")
    assert (line["granted"]["amount"], line["answer"]) == ("0.00", "the scans are against it")
    assert Party.COURIER.value not in {item["party"] for item in refused.json()["case"]["story"].get("owed", [])}
