"""How a parcel that came by way of the dock is told, and one that was another's."""

from __future__ import annotations

from domain.goods_return import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.DockParcelKnown: Sentence(
            "S",
            "The dock's parcel {dock} ({tracking}) had been received here already.",
            "收货口包裹 {dock}（{tracking}）此前已签收。",
        ),
        e.DockParcelLate: Sentence(
            "S,O",
            "The dock's parcel {dock} ({tracking}) came when the return was over.",
            "退货结束后，收货口才收到包裹 {dock}（{tracking}）。",
        ),
        e.ParcelTakenBack: Sentence(
            "O",
            "The parcel {dock} ({tracking}) was another's; the return waits on as if it had never come.",
            "包裹 {dock}（{tracking}）并非本退货，恢复等待。",
        ),
        e.ReturnReopened: Sentence(
            "S,O", "Goods came after the return had ended; it is open again.", "退货结束后货物到达，退货重新打开。"
        ),
        e.LateGoodsOver: Sentence("O", "The time in which it still took goods is over.", "迟到货物的接收期限已过。"),
        e.DockTold: Sentence(
            "S", "The dock was told of its parcel {dock}: {result}.", "已告知收货口包裹 {dock}：{result}。"
        ),
        e.GoodsDisposed: Sentence(
            "S,O",
            "{quantity} units of line {line} go to: {disposition}. {reason}",
            "第 {line} 行 {quantity} 件处置：{disposition}。{reason}",
        ),
        e.LinesAdded: Sentence("S", "Further lines come back with it: {lines}.", "追加退货 {lines} 行。"),
        e.RestGivenUp: Sentence(
            "O",
            "The rest is not waited for any more; what came counts. {reason}",
            "不再等待其余货物，以已到货为准。{reason}",
        ),
        e.SendingExplained: Sentence(
            "S",
            "The customer was told how to send, prepaid and not freight-collect ({how}).",
            "已告知顾客寄回方式：先行垫付，勿寄到付件（{how}）。",
        ),
        e.FreightCollectCame: Sentence(
            "S",
            "The parcel {tracking} came freight-collect: {untold}. {against}",
            "包裹 {tracking} 为到付件：{untold}。{against}",
        ),
        e.ParcelTurnedAway: Sentence(
            "S",
            "The dock turned the freight-collect parcel {tracking} away. {note}",
            "收货口拒收到付包裹 {tracking}。{note}",
        ),
        e.CollectedFreightShared: Sentence(
            "S", "The customer bears half of the freight of {tracking}. {note}", "顾客承担 {tracking} 一半运费。{note}"
        ),
        e.GoodsGivenBack: Sentence(
            "O", "The goods were handed back to the customer. {note}", "货物已当面交还顾客。{note}"
        ),
    },
    codes={
        "untold": {
            "True": ("nobody had told the customer to prepay", "此前无人告知顾客先行垫付"),
            "False": ("the customer had been told to prepay", "此前已告知顾客先行垫付"),
        },
        "waits": {"True": ("the rest is awaited", "待其余货物"), "False": ("nothing more is awaited", "无待到货")},
        "result": {"given_back": ("handed back to the customer", "已当面交还顾客")},
        "outcome": {"given_back": ("handed back to the customer", "已当面交还顾客")},
        "settled_as": {"send_back_failed": ("what failed goes back to the customer", "不合格品退回顾客")},
        "settle_as": {"send_back_failed": ("what failed goes back to the customer", "不合格品退回顾客")},
        "disposition": {
            "None": ("as their grade says", "按等级处置"),
            "restock": ("back on the shelf", "重新入库"),
            "repair": ("repair", "维修"),
            "to_supplier": ("the supplier", "退供应商"),
            "second_choice": ("second choice", "次品销售"),
            "scrap": ("scrap", "报废"),
        },
        "clock": {"goods_on_hold": ("goods on hold", "货物待处置")},
    },
    letters={
        "return_lines_added": (
            Text(
                "Further goods for your return {case}",
                (
                    Part("As agreed, these goods may come back with your return too: {goods}."),
                    Part(
                        "Please put them in the same parcel, or in one of their own, to the address that we sent you."
                    ),
                    Part("Please tell us the tracking number by {due}.", only_with="due"),
                ),
            ),
            Text(
                "退货 {case} 追加商品",
                (
                    Part("按照约定，以下商品也可一并退回：{goods}。"),
                    Part("可放入同一包裹，也可另寄，地址不变。"),
                    Part("请在 {due} 前告知运单号。", only_with="due"),
                ),
            ),
        ),
        "parcel_turned_away": (
            Text(
                "We could not take in your parcel for return {case}",
                (
                    Part(
                        "Your parcel {tracking} came freight-collect, and we do not pay the courier at the door, so it "
                        "goes back to you. We are sorry for the trouble."
                    ),
                    Part("Please send it again with the freight prepaid, to {addressee}, {phone}, {address}."),
                    Part("{freight_rule}"),
                    Part("We repay up to {freight_cap}; keep the courier's receipt.", only_with="freight_cap"),
                    Part("Then tell us the new tracking number: {link}"),
                    Part("We wait for it until {due}.", only_with="due"),
                ),
            ),
            Text(
                "退货 {case} 的包裹未能签收",
                (
                    Part("您的包裹 {tracking} 为到付件，我们无法代付运费，包裹将退回给您，给您带来不便，非常抱歉。"),
                    Part("请先行支付运费后重新寄出，收件人：{addressee}，电话：{phone}，地址：{address}。"),
                    Part("{freight_rule}"),
                    Part("我们最高报销运费 {freight_cap}，请保留快递收据。", only_with="freight_cap"),
                    Part("寄出后请告知新的运单号：{link}"),
                    Part("我们将等待至 {due}。", only_with="due"),
                ),
            ),
        ),
        "arrival_corrected": (
            Text(
                "A correction about your parcel: {case}",
                (
                    Part("We wrote that your parcel had arrived. It was another one: our mistake, and we are sorry."),
                    Part("Nothing has changed for you; we go on waiting for your parcel and write when it is here."),
                    Part("Please send it and tell us its tracking number by {due}.", only_with="due"),
                ),
            ),
            Text(
                "包裹到货更正：{case}",
                (
                    Part("此前我们告知您包裹已到货，系我们误认了另一个包裹，非常抱歉。"),
                    Part("您的退货一切照旧，我们会继续等待，您的包裹到货后立即通知您。"),
                    Part("请在 {due} 前寄出并告知运单号。", only_with="due"),
                ),
            ),
        ),
    },
)
