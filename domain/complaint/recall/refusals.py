"""What recalling a parcel refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow


class NotToBeRecalled(NotNow):
    """Only a changed mind calls a parcel back [S]."""

    code = "not_to_be_recalled"
    en = "A complaint about {problem} does not call a parcel back."
    zh = "“{problem}”类投诉不追回包裹。"
    out_en = "Reclassify it as changed_mind if that is what the customer wants."
    out_zh = "如顾客不想要了，请先改归相应类别。"
    source = "S"


class NotGoneYet(NotNow):
    """An order that has not left is stopped, not recalled [S]."""

    code = "not_gone_yet"
    en = "It is not known that the parcel has left."
    zh = "尚不能确认包裹已发出。"
    out_en = "Take ask_to_stop: the label desk says how far the order is."
    out_zh = "请先提出拦单请求，由制单岗确认。"
    source = "S"


class CustomerHasTheGoods(NotNow):
    """What the customer took in comes back as an ordinary return [S]."""

    code = "customer_has_the_goods"
    en = "The customer has taken the parcel in, so it cannot be called back."
    zh = "顾客已签收，不能追回。"
    out_en = "Propose return_and_refund."
    out_zh = "请选择退货退款。"
    source = "S"


class RecallRunning(NotNow):
    """One recall at a time, and no return beside it [S]."""

    code = "recall_running"
    en = "The parcel is being called back already (recall {number})."
    zh = "包裹正在追回（第 {number} 次）。"
    out_en = "Wait until it is received, or until the recall is reported as failed."
    out_zh = "请等待收回或追回失败的登记。"
    source = "S"


class ParcelIsBack(NotNow):
    """The original parcel was received: only the money is owed [S]."""

    code = "parcel_is_back"
    en = "The original parcel is back with the label desk."
    zh = "原包裹已由制单岗收回。"
    out_en = "Propose refund."
    out_zh = "请选择仅退款。"
    source = "S"


class TrackingNeeded(NotLikeThis):
    """The courier finds a parcel by its number [S]."""

    code = "recall_parcel_needed"
    en = "The order names no {what}, so the recall has to."
    zh = "订单未登记{what}，追回时须填写。"
    out_en = "Fill in carrier and tracking."
    out_zh = "请填写快递公司和运单号。"
    source = "S"


class NoRecallHere(NotNow):
    """A recall is registered, signed, received and given up in its order [S]."""

    code = "no_recall_here"
    en = "No recall is at the point where it is {what}."
    zh = "没有处于“{what}”环节的追回。"
    out_en = "In order: ask_for_recall, register_recall, sign_part_one, sign_original_received."
    out_zh = "顺序：申请追回、登记、快递签第一联、签收原包裹。"
    source = "S"


class RecallFirst(NotNow):
    """After dispatch the money goes back once the original parcel is in [S]."""

    code = "recall_first"
    en = "The parcel has left: without a return the money goes back only once the original parcel is received."
    zh = "包裹已发出：未收回原包裹前不能仅退款。"
    out_en = "Take ask_for_recall, or propose return_and_refund."
    out_zh = "请申请追回，或选择退货退款。"
    source = "S"
