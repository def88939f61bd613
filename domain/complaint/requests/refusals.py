"""What is refused around requests to other desks."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere, NotYou


class RequestUnknown(NotThere):
    """There is no such request."""

    code = "request_unknown"
    en = "This case has no request {number}."
    zh = "本工单没有编号为 {number} 的协办请求。"
    out_en = "The story's requests list each with its number."
    out_zh = "请查看协办请求列表。"


class NothingAsked(NotNow):
    """No request of this case waits at the desk."""

    code = "nothing_asked"
    en = "No request of this case waits at the desk {desk}."
    zh = "本工单没有等待“{desk}”处理的协办请求。"
    out_en = "GET /v1/queues/{desk} lists what waits for the desk."
    out_zh = "请查看本岗位任务列表。"
    source = "S"


class NotYourRequest(NotYou):
    """A request belongs to the desk and unit that have it now [E]."""

    code = "not_your_request"
    en = "Request {number} is with {where}, not with you."
    zh = "协办请求 {number} 由“{where}”处理，不归您。"
    out_en = "Leave it to that desk."
    out_zh = "请由该岗位处理。"
    source = "E,S"


class ReceivedByAnother(NotYou):
    """Who received a request acts on it; a colleague takes it over first, so that both names stand [S]."""

    code = "received_by_another"
    en = "Request {number} was received by {name}."
    zh = "协办请求 {number} 已由 {name} 接收。"
    out_en = "Take it over with receive_request, then answer it."
    out_zh = "请先接手，再答复。"
    source = "S"


class ReceivedAlready(NotLikeThis):
    """Received twice by the same person."""

    code = "received_already"
    en = "You have received request {number} already."
    zh = "您已接收协办请求 {number}。"
    out_en = "Answer it with answer_request, or pass it on."
    out_zh = "请答复或转交。"
    source = "S"


class RequestOver(NotNow):
    """An answered or withdrawn request takes no further word, unless it is sent back."""

    code = "request_over"
    en = "Request {number} is {state}; it waits for nothing."
    zh = "协办请求 {number} 已结束（{state}）。"
    out_en = "The agent may send an answer back for another round, or ask anew."
    out_zh = "客服可退回补充或重新提出。"
    source = "S"


class WaitsForNaming(NotNow):
    """A bounced request stands with the supervisor [D][E]."""

    code = "waits_for_naming"
    en = "Request {number} was passed on {times} times; the supervisor names who answers it."
    zh = "协办请求 {number} 已转交 {times} 次，须由主管指定处理岗位。"
    out_en = "Wait until a desk is named."
    out_zh = "请等待主管指定。"
    source = "D,E"


class DeskWasNamed(NotNow):
    """What the supervisor named stays [D][E]."""

    code = "desk_was_named"
    en = "The supervisor named who answers request {number}; it is not passed on again."
    zh = "协办请求 {number} 已由主管指定处理岗位，不能再转交。"
    out_en = "Answer it with what you can find out, or ask the supervisor to name another desk."
    out_zh = "请就所能查明的内容答复，或请主管另行指定。"
    source = "D,E"


class SameDesk(NotLikeThis):
    """Passed on to where it is."""

    code = "same_desk"
    en = "Request {number} is with {where} already."
    zh = "协办请求 {number} 已在“{where}”处。"
    out_en = "Name another desk or unit."
    out_zh = "请选择其他岗位。"


class UnitUnfit(NotLikeThis):
    """A department is asked by its unit, other desks have none."""

    code = "unit_unfit"
    en = "A department is named with its unit ({units}), another desk without one."
    zh = "部门须注明科室（{units}），其他岗位不填。"
    out_en = "Fill in unit for a department, and leave it out otherwise."
    out_zh = "请填写或去掉科室。"
    source = "F"


class TraceIsLogistics(NotLikeThis):
    """The logistics desk speaks with the courier [T][S]."""

    code = "trace_is_logistics"
    en = "A trace is asked of the logistics desk and stays there."
    zh = "查件只能由物流岗处理。"
    out_en = "Choose the desk logistics, or another kind of request."
    out_zh = "请选择物流岗，或更换请求类型。"
    source = "T,S"


class TrackingNeeded(NotLikeThis):
    """A trace is of a parcel."""

    code = "tracking_needed"
    en = "A trace needs the parcel's tracking number, and the order has none."
    zh = "查件须有运单号，订单中没有。"
    out_en = "Fill in tracking."
    out_zh = "请填写运单号。"
    source = "F,D"


class AlreadyAsked(NotLikeThis):
    """The same desk for the same thing twice at once."""

    code = "already_asked"
    en = "That desk is being asked for this already, by request {number}."
    zh = "已向该岗位提出同样的协办请求（编号 {number}）。"
    out_en = "Remind it with remind_desk, or wait for its answer."
    out_zh = "请催办或等待答复。"


class TooManyRounds(NotNow):
    """A case asks so often and no more."""

    code = "too_many_rounds"
    en = "The case has asked other desks {most} times and asks no more."
    zh = "本工单已提出 {most} 次协办请求，不能再提。"
    out_en = "Go on with what is known."
    out_zh = "请根据已知情况处理。"


class ResultNeeded(NotLikeThis):
    """A trace is answered with what the courier says, and nothing else is."""

    code = "result_needed"
    en = "The answer to a trace names its result ({results}); another answer names none."
    zh = "查件答复须注明结果（{results}），其他答复不填。"
    out_en = "Fill in result for a trace, and leave it out otherwise."
    out_zh = "请填写或去掉结果。"
    source = "F,D"


class VerdictNeeded(NotLikeThis):
    """How the case goes on follows from what the unit found at the root of it [F]."""

    code = "verdict_needed"
    en = "The analysis of this problem ends in a verdict: {verdicts}. No trace has one."
    zh = "本类问题的分析须给出结论：{verdicts}；查件不填结论。"
    out_en = "Fill in verdict for the analysis, and leave it out for a trace."
    out_zh = "分析请填写结论，查件请去掉结论。"
    source = "F"


class NothingAnswered(NotNow):
    """Only an answer is sent back."""

    code = "nothing_answered"
    en = "Request {number} has no answer that could be sent back."
    zh = "协办请求 {number} 没有可退回的答复。"
    out_en = "Remind the desk with remind_desk."
    out_zh = "请催办。"
    source = "D,S"


class NoRequestWaits(NotNow):
    """All requests are answered or withdrawn."""

    code = "no_request_waits"
    en = "No request of this case waits for an answer."
    zh = "本工单没有待答复的协办请求。"
    out_en = "Ask a desk with ask_desk."
    out_zh = "请先提出协办请求。"


class NeedStands(NotLikeThis):
    """Nothing would change."""

    code = "need_stands"
    en = "Request {number} is marked so already."
    zh = "协办请求 {number} 已如此标记。"
    out_en = "Nothing more to do."
    out_zh = "无需操作。"


class NothingGivenUp(NotNow):
    """Only a parcel that was given up turns up."""

    code = "nothing_given_up"
    en = "Request {number} is no trace whose parcel was lost or went to somebody else."
    zh = "协办请求 {number} 不是已判定丢失或误投的查件。"
    out_en = "Answer the trace with answer_request."
    out_zh = "请答复查件。"
    source = "F,D"


class RequestUnanswered(NotNow):
    """The case waits for the answers that it needs [F]."""

    code = "request_unanswered"
    en = "These requests are still to be answered: {requests}."
    zh = "以下协办请求尚未答复：{requests}。"
    out_en = "Remind the desk with remind_desk, withdraw the request, or mark it as not needed with mark_request."
    out_zh = "请催办、撤回，或标记为无需等待。"
    source = "F,D,S"


class AskUnitFirst(NotNow):
    """The problem is the matter of a unit of the department [F]."""

    code = "ask_unit_first"
    en = "This problem is judged once the unit {unit} has answered, and it was not asked yet."
    zh = "本类问题须先由“{unit}”科室答复，目前尚未提出协办请求。"
    out_en = "Ask it with ask_desk, with the initial analysis."
    out_zh = "请先附初步分析提出协办请求。"
    source = "F"


class TraceFirst(NotNow):
    """Trace with the courier, then reship or refund [F][D]."""

    code = "trace_first"
    en = "The parcel is traced first; a remedy that costs follows the courier's answer, or its deadline."
    zh = "须先查件；快递答复或逾期后才能提出涉及费用的方案。"
    out_en = "Ask the logistics desk for a trace with ask_desk."
    out_zh = "请向物流岗提出查件。"
    source = "F,D"


class GuideFirst(NotNow):
    """A matter of use is settled by guidance, and by the customer's word that it works [F]."""

    code = "guide_first"
    en = "The unit found a matter of use: the customer is guided first, and a remedy that costs follows only in vain."
    zh = "经查属使用问题：须先指导顾客使用，指导无效后才能提出涉及费用的方案。"
    out_en = "Take explain, hear the customer, and record the effect with report_effect."
    out_zh = "请先指导，再登记效果。"
    source = "F"
