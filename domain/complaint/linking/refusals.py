"""What linking and merging refuse."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere


class OtherCaseUnknown(NotThere):
    """There is no such complaint in this shop."""

    code = "other_case_unknown"
    en = "There is no complaint of that number in this shop."
    zh = "本店没有该编号的投诉工单。"
    out_en = "Check the number; GET /v1/cases/{{case}}/duplicates lists likely ones."
    out_zh = "请核对编号，或查看疑似重复工单。"


class ItsOwnCase(NotLikeThis):
    """A case is not linked with itself."""

    code = "its_own_case"
    en = "That is this very case."
    zh = "不能与自身关联或合并。"
    out_en = "Name another case."
    out_zh = "请填写其他工单。"


class LinkedAlready(NotLikeThis):
    """Nothing would change."""

    code = "linked_already"
    en = "The case is linked with {case} already."
    zh = "已与 {case} 关联。"
    out_en = "Nothing more to do."
    out_zh = "无需重复操作。"


class TooManyLinks(NotNow):
    """A case takes so many links and no more."""

    code = "too_many_links"
    en = "The case has {most} links and takes no more."
    zh = "本工单已有 {most} 个关联，不能再加。"
    out_en = "So many cases of one matter are a matter of their own: tell the supervisor."
    out_zh = "关联过多，请告知主管按系统性问题处理。"


class OtherCaseClosed(NotNow):
    """A case goes on within an open one."""

    code = "other_case_closed"
    en = "Case {case} is closed ({state}), so nothing goes on within it."
    zh = "工单 {case} 已关闭（{state}），不能并入。"
    out_en = "Link the two instead; of a merged case name the one into which it went."
    out_zh = "请改为关联；如对方已合并，请填写其并入的工单。"


class MergeTheOther(NotLikeThis):
    """The case that came in first goes on, with its clocks: the customer has waited longest there [F][O]."""

    code = "merge_the_other"
    en = "Case {case} came in later than this one, so it goes on within this one and not the other way round."
    zh = "工单 {case} 晚于本工单受理，应将其并入本工单。"
    out_en = "Take merge_into in that case and name this one."
    out_zh = "请在该工单中执行合并，并填写本工单。"
    source = "F,O"


class NotTheSameMatter(NotLikeThis):
    """One matter comes from one customer, or is about one order line; else each keeps its own consent [F][O]."""

    code = "not_the_same_matter"
    en = "Case {case} is of another customer and not about the same order line, so the two are not one matter."
    zh = "工单 {case} 的顾客与订单行均不同，不是同一事项。"
    out_en = "Link the two instead; each goes on with its own customer."
    out_zh = "请改为关联，各自处理。"
    source = "F,O"


class HealthGoesAlong(NotLikeThis):
    """Health and food safety go first, wherever the case goes on [F]."""

    code = "health_goes_along"
    en = "This case is about health or food safety, and case {case} does not say so; merged it would wait its turn."
    zh = "本工单涉及健康或食品安全，而工单 {case} 未注明，合并后将失去优先。"
    out_en = "Assess case {case} as a matter of health first, then merge."
    out_zh = "请先将工单 {case} 评定为涉及健康，再合并。"
    source = "F"


class DesksAtWork(NotNow):
    """What another desk was asked for this case, it answers to this case [F][O]."""

    code = "desks_at_work"
    en = "Another desk or the courier still works for this case, and would answer to a case that is closed."
    zh = "其他部门或快递仍在处理本工单，合并后答复将无人处理。"
    out_en = "Wait for the answer, or withdraw what was asked, and merge then; a link can be made now."
    out_zh = "请待答复或撤回请求后再合并；现在可先关联。"
    source = "F,O"


class PromiseToKeep(NotNow):
    """A promise to a customer is kept, and not lost in a merge [F][O]."""

    code = "promise_to_keep"
    en = "Something promised to the customer is still to be kept in this case."
    zh = "本工单尚有对顾客的承诺未履行。"
    out_en = "Keep the promise first, or speak to the customer now, and merge then; a link can be made now."
    out_zh = "请先履行承诺或现在联系顾客，再合并；现在可先关联。"
    source = "F,O"


class NotMerged(NotNow):
    """There is nothing to undo."""

    code = "not_merged"
    en = "The case goes on by itself; no merge holds."
    zh = "本工单未被合并。"
    out_en = "The case's links show what it belongs together with."
    out_zh = "请查看关联记录。"
