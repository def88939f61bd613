"""How sorting is told."""

from __future__ import annotations

from domain.complaint.sorting import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.Reclassified: Sentence(
            "F",
            "Put into another class: {problem}, {fault_kind}. {reason}",
            "改归类别：{problem}，{fault_kind}。{reason}",
        ),
        e.ConcernedNamed: Sentence("T,O", "The complaint is about the person {person}.", "投诉涉及人员 {person}。"),
        e.RemarkAdded: Sentence("S,T", "Remark: {words}", "备注：{words}"),
        e.PassedToPlatform: Sentence(
            "T,O",
            "The case was passed to the platform ({reference}): {reason}",
            "工单转交平台（{reference}）：{reason}",
        ),
    },
    codes={
        "problem": {
            "quality": ("quality", "质量问题"),
            "not_as_imagined": ("not as imagined", "与预期不符"),
            "service": ("service", "服务不满"),
            "short_or_missing": ("short or missing item", "少件漏发"),
            "late_delivery": ("late delivery", "配送延迟"),
            "wrong_delivery": ("wrong delivery", "错发错送"),
            "lost_delivery": ("lost delivery", "包裹丢失"),
            "damaged": ("damaged by carriage", "运输破损"),
            "changed_mind": ("changed mind", "不想要了"),
            "other_variant": ("other size, colour or address", "改尺码颜色地址"),
            "technical": ("technical", "技术问题"),
            "operation": ("operation", "操作问题"),
            "other": ("other", "其他"),
        },
        "fault_kind": {
            "below_standard": ("below standard", "不达标"),
            "expired": ("expired", "过期"),
            "packaging": ("packaging fault", "包装问题"),
            "wrong_description": ("not as described", "与描述不符"),
            "lining": ("lining", "内里"),
            "insole": ("insole", "鞋垫"),
            "hidden": ("a fault that no photo shows", "无法拍照的故障"),
            "attitude": ("attitude", "态度"),
            "delay": ("delay", "拖延"),
            "None": ("no kind named", "未细分"),
        },
        "outcome": {"passed_to_platform": ("passed to the platform", "转交平台")},
    },
    letter_words={
        "outcome": {
            "passed_to_platform": (
                "Your complaint now lies with the platform, which decides it; we have closed it here.",
                "您的投诉已转交平台处理，我们这边的工单已结案。",
            )
        }
    },
)
