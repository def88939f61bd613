"""Money over HTTP: slips in and out, the day's cash, a slip to print, limits a day, a stand-in for finance."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from db.cash import totals_of
from db.line_costs import LineCost, book_platform_payment
from db.sessions import Database
from db.stand_ins import list_stand_ins
from domain.money import Money
from domain.people import Role
from tests.api.counter import Counter, another, staffed
from tests.api.slips import YUAN, refunded, signed, today, until_state, until_told
from tests.api.test_bad_input import problem
from tests.api.test_registers import taken


async def cash(counter: Counter, by: str = "finance", **asked: str) -> dict[str, Any]:
    answer = await counter.get(by, "/v1/registers/cash", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def booked(counter: Counter, count: int) -> dict[str, Any]:
    async def found() -> dict[str, Any] | None:
        day = await cash(counter)
        return day if len(day["items"]) >= count else None

    return dict(await counter.until(found))


# -- in and out -------------------------------------------------------------------------------------------------


async def test_money_goes_out_and_comes_back_by_slips_and_the_day_shows_both(manned: Counter) -> None:
    counter = manned
    await counter.register()
    case, slip = await refunded(counter)
    await booked(counter, 1)
    await until_told(counter, case)
    back = {"amount": "25.00", "currency": "CNY"}
    await taken(counter, "agent", case, "ask_repayment", payer="customer", amount=back, reason="paid too much")
    came = f"{case}-P2"
    asked = await until_state(counter, came, "to_approve")
    assert (asked["story"]["direction"], asked["story"]["payer"], asked["story"]["remark"]) == (
        "in",
        "customer",
        "repayment_agent of teahouse",
    )
    await signed(counter, came, back, "IN-1")
    day = await booked(counter, 2)
    assert [(line["way"], line["key"], line["slip"][-6:], line["reference"]) for line in day["items"]] == [
        ("out", slip, "000001", "PAY-1"),
        ("in", came, "000002", "IN-1"),
    ]
    assert [(t["way"], t["amount"]["amount"]) for t in day["totals"]] == [("in", "25.00"), ("out", "60.00")]
    listed = (await counter.get("finance", f"/v1/cases/{case}/payments")).json()
    assert [(p["direction"], p["state"]) for p in listed["items"]] == [("out", "paid"), ("in", "paid")]


async def test_what_the_platform_paid_counts_and_is_a_cost_of_its_day(manned: Counter) -> None:
    counter = manned
    await counter.register()
    case, _ = await refunded(counter)
    paid_at = datetime.now(UTC).isoformat()
    told = {"amount": {"amount": "100.00", "currency": "CNY"}, "reference": "TM-9", "paid_at": paid_at}
    await taken(counter, "integration", case, "record_platform_payment", **told)
    again = await counter.step("integration", case, "record_platform_payment", **told)
    problem(again, 409, "platform_payment_known")

    async def too_much() -> list[str]:
        answer = await counter.get("supervisor", f"/v1/cases/{case}")
        payments = answer.json()["case"]["story"]["platform_payments"]
        return [each["over"]["amount"] for each in payments if each["over"]]

    assert await counter.until(too_much) == ["22.00"]
    day = await booked(counter, 2)
    assert ("cost", "platform") in {(line["way"], line["what"]) for line in day["items"]}
    listed = (await counter.get("finance", f"/v1/cases/{case}/payments")).json()
    assert [(cost["kind"], cost["amount"]["amount"]) for cost in listed["costs"]] == [("platform", "100.00")]


async def test_a_changed_amount_is_approved_anew_and_paid_as_changed(manned: Counter) -> None:
    counter = manned
    await counter.register()
    case, slip = await refunded(counter, sign=False)
    less = {"amount": "40.00", "currency": "CNY"}
    await taken(counter, "agent", slip, "change_amount", amount=less, reason="half of it was agreed")
    await until_state(counter, slip, "to_approve")
    stale = await counter.step("supervisor", slip, "approve_slip", amount=YUAN)
    problem(stale, 422, "amount_differs")
    await signed(counter, slip, less)
    (line,) = (await booked(counter, 1))["items"]
    assert line["amount"]["amount"] == "40.00"
    told = await until_told(counter, case)
    assert [(p["amount"]["amount"], p["result"]) for p in told] == [("40.00", "paid")]


# -- the day's list ---------------------------------------------------------------------------------------------


async def test_who_may_read_the_cash_and_what_it_refuses(counter: Counter) -> None:
    readers = {"finance", "supervisor", "centre_manager", "auditor"}
    for role in set(Role) - {Role.CUSTOMER, Role.DESK}:
        answer = await counter.get(role.value, "/v1/registers/cash")
        assert (answer.status_code == 200) is (role.value in readers), role
    for bad in ({"day": "yesterday"}, {"day": "1066-10-14"}, {"cursor": "abc"}, {"limit": "0"}):
        assert (await counter.get("finance", "/v1/registers/cash", params=bad)).status_code == 422, bad


@pytest.mark.parametrize("path", ["/v1/registers/cash", "/v1/registers/cash/print"])
async def test_what_moves_while_the_day_is_read_is_in_lines_and_totals_or_in_neither(
    counter: Counter, database: Database, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    await counter.register()

    async def late(*asked: Any) -> Any:
        async with database.writing() as session:
            order_index = (await session.execute(text("SELECT order_index FROM orders"))).scalars().first()
            amount, now = Money(700, "CNY"), datetime.now(UTC)
            cost = LineCost("platform/TM-1", "teahouse", "AS-2026-000001", str(order_index), 1, amount, now)
            await book_platform_payment(session, cost)
        return await totals_of(*asked)

    monkeypatch.setattr("api.routes.cash.totals_of", late)
    assert "7.00" not in (await counter.get("finance", path)).text
    monkeypatch.undo()
    assert (await counter.get("finance", path)).text.count("7.00") == 2


async def test_another_day_and_another_shop_show_nothing_of_it(manned: Counter, database: Database) -> None:
    counter = manned
    await counter.register()
    await refunded(counter)
    assert (await booked(counter, 1))["day"] == today()
    assert (await cash(counter, day="2026-01-01"))["items"] == []
    theirs = await staffed(database, "bookshop")
    assert (await cash(counter, theirs["finance"]))["items"] == []


# -- to print ---------------------------------------------------------------------------------------------------


async def test_a_slip_is_printed_with_every_signature_and_loads_nothing(manned: Counter) -> None:
    counter = manned
    await counter.register()
    case, slip = await refunded(counter, sign=False)
    blank = await counter.get("finance", f"/v1/payments/{slip}/print")
    assert blank.text.count("____") >= 2
    await signed(counter, slip, YUAN, "PAY-<b>&77")
    page = await counter.get("finance", f"/v1/payments/{slip}/print")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for told in (
        "60.00 CNY",
        case,
        "late by a week_agent of teahouse",
        "supervisor of teahouse",
        "finance of teahouse",
    ):
        assert told in page.text, told
    assert "PAY-&lt;b&gt;&amp;77" in page.text
    assert page.text.count(" UTC") == 3, "asked for, approved and signed, each to the minute"
    assert "<b>" not in page.text
    assert "____" not in page.text
    assert "王芳" not in page.text


async def test_a_void_slip_is_printed_with_its_number_and_reason(manned: Counter) -> None:
    counter = manned
    await counter.register()
    _, slip = await refunded(counter, sign=False)
    await taken(counter, "supervisor", slip, "void_slip", reason="asked for by mistake")
    page = (await counter.get("auditor", f"/v1/payments/{slip}/print")).text
    assert "VOID" in page
    assert "asked for by mistake" in page
    assert "-000001" in page


async def test_who_may_print_a_slip(manned: Counter, database: Database) -> None:
    counter = manned
    await counter.register()
    case, slip = await refunded(counter, sign=False)
    printing = {"finance", "supervisor", "centre_manager", "auditor", "agent", "logistics"}
    for role in set(Role) - {Role.CUSTOMER, Role.DESK}:
        answer = await counter.get(role.value, f"/v1/payments/{slip}/print")
        assert answer.status_code == (200 if role.value in printing else 403), role
    assert (await counter.get("finance", f"/v1/payments/{case}/print")).status_code == 404
    assert (await counter.get("finance", "/v1/payments/AS-1-P1/print")).status_code == 404
    assert (await counter.get(None, f"/v1/payments/{slip}/print")).status_code == 401
    theirs = await staffed(database, "bookshop")
    assert (await counter.get(theirs["finance"], f"/v1/payments/{slip}/print")).status_code == 404


# -- limits a day -----------------------------------------------------------------------------------------------


async def test_an_approver_signs_so_much_a_day_and_another_goes_on(manned: Counter, database: Database) -> None:
    counter = manned
    lines = [{"line": 1, "product": "pot", "quantity": 1, "paid": {"amount": "12000.00", "currency": "CNY"}}]
    slips: list[str] = []  # the first one is made large in the register, so that a day is full after two
    much = {"amount": "480.00", "currency": "CNY"}
    for number in range(2):
        await counter.register(f"T-{number}", lines=lines)
        slips.append((await one_slip(counter, f"T-{number}", much))[1])
    await swell(database, slips[0])
    await taken(counter, "supervisor", slips[0], "approve_slip", amount=much)
    await swell(database, slips[0])
    full = problem(await counter.step("supervisor", slips[1], "approve_slip", amount=much), 403, "day_is_full")
    assert "19999.99" in full["detail"]
    await taken(counter, await another(database, "teahouse", Role.SUPERVISOR), slips[1], "approve_slip", amount=much)


async def swell(database: Database, slip: str) -> None:
    """Let the register show a large sum for the slip."""
    async with database.writing() as session:
        await session.execute(text('UPDATE cases SET amount_minor = 1999999 WHERE "case" = :slip'), {"slip": slip})


async def one_slip(counter: Counter, order: str, amount: dict[str, str]) -> tuple[str, str]:
    case = str((await counter.complain(problem="other", order=order)).json()["case"]["case"])
    judged = {"fault_confirmed": True, "responsible": "shop", "severity": "minor", "extent": "one", "fault": "late"}
    await taken(counter, "agent", case, "judge", **judged, place="")
    await taken(counter, "agent", case, "propose_remedy", kind="compensation", refund=amount, words="We are sorry.")
    await taken(counter, "agent", case, "accept_proposal", proposal=1, heard_on="phone")
    await until_state(counter, f"{case}-P1", "to_approve")
    return case, f"{case}-P1"


# -- a stand-in for finance -------------------------------------------------------------------------------------


async def people_of(counter: Counter) -> dict[str, str]:
    listed = (await counter.get("administrator", "/v1/people")).json()["people"]
    return {person["roles"][0]: person["person"] for person in listed}


async def name(counter: Counter, by: str = "centre_manager", **changes: Any) -> Any:
    people = await people_of(counter)
    body = {
        "person": people["quality"],
        "stands_for": people["finance"],
        "first_day": today(),
        "last_day": today(),
        "reason": "annual leave",
    }
    return await counter.http.post("/v1/stand-ins", json=body | changes, headers=counter.headers(by))


async def key_of(counter: Counter, person: str) -> Any:
    body = {"role": "finance"}
    return await counter.http.post(f"/v1/people/{person}/keys", json=body, headers=counter.headers("administrator"))


async def test_a_stand_in_signs_within_the_days_under_both_names(manned: Counter) -> None:
    counter = manned
    await counter.register()
    _, slip = await refunded(counter, sign=False)
    await taken(counter, "supervisor", slip, "approve_slip", amount=YUAN)
    person = (await people_of(counter))["quality"]
    assert (await key_of(counter, person)).status_code == 422
    named = await name(counter)
    assert named.status_code == 201, named.text
    key = (await key_of(counter, person)).json()["key"]
    told = await taken(counter, key, slip, "sign_paid", amount=YUAN, reference="PAY-1")
    assert told["case"]["story"]["paid_by"] == {
        "person": person,
        "role": "finance",
        "name": "quality of teahouse",
        "stands_in_for": "finance of teahouse",
    }
    page = (await counter.get("finance", f"/v1/payments/{slip}/print")).text
    assert "quality of teahouse (finance) for 代 finance of teahouse" in page


async def test_a_stand_ins_key_works_only_within_the_days(counter: Counter, database: Database) -> None:
    tomorrow = (date.fromisoformat(today()) + timedelta(days=1)).isoformat()
    named = (await name(counter, first_day=tomorrow, last_day=tomorrow)).json()["stand_in"]
    person = (await people_of(counter))["quality"]
    key = (await key_of(counter, person)).json()["key"]
    assert (await counter.get(key, "/v1/me")).status_code == 401
    async with database.writing() as session:
        await session.execute(
            text("UPDATE stand_ins SET since = now() - interval '1 second', until = now() + interval '2 s'")
        )
    assert (await counter.get(key, "/v1/me")).json()["role"] == "finance"

    async def over() -> bool:
        return (await counter.get(key, "/v1/me")).status_code == 401

    assert await counter.until(over)
    async with database.reading() as session:
        assert [each.stand_in for each in await list_stand_ins(session, "teahouse")] == [named]


async def test_a_stand_in_is_ended_at_once(counter: Counter) -> None:
    named = (await name(counter)).json()["stand_in"]
    key = (await key_of(counter, (await people_of(counter))["quality"])).json()["key"]
    assert (await counter.get(key, "/v1/me")).status_code == 200
    ended = await counter.http.delete(f"/v1/stand-ins/{named}", headers=counter.headers("finance"))
    assert ended.status_code == 204
    assert (await counter.get(key, "/v1/me")).status_code == 401
    again = await counter.http.delete(f"/v1/stand-ins/{named}", headers=counter.headers("finance"))
    assert again.status_code == 404


async def test_whom_nobody_names(counter: Counter) -> None:
    people = await people_of(counter)
    day = date.fromisoformat(today())
    for changes in (
        {"person": people["finance"], "stands_for": people["quality"]},
        {"stands_for": people["quality"], "person": people["agent"]},
        {"person": people["centre_manager"]},
        {"person": people["finance"]},
        {"person": "p_nobody"},
        {"last_day": (day - timedelta(days=1)).isoformat()},
        {"first_day": (day - timedelta(days=9)).isoformat(), "last_day": (day - timedelta(days=8)).isoformat()},
        {"last_day": (day + timedelta(days=92)).isoformat()},
        {"reason": ""},
        {"role": "supervisor"},
    ):
        refused = await name(counter, **changes)
        assert refused.status_code == 422, (changes, refused.text)
    assert (await counter.get("auditor", "/v1/stand-ins")).json() == {"items": []}


@pytest.mark.parametrize("role", ["agent", "supervisor", "quality", "integration"])
async def test_who_does_not_name(counter: Counter, role: str) -> None:
    assert (await name(counter, role)).status_code == 403


async def test_two_approvers_at_once_are_one_signature_each(manned: Counter, database: Database) -> None:
    counter = manned
    await counter.register()
    _, slip = await refunded(counter, sign=False)
    other = await another(database, "teahouse", Role.SUPERVISOR)
    told = await asyncio.gather(
        *(counter.step(who, slip, "approve_slip", amount=YUAN) for who in ("supervisor", other, "supervisor"))
    )
    assert sorted(answer.status_code for answer in told) == [200, 409, 409]
