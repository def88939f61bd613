"""How linking and merging are told."""

from __future__ import annotations

from domain.complaint.linking import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.CaseLinked: Sentence("F,O", "Linked with case {other_case}: {reason}", "与工单 {other_case} 关联：{reason}"),
        e.LinkHeard: Sentence("F,O", "Linked from case {other_case}: {reason}", "由工单 {other_case} 关联：{reason}"),
        e.MergedInto: Sentence(
            "F,O",
            "Merged into case {other_case}, which came in first: {reason}",
            "并入先受理的工单 {other_case}：{reason}",
        ),
        e.MergeConfirmed: Sentence(
            "O",
            "Case {other_case} has taken this one in; it goes on there.",
            "工单 {other_case} 已接收，后续在该工单处理。",
        ),
        e.MergeCameToNothing: Sentence(
            "O",
            "The merge into case {other_case} came to nothing; this one goes on by itself: {reason}",
            "未能并入工单 {other_case}，本工单继续单独处理：{reason}",
        ),
        e.Unmerged: Sentence(
            "O",
            "The merge into case {other_case} was undone: {reason}",
            "已撤销并入工单 {other_case}：{reason}",
        ),
        e.CaseTakenIn: Sentence(
            "F,O",
            "Case {other_case} goes on within this one; paid there: {paid}; photos left out: {left_out}. {reason}",
            "工单 {other_case} 并入本工单；该工单已付 {paid}；未能接收照片 {left_out} 张。{reason}",
        ),
        e.CaseTurnedAway: Sentence(
            "O",
            "Case {other_case} was to go on within this one, which is closed ({outcome}).",
            "工单 {other_case} 拟并入，但本工单已关闭（{outcome}）。",
        ),
        e.PhotosPassedOn: Sentence(
            "T,F",
            "More photos came by case {other_case}; left out: {left_out}.",
            "工单 {other_case} 转来照片；未能接收 {left_out} 张。",
        ),
        e.CaseParted: Sentence(
            "O", "Case {other_case} goes on by itself again: {reason}", "工单 {other_case} 恢复单独处理：{reason}"
        ),
        e.JointCaseOver: Sentence(
            "O",
            "Case {other_case}, within which this one went on, is over.",
            "本工单所并入的工单 {other_case} 已办结。",
        ),
        e.CaseTold: Sentence("O", "Case {other_case} was told: {word}.", "已告知工单 {other_case}：{word}。"),
    },
    codes={
        "word": {
            "linked": ("the link", "关联"),
            "merged": ("the merge", "合并"),
            "taken_in": ("it is taken in", "已接收"),
            "turned_away": ("it cannot be taken in", "无法接收"),
            "photos": ("more photos", "新增照片"),
            "parted": ("the merge is undone", "撤销合并"),
            "over": ("the matter is over", "事项已办结"),
        },
        "outcome": {
            "merged": ("merged", "已合并"),
            "no_answer": ("unanswered", "无人答复"),
            "closed": ("closed", "已关闭"),
        },
    },
    letters={
        "merged": (
            Text(
                "Your complaint {case} goes on together with {other}",
                (
                    Part("Thank you for writing to us again, and we are sorry that the matter is still open."),
                    Part(
                        "It goes on under the number {other}, so that one colleague settles all of it. "
                        "Everything that you sent us is there; you need do nothing."
                    ),
                    Part("The next step is ours, by {due}.", only_with="due"),
                    Part("If these are two different matters, tell us, and we take them apart again: {link}"),
                ),
            ),
            Text(
                "您的投诉 {case} 与 {other} 合并处理",
                (
                    Part("感谢您再次联系我们，事情尚未解决，我们深表歉意。"),
                    Part(
                        "该投诉将以工单号 {other} 继续处理，由同一位同事负责到底。您提供的材料均已转入，无需重复提交。"
                    ),
                    Part("下一步由我们处理，预计不晚于 {due}。", only_with="due"),
                    Part("如果这是两件不同的事情，请告诉我们，我们会分开处理：{link}"),
                ),
            ),
        ),
        "handled_apart": (
            Text(
                "Your complaint {case} goes on by itself",
                (
                    Part("We had joined your complaint with {other}, and are sorry: they are two different matters."),
                    Part("It goes on under its own number {case} from now on; nothing of it is lost."),
                    Part("You hear from us by {due}.", only_with="due"),
                    Part("You can follow it here: {link}"),
                ),
            ),
            Text(
                "您的投诉 {case} 将单独处理",
                (
                    Part("此前我们将您的投诉与 {other} 合并处理，现确认是两件不同的事情，非常抱歉。"),
                    Part("今后以工单号 {case} 单独处理，已有材料全部保留。"),
                    Part("我们会在 {due} 前与您联系。", only_with="due"),
                    Part("您可以在这里查看进展：{link}"),
                ),
            ),
        ),
    },
)
