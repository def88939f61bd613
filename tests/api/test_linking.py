"""Likely duplicates, links and merges over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.adapters.pictures import file_of, scene
from tests.api.counter import Counter


async def opened(counter: Counter, **changes: Any) -> str:
    answer = await counter.complain(**changes)
    assert answer.status_code == 201, answer.text
    return answer.json()["case"]["case"]


async def duplicates(counter: Counter, case: str) -> dict[str, dict[str, Any]]:
    answer = await counter.get("agent", f"/v1/cases/{case}/duplicates")
    assert answer.status_code == 200, answer.text
    return {item["case"]: item for item in answer.json()["items"]}


async def shown(counter: Counter, case: str) -> dict[str, Any]:
    return (await counter.get("agent", f"/v1/cases/{case}")).json()["case"]


async def told(counter: Counter, case: str, name: str) -> Any:
    """What the story of the case says under that name, once it says something."""

    async def look() -> Any:
        return (await shown(counter, case))["story"].get(name)

    return await counter.until(look)


def picture(quality: int = 90) -> dict[str, tuple[str, bytes, str]]:
    """One and the same picture, saved in that quality."""
    return {"photos": ("crack.jpg", file_of(scene(), quality=quality), "image/jpeg")}


STRANGER = {"reference": "li_1", "name": "李四", "phone": "139 0000 0001"}


async def test_likely_duplicates_come_with_their_reasons_the_likeliest_first(manned: Counter) -> None:
    await manned.register()
    first = await opened(manned)
    again = await opened(manned)
    other_line = await opened(manned, line=2, customer=STRANGER)
    another_order = await opened(manned, order="T-7777")
    await opened(manned, order="T-8888", customer=STRANGER)
    found = await duplicates(manned, again)
    assert [(case, item["reasons"], item["came_first"]) for case, item in found.items()] == [
        (first, ["same_order_line", "same_customer"], True),
        (another_order, ["same_customer"], False),
        (other_line, ["same_order"], False),
    ]
    assert not any(item["linked"] for item in found.values())


async def test_the_same_picture_saved_again_is_found_in_another_customers_case(manned: Counter) -> None:
    one = await opened(manned, order="T-7777")
    two = await opened(manned, order="T-8888", customer=STRANGER)
    for case, quality in ((one, 95), (two, 40)):
        sent = await manned.post("agent", f"/v1/cases/{case}/evidence", files=picture(quality))
        assert sent.status_code == 200, sent.text
    item = (await duplicates(manned, two))[one]
    assert item["reasons"] == ["same_photo"]
    assert item["photos"][0]["bits_apart"] <= 6


async def test_links_show_on_both_sides_and_in_the_list(manned: Counter) -> None:
    one, two = await opened(manned, order="T-7777"), await opened(manned, order="T-8888", customer=STRANGER)
    linked = await manned.step("agent", two, "link_case", other_case=one, reason="the same batch")
    assert linked.status_code == 200, linked.text
    (heard,) = await told(manned, one, "links")
    assert (heard["case"], heard["there"], heard["by"]["name"]) == (two, True, "agent of teahouse")
    twice = await manned.step("agent", two, "link_case", other_case=one, reason="the same batch")
    assert (twice.status_code, twice.json()["code"]) == (422, "linked_already")


async def test_a_merge_closes_the_later_case_and_can_be_undone(manned: Counter) -> None:
    await manned.register()
    first, late = await opened(manned), await opened(manned)
    merged = await manned.step("agent", late, "merge_into", other_case=first, reason="the customer wrote twice")
    assert merged.status_code == 200, merged.text
    assert merged.json()["case"]["state"] == "merged"
    (taken,) = await told(manned, first, "taken_in")
    assert (taken["case"], taken["paid"]) == (late, {"amount": "0.00", "currency": "CNY"})

    async def known_in_the_register() -> bool:
        item = (await duplicates(manned, first))[late]
        return (item["state"], item["linked"]) == ("merged", True)

    await manned.until(known_in_the_register)

    link = (await manned.post("agent", f"/v1/cases/{late}/link")).json()["token"]
    customer = {"Authorization": f"Bearer {link}"}
    seen = (await manned.http.get(f"/v1/cases/{late}", headers=customer)).json()["case"]
    assert seen["story"]["merged_into"] == first
    assert not {"merges", "links", "taken_in"} & set(seen["story"])
    headers = {**customer, "Idempotency-Key": "late-photo"}
    sent = await manned.http.post(f"/v1/cases/{late}/evidence", headers=headers, files=picture())
    assert sent.status_code == 200, sent.text

    async def photo_is_there() -> bool:
        return bool((await shown(manned, first))["photos"])

    await manned.until(photo_is_there)

    undone = await manned.step("supervisor", late, "unmerge", reason="two cups, two cracks")
    assert undone.status_code == 200, undone.text
    assert undone.json()["case"]["closed_at"] is None

    async def parted() -> bool:
        return "parted_at" in (await shown(manned, first))["story"]["taken_in"][0]

    await manned.until(parted)


async def test_the_wrong_direction_a_stranger_and_what_is_not_there_are_refused(manned: Counter) -> None:
    first, late = await opened(manned), await opened(manned)
    other = await opened(manned, order="T-9999", customer=STRANGER)
    wanted = {
        (first, late): (422, "merge_the_other"),
        (other, first): (422, "not_the_same_matter"),
        (first, first): (422, "its_own_case"),
        (first, "AS-2026-999999"): (404, "other_case_unknown"),
        (first, "../etc"): (404, "other_case_unknown"),
    }
    for (case, into), expected in wanted.items():
        answer = await manned.step("agent", case, "merge_into", other_case=into, reason="looks alike")
        assert (answer.status_code, answer.json()["code"]) == expected, (case, into)
    assert (await manned.step("warehouse", late, "merge_into", other_case=first, reason="x y z")).status_code == 403
    assert (await manned.get("warehouse", f"/v1/cases/{late}/duplicates")).status_code == 403
    assert (await manned.get("agent", "/v1/cases/AS-2026-999999/duplicates")).status_code == 404


async def test_a_merge_into_no_case_is_refused_by_its_field(manned: Counter) -> None:
    case = await opened(manned)
    bodies: list[dict[str, Any]] = [{}, {"other_case": ""}, {"other_case": "x" * 65}, {"other_case": 5}]
    for body in bodies:
        answer = await manned.step("agent", case, "merge_into", reason="looks alike", **body)
        assert answer.status_code == 422
        assert "other_case" in answer.text


async def test_two_who_merge_crosswise_at_once_make_one_merge(manned: Counter) -> None:
    one, two = await opened(manned), await opened(manned)
    crosswise = await asyncio.gather(
        manned.step("agent", one, "merge_into", other_case=two, reason="looks alike"),
        manned.step("supervisor", two, "merge_into", other_case=one, reason="looks alike"),
    )
    assert sorted(answer.status_code for answer in crosswise) == [200, 422]
    await told(manned, one, "taken_in")
    assert (await shown(manned, one))["closed_at"] is None
    assert (await shown(manned, two))["state"] == "merged"


async def test_of_two_merges_of_one_case_at_once_the_second_is_told_that_it_is_closed(manned: Counter) -> None:
    root, first, late = [await opened(manned) for _ in range(3)]
    both = await asyncio.gather(
        manned.step("agent", late, "merge_into", other_case=root, reason="looks alike"),
        manned.step("supervisor", late, "merge_into", other_case=first, reason="looks alike"),
    )
    assert sorted(answer.status_code for answer in both) == [200, 409]
    taken = [case for case in (root, first) if "taken_in" in (await shown(manned, case))["story"]]
    into = (await shown(manned, late))["story"]["merged_into"]
    await told(manned, into, "taken_in")
    assert taken in ([], [into])
