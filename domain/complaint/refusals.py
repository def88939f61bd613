"""What a complaint refuses, and what would help instead."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere, NotYou


class EvidenceMissing(NotNow):
    """No remedy that costs money before the evidence that the problem asks for [T][S][F]."""

    code = "evidence_missing"
    en = "A remedy that costs money needs photo evidence of the fault first."
    zh = "涉及费用的方案须先有故障照片凭证。"
    out_en = "Let the customer upload photos by the case's link, or offer it as goodwill: the supervisor approves."
    out_zh = "请将工单链接发给顾客上传照片，或作为额外照顾提交主管审批。"
    source = "T,S,F"


class NotVerified(NotNow):
    """No money moves for an order that the shop has not registered [F]."""

    code = "not_verified"
    en = "The order is not registered and verified, so no remedy that costs money can be proposed."
    zh = "订单尚未登记核实，不能提出涉及费用的方案。"
    out_en = "Let the shop register the order (PUT /v1/orders/…), then take verify_order."
    out_zh = "请先登记订单，再执行核实。"
    source = "F"


class NothingMissing(NotNow):
    """All facts are there."""

    code = "nothing_missing"
    en = "No facts are missing in this case."
    zh = "本工单无缺失信息。"
    out_en = "Photos go to /evidence; a changed judgement is a step of its own."
    out_zh = "照片请上传至凭证接口。"


class NoFactsGiven(NotLikeThis):
    """The step says nothing new."""

    code = "no_facts_given"
    en = "The step supplies none of the missing facts: {missing}."
    zh = "未提供任何缺失信息：{missing}。"
    out_en = "Fill at least one of these fields."
    out_zh = "请至少填写其中一项。"


class OrderNotRegistered(NotNow):
    """The shop has not registered this order yet."""

    code = "order_not_registered"
    en = "The shop has not registered this order."
    zh = "店铺尚未登记该订单。"
    out_en = "Register it with PUT /v1/orders/{{order}}, then repeat the step."
    out_zh = "请先登记订单后重试。"
    source = "F"


class AlreadyVerified(NotNow):
    """The order is verified."""

    code = "already_verified"
    en = "The order is verified already; line and quantity stand."
    zh = "订单已核实，行号与数量不再更改。"


class AlreadyGreeted(NotNow):
    """The first word is said once [D]."""

    code = "already_greeted"
    en = "The customer has heard from a person already."
    zh = "已有客服回复过顾客。"
    out_en = "Tell the customer how it goes on with give_feedback."
    out_zh = "请用反馈步骤告知顾客进展。"
    source = "D"


class ExpectedInThePast(NotLikeThis):
    """A time to expect something lies ahead [F]."""

    code = "expected_in_the_past"
    en = "The time at which the customer can expect a result has passed already."
    zh = "告知顾客的预计时间已过。"
    out_en = "Name an instant that is still to come, or say it in words."
    out_zh = "请填写将来的时间，或用文字说明。"
    source = "F"


class NobodyAwaited(NotNow):
    """No message of the customer is overdue."""

    code = "nobody_awaited"
    en = "The case does not wait for an answer of the customer that is overdue."
    zh = "本工单没有逾期未答复的事项。"
    out_en = "Wait for the deadline shown in the clocks; reminders go out before it."
    out_zh = "请等待期限届满。"
    source = "F"


class CallFirst(NotNow):
    """Never closed in silence: a person calls before a case is filed as unanswered [F][O]."""

    code = "call_first"
    en = "All that the customer owes has to be overdue and called for in vain before the case is filed as unanswered."
    zh = "顾客须答复的各项均已逾期并电话联系未果后，才能标记为无人答复。"
    out_en = "Call, and record the call with record_call."
    out_zh = "请先致电并记录。"
    source = "F,O"


class FactsMissing(NotNow):
    """The ticket is not complete."""

    code = "facts_missing"
    en = "These facts are still missing: {missing}."
    zh = "仍缺少信息：{missing}。"
    out_en = "Supply them with supply_facts."
    out_zh = "请先补充信息。"
    source = "D,F"


class FaultNotDescribed(NotLikeThis):
    """The warehouse needs to know what to look for [S]."""

    code = "fault_not_described"
    en = "A confirmed fault needs a description for the return register."
    zh = "确认故障时须填写退货登记的故障描述。"
    out_en = "Fill in fault (and place)."
    out_zh = "请填写故障及位置。"
    source = "S"


class ReasonNeeded(NotLikeThis):
    """A judgement is revised with a reason; what was known at the first one stays visible [O]."""

    code = "reason_needed"
    en = "The complaint was judged before; a new judgement needs its reason."
    zh = "此前已判定；重新判定须填写理由。"
    out_en = "Fill in reason."
    out_zh = "请填写理由。"


class NotJudged(NotNow):
    """A remedy follows a judgement."""

    code = "not_judged"
    en = "Nobody has judged the complaint yet."
    zh = "尚未作出判定。"
    out_en = "Take the step judge first."
    out_zh = "请先判定。"
    source = "T,F"


class FaultNotConfirmed(NotNow):
    """No money without a confirmed fault [T]."""

    code = "fault_not_confirmed"
    en = "The judgement does not confirm the fault, so a remedy that costs money has no ground."
    zh = "判定未确认故障，不能提出涉及费用的方案。"
    out_en = "Judge anew, apologise, refuse the claim with a reason, or offer goodwill: the supervisor approves."
    out_zh = "如有新凭证请重新判定，或说明理由后拒绝，或作为额外照顾提交主管审批。"
    source = "T"


class FaultIsConfirmed(NotNow):
    """A confirmed fault is not refused."""

    code = "fault_is_confirmed"
    en = "The judgement confirms the fault; the claim cannot be refused."
    zh = "判定已确认故障，不能拒绝。"
    out_en = "Propose a remedy, or judge anew with the reason."
    out_zh = "请提出方案，或重新判定。"
    source = "T"


class RemedyUnderWay(NotNow):
    """One remedy at a time."""

    code = "remedy_under_way"
    en = "The agreed remedy is being carried out."
    zh = "已同意的方案正在执行。"
    out_en = "Wait for the return or the slip; the clocks show by when."
    out_zh = "请等待执行结果。"


class OutcomeStands(NotNow):
    """The outcome is there; the call-back decides how it goes on."""

    code = "outcome_stands"
    en = "The outcome stands and waits for the call-back."
    zh = "结果已定，等待回访。"
    out_en = "If the customer is not satisfied the case comes back to the agent."
    out_zh = "若顾客不满意，工单将退回客服。"
    source = "D,E"


class RemedyDoesNotFit(NotLikeThis):
    """The kind of remedy does not fit where the goods are."""

    code = "remedy_does_not_fit"
    en = "The remedy {kind} does not fit here: {why}."
    zh = "方案“{kind}”不适用：{why}。"
    out_en = "Choose one of: {fitting}."
    out_zh = "可选方案：{fitting}。"
    source = "T,S"


class AmountNeeded(NotLikeThis):
    """A remedy that pays names its sum."""

    code = "amount_needed"
    en = "The remedy {kind} needs an amount above zero."
    zh = "方案“{kind}”须填写大于零的金额。"
    out_en = "Fill in refund."
    out_zh = "请填写金额。"
    source = "T"


class NoAmountHere(NotLikeThis):
    """A remedy that pays nothing names no sum."""

    code = "no_amount_here"
    en = "The remedy {kind} pays nothing, so it names no amount."
    zh = "方案“{kind}”不涉及付款，不能填写金额。"
    out_en = "Leave refund out, or choose a remedy that pays."
    out_zh = "请去掉金额。"


class WrongCurrency(NotLikeThis):
    """Money of a case is in the currency of its order."""

    code = "wrong_currency"
    en = "The amount is in {given}, the order in {expected}."
    zh = "金额币种为 {given}，订单币种为 {expected}。"
    out_en = "Give the amount in {expected}."
    out_zh = "请使用 {expected}。"


class AboveLinePaid(NotLikeThis):
    """Never more than was paid for what is complained about [T][O]."""

    code = "above_line_paid"
    en = "{amount} is more than the {most} that was paid for the goods complained about."
    zh = "{amount} 超过所投诉商品的实付金额 {most}。"
    out_en = "Propose at most {most}."
    out_zh = "最多可填 {most}。"
    source = "T,O"


class NoProposalOpen(NotNow):
    """There is nothing to answer."""

    code = "no_proposal_open"
    en = "No proposal waits for an answer."
    zh = "没有待答复的方案。"
    out_en = "Wait for the desk's proposal; GET the case shows the last one and its state."
    out_zh = "请等待方案。"
    source = "F"


class OtherProposal(NotNow):
    """The answer names another proposal than the open one."""

    code = "other_proposal"
    en = "Proposal {given} does not wait for an answer; the open one is {open}."
    zh = "方案 {given} 无需答复，当前方案为 {open}。"
    out_en = "Read proposal {open} and answer that."
    out_zh = "请答复方案 {open}。"


class HeardWhere(NotLikeThis):
    """An agent who passes on the customer's word says where it was heard [S]."""

    code = "heard_where"
    en = "An agent who answers for the customer says on which channel the customer said so."
    zh = "代顾客答复须注明渠道。"
    out_en = "Fill in heard_on."
    out_zh = "请填写 heard_on。"
    source = "S"


class InspectionDidNotFail(NotNow):
    """The exception is for a failed inspection."""

    code = "inspection_did_not_fail"
    en = "No failed inspection waits for a decision."
    zh = "没有待处理的验货不合格。"
    source = "S"


class SlipNotFailed(NotNow):
    """Only a slip that came to nothing is asked for again."""

    code = "slip_not_failed"
    en = "No slip of that number came to nothing in this case."
    zh = "没有该编号的失败付款单。"
    out_en = "The story's payments list each slip with its result."
    out_zh = "请查看付款列表。"
    source = "T"


class NoCallBackDue(NotNow):
    """The call-back follows the outcome."""

    code = "no_call_back_due"
    en = "There is no outcome yet that a call-back could ask about."
    zh = "尚无结果，无需回访。"
    out_en = "The call-back comes after the remedy was carried out or the claim refused."
    out_zh = "请在处理完成后回访。"
    source = "D,E,S"


class HandlerMayNotCallBack(NotYou):
    """The call-back is another desk's [D][E][S]."""

    code = "handler_may_not_call_back"
    en = "You worked on this case; the call-back is made by somebody else."
    zh = "您处理过本工单，回访须由他人进行。"
    out_en = "Leave it to the call-back desk."
    out_zh = "请由回访岗进行。"
    source = "D,E,S"


class TriedToday(NotNow):
    """Tries are made on different days [O]."""

    code = "tried_today"
    en = "The customer was tried today already ({day})."
    zh = "今天（{day}）已尝试回访。"
    out_en = "Try again on another day."
    out_zh = "请改日再试。"
    source = "O"


class WordsNeeded(NotLikeThis):
    """Why the customer is not satisfied goes back to the agent [D][E][S]."""

    code = "words_needed"
    en = "A customer who is not satisfied has a reason; it goes back to the agent."
    zh = "不满意时须填写原因。"
    out_en = "Fill in words."
    out_zh = "请填写原因。"
    source = "D,E,S"


class PaymentUnderWay(NotNow):
    """No closing over the head of finance."""

    code = "payment_under_way"
    en = "The slip {slip} is under way."
    zh = "付款单 {slip} 处理中。"
    out_en = "Let it be paid, or void it, first."
    out_zh = "请先付款或作废。"
    source = "T"


class GoodsOnTheWay(NotNow):
    """No closing while the customer's goods are on the way, nor in silence while they are here."""

    code = "goods_on_the_way"
    en = "The customer's goods are on their way or here; what becomes of them is not settled."
    zh = "顾客的货物在途或在库，去向未定。"
    out_en = (
        "Settle the return first: inspect it, or give it up as lost. After a failed inspection the supervisor may"
        " close; the goods then go back to the customer."
    )
    out_zh = "请先验货或确认丢失。验货不合格时可由主管结案，货物将退回顾客。"
    source = "S"


class Irreversible(NotNow):
    """A complaint is withdrawn only while nothing irreversible was done."""

    code = "irreversible"
    en = "Goods are on their way or a payment was asked for, so the complaint cannot simply be withdrawn."
    zh = "货物已寄出或已申请付款，不能直接撤销。"
    out_en = "Ask the agent; the return or the slip has to be settled first."
    out_zh = "请联系客服。"


class PartUnknown(NotThere):
    """News about a return or slip that this complaint never asked for."""

    code = "part_unknown"
    en = "{part} is no return or slip of this complaint."
    zh = "{part} 不是本投诉的退货或付款单。"
    out_en = "Look up the case that it belongs to."
    out_zh = "请核对所属工单。"
