"""Other problems than quality, as a shop's system and the desk meet them over HTTP."""

from __future__ import annotations

from tests.api.counter import Counter


async def test_a_complaint_names_its_problem_and_kind_and_a_kind_of_another_problem_opens_nothing(
    counter: Counter,
) -> None:
    opened = await counter.complain(problem="service", fault_kind="attitude")
    assert opened.status_code == 201, opened.text
    assert opened.json()["case"]["problem"] == "service"
    assert opened.json()["case"]["story"]["fault_kind"] == "attitude"

    wrong = await counter.complain(problem="service", fault_kind="expired", key="wrong")
    assert wrong.status_code == 422
    assert wrong.json()["code"] == "kind_does_not_fit"
    unknown = await counter.complain(problem="weather")
    assert unknown.status_code == 422
    assert "problem" in unknown.text


async def test_damaged_goods_ask_whether_the_parcel_was_taken_in(counter: Counter) -> None:
    asked = (await counter.complain(problem="damaged")).json()["case"]["story"]["missing"]
    assert asked == ["signed_for"]
    told = (await counter.complain(problem="damaged", signed_for=False)).json()["case"]
    assert told["story"]["missing"] == []
    assert "evidence" not in {clock["name"] for clock in told["clocks"]}


async def test_a_conversation_is_attached_sealed_and_hashed_and_the_same_one_twice_is_told(manned: Counter) -> None:
    case = (await manned.complain(problem="service")).json()["case"]["case"]
    chat = {"kind": "conversation", "title": "chat of the evening shift", "words": "He called me a liar. 他骂我。"}
    first = await manned.step("agent", case, "attach_record", **chat)
    assert first.status_code == 200, first.text
    (record,) = first.json()["case"]["story"]["records"]
    assert len(record["digest"]) == 64
    assert "liar" not in first.text
    again = await manned.step("agent", case, "attach_record", **chat)
    assert (again.status_code, again.json()["code"]) == (422, "record_known")

    read = {"check": "conversation", "finding": "our_fault", "note": "an insult in the third line"}
    assert (await manned.step("agent", case, "record_check", **read)).status_code == 200
    judged = {"fault_confirmed": True, "responsible": "shop", "severity": "serious"}
    assert (await manned.step("agent", case, "judge", **judged)).status_code == 200


async def test_a_record_that_is_too_long_is_refused_by_its_field(manned: Counter) -> None:
    case = (await manned.complain(problem="service")).json()["case"]["case"]
    told = {"kind": "conversation", "title": "chat", "words": "x" * 100_001}
    answer = await manned.step("agent", case, "attach_record", **told)
    assert answer.status_code in {413, 422}
    empty = await manned.step("agent", case, "attach_record", kind="video", title="the box")
    assert (empty.status_code, empty.json()["code"]) == (422, "record_empty")


async def test_the_customer_hears_nothing_of_the_desks_remarks_and_checks(manned: Counter) -> None:
    case = (await manned.complain(problem="late_delivery")).json()["case"]["case"]
    await manned.step("agent", case, "add_remark", words="looks for a reason to return")
    checked = {"check": "tracking", "finding": "their_fault", "note": "stands in the depot"}
    assert (await manned.step("agent", case, "record_check", **checked)).status_code == 200
    link = (await manned.post("agent", f"/v1/cases/{case}/link")).json()
    seen = await manned.http.get(f"/v1/cases/{case}", headers={"Authorization": f"Bearer {link['token']}"})
    assert seen.status_code == 200, seen.text
    assert "reason to return" not in seen.text
    assert "depot" not in seen.text
