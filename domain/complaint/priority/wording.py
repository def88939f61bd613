"""How priority is told."""

from __future__ import annotations

from domain.complaint.priority import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.Assessed: Sentence(
            "F",
            "Assessed: loss: {loss_size}, {loss_amount}; {extent}; {urgency}; {mendable_simply}. {reason}",
            "评估：损失{loss_size}，{loss_amount}；{extent}；{urgency}；{mendable_simply}。{reason}",
        ),
        e.PrioritySet: Sentence(
            "F,O", "A person set the priority: {priority}. {reason}", "人工设定优先级：{priority}。{reason}"
        ),
    },
    codes={
        "loss_size": {
            "none": ("none", "无"),
            "small": ("small", "较小"),
            "large": ("large", "较大"),
            "None": ("not said", "未说明"),
        },
        "extent": {"None": ("how many not said", "范围未说明")},
        "urgency": {"None": ("urgency not said", "紧急程度未说明")},
        "mendable_simply": {
            "True": ("mended simply", "可简单修复"),
            "False": ("not mended simply", "不能简单修复"),
            "None": ("whether it is mended simply not said", "能否修复未说明"),
        },
        "priority": {
            **{str(level): (f"level {level}", f"{level} 级") for level in range(1, 6)},
            "None": ("as the policy says", "按策略计算"),
        },
    },
)
