"""How a parcel at the dock is told."""

from __future__ import annotations

from domain.dock import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.ParcelCame: Sentence(
            "S",
            "The warehouse has a parcel in its hands: {carrier} {tracking}, {note_found}, {freight_collect}.",
            "仓库收到包裹：{carrier} {tracking}，{note_found}，{freight_collect}。",
        ),
        e.GoodsCounted: Sentence(
            "O", "What lies in it was counted: {goods} kinds of goods.", "已清点包裹内货物：{goods} 种。"
        ),
        e.ParcelMatched: Sentence(
            "S",
            "The parcel belongs to {return_case}: {basis}; {reasons} reasons spoke for it. {reason}",
            "包裹匹配到 {return_case}：{basis}，依据 {reasons} 项。{reason}",
        ),
        e.MatchUndone: Sentence(
            "O",
            "The match to {return_case} was wrong and is taken back: {reason}",
            "撤销与 {return_case} 的匹配：{reason}",
        ),
        e.LeadCame: Sentence(
            "S,O",
            "The return {return_case} has become known; the parcel may be its own.",
            "新出现可能的退货 {return_case}。",
        ),
        e.ParcelTakenOn: Sentence("S,O", "Somebody finds out whose parcel it is.", "已有人认领该包裹。"),
        e.ReturnHeard: Sentence(
            "O", "The return {return_case} was told of the parcel: {arrived}.", "已告知退货 {return_case}：{arrived}。"
        ),
        e.ReturnAnswered: Sentence(
            "S", "The return {return_case} tells: {result}.", "退货 {return_case} 消息：{result}。"
        ),
        e.ParcelClosed: Sentence(
            "S,O", "The parcel is dealt with: {outcome}. {reason}", "包裹处理完毕：{outcome}。{reason}"
        ),
    },
    codes={
        "basis": {
            "tracking": ("by its tracking number", "运单号一致"),
            "card": ("by the card in it", "售后卡一致"),
            "person": ("by a person", "人工判断"),
        },
        "note_found": {
            "True": ("with card or note", "有售后卡或纸条"),
            "False": ("without card or note", "无售后卡或纸条"),
        },
        "freight_collect": {"True": ("freight collect", "到付"), "False": ("freight prepaid", "已付运费")},
        "arrived": {"True": ("it is here", "已到货"), "False": ("it never was its own", "并非其包裹")},
        "result": {"inspected": ("inspected", "已验货"), "over": ("over before it heard", "已先行结束")},
        "outcome": {
            "inspected": ("inspected", "已验货"),
            "sent_to_sender": ("sent to the sender", "退回寄件人"),
            "handed_to_courier": ("handed to the courier", "交还快递"),
            "recorded_twice": ("recorded twice", "重复登记"),
            "not_a_return": ("not a return", "并非退货"),
            "disposed_of": ("disposed of", "已处置"),
        },
        "clock": {
            "identification": ("whose parcel it is", "包裹认领"),
            "parcel_owner": ("whose parcel it is, with an owner", "已认领包裹查找"),
        },
    },
)
