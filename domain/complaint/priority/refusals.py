"""What the chapter of priority refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow


class NothingAssessed(NotLikeThis):
    """An assessment says something new."""

    code = "nothing_assessed"
    en = "The step answers none of the four questions, or says what is known already."
    zh = "未回答四个问题中的任何一项，或内容与已有答案相同。"
    out_en = "Fill in loss_size or loss_amount, extent, urgency or mendable_simply."
    out_zh = "请填写损失、范围、紧急程度或能否简单修复。"
    source = "F"


class AnswerChanged(NotLikeThis):
    """An answer that was given before is changed with a reason [F]."""

    code = "answer_changed"
    en = "This changes an answer that was given before ({changed}); say why."
    zh = "该操作更改了此前的答案（{changed}），请说明原因。"
    out_en = "Fill in reason."
    out_zh = "请填写理由。"
    source = "F,O"


class HealthGoesFirst(NotNow):
    """Health and food safety go first, whoever thinks otherwise [F]."""

    code = "health_goes_first"
    en = "Health or food safety is at risk: the case goes first, and nobody puts it behind."
    zh = "涉及健康或食品安全，本工单始终优先，不能降级。"
    out_en = "If health is not at risk after all, answer so with assess, with the reason."
    out_zh = "如确认不涉及健康，请先修改评估并说明理由。"
    source = "F"


class FirstIsForHealth(NotLikeThis):
    """The first level belongs to health and food safety alone, so that nothing stands beside them [F][O]."""

    code = "first_is_for_health"
    en = "Level 1 belongs to health and food safety alone."
    zh = "一级优先仅限健康与食品安全。"
    out_en = "If health is at risk, answer so with assess; else choose 2 to 5."
    out_zh = "如涉及健康请在评估中注明，否则请选择 2 至 5 级。"
    source = "F,O"


class SamePriority(NotLikeThis):
    """Nothing would change."""

    code = "same_priority"
    en = "That is what holds already."
    zh = "当前已是该优先级。"
    out_en = "Choose another level, or leave the case as it is."
    out_zh = "请选择其他级别。"
