"""How offering is told."""

from __future__ import annotations

from domain.complaint.offering import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.ProposalApproved: Sentence(
            "O",
            "Proposal {proposal} was approved and went to the customer; it is good until {valid_until}.",
            "方案 {proposal} 已获批准并发给顾客，有效期至 {valid_until}。",
        ),
        e.ProposalRejected: Sentence(
            "O", "Proposal {proposal} was not approved: {reason}", "方案 {proposal} 未获批准：{reason}"
        ),
        e.AcceptedByRule: Sentence(
            "T",
            "Proposal {proposal} is carried out at once, as the rule says (heard on: {heard_on}).",
            "按规则立即执行方案 {proposal}（渠道：{heard_on}）。",
        ),
    },
    codes={"goodwill": {"True": ("goodwill", "额外照顾"), "False": ("by the rule", "依规则")}},
    letters={
        "at_once": (
            Text(
                "We make it good at once: complaint {case}",
                (
                    Part("We are sorry: we looked it up, and the mistake was made on our side. {words}"),
                    Part("We have begun already: {kind}."),
                    Part("On top of that: {also}.", only_with="also"),
                    Part("The next step: you hear from us as soon as the parcel is on its way. You can see it: {link}"),
                ),
            ),
            Text(
                "已立即为您处理：投诉 {case}",
                (
                    Part("非常抱歉，经核查是我们这边出了差错。{words}"),
                    Part("我们已开始处理：{kind}。"),
                    Part("另外：{also}。", only_with="also"),
                    Part("下一步：包裹发出后我们会马上通知您，进展可在这里查看：{link}"),
                ),
            ),
        ),
    },
    letter_words={
        "also": {
            "compensation": ("we pay you a compensation", "为您支付一笔补偿"),
            "reshipment": ("we send you what you did not get", "为您补发"),
            "coupon": ("a coupon for your next order", "一张下次可用的优惠券"),
            "apology": ("our sincere apology", "我们诚挚的道歉"),
            "correction": ("we put right what was wrong", "为您更正"),
        }
    },
)
