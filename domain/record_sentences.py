"""One sentence for each event, in two languages, with its source in domain.md; {names} are fields of the event."""

from __future__ import annotations

from domain import casefile as f
from domain.complaint import events as c
from domain.goods_return import events as r
from domain.payment import events as p
from domain.taking_charge import ChargeTaken
from domain.wording import Sentence
from domain.wordings import WORDINGS

_SHARED: dict[type[f.Event], Sentence] = {
    f.ClockReminded: Sentence(
        "F,O",
        "Reminder {number} went out for: {clock} (planned for {due}).",
        "第 {number} 次提醒：{clock}（计划 {due}）。",
    ),
    f.ClockWarned: Sentence(
        "S,O", "The deadline comes near: {clock} (warning of {due}).", "期限将至：{clock}（预警 {due}）。"
    ),
    f.ClockBreached: Sentence(
        "D,S", "The deadline passed: {clock}, due {due}.", "已逾期：{clock}，应于 {due} 前完成。"
    ),
    f.ClockEscalated: Sentence(
        "D,S",
        "Overdue, and up the line to the {to}, level {level}: {clock} (planned for {due}).",
        "逾期升级至{to}，第 {level} 级：{clock}（计划 {due}）。",
    ),
    f.LetterSent: Sentence(
        "T,F", "Message {number} went to the customer by {how}.", "第 {number} 条通知已通过 {how} 发给顾客。"
    ),
    f.LetterFellToPerson: Sentence(
        "T,F",
        "Message {number} could not be sent ({why}); a person tells the customer.",
        "第 {number} 条通知未能发送（{why}），须由人工告知。",
    ),
    f.LetterPutOff: Sentence(
        "O",
        "Message {number} waits until {until}, when the quiet hours end.",
        "第 {number} 条通知在免打扰时段后（{until}）发送。",
    ),
    f.LetterResent: Sentence("T,F", "Message {number} is sent once more.", "再次发送第 {number} 条通知。"),
    f.LetterTold: Sentence(
        "T,F", "The customer was told message {number} by {how}.", "已通过 {how} 告知顾客第 {number} 条通知。"
    ),
    f.TroubleArose: Sentence("O", "A person is needed: {sentence}", "需要人工处理：{sentence}"),
    f.TroubleSettled: Sentence("O", "Trouble {number} was dealt with: {how}", "异常 {number} 已处理：{how}"),
    f.PhotosAdded: Sentence("T,S,F", "Photos were added: {photos} ({purpose}).", "新增照片 {photos} 张（{purpose}）。"),
    ChargeTaken: Sentence(
        "F,T",
        "The complaint tells: priority {priority}, in the hands of {handler} {team}.",
        "投诉工单告知：优先级 {priority}，经办 {handler} {team}。",
    ),
    f.NewsTaken: Sentence("O", "A machine's message was taken in: {news}.", "已接收系统消息：{news}。"),
    f.NewsSetAside: Sentence(
        "O",
        "A machine's message did not fit and was set aside: {what} ({code}).",
        "系统消息不适用，已搁置：{what}（{code}）。",
    ),
}

_COMPLAINT: dict[type[f.Event], Sentence] = {
    c.ComplaintOpened: Sentence("D,F", "The complaint arrived and its ticket was generated.", "收到投诉并生成工单。"),
    c.FactsSupplied: Sentence("D,F", "Missing facts were supplied.", "已补充缺失信息。"),
    c.OrderVerified: Sentence("F", "The complaint was verified against the registered order.", "已按登记订单核实。"),
    c.CustomerGreeted: Sentence("D,T", "{name} greeted the customer, with this name.", "{name} 已报姓名问候顾客。"),
    c.FeedbackGiven: Sentence(
        "F",
        "The customer was given feedback: {process} To be expected: {expected_by}. Next: {next_step} {words}",
        "已向顾客反馈：{process} 预计：{expected_by}。下一步：{next_step} {words}",
    ),
    c.CustomerCalled: Sentence("F", "The silent customer was called: {reached}.", "已致电未答复的顾客：{reached}。"),
    c.NoAnswerDeclared: Sentence("F,O", "The case was filed as unanswered: {reason}", "因顾客无答复而搁置：{reason}"),
    c.Reopened: Sentence("F,O", "The case was opened again by {because}.", "因{because}重新打开。"),
    c.Judged: Sentence(
        "T,F,S",
        "Judged: {fault_confirmed}; responsible: {responsible}; {severity}, {extent}. To look for: {fault}, {place}.",
        "判定：{fault_confirmed}；责任方：{responsible}；{severity}，{extent}。登记故障：{fault}，{place}。",
    ),
    c.ClaimRefused: Sentence("F", "The claim was refused: {reason}", "投诉主张被拒绝：{reason}"),
    c.RemedyProposed: Sentence(
        "F,T",
        "Proposal {number}: {kind}, {refund}; further parts: {also}; cost {cost}, borne by {borne_by}, {goodwill}.",
        "方案 {number}：{kind}，{refund}；附加项 {also}；成本 {cost}，由{borne_by}承担，{goodwill}。",
    ),
    c.ProposalAccepted: Sentence(
        "F",
        "The customer accepted proposal {proposal} (heard on: {heard_on}).",
        "顾客同意方案 {proposal}（渠道：{heard_on}）。",
    ),
    c.ProposalDeclined: Sentence("F", "The customer refused proposal {proposal}.", "顾客拒绝方案 {proposal}。"),
    c.ProposalCountered: Sentence(
        "F",
        "The customer answered proposal {proposal} with another wish: {kind}, {refund}.",
        "顾客对方案 {proposal} 另提要求：{kind}，{refund}。",
    ),
    c.ShipmentReported: Sentence(
        "S",
        "The customer reported a parcel: {carrier} {tracking}, freight {freight}.",
        "顾客登记包裹：{carrier} {tracking}，运费 {freight}。",
    ),
    c.ReturnStarted: Sentence("S", "The return {case} was started.", "退货 {case} 已启动。"),
    c.ReturnTold: Sentence(
        "S,O",
        "The return {return_case} was told: {shipments} parcels; the goods: {settled_as}.",
        "已告知退货 {return_case}：包裹 {shipments} 个；货物：{settled_as}。",
    ),
    c.PaymentTold: Sentence(
        "T",
        "The slip {payment_case} was told that the payments sum up to {case_sum}.",
        "已告知付款单 {payment_case}：付款合计 {case_sum}。",
    ),
    c.PaymentHeld: Sentence(
        "S,O", "The slip {payment_case} was told: {held}.", "已告知付款单 {payment_case}：{held}。"
    ),
    c.ChargeTold: Sentence(
        "F,T",
        "{part} was told: priority {priority}, in the hands of {handler} {team}.",
        "已告知 {part}：优先级 {priority}，经办 {handler} {team}。",
    ),
    c.ReturnNewsTaken: Sentence(
        "S", "The return {return_case} tells: {result}. {findings}", "退货 {return_case} 消息：{result}。{findings}"
    ),
    c.AllowedDespiteInspection: Sentence(
        "S,O",
        "The supervisor let proposal {proposal} stand although the inspection failed: {reason}",
        "主管特批：验货不通过仍执行方案 {proposal}：{reason}",
    ),
    c.PaymentStarted: Sentence("T", "The slip {case} was asked for: {amount}.", "已申请付款单 {case}：{amount}。"),
    c.PaymentNewsTaken: Sentence(
        "T",
        "The slip {payment_case} tells: {result}, reference {reference}. {note}",
        "付款单 {payment_case} 消息：{result}，编号 {reference}。{note}",
    ),
    c.SlipAskedAgain: Sentence("T", "The slip {slip} was asked for again: {reason}", "重新申请付款单 {slip}：{reason}"),
    c.CallBackTried: Sentence(
        "D,E,S,O", "The call-back was tried; the customer was {reached}.", "已尝试回访：{reached}。"
    ),
    c.CustomerSatisfied: Sentence("D,E,S", "The customer is satisfied.", "顾客表示满意。"),
    c.CustomerDissatisfied: Sentence(
        "D,E,S", "The customer is not satisfied; the case goes back to the agent.", "顾客不满意，工单退回客服。"
    ),
    c.ComplaintClosed: Sentence("F,S,O", "The case was closed: {outcome}. {reason}", "工单已结案：{outcome}。{reason}"),
    c.ReopeningEnded: Sentence(
        "O", "The time in which a late answer opens the case again is over.", "可重新打开的期限已过。"
    ),
}

_RETURN: dict[type[f.Event], Sentence] = {
    r.ReturnAuthorised: Sentence(
        "S", "The return was authorised; the customer is told how to send.", "退货已授权，并告知顾客寄回方式。"
    ),
    r.ParcelReported: Sentence(
        "S", "A parcel is registered: {carrier} {tracking}.", "包裹已登记：{carrier} {tracking}。"
    ),
    r.CourierSaw: Sentence(
        "S",
        "The courier saw parcel {tracking} at {seen_at}: {status}.",
        "快递 {seen_at} 更新包裹 {tracking}：{status}。",
    ),
    r.ParcelReceived: Sentence(
        "S", "The warehouse received parcel {tracking}, {card_found}.", "仓库收到包裹 {tracking}，{card_found}。"
    ),
    r.GoodsInspected: Sentence(
        "S",
        "The warehouse inspected {quantity} units of {found} lines and signed: {passed}, {waits}.",
        "仓库验货 {found} 行共 {quantity} 件，签字：{passed}，{waits}。",
    ),
    r.WaitExtended: Sentence(
        "O", "More time was given for {clock}, until {until}: {reason}", "{clock}延期至 {until}：{reason}"
    ),
    r.ReturnSettled: Sentence("O", "What becomes of the goods: {settle_as}.", "货物处理：{settle_as}。"),
    r.GoodsSentBack: Sentence(
        "O", "The goods went back to the customer: {carrier} {tracking}.", "货物已退回顾客：{carrier} {tracking}。"
    ),
    r.ReturnGivenUp: Sentence("O", "The waiting was ended: {result}. {reason}", "结束等待：{result}。{reason}"),
    r.ReturnClosed: Sentence("S", "The return is over: {outcome}.", "退货结束：{outcome}。"),
    r.ComplaintTold: Sentence("S", "The complaint was told: {result}.", "已告知投诉工单：{result}。"),
}

_PAYMENT: dict[type[f.Event], Sentence] = {
    p.SlipRequested: Sentence("T", "The slip was asked for.", "已申请付款单。"),
    p.SumReserved: Sentence(
        "T", "The ledger holds the sum, as slip {slip_number}.", "台账已预留金额，单号 {slip_number}。"
    ),
    p.ReservationRefused: Sentence("T,O", "The ledger does not hold the sum: {sentence}", "台账未预留金额：{sentence}"),
    p.CaseSumGrew: Sentence("T", "The case's payments sum up to {case_sum}.", "本案付款合计 {case_sum}。"),
    p.SlipHeld: Sentence("S,O", "What the slip pays for is in doubt: {held}.", "付款依据存疑：{held}。"),
    p.SlipApproved: Sentence("T,O", "An approver signed the slip.", "审批人已签字。"),
    p.AmountChanged: Sentence(
        "T,O",
        "The amount was changed from {was} to {amount}, and is approved anew: {reason}",
        "金额由 {was} 改为 {amount}，须重新审批：{reason}",
    ),
    p.AmountBooked: Sentence("T", "The ledger holds {amount}.", "台账已改为预留 {amount}。"),
    p.AmountTold: Sentence(
        "T", "The complaint was told of the changed amount: {amount}.", "已告知投诉工单新金额：{amount}。"
    ),
    p.SlipEnded: Sentence("T", "The slip came to nothing: {outcome}. {reason}", "付款单终止：{outcome}。{reason}"),
    p.SlipPaid: Sentence(
        "T",
        "It was signed that the money moved, reference {reference}.",
        "已签字确认款项收付，编号 {reference}。",
    ),
    p.LedgerSettled: Sentence("T", "The ledger knows how the slip ended.", "台账已入账。"),
    p.ComplaintTold: Sentence("T", "The complaint was told: {result}.", "已告知投诉工单：{result}。"),
}

_CHAPTERS = {event: line for wording in WORDINGS for event, line in wording.sentences.items()}

SENTENCES: dict[type[f.Event], Sentence] = {**_SHARED, **_COMPLAINT, **_CHAPTERS, **_RETURN, **_PAYMENT}
"""Every event of every kind of case."""
