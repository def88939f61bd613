"""How promises, contacts and progress are told."""

from __future__ import annotations

from domain.complaint.promises import events as e
from domain.complaint.promises.standing import IN_THE_RECORD, TO_THE_CUSTOMER
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.PromiseMade: Sentence(
            "D", "Promise {number}, until {until}: {words}", "承诺 {number}，{until} 前完成：{words}"
        ),
        e.PromiseKept: Sentence("D", "Promise {number} was kept: {note}", "承诺 {number} 已履行：{note}"),
        e.PromiseRenewed: Sentence(
            "D,T,F",
            "Promise {number} was renewed with notice: from {due} to {until}. {words}",
            "承诺 {number} 告知顾客后改期：由 {due} 改为 {until}。{words}",
        ),
        e.PromiseBroken: Sentence(
            "D,T,F",
            "Promise {number} was broken: it was due {due}. The customer is told.",
            "承诺 {number} 逾期：应于 {due} 前完成，已告知顾客。",
        ),
        e.PromiseSettled: Sentence(
            "O", "The broken promise {number} was dealt with: {how}", "逾期的承诺 {number} 已处理：{how}"
        ),
        e.TimetableSet: Sentence(
            "F", "The customer was given a timetable of {lines} lines.", "已向顾客提供时间表，共 {lines} 项。"
        ),
        e.ContactRecorded: Sentence(
            "O",
            "The customer had to ask (contact {number}, by {channel}).",
            "顾客第 {number} 次来询（{channel}）。",
        ),
        e.ProgressTold: Sentence(
            "F",
            "Nobody had told the customer anything until {due}: the case tells how it stands ({stands}).",
            "至 {due} 无人联系顾客，系统自动告知进展（{stands}）。",
        ),
    },
    codes={
        "stands": IN_THE_RECORD,
        "clock": {
            "broken_promise": ("broken promise", "逾期承诺"),
            "contact_answer": ("answer to a customer who asked", "来询答复"),
        },
    },
    letters={
        "promise_broken": (
            Text(
                "We are sorry: a promise in your case {case} is late",
                (
                    Part("We promised you: “{words}”. We did not keep it in time, and are sorry."),
                    Part("The next step: a supervisor has taken it up and sees to it."),
                    Part("You will hear from us by {due} at the latest.", only_with="due"),
                ),
            ),
            Text(
                "抱歉，工单 {case} 的一项承诺延误了",
                (
                    Part("我们曾向您承诺：“{words}”，但未能按时做到，深表歉意。"),
                    Part("下一步：主管已接手督办。"),
                    Part("您最迟会在 {due} 前收到我们的消息。", only_with="due"),
                ),
            ),
        ),
        "promise_renewed": (
            Text(
                "A new time for what we promised you: {case}",
                (
                    Part("We promised you: “{promised}”. It takes longer, and we are sorry for the wait."),
                    Part("{words}"),
                    Part("The new time: {until}."),
                ),
            ),
            Text(
                "承诺事项的新时间：{case}",
                (
                    Part("我们曾向您承诺：“{promised}”。此事还需一些时间，让您久等，深表歉意。"),
                    Part("{words}"),
                    Part("新的时间：{until}。"),
                ),
            ),
        ),
        "timetable": (
            Text(
                "The timetable for your complaint {case}",
                (
                    Part("We are sorry that the matter takes time. So that you know what happens until when:"),
                    Part("{timetable}"),
                    Part("If a time has to be moved, we tell you before, and why."),
                ),
            ),
            Text(
                "您的投诉 {case} 的处理时间表",
                (
                    Part("此事需要一些时间，深表歉意。具体安排如下："),
                    Part("{timetable}"),
                    Part("如需改期，我们会事先告知并说明原因。"),
                ),
            ),
        ),
        "progress": (
            Text(
                "How your complaint {case} stands",
                (
                    Part("We have not forgotten you, and are sorry that it takes time. This is how it stands:"),
                    Part("{stands}"),
                    Part("Your parcel {tracking}: {parcel}", only_with="tracking"),
                    Part("You can expect the next step by {due}.", only_with="due"),
                    Part("You will hear from us again by {until} at the latest."),
                ),
            ),
            Text(
                "您的投诉 {case} 处理到哪一步了",
                (
                    Part("我们一直在跟进，让您久等，深表歉意。目前进展："),
                    Part("{stands}"),
                    Part("您的包裹 {tracking}：{parcel}", only_with="tracking"),
                    Part("预计 {due} 前完成下一步。", only_with="due"),
                    Part("我们最迟会在 {until} 前再次与您联系。"),
                ),
            ),
        ),
    },
    letter_words={"stands": TO_THE_CUSTOMER},
)
