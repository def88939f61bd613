"""One slip as a page to print: a plain HTML table, in both of the desk's languages, without anything to load."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any, cast

from domain.complaint.parties import Party
from domain.instants import minute
from domain.payment.purposes import Purpose
from domain.view import CaseView

PURPOSE_WORDS: dict[Purpose, str] = {
    Purpose.REFUND: "refund 退款",
    Purpose.COMPENSATION: "compensation 补偿",
    Purpose.FREIGHT: "return freight 退货运费",
    Purpose.PRICE_DIFFERENCE: "price difference 退差价",
    Purpose.SURCHARGE: "surcharge 补款",
    Purpose.REPAYMENT: "repayment 退还款项",
}
PAYER_WORDS: dict[Party, str] = {
    Party.SHOP: "shop 店铺",
    Party.WAREHOUSE: "warehouse 仓库",
    Party.COURIER: "courier 快递",
    Party.SUPPLIER: "supplier 供应商",
    Party.CUSTOMER: "customer 顾客",
    Party.PLATFORM: "platform 平台",
    Party.UNDECIDED: "undecided 待定",
}
LINE_TO_SIGN = "______________________________"

_PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{number}</title>
<style>
body {{ font: 12pt/1.5 serif; margin: 2cm; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #000; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }}
th {{ width: 30%; font-weight: normal; }}
.void {{ font-size: 16pt; letter-spacing: 0.2em; }}
</style></head><body>
<h1>{title} {number}</h1>
{mark}
<table>
{rows}
</table>
</body></html>
"""


def printed(view: CaseView) -> str:
    """The page. Everything that people wrote is escaped; sealed words are not on it."""
    story = cast("dict[str, Any]", view.story or {})
    title = "Receipt slip 收款单" if story["direction"] == "in" else "Payment slip 付款单"
    number = str(story["slip_number"] or "—")
    rows = "\n".join(f"<tr><th>{escape(name)}</th><td>{_cell(value)}</td></tr>" for name, value in _rows(view, story))
    return _PAGE.format(title=title, number=escape(number), mark=_mark(view, story), rows=rows)


def _mark(view: CaseView, story: dict[str, Any]) -> str:
    """What has to be seen at once: a slip that came to nothing is no order to pay."""
    if view.closed_at is None or view.state == "paid":
        return ""
    return f'<p class="void">{escape(view.state.upper())} 已终止：{escape(str(story["note"]))}</p>'


def _rows(view: CaseView, story: dict[str, Any]) -> Iterator[tuple[str, str]]:
    amount = view.amount
    yield "Amount 金额", f"{amount}" if amount is not None else "—"
    yield "For 用途", PURPOSE_WORDS[Purpose(story["purpose"])]
    if story["payer"]:
        yield "Paid by 付款方", PAYER_WORDS[Party(story["payer"])]
    yield "Reason 事由", story["reason"]
    yield "Rule 依据", story["rule"] or "—"
    yield "Remark 备注", story["remark"]
    yield "Case 工单", f"{view.parent or '—'} / {view.case}"
    yield "Receipts 凭证", "\n".join(story["receipts"]) or "—"
    yield "Asked for by 申请人", f"{_who(story['requested_by'])}, {minute(view.opened_at)}"
    for change in story["changes"]:
        yield "Changed 改动", f"{_sum(change['was'])} → {_who(change['by'])}, {_at(change['at'])}: {change['reason']}"
    for approval in story["approvals"]:
        yield "Approved by 审批人", f"{_who(approval['by'])}, {_at(approval['at'])}, {_sum(approval['amount'])}"
    for _ in range(len(story["approvals"]), story["approvals_needed"]):
        yield "Approved by 审批人", LINE_TO_SIGN
    signed = story["paid_by"]
    yield "Finance 财务签字", f"{_who(signed)}, {_at(story['paid_at'])}" if signed else LINE_TO_SIGN
    yield "Reference 付款编号", story["reference"] or LINE_TO_SIGN


def _at(told: str) -> str:
    """An instant of the story, to the minute."""
    return minute(datetime.fromisoformat(told))


def _who(person: dict[str, Any]) -> str:
    """Who acted; of a stand-in both names stand [E]."""
    name = f"{person['name'] or person['person']} ({person['role']})"
    return f"{name} for 代 {person['stands_in_for']}" if person.get("stands_in_for") else name


def _sum(money: dict[str, str]) -> str:
    return f"{money['amount']} {money['currency']}"


def _cell(value: object) -> str:
    return escape(str(value)).replace("\n", "<br>")
