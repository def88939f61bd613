"""Words for the codes that stand in events, by the name of the field and the code."""

from __future__ import annotations

from domain.policy import Language
from domain.wordings import WORDINGS

_CLOCKS = {
    "acknowledgement": ("acknowledgement", "受理确认"),
    "first_reply": ("first reply", "首次回复"),
    "first_feedback": ("first feedback", "首次反馈"),
    "missing_facts": ("missing facts", "补充信息"),
    "verification": ("verification of the order", "订单核实"),
    "evidence": ("photo evidence", "照片凭证"),
    "judgement": ("judgement", "判定"),
    "proposal": ("proposal", "提出方案"),
    "proposal_answer": ("answer to the proposal", "方案答复"),
    "proposal_approval": ("approval of the proposal", "方案审批"),
    "reshipment": ("sending of the goods", "发货"),
    "repair": ("repair", "维修"),
    "coupon": ("issuing of the coupon", "发放优惠券"),
    "correction": ("correction", "更正"),
    "return_tracking": ("tracking number of the return", "退货运单号"),
    "arrival": ("arrival of the return", "退货到货"),
    "inspection": ("inspection", "验货"),
    "after_inspection": ("settlement after the inspection", "验货后处理"),
    "slip_approval": ("approval of the slip", "付款单审批"),
    "payment": ("payment", "付款"),
    "telling": ("telling the customer", "告知顾客"),
    "call_back": ("call-back", "回访"),
    "resolution": ("whole case", "整案处理"),
    "department": ("answer to request", "协办答复"),
    "trace": ("trace of request", "查件"),
    "refund_request": ("refund request", "平台退款申请"),
    "dispute": ("dispute", "平台纠纷"),
}
_REMEDIES = {
    "return_and_refund": ("return and refund", "退货退款"),
    "compensation": ("compensation", "补偿"),
    "apology": ("apology", "道歉"),
    "refund": ("refund without a return", "仅退款"),
    "exchange": ("exchange", "换货"),
    "reshipment": ("reshipment", "补发"),
    "repair": ("repair", "维修"),
    "coupon": ("coupon", "优惠券"),
    "correction": ("correction", "更正"),
    "part_refund": ("part refund", "部分退款"),
    "send_back": ("sending the goods back", "退回货物"),
}
_PARTIES = {
    "shop": ("shop", "店铺"),
    "warehouse": ("warehouse", "仓库"),
    "courier": ("courier", "快递"),
    "supplier": ("supplier", "供应商"),
    "customer": ("customer", "顾客"),
    "platform": ("platform", "平台"),
    "undecided": ("undecided", "待定"),
}
_SEVERITIES = {"minor": ("minor", "轻微"), "serious": ("serious", "严重"), "critical": ("critical", "重大")}
_EXTENTS = {
    "one": ("one customer", "个别"),
    "several": ("several customers", "多起"),
    "systemic": ("systemic", "系统性"),
}
_BECAUSE = {
    "photo": ("a photo", "照片"),
    "facts": ("missing facts", "补充的信息"),
    "money_back": ("money that came back", "退回的款项"),
}
_RESULTS = {
    "passed": ("passed", "验货通过"),
    "failed": ("failed the inspection", "验货不通过"),
    "not_sent": ("not sent", "未寄出"),
    "lost": ("lost", "已丢失"),
    "called_off": ("called off", "已取消"),
    "sent_back": ("sent back", "已退回顾客"),
    "came_late": ("came after all", "货物迟到到达"),
    "kept": ("kept", "留下"),
    "accepted": ("accepted", "接收"),
    "paid": ("paid", "已付款"),
    "rejected": ("rejected", "被驳回"),
    "void": ("void", "已作废"),
    "not_paid": ("could not be paid", "未能付款"),
    "above_ceiling": ("refused by the ledger", "台账未予预留"),
    "refused": ("refused", "已拒绝"),
    "reversed": ("given back by the bank", "被银行退回"),
}
_OUTCOMES = {
    **_RESULTS,
    "resolved": ("resolved", "已解决"),
    "withdrawn": ("withdrawn", "已撤回"),
    "closed_by_supervisor": ("closed by the supervisor", "主管结案"),
}
_SETTLED = {
    "": ("nothing yet", "待定"),
    "accepted": ("accept them", "接收"),
    "kept": ("keep them for a part refund", "留下并部分退款"),
    "send_back": ("send them back", "退回顾客"),
    "call_off": ("call the return off", "取消退货"),
}
_PASSED = {"True": ("passed", "通过"), "False": ("not passed", "不通过")}
_CONFIRMED = {"True": ("fault confirmed", "确认故障"), "False": ("fault not confirmed", "未确认故障")}
_REACHED = {"True": ("reached", "已接通"), "False": ("not reached", "未接通")}
_CARD = {
    "True": ("with card", "有售后卡"),
    "False": ("without card", "无售后卡"),
    "None": ("card not noted", "售后卡未登记"),
}
_COURIER = {
    "picked_up": ("picked up", "已揽收"),
    "in_transit": ("in transit", "运输中"),
    "delivered": ("delivered", "已送达"),
    "stuck": ("stuck", "滞留"),
    "refused": ("refused at the door", "拒收"),
    "returned": ("returned to the sender", "退回寄件人"),
    "lost": ("lost", "丢失"),
}
_DESKS = {
    "customer": ("customer", "顾客"),
    "pre_sales": ("pre-sales agent", "售前客服"),
    "agent": ("agent", "售后客服"),
    "call_back": ("call-back desk", "回访专员"),
    "supervisor": ("supervisor", "主管"),
    "warehouse": ("warehouse", "仓库"),
    "label_desk": ("label desk", "打单组"),
    "logistics": ("logistics desk", "物流专员"),
    "department": ("department", "责任部门"),
    "quality": ("quality group", "质检组"),
    "salesperson": ("salesperson", "业务员"),
    "finance": ("finance", "财务"),
    "centre_manager": ("centre manager", "中心经理"),
}
_HELD = {"True": ("wait", "暂停付款"), "False": ("go on", "继续付款")}
_NOTHING = {"": ("—", "—")}

_BY_FIELD: dict[str, dict[str, tuple[str, str]]] = {
    "clock": _CLOCKS,
    "kind": _REMEDIES,
    "responsible": _PARTIES,
    "severity": _SEVERITIES,
    "extent": _EXTENTS,
    "because": _BECAUSE,
    "result": {**_RESULTS, "None": ("under way", "进行中"), "asked_again": ("asked for again", "重新申请")},
    "outcome": _OUTCOMES,
    "settle_as": _SETTLED,
    "settled_as": _SETTLED,
    "passed": _PASSED,
    "fault_confirmed": _CONFIRMED,
    "reached": _REACHED,
    "card_found": _CARD,
    "held": _HELD,
    "status": _COURIER,
    "to": _DESKS,
    "nothing": _NOTHING,
}

for _wording in WORDINGS:
    for _field, _codes in _wording.codes.items():
        _BY_FIELD[_field] = {**_BY_FIELD.get(_field, {}), **_codes}

WORDS: dict[Language, dict[str, dict[str, str]]] = {
    language: {field: {code: both[place] for code, both in table.items()} for field, table in _BY_FIELD.items()}
    for place, language in enumerate((Language.ENGLISH, Language.CHINESE))
}
"""Words by language, field and code."""
