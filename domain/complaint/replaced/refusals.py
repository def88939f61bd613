"""What naming a replacement refuses, and what would help instead."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere


class FirstCaseUnknown(NotThere):
    """There is no such complaint in this shop; another shop's answers just so."""

    code = "first_case_unknown"
    en = "There is no complaint of that number in this shop whose replacement could be complained about."
    zh = "本店没有该编号的投诉工单，无法登记对其补换商品的投诉。"
    out_en = "Name the case that sent the replacement, or leave the field out: the case opens all the same."
    out_zh = "请填写寄出补换商品的工单号，或不填此项。"
    source = "O"


class NoReplacement(NotLikeThis):
    """That case sends no goods to the customer."""

    code = "no_replacement"
    en = "Case {case} has agreed on no exchange or reshipment that is on its way or here."
    zh = "工单 {case} 没有已办理的换货或补发。"
    out_en = "Name the case that sent the replacement, or leave the field out and name order and line."
    out_zh = "请填写寄出补换商品的工单号，或不填此项而填写订单与行号。"
    source = "O"


class ReplacementNotSent(NotNow):
    """Goods that have not left, or did not get there, are still the matter of the case that sends them."""

    code = "replacement_not_sent"
    en = "The replacement of case {case} has not left yet, or was lost or came back; it is settled in that case."
    zh = "工单 {case} 的补换商品尚未寄出，或已丢失、退回，应在该工单处理。"
    out_en = "Write to case {case} itself; once the parcel has left, the replacement can be complained about."
    out_zh = "请在工单 {case} 中处理；补换商品寄出后方可投诉。"
    source = "O"


class NotThatReplacement(NotLikeThis):
    """A replacement is one of the order line that the first case is about."""

    code = "not_that_replacement"
    en = "Case {case} sent a replacement of another order or line than this complaint names."
    zh = "工单 {case} 的补换商品属于其他订单或订单行。"
    out_en = "Leave order and line out, then they are those of the first case; or correct them."
    out_zh = "可不填订单与行号（按首个工单），或更正后重试。"
    source = "O"


class ItsReplacement(NotLikeThis):
    """Two parcels, two matters: what was wrong with the first goods says nothing of what was sent instead [O]."""

    code = "its_replacement"
    en = "One of the two is about what case {case} sent instead; they are linked, and each keeps its own remedy."
    zh = "其中一个工单针对工单 {case} 补换的商品；二者已关联，应分别处理。"
    out_en = "Leave them linked; the ceiling of the order line is shared anyway."
    out_zh = "保持关联即可；两单共用该订单行的退赔上限。"
    source = "O"
