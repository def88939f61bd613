"""What the sums beside the remedy refuse."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotYou


class NothingToRepay(NotNow):
    """Nobody has anything to pay back in this case."""

    code = "nothing_to_repay"
    en = "Nobody has anything to pay back in this case."
    zh = "本工单没有需要退还的款项。"
    out_en = "The customer pays back at most what was paid to them; another party what it owes by the judgement."
    out_zh = "顾客最多退还已收款项；其他责任方按判定比例偿付。"
    source = "T,S"


class OtherDeskAsks(NotYou):
    """Each party is asked by the desk that settles with it [S]."""

    code = "other_desk_asks"
    en = "The party {payer} is asked by: {desk}."
    zh = "“{payer}”的款项由“{desk}”催收。"
    out_en = "Leave it to that desk, or to the supervisor."
    out_zh = "请由该岗位或主管操作。"
    source = "S"


class AboveRepayable(NotLikeThis):
    """Nobody pays back more than they have or owe."""

    code = "above_repayable"
    en = "{amount} is more than the {most} that {payer} has to pay back."
    zh = "{amount} 超过“{payer}”应退还的 {most}。"
    out_en = "Ask for at most {most}; slips under way are counted."
    out_zh = "最多可申请 {most}（进行中的单据已计入）。"
    source = "T,S"


class SumUnfit(NotLikeThis):
    """A sum above zero, in the currency of the case."""

    code = "sum_unfit"
    en = "The amount has to be above zero and in {expected}."
    zh = "金额须大于零，币种为 {expected}。"
    out_en = "Correct the amount."
    out_zh = "请更正金额。"


class NoExchangeWaits(NotNow):
    """A price difference belongs to an agreed exchange whose goods have not left."""

    code = "no_exchange_waits"
    en = "No exchange is agreed whose goods are still to be sent."
    zh = "没有待发货的换货方案。"
    out_en = "Propose the exchange first; once its goods have left, a sum is a compensation or a repayment."
    out_zh = "请先提出换货方案；货物寄出后请使用补偿或退还款项。"
    source = "S"


class DifferenceStands(NotNow):
    """The difference of an exchange is named once, and again only after its slip came to nothing."""

    code = "difference_stands"
    en = "The price difference of this exchange is named already: {amount}."
    zh = "本次换货的差价已登记：{amount}。"
    out_en = "Wait for its slip; one that came to nothing is asked for again, or another difference is named."
    out_zh = "请等待该单据；若未成，可重新申请或另行登记差价。"
    source = "S,T"


class PriceDifferenceOpen(NotNow):
    """A price difference is settled before the label [S]."""

    code = "price_difference_open"
    en = "Part {part} waits for its price difference: {why}."
    zh = "第 {part} 项须先结清差价：{why}。"
    out_en = "Send it once the slip is signed by finance; if nothing comes of it, report the part as failed."
    out_zh = "财务签字后再发货；若差价无法结清，请登记该项无法执行。"
    source = "S"


class PlatformPaymentKnown(NotNow):
    """The platform's news come by several ways, and each payment counts once."""

    code = "platform_payment_known"
    en = "The platform's payment {reference} is on record already."
    zh = "平台付款 {reference} 已登记。"
    out_en = "Nothing more to record."
    out_zh = "无需重复登记。"
    source = "S,O"


class NoLineToCount(NotNow):
    """What the platform paid counts on an order line, which has to be known."""

    code = "no_line_to_count"
    en = "The order line of this case is not verified yet, so nothing says where the payment counts."
    zh = "本工单的订单行尚未核实，无法计入付款。"
    out_en = "Supply and verify the order first."
    out_zh = "请先补充并核实订单。"
    source = "O"


class PaidInFuture(NotLikeThis):
    """What is recorded has happened."""

    code = "paid_in_future"
    en = "The platform cannot have paid at {given}: that is still to come."
    zh = "平台付款时间 {given} 尚未到来。"
    out_en = "Correct the instant; it is RFC 3339 with its offset."
    out_zh = "请更正时间（RFC 3339，含时区）。"
    source = "O"
