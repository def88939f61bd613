"""What sorting a complaint refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotYou


class SameClass(NotLikeThis):
    """Nothing would change."""

    code = "same_class"
    en = "The complaint is in that class already."
    zh = "投诉已属该类别。"
    out_en = "Name another problem, or another kind of fault."
    out_zh = "请选择其他类别。"
    source = "F"


class KindDoesNotFit(NotLikeThis):
    """Each problem has its own kinds [F]."""

    code = "kind_does_not_fit"
    en = "The kind {given} does not belong to {problem}; its kinds are: {kinds}."
    zh = "“{given}”不属于“{problem}”；可选：{kinds}。"
    out_en = "Choose one of these kinds, or leave it out."
    out_zh = "请选择以上类别或不填。"
    source = "F"


class ConcernedMayNotJudge(NotYou):
    """The person complained about does not judge the complaint [O]."""

    code = "concerned_may_not_judge"
    en = "The complaint is about you; somebody else judges it."
    zh = "该投诉涉及您本人，须由他人判定。"
    out_en = "Leave it to a colleague or the supervisor."
    out_zh = "请交由同事或主管判定。"
    source = "O"


class TooManyRemarks(NotNow):
    """A case takes so many remarks and no more."""

    code = "too_many_remarks"
    en = "The case holds {most} remarks and takes no more."
    zh = "本工单已有 {most} 条备注，不能再加。"
    out_en = "Put what is to be known into the next step's own words."
    out_zh = "请写入下一步操作的说明。"
