"""What stopping an order refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow


class NotToBeStopped(NotNow):
    """Only a changed mind or a wish for something other is a reason to hold an order back [S]."""

    code = "not_to_be_stopped"
    en = "A complaint about {problem} does not hold an order back."
    zh = "“{problem}”类投诉不拦截订单。"
    out_en = "Reclassify it as changed_mind or other_variant if that is what the customer wants."
    out_zh = "如顾客要取消或更改订单，请先改归相应类别。"
    source = "S"


class OrderIsAskedAbout(NotNow):
    """What the label desk said of one order says nothing about another [S][O]."""

    code = "order_is_asked_about"
    en = "The label desk or the courier was asked about the order named so far, so this complaint keeps it."
    zh = "已就原订单向制单岗或快递提出请求，本投诉不能改换订单。"
    out_en = "Withdraw this complaint, so that the order is let go, and open another one for the other order."
    out_zh = "请撤回本投诉以放行原订单，并为另一订单新建投诉。"
    source = "S,O"


class WishDoesNotFit(NotLikeThis):
    """The class says what the customer wants: one wish at a time, in writing [S]."""

    code = "wish_does_not_fit"
    en = "The wish to {wish} does not fit a complaint about {problem}."
    zh = "“{wish}”与“{problem}”类投诉不符。"
    out_en = "Reclassify the complaint first: changed_mind cancels, other_variant changes."
    out_zh = "请先改归类别：取消属“不想要了”，更改属“改尺码颜色地址”。"
    source = "S"


class ChangeUnfit(NotLikeThis):
    """A wish to change says what is to be other; a wish to cancel does not [S]."""

    code = "change_unfit"
    en = "A wish to {wish} {what}."
    zh = "“{wish}”请求的更改内容填写有误（{what}）。"
    out_en = "Fill in change or address for a change, and neither for a cancellation."
    out_zh = "更改须填写内容或新地址；取消则不填。"
    source = "S"


class StopAskedAlready(NotNow):
    """The same request twice."""

    code = "stop_asked_already"
    en = "The label desk was asked for just that already, as request {number}."
    zh = "已向制单岗提出同样请求，编号 {number}。"
    out_en = "Wait for its answer; the clocks show by when."
    out_zh = "请等待答复。"
    source = "S"


class ParcelGone(NotNow):
    """A parcel that has left is treated as dispatched [S]."""

    code = "parcel_gone"
    en = "The parcel has left, so the order can no longer be held back."
    zh = "包裹已发出，不能再拦单。"
    out_en = "For a changed mind take ask_for_recall; else agree with the customer on what happens after it arrives."
    out_zh = "顾客不想要时请申请追回；否则与顾客商定到货后的处理。"
    source = "S"


class NothingToStop(NotNow):
    """An answer follows a request [S]."""

    code = "nothing_to_stop"
    en = "No request to hold the order back waits for an answer."
    zh = "没有待答复的拦单请求。"
    out_en = "The agent asks with ask_to_stop; what was changed or let go is over."
    out_zh = "请由客服提出拦单请求；已更改或放行的不再处理。"
    source = "S"


class GoneNotSecured(NotLikeThis):
    """A parcel is in hand or gone."""

    code = "gone_not_secured"
    en = "A parcel that has left is not in your hands."
    zh = "已发出的包裹不可能仍在手中。"
    out_en = "Say gone without secured, or how far the order really is."
    out_zh = "请据实填写。"
    source = "S"


class FindingKnown(NotNow):
    """The same answer twice."""

    code = "finding_known"
    en = "That is the answer that stands: {found}."
    zh = "现有答复即为：{found}。"
    out_en = "Answer again when the state has changed; for anything else add a remark."
    out_zh = "状态变化后再答复；其他请加备注。"
    source = "S"


class NothingToChange(NotNow):
    """An order is changed once it is in hand, as the customer wants it [S]."""

    code = "nothing_to_change"
    en = "No order that is in your hands waits to be changed."
    zh = "没有已拦下待更改的订单。"
    out_en = "Confirm with confirm_stop that it is held back; nothing is changed for a cancellation."
    out_zh = "请先确认已拦下；取消的订单无需更改。"
    source = "S"


class ChangeDoesNotFit(NotLikeThis):
    """How an order is changed follows from how far it was [S]."""

    code = "change_does_not_fit"
    en = "The order was found {found}, so what is done is {fitting}, not {done}."
    zh = "订单状态为“{found}”，应为“{fitting}”，而非“{done}”。"
    out_en = "If it is in another state by now, take confirm_stop first."
    out_zh = "如状态已变化，请先重新答复。"
    source = "S"


class AftermathNotDue(NotNow):
    """Papers are destroyed after the refund, not before [S]."""

    code = "aftermath_not_due"
    en = "Nothing that was held back is to be destroyed, stocked or let go now."
    zh = "目前没有须销毁、入库或放行的拦单物品。"
    out_en = "That follows once the refund is paid, or the matter has ended otherwise."
    out_zh = "须在退款完成或事项另行结束之后。"
    source = "S"


class AftermathDoesNotFit(NotLikeThis):
    """What becomes of it follows from how far it was, and whether the money went back [S]."""

    code = "aftermath_does_not_fit"
    en = "{done} does not fit here; possible: {fitting}."
    zh = "“{done}”不适用；可选：{fitting}。"
    out_en = "Note what was really done; if the state is another one, take confirm_stop first."
    out_zh = "请据实登记；如状态已变化，请先重新答复。"
    source = "S"


class StopFirst(NotNow):
    """No money and no return before the label desk has said how far the order is [S]."""

    code = "stop_first"
    en = "The label desk has not confirmed yet that the order is held back or gone, so {kind} is not open."
    zh = "制单岗尚未确认订单已拦下或已发出，不能使用“{kind}”。"
    out_en = "Take ask_to_stop; the label desk answers with confirm_stop."
    out_zh = "请先提出拦单请求，等待制单岗确认。"
    source = "S"


class OrderIsHeldBack(NotLikeThis):
    """Goods that never left do not come back [S]."""

    code = "order_is_held_back"
    en = "The order is held back, so there is nothing that {kind} could bring back."
    zh = "订单已拦下，无货可退，“{kind}”不适用。"
    out_en = "Propose refund."
    out_zh = "请选择仅退款。"
    source = "S"
