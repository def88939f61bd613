"""What a slip refuses that is, was or never was with the payment gateway."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere


class WithGateway(NotNow):
    """What the gateway may have paid nobody pays by hand [T][O]."""

    code = "with_gateway"
    en = "The slip was sent to the payment gateway and stands as {standing}; it may be paid already."
    zh = "付款单已发往支付网关，状态为 {standing}，可能已付款。"
    out_en = (
        "Do not pay by hand. Have the gateway asked (ask_gateway); if it knows nothing for certain, it falls to you;"
        " if no answer settles it, decide by the gateway's own statement (settle_unknown)."
    )
    out_zh = (
        "请勿手工付款。可再次查询网关（ask_gateway）；网关确认无此单后转人工付款；"
        "仍无法确定时请按网关对账单登记（settle_unknown）。"
    )
    source = "T,O"


class NotWithGateway(NotNow):
    """The gateway is asked after what was sent to it."""

    code = "not_with_gateway"
    en = "The slip is not with the payment gateway."
    zh = "付款单未在支付网关处理中。"
    out_en = "Nothing to ask there; a slip with finance is paid by hand and signed (sign_paid)."
    out_zh = "无需查询；请由财务手工付款并签字（sign_paid）。"
    source = "O"


class InquiriesGoOn(NotNow):
    """As long as machines may still find out, nobody decides by hand [O]."""

    code = "inquiries_go_on"
    en = "The gateway has the slip and is asked for it; no person decides yet."
    zh = "网关正在处理，系统仍在查询，暂不需人工判定。"
    out_en = "Wait, or have it asked now (ask_gateway); an answer that leaves it open lets you decide."
    out_zh = "请等待，或立即查询（ask_gateway）；结果仍不明时方可判定。"
    source = "O"


class ReferenceMissing(NotLikeThis):
    """What was paid has a reference [T]."""

    code = "reference_missing"
    en = "A payment has a reference."
    zh = "付款须有编号。"
    out_en = "Give the reference as it stands in the gateway's statement."
    out_zh = "请填写网关对账单中的编号。"
    source = "T"


class MismatchUnknown(NotThere):
    """Only an open contradiction of an ended slip is cleared up."""

    code = "mismatch_unknown"
    en = "The slip has no open contradiction {number}."
    zh = "付款单没有待处理的差异 {number}。"
    out_en = "Read the slip: an open task mismatch-N names it; while the slip is not ended, settle_unknown decides."
    out_zh = "请查看付款单任务 mismatch-N；付款单未结束时请使用 settle_unknown。"
    source = "O"


class NotPaidOut(NotNow):
    """Only what was paid to the customer can come back from the bank."""

    code = "not_paid_out"
    en = "The slip stands as {outcome}: no money of it can come back from the bank."
    zh = "付款单状态为 {outcome}，不存在银行退回的款项。"
    out_en = "Check the slip's number; money that comes in otherwise has a slip of its own."
    out_zh = "请核对付款单号；其他收款请另行登记。"
    source = "O"


class LateNewsAreOver(NotNow):
    """An ended slip hears of reversals for so long and no longer (policy `late_payment_news_days`) [O]."""

    code = "late_news_over"
    en = "The slip ended too long ago to change."
    zh = "付款单结束已久，不再变更。"
    out_en = "Take it up in the complaint, or with the customer's new one."
    out_zh = "请在投诉工单或新的投诉中处理。"
    source = "O"
