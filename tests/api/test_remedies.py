"""Remedies over HTTP: several parts in one proposal, shares in a judgement, the dry run, a coupon's code."""

from __future__ import annotations

import time
from typing import Any

from settings import Settings
from tests.api.counter import Counter
from tests.api.test_bad_input import problem
from tests.api.test_parts_away import told_to_come_again

FOUND = {"fault_confirmed": True, "severity": "serious", "fault": "crack", "responsible": "courier"}


TRACE = {
    "desk": "logistics",
    "kind": "trace",
    "asked": "where the parcel is",
    "facts": "it never came",
    "loss": "the goods",
    "extent": "one",
    "urgency": "ordinary",
    "mendable": True,
    "suspected_cause": "lost at the depot",
}
"""What the logistics desk is asked before a remedy that costs [F]."""


def yuan(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


async def lost(counter: Counter, order: dict[str, Any] | None = None, **found: Any) -> str:
    """A parcel that was traced in vain, judged."""
    await counter.register(**(order or {}))
    case: str = (await counter.complain(problem="lost_delivery")).json()["case"]["case"]
    traced = await counter.step("agent", case, "ask_desk", **TRACE)
    assert traced.status_code == 200, traced.text
    answer = await counter.step("logistics", case, "answer_request", number=1, findings="it is gone", result="lost")
    assert answer.status_code == 200, answer.text
    judged = await counter.step("agent", case, "judge", **(FOUND | found))
    assert judged.status_code == 200, judged.text
    return case


async def link_of(counter: Counter, case: str) -> str:
    token: str = (await counter.post("agent", f"/v1/cases/{case}/link")).json()["token"]
    return token


async def proposed(counter: Counter, case: str, **body: Any) -> Any:
    return await counter.step("agent", case, "propose_remedy", **({"words": "We are sorry."} | body))


async def test_a_proposal_of_several_parts_is_taken_and_each_row_is_checked(manned: Counter) -> None:
    case = await lost(manned)
    also = [{"kind": "coupon", "worth": yuan("10.00")}, {"kind": "apology"}]
    made = await proposed(manned, case, kind="reshipment", worth=yuan("40.00"), what="one teapot", also=also)
    assert made.status_code == 200, made.text
    story = made.json()["case"]["story"]
    (offered,) = story["proposals"]
    assert offered["also"] == [{"kind": "coupon", "worth": yuan("10.00")}, {"kind": "apology"}]
    assert story["proposal_costs"][0]["cost"] == yuan("50.00")

    for row, field in (
        ({"kind": "coupon", "worth": 10}, "also"),
        ({"kind": "coupon", "value": yuan("1.00")}, "also"),
        ({"kind": "voucher"}, "also"),
        ({}, "also"),
        ("coupon", "also"),
        ({"kind": "coupon", "what": "x" * 201}, "also"),
        ({"kind": "coupon", "worth": yuan("1e9")}, "also"),
    ):
        wrong = problem(await proposed(manned, case, kind="reshipment", also=[row]), 422, "fields_unfit")
        assert all(error["field"].startswith(field) for error in wrong["errors"]), wrong
    many = [{"kind": "apology"}] * 51
    problem(await proposed(manned, case, kind="reshipment", also=many), 422, "fields_unfit")
    twice = await proposed(manned, case, kind="reshipment", also=[{"kind": "apology"}] * 2)
    problem(twice, 422, "part_twice")


async def test_the_same_key_with_another_part_is_another_request(manned: Counter) -> None:
    case = await lost(manned)
    body: dict[str, Any] = {"kind": "reshipment", "also": [{"kind": "coupon", "worth": yuan("10.00")}], "key": "k"}
    first, again = await proposed(manned, case, **body), await proposed(manned, case, **body)
    assert first.json() == again.json()
    body["also"] = [{"kind": "coupon", "worth": yuan("10.01")}]
    problem(await proposed(manned, case, **body), 422, "idempotency_key_reused")


async def test_shares_are_taken_with_the_judgement_and_have_to_be_the_whole(manned: Counter) -> None:
    case = await lost(manned, shares=[{"party": "courier", "percent": 70}, {"party": "warehouse", "percent": 30}])
    shown = (await manned.get("agent", f"/v1/cases/{case}")).json()["case"]["story"]["judgements"][0]["shares"]
    assert shown == [{"party": "courier", "percent": 70}, {"party": "warehouse", "percent": 30}]
    anew = FOUND | {"reason": "there is news"}
    for shares in (
        [{"party": "courier", "percent": 0}],
        [{"party": "courier", "percent": 101}],
        [{"party": "courier"}],
    ):
        problem(await manned.step("agent", case, "judge", **anew, shares=shares), 422, "fields_unfit")
    short = await manned.step("agent", case, "judge", **anew, shares=[{"party": "courier", "percent": 99}])
    problem(short, 422, "shares_unfit")


async def test_the_dry_run_is_for_the_desk_and_not_for_the_customer(manned: Counter) -> None:
    case = await lost(manned)
    weighed = await manned.get("agent", f"/v1/cases/{case}/remedies")
    assert weighed.status_code == 200, weighed.text
    found = {each["kind"]: each for each in weighed.json()["items"]}
    assert next(iter(found)) == "reshipment"
    assert found["refund"] == {
        "kind": "refund",
        "open": True,
        "goodwill": False,
        "most": yuan("69.00"),
        "cost": yuan("69.00"),
        "freight_up_to": None,
        "approver": None,
        "code": "",
        "sentence": "",
        "sentence_zh": "",
        "way_out": "",
        "source": "",
    }
    assert (found["send_back"]["open"], found["send_back"]["code"]) == (False, "remedy_does_not_fit")
    link = await link_of(manned, case)
    problem(await manned.get(link, f"/v1/cases/{case}/remedies"), 403, "role_may_not")
    problem(await manned.get("finance", f"/v1/cases/{case}/remedies"), 403, "role_may_not")
    problem(await manned.get("agent", "/v1/cases/AS-2026-999999/remedies"), 404, "case_unknown")


async def test_the_dry_run_of_a_slip_is_a_missing_address(manned: Counter) -> None:
    case = await lost(manned)
    await proposed(manned, case, kind="compensation", refund=yuan("5.00"))
    await manned.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")

    async def slip_there() -> bool:
        return (await manned.get("agent", f"/v1/cases/{case}-P1")).status_code == 200

    assert await manned.until(slip_there)
    problem(await manned.get("agent", f"/v1/cases/{case}-P1/remedies"), 404, "case_unknown")


async def test_the_dry_run_without_a_worker_is_answered_in_time(counter: Counter, settings: Settings) -> None:
    case = (await counter.complain()).json()["case"]["case"]
    began = time.monotonic()
    told_to_come_again(await counter.get("agent", f"/v1/cases/{case}/remedies"), began, settings)


async def to_issue(counter: Counter, case: str) -> None:
    """Wait until the ledger holds the coupon's value and the agent has the task."""

    async def found() -> bool:
        tasks = (await counter.get("agent", f"/v1/cases/{case}")).json()["case"]["tasks"]
        return any(task["step"] == "report_coupon" for task in tasks)

    await counter.until(found)


async def test_a_coupons_code_is_sealed_shown_by_its_end_and_opened_for_the_customer(manned: Counter) -> None:
    case = await lost(manned)
    await proposed(manned, case, kind="coupon", worth=yuan("10.00"))
    await manned.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    await to_issue(manned, case)
    issued = await manned.step("agent", case, "report_coupon", part=1, code="SORRY-2026-77AF")
    assert issued.status_code == 200, issued.text
    assert "SORRY" not in issued.text
    (part,) = issued.json()["case"]["story"]["fulfilments"]
    assert (part["state"], part["code_shown"]) == ("done", "…77AF")
    link = await link_of(manned, case)
    words = (await manned.get(link, f"/v1/cases/{case}/personal")).json()["words"]
    assert words["coupon_1"] == "SORRY-2026-77AF"
    seen = (await manned.get(link, f"/v1/cases/{case}")).json()["case"]["story"]
    assert "proposal_costs" not in seen
    assert "owed" not in seen
    again = await manned.step("agent", case, "report_coupon", part=1, code="SORRY-2026-77AF")
    problem(again, 409, "nothing_to_carry_out")


async def test_a_short_code_shows_next_to_nothing_of_itself(manned: Counter) -> None:
    case = await lost(manned)
    await proposed(manned, case, kind="coupon", worth=yuan("10.00"))
    await manned.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    await to_issue(manned, case)
    issued = await manned.step("agent", case, "report_coupon", part=1, code="A7")
    assert issued.json()["case"]["story"]["fulfilments"][0]["code_shown"] == "…"


async def test_the_label_desk_sends_what_it_can_see_the_address_of(manned: Counter) -> None:
    await manned.register(
        customer={"reference": "wang_88", "name": "王芳", "phone": "13800138000", "address": "苏州市 1 号"}
    )
    case: str = (await manned.complain(problem="lost_delivery", customer=None)).json()["case"]["case"]
    await manned.step("agent", case, "ask_desk", **TRACE)
    await manned.step("logistics", case, "answer_request", number=1, findings="it is gone", result="lost")
    await manned.step("agent", case, "judge", **FOUND)
    await proposed(manned, case, kind="reshipment", worth=yuan("40.00"))
    await manned.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    queue = (await manned.get("label_desk", "/v1/queues/label_desk")).json()["items"]
    assert [(line["case"], line["task"]["step"]) for line in queue] == [(case, "report_part_sent")]
    words = (await manned.get("label_desk", f"/v1/cases/{case}/personal")).json()["words"]
    assert (words["name"], words["address"]) == ("王芳", "苏州市 1 号")
    assert "description" not in words
    parcel = {"carrier": "SF Express", "tracking": "SF7001"}
    problem(await manned.step("agent", case, "report_part_sent", part=1, **parcel), 403, "role_may_not")
    gone = await manned.step("label_desk", case, "report_part_sent", part=1, **parcel)
    assert gone.json()["case"]["state"] == "carrying_out"
    waits = (await manned.get("logistics", "/v1/queues/logistics")).json()["items"]
    assert {line["task"]["key"] for line in waits} == {"check-SF7001", "recover-courier"}
