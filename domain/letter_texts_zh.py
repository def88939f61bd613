"""The messages in Chinese."""

from __future__ import annotations

from domain.letter_phrases import Part, Phrases, Text

_UNTIL = Part("请尽量在 {due} 前完成；如需更多时间，请告诉我们。", only_with="due")
_WITHIN = Part("我们最迟在 {due} 前给您答复。", only_with="due")
_ANSWER = Part("您可以在这里同意、拒绝或提出您的想法：{link}")

_TEXTS: dict[str, Text] = {
    "acknowledged": Text(
        "我们已收到您的投诉 {case}",
        (
            Part("给您带来不便，我们深表歉意。您的投诉已收到，正在处理，请您放心。"),
            Part("为了尽快帮您解决，还需要您补充：{missing}。请在这里补充：{link}", "missing"),
            _UNTIL,
            Part(
                "接下来：我们核实情况并作出判断，然后向您提出解决方案，经您同意后才会执行。"
                "我们将在 {feedback_due} 前给您第一次答复。",
                "feedback_due",
            ),
            Part("处理完成后，我们的同事会给您回访电话，听取您是否满意，这是我们的承诺。"),
        ),
    ),
    "reminder_evidence": Text(
        "您的投诉 {case} 还差一张照片",
        (
            Part("我们希望继续处理您的投诉，还需要一张能看清问题及位置的照片。"),
            Part("请在这里上传，可以多张：{link}"),
            _UNTIL,
            Part("如果不方便拍照，请回复此消息或等候我们来电，我们一起想办法。"),
        ),
    ),
    "reminder_facts": Text(
        "您的投诉 {case} 还需要补充信息",
        (
            Part("我们希望继续处理您的投诉，还缺少一些信息。"),
            Part("请在这里查看并补充：{link}"),
            _UNTIL,
        ),
    ),
    "reminder_proposal": Text(
        "您的投诉 {case} 的解决方案等待您答复",
        (
            Part("我们已向您提出解决方案，希望尽快执行，但须先得到您的同意。"),
            _ANSWER,
            _UNTIL,
        ),
    ),
    "feedback": Text(
        "您的投诉 {case} 的进展",
        (
            Part("感谢您的耐心等待。处理过程：{process}"),
            Part("预计时间：{expected_by}"),
            Part("下一步：{next_step}"),
            Part("{words}", "words"),
        ),
    ),
    "no_answer": Text(
        "您的投诉 {case} 暂时搁置",
        (
            Part("我们未能联系到您，暂时将您的投诉搁置。{words}"),
            Part("一切仍为您保留：在 {until} 前补充所需内容，我们会立即继续处理：{link}", "until"),
        ),
    ),
    "reopened": Text(
        "您的投诉 {case} 继续处理",
        (
            Part("感谢您的消息。您的投诉已重新打开，我们从上次的进度继续处理。"),
            Part("接下来由我们处理，有新进展会立即告诉您。"),
        ),
    ),
    "refused": Text(
        "关于您的投诉 {case}",
        (
            Part("此事给您带来困扰，我们深表歉意，并已认真核查。"),
            Part("这次我们无法提供补偿方案，原因是：{words}"),
            Part("我们的同事会给您回访电话，听取您的意见。如有新的情况，也可以在这里告诉我们：{link}"),
        ),
    ),
    "proposal": Text(
        "您的投诉 {case} 的解决方案",
        (
            Part("给您带来不便，我们深表歉意，向您提出以下方案（方案 {number}）：{kind}。"),
            Part("另外：{also}。", "also"),
            Part("金额：{amount}。", "amount"),
            Part("补偿金额：{compensation}。", "compensation"),
            Part("优惠券面值：{coupon}。", "coupon"),
            Part("您垫付的退货运费我们也会退还，最高 {freight_cap}。", "freight_cap"),
            Part("{words}"),
            _ANSWER,
            _UNTIL,
            Part("方案有效期至 {until}；逾期后如仍需要，请随时联系我们重新提出。", "until"),
        ),
    ),
    "inspection_failed": Text(
        "您的退货（投诉 {case}）：我们想和您商量",
        (
            Part("您的包裹已收到，谢谢。仓库的登记：{findings}。", "findings"),
            Part("这并不说明原因在哪一方，您的货物在我们这里妥善保管。"),
            Part("接下来：我们的同事会向您提出方案，未经您同意不会做任何处理。"),
            _WITHIN,
        ),
    ),
    "paid": Text(
        "您的投诉 {case} 已付款 {amount}",
        (
            Part("我们已向您支付 {amount}（{purpose}），付款编号：{reference}。"),
            Part("根据银行情况，到账可能需要几天时间。"),
            Part("我们的同事会给您回访电话，听取您对处理结果是否满意。"),
        ),
    ),
    "taken_up_again": Text(
        "我们重新处理您的投诉 {case}",
        (
            Part("感谢您坦诚相告。问题还没有解决好，我们深表歉意，现在重新处理。"),
            Part("接下来：负责的同事会仔细了解您的意见，并向您提出新的方案。"),
            _WITHIN,
        ),
    ),
    "closed": Text(
        "您的投诉 {case} 已结案",
        (
            Part("{outcome}"),
            Part("感谢您的信任。处理记录为您保留在这里：{link}"),
        ),
    ),
    "return_instructions": Text(
        "退货 {case} 的寄回说明",
        (
            Part("需要您寄回商品，给您添麻烦了，非常抱歉。请按以下步骤操作："),
            Part("1. 退货地址：{addressee}，{phone}，{address}"),
            Part(
                "2. 请在包裹中放入售后卡或字条，写明：您的客户编号或姓名、联系电话、单号 {case}、"
                "退货原因：{card_reason}。"
            ),
            Part("3. 寄出前请确认：除所报故障外商品完好，包装盒及配件齐全，不影响再次销售，我们才能接收。"),
            Part("4. 运费：请您先垫付，请勿寄到付件。{freight_rule}"),
            Part("退还运费最高 {freight_cap}，请保留收据。", "freight_cap"),
            Part("您希望换成：{exchange_for}，请一并写在卡上。", "exchange_for"),
            Part("5. 寄出后请在这里填写快递公司、运单号和运费金额：{link}"),
            Part("6. {on_failure}"),
            _UNTIL,
        ),
    ),
    "reminder_tracking": Text(
        "请告知退货 {case} 的运单号",
        (
            Part("您已经寄出商品了吗？请告诉我们运单号，方便我们跟踪。"),
            Part("请在这里填写：{link}"),
            _UNTIL,
        ),
    ),
    "received": Text(
        "退货 {case} 的包裹已收到",
        (
            Part("您的包裹已收到，谢谢。接下来由仓库验货。"),
            _WITHIN,
        ),
    ),
    "wait_extended": Text(
        "退货 {case} 的期限已延长",
        (
            Part("{awaited}"),
            Part("新的期限是 {due}。如不方便或有疑问，请在这里告诉我们：{link}"),
        ),
    ),
    "goods_sent_back": Text(
        "退货 {case} 的商品正在寄回给您",
        (
            Part("按照约定，您的商品已由 {carrier} 寄回，运单号 {tracking}。"),
            Part("收到时请检查包裹，如有问题请立即告诉我们：{link}"),
        ),
    ),
}

_WORDS: dict[str, dict[str, str]] = {
    "awaited": {
        "return_tracking": "请不用着急：寄回商品并告知运单号的时间已延长。",
        "arrival": "您的包裹尚未送达。我们会继续等候，并与快递公司一起跟踪，您无需另外操作。",
    },
    "missing": {
        "order": "订单号",
        "line": "是订单中的哪一件商品",
        "quantity": "涉及的件数",
        "description": "问题及位置的描述",
        "contact": "电话或邮箱",
        "signed_for": "包裹您是已签收还是拒收",
        "photos": "问题照片",
    },
    "kind": {
        "return_and_refund": "您寄回商品，我们为您退款",
        "compensation": "商品您留下，我们给您补偿",
        "apology": "我们诚挚的道歉",
        "refund": "我们为您退款，无需寄回商品",
        "exchange": "您寄回商品，我们为您更换",
        "reshipment": "我们为您补发",
        "repair": "您寄回商品，我们为您维修",
        "coupon": "一张下次可用的优惠券",
        "correction": "我们予以更正",
        "part_refund": "寄回的商品由我们留下，为您退还部分货款",
        "send_back": "我们将商品寄回给您",
    },
    "purpose": {"refund": "退款", "compensation": "补偿", "freight": "退货运费", "price_difference": "差价"},
    "outcome": {
        "resolved": "感谢您告诉我们问题已解决并且您感到满意。",
        "refused": "感谢您与我们沟通，也感谢您的理解。",
        "withdrawn": "您已撤回投诉，我们已为您结案。给您带来的不便，我们深表歉意。",
        "closed_by_supervisor": "我们已为您的投诉结案。给您带来的不便，我们深表歉意。",
    },
    "freight_rule": {
        "shop_repays_prepaid_freight_up_to_cap": "收到商品后我们会退还运费。",
        "customer_pays_return_freight": "本次退货运费由您承担。",
    },
    "on_failure": {
        "agent_agrees_on_part_refund_or_sending_back": (
            "如收到的商品与上述要求不符，客服会与您商定处理方式：部分退款或将商品寄回，未经您同意不作处理。"
        )
    },
    "findings": {
        "short": "件数少于登记数量",
        "wrong item": "并非约定退回的商品",
        "damaged": "商品有损坏",
        "packaging not whole": "包装或配件不完整",
        "registered fault not found": "未找到所登记的故障",
    },
}

PHRASES = Phrases(
    greeting="{name}，您好：",
    greeting_without_name="尊敬的顾客，您好：",
    closing="您的单号是 {case}，随时可以在这里查看进度或留言：{link}\n\n再次致歉，祝您生活愉快。\n售后服务",
    between="、",
    instant="{year}年{month}月{day}日 {hour:02d}:{minute:02d}",
    months=tuple(str(month) for month in range(1, 13)),
    sums={"CNY": "{amount} 元"},
    words=_WORDS,
    texts=_TEXTS,
)
