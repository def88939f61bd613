"""What the rule on returned goods refuses, and what would help instead."""

from __future__ import annotations

from domain.refusals import NotNow


class NotEligible(NotNow):
    """The rule does not let the goods come back; a supervisor may, with a reason."""

    code = "not_eligible"
    en = "By the shop's rule these goods do not come back: {why} (window until {until}, rule {rule})."
    zh = "按店铺规则不予退换：{why_zh}（期限至 {until}，规则 {rule}）。"
    out_en = (
        "State the reason under `override` when you propose it: it then waits for a supervisor other than you."
        " Or propose what needs no goods back. What a shop's system opens as a return is never an exception: open a"
        " complaint."
    )
    out_zh = (
        "如需例外，请在提出方案时填写 override 理由，由另一位主管批准；或提出无需退货的方案。"
        "由店铺系统直接开立的退货不设例外，请改为提交投诉。"
    )
    source = "S,O"


class NothingToDescribe(NotNow):
    """How the goods are is asked until they are agreed to come back."""

    code = "nothing_to_describe"
    en = "How the goods are is not asked any more: {why}."
    zh = "不再询问商品状况：{why}。"
    out_en = "The warehouse inspects what comes in."
    out_zh = "以仓库验货为准。"
    source = "S"
