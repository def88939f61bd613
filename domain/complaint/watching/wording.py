"""How watched parcels are told."""

from __future__ import annotations

from domain.complaint.watching import events as e
from domain.complaint.watching.parcel_words import PARCEL
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.ParcelWatched: Sentence(
            "S,T",
            "The parcel {tracking} ({carrier}) is watched: {awaited_as}.",
            "开始跟踪包裹 {carrier} {tracking}：{awaited_as}。",
        ),
        e.ParcelChecked: Sentence(
            "S",
            "The parcel {tracking} was checked: {result}. Planned checks missed before: {missed}. {note}",
            "包裹 {tracking} 查件：{result}。此前漏查 {missed} 次。{note}",
        ),
        e.ParcelSeenAgain: Sentence(
            "S,O",
            "The courier saw parcel {tracking} at {seen}, as before.",
            "快递 {seen} 更新包裹 {tracking}，状态不变。",
        ),
        e.CourierChased: Sentence(
            "T", "The courier was asked about the parcel {tracking}: {answer}", "已就包裹 {tracking} 催问快递：{answer}"
        ),
        e.ParcelReRegistered: Sentence(
            "S",
            "The parcel {tracking} travels on as {carrier} {new_tracking}: {reason}",
            "包裹 {tracking} 改以 {carrier} {new_tracking} 继续跟踪：{reason}",
        ),
        e.WatchGivenUp: Sentence(
            "O", "The parcel {tracking} is watched no longer: {reason}", "停止跟踪包裹 {tracking}：{reason}"
        ),
        e.ArrivalConfirmed: Sentence(
            "S",
            "The customer told of the parcel {tracking}: came {arrived_at}, {condition}; driver: {manner};"
            " {signed_by_customer}. {note}",
            "顾客确认包裹 {tracking}：{arrived_at} 送达，{condition}；配送员：{manner}；{signed_by_customer}。{note}",
        ),
        e.ExceptionSeen: Sentence(
            "S",
            "What was not as it should be with the parcel {tracking} was seen by: {desk}.",
            "包裹 {tracking} 的异常已由 {desk} 知悉。",
        ),
    },
    codes={
        "awaited_as": {
            "late_parcel": ("a late parcel", "延迟包裹"),
            "second_parcel": ("the rest of the order", "订单的另一包裹"),
            "reshipment": ("a reshipment", "补发包裹"),
            "refused_parcel": ("refused at the door, comes back", "拒收退回包裹"),
            "return": ("a return", "退货包裹"),
        },
        "result": {
            "moving": ("moving", "运输中"),
            "not_moving": ("not moving", "没有移动"),
            "arrived": ("arrived", "已送达"),
            "refused": ("refused at the door", "拒收"),
            "forwarded": ("forwarded", "已转寄"),
            "unknown": ("the courier cannot say", "快递无法说明"),
        },
        "condition": {"whole": ("whole", "完好"), "damaged": ("damaged", "破损"), "opened": ("opened", "已被拆开")},
        "manner": {"good": ("good", "良好"), "poor": ("poor", "不佳"), "not_met": ("not met", "未碰面")},
        "signed_by_customer": {
            "True": ("signed by the customer", "本人签收"),
            "False": ("signed by somebody else", "他人签收"),
        },
        "clock": {"arrival_call": ("call after the arrival", "送达后致电")},
    },
    letters={
        "parcel_news": (
            Text(
                "News of your parcel: {case}",
                (
                    Part("We are sorry for the wait, and watch your parcel {tracking} ({carrier}) for you."),
                    Part("{parcel}"),
                    Part(
                        "The next step: we look every day, tell you at once what changes, and write again by {until}"
                        " at the latest.",
                        only_with="until",
                    ),
                ),
            ),
            Text(
                "您的包裹动态：{case}",
                (
                    Part("让您久等，深表歉意。我们一直在为您跟踪包裹 {tracking}（{carrier}）。"),
                    Part("{parcel}"),
                    Part("下一步：我们每天查询，一有变化立即告知，最迟在 {until} 前再次联系您。", only_with="until"),
                ),
            ),
        )
    },
    letter_words={"parcel": PARCEL},
)
