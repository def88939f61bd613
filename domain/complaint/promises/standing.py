"""Where a complaint stands, in the record's words and in the customer's: one row a state."""

from __future__ import annotations

from domain.wording import Both

IN_THE_RECORD: dict[str, Both] = {
    "to_call_back": ("to be called back", "待回访"),
    "not_reached": ("not reached", "回访未接通"),
    "waiting_for_facts": ("waiting for facts", "等待补充信息"),
    "inspection_failed": ("the inspection failed", "验货不通过"),
    "waiting_for_customer": ("waiting for the customer", "等待顾客答复"),
    "slip_failed": ("a slip failed", "付款单未成"),
    "paying": ("paying", "付款中"),
    "returning": ("returning", "退货中"),
    "to_look_into": ("to be looked into", "待核查"),
    "waiting_for_evidence": ("waiting for evidence", "等待凭证"),
    "not_verified": ("not verified", "待核实订单"),
    "to_ask": ("another desk is to be asked", "待请其他岗位协办"),
    "waiting_for_desk": ("waiting for another desk", "等待其他岗位答复"),
    "to_judge": ("to be judged", "待判定"),
    "to_propose": ("to be proposed", "待提出方案"),
    "proposal_to_approve": ("a proposal to be approved", "方案待审批"),
    "part_failed": ("a part of the remedy failed", "方案部分未成"),
    "to_stop": ("the order to be held back", "待拦单"),
    "stopping": ("the order being held back", "拦单中"),
    "changing": ("the order being changed", "改单中"),
    "recalling": ("the parcel being recalled", "召回中"),
    "refund_held": ("the refund held", "退款暂缓"),
    "carrying_out": ("being carried out", "执行中"),
}
"""Every state that a complaint is in while it is open."""

TO_THE_CUSTOMER: dict[str, Both] = {
    "to_call_back": (
        "Everything that we agreed is done. The next step: a colleague calls you to hear whether you are satisfied.",
        "与您商定的事项均已完成。下一步：同事会致电回访，听取您是否满意。",
    ),
    "not_reached": (
        "Everything that we agreed is done, and we tried to reach you by phone. The next step: tell us how you see it.",
        "与您商定的事项均已完成，我们曾致电但未能接通。下一步：请告诉我们您的意见。",
    ),
    "waiting_for_facts": (
        "We would like to go on, and still lack a few details that you can fill in. The next step follows from them.",
        "我们希望继续处理，仍需您补充少量信息。补充后即可进入下一步。",
    ),
    "inspection_failed": (
        "Your goods are safe with us. The next step: a colleague makes you a proposal about them.",
        "您的商品在我们这里妥善保管。下一步：同事会向您提出处理方案。",
    ),
    "waiting_for_customer": (
        "Our proposal is with you. The next step is yours: accept it, refuse it, or ask for something else.",
        "我们的方案已发给您。下一步由您决定：同意、拒绝，或另提要求。",
    ),
    "slip_failed": (
        "Your payment needs another attempt. The next step: we arrange it anew and tell you as soon as it is paid.",
        "您的款项需要重新办理。下一步：我们重新申请，付款后立即通知您。",
    ),
    "paying": (
        "Your payment is being prepared. The next step: finance pays it, and we tell you as soon as it is paid.",
        "您的款项正在办理。下一步：财务付款，付款后立即通知您。",
    ),
    "returning": (
        "Your parcel is on its way to us or is being inspected. The next step: we tell you what came of it.",
        "您寄回的包裹正在途中或正在验货。下一步：我们会告知您结果。",
    ),
    "to_look_into": (
        "We are looking into the matter. The next step: we judge it and propose a solution.",
        "我们正在核查此事。下一步：作出判定并向您提出方案。",
    ),
    "waiting_for_evidence": (
        "We would like to go on, and need a photo that shows what is wrong. The next step follows from it.",
        "我们希望继续处理，需要一张能看清问题的照片。收到后即可进入下一步。",
    ),
    "not_verified": (
        "We are checking your order. The next step: we judge the matter and propose a solution.",
        "我们正在核实您的订单。下一步：作出判定并向您提出方案。",
    ),
    "to_ask": (
        "We are looking into the matter. The next step: we ask the colleagues who know it best, then we judge it.",
        "我们正在核查此事。下一步：请最了解情况的同事协助，然后作出判定。",
    ),
    "waiting_for_desk": (
        "We have asked the colleagues who know it best. The next step: with their answer we judge the matter.",
        "我们已请最了解情况的同事协助。下一步：收到答复后作出判定。",
    ),
    "to_judge": (
        "Everything that we need is in. The next step: we judge the matter and propose a solution.",
        "所需资料已齐。下一步：作出判定并向您提出方案。",
    ),
    "to_propose": (
        "We have judged the matter. The next step: we propose you a solution.",
        "我们已作出判定。下一步：向您提出解决方案。",
    ),
    "proposal_to_approve": (
        "A proposal for you is being prepared. The next step: we send it to you.",
        "我们正在为您准备方案。下一步：方案发送给您。",
    ),
    "part_failed": (
        "One part of what we agreed could not be done. The next step: a colleague makes you another proposal.",
        "商定事项中有一项未能完成。下一步：同事会向您提出新的方案。",
    ),
    "to_stop": (
        "We are about to hold your order back. The next step: our dispatch desk tells us whether it is still here.",
        "我们正准备拦下您的订单。下一步：发货组确认订单是否仍在仓。",
    ),
    "stopping": (
        "Our dispatch desk is looking for your order. The next step: we tell you whether it could be held back.",
        "发货组正在查找您的订单。下一步：我们告知您是否已拦下。",
    ),
    "changing": (
        "Your order is being changed as you wished. The next step: we tell you as soon as it is done.",
        "您的订单正在按您的要求更改。下一步：完成后立即通知您。",
    ),
    "recalling": (
        "Your parcel is being called back. The next step: as soon as it is with us we settle the refund.",
        "您的包裹正在召回。下一步：收到包裹后为您办理退款。",
    ),
    "refund_held": (
        "Your refund waits until we know where the parcel is. The next step: a colleague clears this and tells you.",
        "需先确认包裹去向，您的退款暂缓。下一步：同事核实后告知您。",
    ),
    "carrying_out": (
        "What we agreed is being carried out. The next step: we tell you as soon as it is done.",
        "与您商定的方案正在执行。下一步：完成后立即通知您。",
    ),
}
"""Where it stands and what is next, for each of these states."""
