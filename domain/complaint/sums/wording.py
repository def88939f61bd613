"""How the sums beside the remedy are told."""

from __future__ import annotations

from domain.complaint.sums import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.IncomingAsked: Sentence(
            "T",
            "Slip {case} is asked for: {amount} from {payer}. {reason}",
            "申请收款单 {case}：{payer}支付 {amount}。{reason}",
        ),
        e.IncomingStarted: Sentence("T", "Slip {slip} was started.", "收款单 {slip} 已启动。"),
        e.IncomingNewsTaken: Sentence(
            "T",
            "Slip {slip} tells: {result}, reference {reference}. {note}",
            "收款单 {slip} 消息：{result}，编号 {reference}。{note}",
        ),
        e.DifferenceNamed: Sentence(
            "S,T",
            "The price difference of exchange {proposal} is {amount}, paid by {paid_by}. {reason}",
            "换货方案 {proposal} 差价 {amount}，由{paid_by}支付。{reason}",
        ),
        e.PlatformPaid: Sentence(
            "S,O",
            "The platform paid {amount} by itself, {paid_at}, reference {reference}.",
            "平台已自行付款 {amount}，时间 {paid_at}，编号 {reference}。",
        ),
        e.PlatformPaymentTold: Sentence(
            "S,O", "The ledger was told of the platform's payment {number}.", "已将第 {number} 笔平台付款告知台账。"
        ),
        e.LineGaveTooMuch: Sentence(
            "S,T,O",
            "With the platform's payment {number} the order line has given back {over} more than was paid for it.",
            "加上第 {number} 笔平台付款，该订单行已多退 {over}。",
        ),
        e.SlipAmountChanged: Sentence(
            "T", "The amount of slip {slip} is now {amount}.", "单据 {slip} 的金额现为 {amount}。"
        ),
    },
    codes={
        "payer": {
            "shop": ("the shop", "店铺"),
            "warehouse": ("the warehouse", "仓库"),
            "courier": ("the courier", "快递"),
            "supplier": ("the supplier", "供应商"),
            "customer": ("the customer", "顾客"),
            "platform": ("the platform", "平台"),
            "undecided": ("nobody yet", "待定"),
        },
        "paid_by": {"shop": ("the shop", "店铺"), "customer": ("the customer", "顾客")},
    },
)
