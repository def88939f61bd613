"""What assigning refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere, NotYou


class ColleagueUnknown(NotThere):
    """The shop has no such person, or they no longer work there."""

    code = "colleague_unknown"
    en = "Nobody of that id works in this shop."
    zh = "本店没有该人员，或其账号已停用。"
    out_en = "GET /v1/people/load lists who works on cases."
    out_zh = "请在人员工作量列表中选择。"
    source = "E"


class CannotHandle(NotLikeThis):
    """A case lies with somebody who may work on it."""

    code = "cannot_handle"
    en = "{name} works on no complaints; their roles are: {roles}."
    zh = "{name} 不处理投诉，其角色为：{roles}。"
    out_en = "Name an agent or a supervisor."
    out_zh = "请选择客服或主管。"
    source = "E"


class TheirsAlready(NotLikeThis):
    """Nothing would change."""

    code = "theirs_already"
    en = "The case is in these hands already."
    zh = "工单已由该人员负责。"
    out_en = "Name somebody else, or leave it."
    out_zh = "请选择其他人员。"


class NotYourCase(NotYou):
    """Only the handler, or who stands in, hands a case over; the supervisor names another [T]."""

    code = "not_your_case"
    en = "The case is not yours, so it is not yours to hand over."
    zh = "该工单不由您负责，不能移交。"
    out_en = "Take it first, or ask the supervisor to reassign it."
    out_zh = "请先接手，或请主管改派。"
    source = "T"


class CauseNeeded(NotLikeThis):
    """A colleague's case is not taken without cause [T]."""

    code = "cause_needed"
    en = "The case is a colleague's; say why you take it."
    zh = "该工单由同事负责，接手须说明原因。"
    out_en = "Fill in reason."
    out_zh = "请填写理由。"
    source = "T"


class NobodysCase(NotNow):
    """Somebody stands in for somebody."""

    code = "nobodys_case"
    en = "The case is nobody's, so nobody can stand in for its handler."
    zh = "工单尚无人负责，无法指定代办人。"
    out_en = "Reassign it to a person instead."
    out_zh = "请直接改派给某人。"
    source = "E"


class StandInTime(NotLikeThis):
    """A stand-in acts for a time that has not passed, and not for good [E]."""

    code = "stand_in_time"
    en = "The stand-in ends within {days} days from now, and not in the past."
    zh = "代办期限须在今后 {days} 天内。"
    out_en = "Name an instant between now and then; for longer, reassign the case."
    out_zh = "请选择该期限内的时间；更久请改派。"
    source = "E,O"


class ConcernedNotInCharge(NotLikeThis):
    """The person complained about does not work on the complaint [O]."""

    code = "concerned_not_in_charge"
    en = "The complaint is about that person; it lies with somebody else."
    zh = "该投诉涉及此人，须由他人处理。"
    out_en = "Name another person."
    out_zh = "请选择其他人员。"
    source = "O"
