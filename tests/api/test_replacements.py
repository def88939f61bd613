"""A replacement that is complained about, over HTTP: linked, one ceiling, another matter; and every wrong request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import Client

from db.sessions import Database
from tests import env
from tests.adapters.pictures import file_of, scene
from tests.api.counter import Counter, staffed
from tests.api.test_bad_input import problem
from tests.api.test_money import taken, until_state
from tests.api.test_remedies import lost, yuan

ONE_POT = [{"line": 1, "product": "teapot", "quantity": 1, "paid": yuan("69.00")}]
AGAIN: dict[str, Any] = {
    "problem": "quality",
    "quantity": 1,
    "description": "The new one leaks at the spout.",
    "channel": "web",
}


LEAKS = {"fault_confirmed": True, "severity": "serious", "fault": "leak", "responsible": "shop"}


async def reshipped(counter: Counter, *, sent: bool = True, arrived: bool = True) -> str:
    """A lost pot made good by another one and a coupon of 10 yuan."""
    case = await lost(counter, {"lines": ONE_POT})
    also = [{"kind": "coupon", "worth": yuan("10.00")}]
    await taken(
        counter,
        "agent",
        case,
        "propose_remedy",
        kind="reshipment",
        worth=yuan("40.00"),
        also=also,
        words="We are sorry.",
    )
    await taken(counter, "agent", case, "accept_proposal", proposal=1, heard_on="phone")
    if sent:
        await taken(counter, "label_desk", case, "report_part_sent", part=1, carrier="SF Express", tracking="SF7001")
    if sent and arrived:
        await taken(counter, "logistics", case, "record_parcel_check", tracking="SF7001", result="arrived")
    return case


async def complained(counter: Counter, key: str | None = None, **changes: Any) -> Any:
    return await counter.post("integration", "/v1/complaints", AGAIN | changes, key=key)


async def shown(counter: Counter, case: str) -> Any:
    return (await counter.get("agent", f"/v1/cases/{case}")).json()


async def settled(counter: Counter, temporal: Client, case: str) -> None:
    """The first case to its end: coupon, call-back, filed, and so long after that its workflow has ended."""
    await until_ready(counter, case)
    await taken(counter, "agent", case, "report_coupon", part=2, code="TEN-2026-77AF")
    arrival = {"condition": "whole", "manner": "good", "signed_by_customer": True}
    at = (await shown(counter, case))["case"]["story"]["parcels"][0]["checks"][-1]["at"]
    await taken(counter, "agent", case, "confirm_arrival", tracking="SF7001", arrived_at=at, **arrival)
    await taken(counter, "call_back", case, "record_call_back", result="satisfied")
    await env.fast_forward(temporal, temporal.get_workflow_handle(case), timedelta(days=400))


async def until_ready(counter: Counter, case: str) -> None:
    async def held() -> bool:
        return any(task["step"] == "report_coupon" for task in (await shown(counter, case))["case"]["tasks"])

    await counter.until(held)


async def test_what_was_sent_instead_is_complained_of_long_after_and_shares_the_ceiling(
    manned: Counter, temporal: Client
) -> None:
    first = await reshipped(manned)
    await settled(manned, temporal, first)
    opened = await complained(manned, order="T-1001", line=1)
    assert opened.status_code == 201, opened.text
    told = opened.json()["case"]
    case, about = told["case"], told["story"]["about_replacement"]
    assert (about["case"], about["tracking"], about["recognised"]) == (first, "SF7001", True)
    assert told["story"]["links"][0]["case"] == first
    assert (await shown(manned, first))["about_its_replacement"] == [case], "an ended case shows it too"
    assert (await manned.get("agent", f"/v1/cases/{case}/duplicates")).json()["items"] == []

    photos = {"photos": ("leak.jpg", file_of(scene()), "image/jpeg")}
    assert (await manned.post("agent", f"/v1/cases/{case}/evidence", files=photos)).status_code == 200
    await taken(manned, "agent", case, "judge", **LEAKS)
    offer = {"kind": "compensation", "words": "We are sorry."}
    await taken(manned, "agent", case, "propose_remedy", refund=yuan("69.00"), **offer)
    await taken(manned, "agent", case, "accept_proposal", proposal=1, heard_on="phone")
    await until_state(manned, f"{case}-P1", "above_ceiling")  # ten yuan of the line went out as a coupon
    await taken(manned, "agent", case, "propose_remedy", refund=yuan("59.00"), **offer)
    await taken(manned, "agent", case, "accept_proposal", proposal=2, heard_on="phone")
    await until_state(manned, f"{case}-P2", "to_approve")


async def test_both_open_cases_show_the_link_and_neither_goes_on_within_the_other(manned: Counter) -> None:
    first = await reshipped(manned)
    opened = await complained(manned, about_replacement_of=first)
    assert opened.status_code == 201, opened.text
    told = opened.json()["case"]
    assert (told["story"]["line"], told["story"]["missing"], told["story"]["verified"]) == (1, [], True)
    assert told["story"]["about_replacement"]["recognised"] is False
    assert told["customer"] == (await shown(manned, first))["case"]["customer"]

    async def heard() -> Any:
        return (await shown(manned, first))["case"]["story"].get("links")

    (link,) = await manned.until(heard)
    assert (link["case"], link["there"]) == (told["case"], True)
    merged = await manned.step("agent", told["case"], "merge_into", other_case=first, reason="the same pot")
    problem(merged, 422, "its_replacement", "other_case")
    link = (await manned.post("agent", f"/v1/cases/{first}/link")).json()["token"]
    seen = (await manned.http.get(f"/v1/cases/{first}", headers={"Authorization": f"Bearer {link}"})).json()
    assert seen["about_its_replacement"] is None


async def test_only_a_replacement_that_left_and_is_this_shops_can_be_named(manned: Counter, database: Database) -> None:
    lying = await reshipped(manned, sent=False)
    problem(await complained(manned, about_replacement_of=lying), 409, "replacement_not_sent", "about_replacement_of")
    plain = (await manned.complain()).json()["case"]["case"]
    problem(await complained(manned, about_replacement_of=plain), 422, "no_replacement")
    for unknown in ("AS-2026-999999", "../etc", f"{plain}-R1"):
        problem(await complained(manned, about_replacement_of=unknown), 404, "first_case_unknown")
    await taken(manned, "label_desk", lying, "report_part_sent", part=1, carrier="SF Express", tracking="SF7001")
    manned.keys["elsewhere"] = (await staffed(database, "bookshop"))["integration"]
    theirs = await manned.post("elsewhere", "/v1/complaints", AGAIN | {"about_replacement_of": lying})
    problem(theirs, 404, "first_case_unknown")
    other = await complained(manned, about_replacement_of=lying, order="T-9999", line=1)
    problem(other, 422, "not_that_replacement")
    await manned.register()
    problem(await complained(manned, about_replacement_of=lying, order="T-1001", line=2), 422, "not_that_replacement")
    cases = (await manned.get("agent", "/v1/cases")).json()["items"]
    assert {case["case"] for case in cases} == {lying, plain}, "a refused request leaves nothing behind"


@pytest.mark.parametrize("wrong", ["", "x" * 65, 5, ["AS-2026-000001"], {"case": "AS-2026-000001"}, "AS\n2026"])
async def test_what_is_no_case_number_is_refused_by_its_field(counter: Counter, wrong: object) -> None:
    answer = problem(await complained(counter, about_replacement_of=wrong), 422, "fields_unfit")
    assert answer["errors"][0]["field"].startswith("about_replacement_of")


async def test_a_repeat_answers_as_the_first_time_whatever_became_of_the_parcel(manned: Counter) -> None:
    first = await reshipped(manned, arrived=False)
    opened = await complained(manned, about_replacement_of=first, key="again")
    assert opened.status_code == 201, opened.text
    await taken(manned, "logistics", first, "record_parcel_check", tracking="SF7001", result="lost")
    repeat = await complained(manned, about_replacement_of=first, key="again")
    assert (repeat.status_code, repeat.headers["idempotent-replayed"]) == (201, "true")
    assert repeat.json()["case"]["case"] == opened.json()["case"]["case"]
    problem(await complained(manned, about_replacement_of=first), 409, "replacement_not_sent")


async def test_a_direct_return_of_a_replacement_counts_from_its_arrival(manned: Counter) -> None:
    first = await reshipped(manned)
    await manned.register(lines=ONE_POT, signed_at="2026-01-05T08:00:00Z")
    wish: dict[str, Any] = {"order": "T-1001", "lines": [{"line": 1, "quantity": 1}], "reason": "Too small."}
    fit = {"intact": True, "packaging_whole": True, "fit_to_sell": True}
    opened = await manned.post("integration", "/v1/returns", wish | fit)
    assert opened.status_code == 201, opened.text
    told = opened.json()
    assert told["case"]["story"]["about_replacement"]["case"] == first
    assert told["return_case"] is not None

    async def awaited() -> bool:
        return (await manned.get("agent", told["return_url"])).status_code == 200

    await manned.until(awaited)
