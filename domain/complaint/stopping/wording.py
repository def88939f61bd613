"""How the stopping of an order is told."""

from __future__ import annotations

from domain.complaint.stopping import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

_BY_EN = Part("You hear from us by {due} at the latest.", only_with="due")
_BY_ZH = Part("我们最迟会在 {due} 前告知您。", only_with="due")

WORDING = Wording(
    sentences={
        e.StopAsked: Sentence(
            "S",
            "Request {number} to the label desk: hold the order back, to {wish} it. {change}",
            "向制单岗提出第 {number} 次拦单请求：{wish}。{change}",
        ),
        e.StopConfirmed: Sentence(
            "S",
            "The label desk answers: {found}, {secured}. {note}",
            "制单岗答复：{found}，{secured}。{note}",
        ),
        e.OrderChanged: Sentence(
            "S",
            "The order was changed: {done}. Remark: {remark} Tracking number: {tracking}",
            "订单已更改：{done}。备注：{remark} 运单号：{tracking}",
        ),
        e.AftermathRecorded: Sentence(
            "S,O", "Noted: {done}, signed {signed}. {note}", "登记：{done}，签名 {signed}。{note}"
        ),
    },
    codes={
        "wish": {"cancel": ("cancel", "取消"), "change": ("change", "更改")},
        "found": {
            "not_printed": ("not printed", "未打单"),
            "printed": ("printed", "已打单"),
            "packed": ("packed", "已打包"),
            "gone": ("gone", "已发出"),
        },
        "secured": {"True": ("in hand", "已拦下"), "False": ("not in hand", "未拦下")},
        "done": {
            "order_edited": ("order edited", "订单已修改"),
            "papers_corrected": ("papers corrected", "单据已更正"),
            "parcel_reprinted": ("parcel reprinted", "包裹已重新打单"),
            "papers_destroyed": ("papers destroyed", "单据已销毁"),
            "back_into_stock": ("goods back in stock", "货物已入库"),
            "stays_void": ("the order stays void", "订单保持作废"),
            "let_go": ("the order goes on its way", "订单放行"),
        },
        "clock": {
            "label_desk_answer": ("answer of the label desk", "制单岗答复"),
            "label_desk_change": ("change by the label desk", "制单岗更改"),
        },
    },
    letters={
        "stopping": (
            Text(
                "Your order is being held back: {case}",
                (
                    Part("We have asked the dispatch desk in writing to {wish}."),
                    Part("The next step: it tells us how far the order is and whether it is still in our hands."),
                    _BY_EN,
                ),
            ),
            Text(
                "正在为您拦单：{case}",
                (
                    Part("我们已书面请发货岗为您{wish}。"),
                    Part("下一步：发货岗确认订单进度以及是否仍在我们手中。"),
                    _BY_ZH,
                ),
            ),
        ),
        "order_held": (
            Text(
                "Your order is held back: {case}",
                (Part("It was in time: the order has not left and is in our hands. Now we {wish}."), _BY_EN),
            ),
            Text(
                "订单已拦下：{case}",
                (Part("来得及：订单尚未发出，已在我们手中，接下来{wish}。"), _BY_ZH),
            ),
        ),
        "parcel_gone": (
            Text(
                "Your parcel has left already: {case}",
                (
                    Part("Your parcel had left before it could be held back, so it is on its way to you."),
                    Part(
                        "The next step: we look for the shortest way for you, such as calling the parcel back through"
                        " the courier or sending it back once it has arrived, and propose it to you."
                    ),
                    _BY_EN,
                ),
            ),
            Text(
                "您的包裹已发出：{case}",
                (
                    Part("在拦下之前包裹已经发出，正在送往您处。"),
                    Part("下一步：我们会为您选择最简便的办法，例如请快递追回，或到货后退回，并告知您方案。"),
                    _BY_ZH,
                ),
            ),
        ),
        "order_changed": (
            Text(
                "Your order was changed: {case}",
                (
                    Part("Your order was changed as you asked and goes out so."),
                    Part("Its tracking number: {tracking}.", "tracking"),
                    Part("A colleague calls you to hear whether all is well. If something is not, tell us: {link}"),
                ),
            ),
            Text(
                "订单已更改：{case}",
                (
                    Part("您的订单已按您的要求更改，将照此发出。"),
                    Part("运单号：{tracking}。", "tracking"),
                    Part("同事会致电确认您是否满意；如有不妥，请告诉我们：{link}"),
                ),
            ),
        ),
    },
    letter_words={
        "wish": {
            "cancel": ("cancel your order and see to the refund", "取消订单并处理退款"),
            "change": ("change your order as you wish", "按您的要求更改订单"),
        }
    },
)
