"""How assigning is told."""

from __future__ import annotations

from domain.complaint.assigning import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.Assigned: Sentence(
            "F,S",
            "Assigned to {name} {team} ({for_desk}): {because}.",
            "分派给 {name} {team}（{for_desk}）：{because}。",
        ),
        e.CaseTaken: Sentence("F,T", "The case was taken. {reason}", "已接手工单。{reason}"),
        e.Reassigned: Sentence("F,D", "Reassigned to {name}: {reason}", "改派给 {name}：{reason}"),
        e.HandedOver: Sentence("T", "Handed over to {name}: {reason}", "移交给 {name}：{reason}"),
        e.StandInNamed: Sentence(
            "E,T",
            "{name} stands in for {for_name} ({for_person}) until {until}: {reason}",
            "{name} 代 {for_name}（{for_person}）处理至 {until}：{reason}",
        ),
    },
    codes={
        "because": {
            "least_loaded": (
                "on duty, knows the problem, and has the fewest open cases",
                "当班、熟悉该类问题且在办最少",
            ),
            "important_customer": ("an important customer's", "重要顾客"),
            "nobody_on_duty": ("nobody who knows the problem is on duty", "熟悉该类问题的人员均不当班"),
            "nobody_skilled": ("nobody is named for this problem", "无人负责该类问题"),
            "taken": ("taken", "接手"),
            "reassigned": ("reassigned", "改派"),
            "handed_over": ("handed over", "移交"),
        },
    },
)
