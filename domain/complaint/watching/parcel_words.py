"""Where a parcel is and what is next, in the customer's words: `back_…` for parcels that come to the shop."""

from __future__ import annotations

from domain.wording import Both

PARCEL: dict[str, Both] = {
    "moving": ("It is on its way to you.", "包裹正在送往您处的途中。"),
    "not_moving": (
        "It has not moved since we last looked. We ask the courier about it.",
        "自上次查询以来包裹没有移动，我们会向快递公司催问。",
    ),
    "arrived": (
        "The courier shows that it has arrived. A colleague calls you to hear how it came. If anything is not right,"
        " tell us at once.",
        "快递显示包裹已送达。同事会致电了解收货情况，如有任何不妥，请立即告诉我们。",
    ),
    "lost": (
        "The courier has lost it. We are sorry, and make it good: a colleague tells you how.",
        "快递公司已确认丢失。我们深表歉意并会负责解决，同事会告知您具体办法。",
    ),
    "unknown": (
        "The courier cannot say at the moment where it is. We ask on.",
        "快递公司暂时无法说明包裹位置，我们会继续追问。",
    ),
    "forwarded": (
        "The courier has sent it on by another way. We follow it until it is with you.",
        "快递已将包裹转寄，我们会持续跟踪直至送达。",
    ),
    "back_forwarded": (
        "On its way to us the courier has sent it on by another way. We follow it; you have nothing to do.",
        "退回途中快递已将包裹转寄，我们会持续跟踪，您无需操作。",
    ),
    "back_moving": ("It is on its way to us.", "包裹正在退回我们的途中。"),
    "back_not_moving": (
        "On its way to us it has not moved since we last looked. We ask the courier about it.",
        "退回途中自上次查询以来没有移动，我们会向快递公司催问。",
    ),
    "back_arrived": ("It has arrived with us.", "包裹已退到我们这里。"),
    "back_lost": (
        "The courier has lost it on its way to us. You have nothing to do; a colleague tells you how it goes on.",
        "包裹在退回途中被快递公司丢失。您无需操作，同事会告知您后续安排。",
    ),
    "back_refused": (
        "It was not taken in at the door and turns back. We follow it, and a colleague tells you how it goes on.",
        "包裹未被签收，正在退回。我们会持续跟踪，同事会告知您后续安排。",
    ),
    "back_unknown": (
        "The courier cannot say at the moment where it is on its way to us. We ask on.",
        "快递公司暂时无法说明退回包裹的位置，我们会继续追问。",
    ),
}
"""A parcel to the customer that is refused turns back, so `refused` is told as `back_refused` alone."""
