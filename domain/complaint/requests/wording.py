"""How requests to other desks are told."""

from __future__ import annotations

from domain.complaint.requests import events as e
from domain.letter_phrases import Part, Text
from domain.people import Role
from domain.wording import Both, Sentence, Wording

_DESKS: dict[Role, Both] = {
    Role.CUSTOMER: ("customer", "顾客"),
    Role.PRE_SALES: ("pre-sales", "售前"),
    Role.AGENT: ("after-sales", "售后客服"),
    Role.CALL_BACK: ("call-back desk", "回访岗"),
    Role.SUPERVISOR: ("supervisor", "主管"),
    Role.WAREHOUSE: ("warehouse", "仓库"),
    Role.LABEL_DESK: ("label desk", "打单岗"),
    Role.LOGISTICS: ("logistics desk", "物流岗"),
    Role.DEPARTMENT: ("department", "责任部门"),
    Role.QUALITY: ("quality group", "质检组"),
    Role.SALESPERSON: ("salesperson", "销售"),
    Role.FINANCE: ("finance", "财务"),
    Role.CENTRE_MANAGER: ("centre manager", "中心负责人"),
    Role.AUDITOR: ("auditor", "审计"),
    Role.INTEGRATION: ("shop system", "店铺系统"),
    Role.ADMINISTRATOR: ("administrator", "管理员"),
    Role.DESK: ("the desk itself", "系统"),
}
_ASKABLE = {role.value: words for role, words in _DESKS.items()}
_UNITS: dict[str, Both] = {
    "quality": ("quality", "质量"),
    "delivery": ("delivery", "配送"),
    "operations": ("operations", "运营"),
    "technical": ("technical", "技术"),
    "None": ("—", "—"),
}
_TRACED: dict[str, Both] = {
    "found": ("found", "已找到"),
    "moving": ("moving again", "继续运输"),
    "wrong_recipient": ("with another recipient", "误投他人"),
    "lost": ("lost", "已丢失"),
    "damaged": ("damaged", "已破损"),
    "None": ("no trace", "非查件"),
}

WORDING = Wording(
    sentences={
        e.DeskAsked: Sentence(
            "F,D,S",
            "Request {number} to {desk} ({unit}), {request_kind}, {needed}: {asked} Facts: {facts} Loss: {loss};"
            " {extent}; {urgency}; {mendable}. Suspected: {suspected_cause}",
            "协办请求 {number}，{desk}（{unit}），{request_kind}，{needed}：{asked} 事实：{facts} 损失：{loss}；"
            "{extent}；{urgency}；{mendable}。初步原因：{suspected_cause}",
        ),
        e.RequestReceived: Sentence("S", "Request {number} was received.", "协办请求 {number} 已接收。"),
        e.RequestAnswered: Sentence(
            "S,F",
            "Request {number} was answered ({overdue}, {afterwards}; {verdict}; {traced}): {findings}",
            "协办请求 {number} 已答复（{overdue}，{afterwards}；{verdict}；{traced}）：{findings}",
        ),
        e.RequestSentBack: Sentence(
            "D,S",
            "The answer to request {number} did not suffice: {reason}",
            "协办请求 {number} 的答复不充分，退回补充：{reason}",
        ),
        e.RequestPassedOn: Sentence(
            "D,E",
            "Request {number} was passed on from {from_desk} ({from_unit}) to {to_desk} ({to_unit}): {reason}",
            "协办请求 {number} 由{from_desk}（{from_unit}）转交{to_desk}（{to_unit}）：{reason}",
        ),
        e.DeskNamed: Sentence(
            "D,E",
            "The supervisor named {named_desk} ({named_unit}) for request {number}: {reason}",
            "主管指定{named_desk}（{named_unit}）处理协办请求 {number}：{reason}",
        ),
        e.RequestWithdrawn: Sentence(
            "O", "Request {number} was withdrawn: {reason}", "协办请求 {number} 已撤回：{reason}"
        ),
        e.NeedMarked: Sentence("O", "Of request {number}: {needed}. {reason}", "协办请求 {number}：{needed}。{reason}"),
        e.DeskReminded: Sentence("D,S", "The desk was asked again for request {number}.", "已催办协办请求 {number}。"),
        e.ParcelTurnedUp: Sentence(
            "F,D",
            "The parcel of request {number}, which was given up, turned up: {note}",
            "协办请求 {number} 中已判定丢失的包裹重新出现：{note}",
        ),
        e.LateNewsEnded: Sentence(
            "O",
            "The time in which the closed case still heard late answers is over.",
            "结案后接收迟到答复的期限已过。",
        ),
    },
    codes={
        "desk": _ASKABLE,
        "from_desk": _ASKABLE,
        "to_desk": _ASKABLE,
        "named_desk": _ASKABLE,
        "unit": _UNITS,
        "from_unit": _UNITS,
        "to_unit": _UNITS,
        "named_unit": _UNITS,
        "request_kind": {
            "analysis": ("analysis", "原因分析"),
            "trace": ("trace of a parcel", "查件"),
            "other": ("another matter", "其他事项"),
        },
        "needed": {
            "True": ("the case waits for it", "须等待答复"),
            "False": ("the case goes on meanwhile", "无需等待"),
        },
        "urgency": {
            "ordinary": ("not urgent", "一般"),
            "business_stopped": ("the customer's business is stopped", "影响顾客经营"),
            "health_at_risk": ("health or food safety is at risk", "涉及健康或食品安全"),
        },
        "mendable": {"True": ("simply mended", "可简单解决"), "False": ("not simply mended", "不易解决")},
        "traced": _TRACED,
        "verdict": {
            "system_fault": ("a fault of the system", "系统故障"),
            "user_error": ("a matter of use", "使用问题"),
            "no_fault_found": ("no fault found", "未发现故障"),
            "None": ("no verdict", "无结论"),
        },
        "overdue": {"True": ("late", "已逾期"), "False": ("in time", "按时")},
        "afterwards": {
            "True": ("after the case had gone on", "工单已先行处理"),
            "False": ("while the case waited", "工单等待中"),
        },
    },
    letters={
        "trace_asked": (
            Text(
                "We are tracing your parcel: {case}",
                (
                    Part("We are sorry that your parcel is not where it should be."),
                    Part("We have asked the courier to trace it ({tracking}) and expect an answer by {due}."),
                    Part("As soon as we have it we tell you how it goes on. There is nothing for you to do."),
                ),
            ),
            Text(
                "正在为您查件：{case}",
                (
                    Part("很抱歉，您的包裹未能如期送达。"),
                    Part("我们已请快递查询该包裹（{tracking}），预计 {due} 前得到答复。"),
                    Part("一有结果我们会立即告诉您后续安排，您无需再做任何事。"),
                ),
            ),
        ),
        "trace_result": (
            Text(
                "News of your parcel: {case}",
                (
                    Part("The courier has answered: {parcel}"),
                    Part("We now decide how we put it right, by {due}, and then write to you.", "due"),
                    Part("You can see where your case stands here: {link}"),
                ),
            ),
            Text(
                "您的包裹有新消息：{case}",
                (
                    Part("快递已答复：{parcel}"),
                    Part("我们将在 {due} 前决定如何为您处理，并立即告诉您。", "due"),
                    Part("您可以在这里查看进展：{link}"),
                ),
            ),
        ),
        "answer_delayed": (
            Text(
                "Your complaint {case} takes longer than we thought",
                (
                    Part("We are sorry: the colleagues whose answer we need for your complaint take longer."),
                    Part("We have asked them again, and a supervisor has been told. We now expect it by {due}."),
                    Part("Then you hear from us how it goes on. There is nothing for you to do."),
                ),
            ),
            Text(
                "您的投诉 {case} 处理时间有所延长",
                (
                    Part("非常抱歉，我们等待的相关部门答复比预计的慢。"),
                    Part("我们已再次催办，并已报告主管，预计 {due} 前得到答复。"),
                    Part("届时我们会告诉您后续安排，您无需再做任何事。"),
                ),
            ),
        ),
    },
    letter_words={
        "parcel": {
            "found": ("it has been found.", "包裹已找到。"),
            "moving": ("it is on its way to you again, and we watch it.", "包裹已恢复运输，我们会持续跟踪。"),
            "wrong_recipient": ("it was handed over at another address.", "包裹被送到了其他地址。"),
            "lost": ("it cannot be found and counts as lost.", "包裹无法找到，视为丢失。"),
            "damaged": ("it was damaged on the way.", "包裹在运输途中破损。"),
        }
    },
)
