"""Registers as pages to print: the same lines as the lists, for the same people, escaped, with sums by currency."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from api.printed_register import Column, Listed, Sheet, printed_register
from db.sessions import Database
from domain.people import Role
from tests.api.counter import Counter, staffed
from tests.api.test_bad_input import problem
from tests.api.test_money import booked, refunded, today
from tests.api.test_registers import DISPATCHED, opened, taken

NOON = datetime(2026, 3, 3, 12, 30, 59, tzinfo=UTC)
REGISTERS = (
    "cash",
    "platform-clocks",
    "outstanding",
    "parcels-under-way",
    "promises",
    "recall-slips",
    "courier-claims",
    "unidentified-parcels",
)


def yuan(amount: str, currency: str = "CNY") -> dict[str, str]:
    return {"amount": amount, "currency": currency}


def page_of(*lines: dict[str, Any], **more: Any) -> str:
    """A print of lines with words and a sum."""
    columns = (
        Column("Words", lambda line: line["words"]),
        Column("Sum", lambda line: line.get("sum"), sums=True),
        Column("At", lambda line: line.get("at")),
    )
    return printed_register(Sheet("To be <recovered>", columns), Listed(lines, **more), "tea & house", NOON)


def test_title_shop_minute_and_lines_stand_on_the_page_and_nothing_is_loaded():
    page = page_of({"words": "one", "at": NOON}, {"words": "two\nlines"})
    assert "<h1>To be &lt;recovered&gt;</h1>" in page
    assert "Shop 店铺: tea &amp; house · Printed 打印: 2026-03-03 12:30 UTC · Lines 行数: 2" in page
    assert "<td>2026-03-03 12:30 UTC</td>" in page
    assert "<td>two<br>lines</td><td>—</td><td>—</td>" in page
    assert "http" not in page
    assert "<script" not in page


def test_what_people_wrote_is_escaped():
    page = page_of({"words": '<img src=x onerror=alert(1)> & "more"'}, about="<b>day</b>")
    assert "<img" not in page
    assert "<b>" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;more&quot;" in page


def test_money_is_added_up_by_currency_and_never_over_two():
    lines = ({"words": "a", "sum": yuan(each)} for each in ("0.10", "0.20", "100.00"))
    page = page_of(*lines, {"words": "b", "sum": yuan("7", "JPY")}, {"words": "c"})
    assert "<td>Sum</td><td>100.30 CNY</td>" in page
    assert "<td>Sum</td><td>7 JPY</td>" in page
    assert "Total 合计" not in page_of({"words": "a"})


def test_a_print_that_does_not_hold_everything_says_so():
    assert "未列全" in page_of({"words": "a"}, more=True)
    assert "未列全" not in page_of({"words": "a"})


async def test_the_days_cash_is_printed_with_its_totals(manned: Counter, database: Database) -> None:
    counter = manned
    await counter.register()
    case, slip = await refunded(counter)
    await booked(counter, 1)
    page = await counter.get("finance", "/v1/registers/cash/print")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    line = (case, "60.00 CNY", "PAY-1", "<td>finance of teahouse</td>")
    for told in ("当日现金表", f"Day 日期: {today()}", "teahouse", *line, "out compensation (1)"):
        assert told in page.text, told
    assert slip.removesuffix("-P1") == case
    assert "王芳" not in page.text
    problem(await counter.get("finance", "/v1/registers/cash/print", params={"day": "0001-01-01"}), 422, "fields_unfit")
    theirs = await staffed(database, "bookshop")
    assert case not in (await counter.get(theirs["finance"], "/v1/registers/cash/print")).text


async def test_recall_slips_are_printed_as_they_stand_in_the_list(manned: Counter) -> None:
    counter = manned
    await counter.register(dispatched_at=DISPATCHED)
    case = await opened(counter)
    await taken(counter, "agent", case, "ask_for_recall")
    await taken(counter, "logistics", case, "register_recall", slip="RC-<i>0117", courier="SF, Hangzhou")
    page = (await counter.get("label_desk", "/v1/registers/recall-slips/print")).text
    for told in ("追回单", case, "SF0000000001", "RC-&lt;i&gt;0117", "Lines 行数: 1"):
        assert told in page, told
    assert (
        case not in (await counter.get("label_desk", "/v1/registers/recall-slips/print", params={"open": "false"})).text
    )


@pytest.mark.parametrize("register", REGISTERS)
async def test_who_reads_a_register_may_print_it_and_nobody_else(counter: Counter, register: str) -> None:
    for role in sorted(set(Role) - {Role.CUSTOMER, Role.DESK}):
        listed = await counter.get(role.value, f"/v1/registers/{register}")
        printed = await counter.get(role.value, f"/v1/registers/{register}/print")
        assert printed.status_code == listed.status_code, (register, role)
        assert printed.status_code in {200, 403}
    assert (await counter.get(None, f"/v1/registers/{register}/print")).status_code == 401
