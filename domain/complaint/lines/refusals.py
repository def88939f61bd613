"""What claiming refuses, and what would help instead."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow


class LineClaimedAlready(NotLikeThis):
    """A line is claimed once; adding it again would count its units twice."""

    code = "line_claimed"
    en = "Line {line} is claimed already."
    zh = "第 {line} 行已在本工单中。"
    out_en = "More units of it are a complaint of their own, which may be linked with this one."
    out_zh = "同一行的更多数量请另建投诉，并可与本工单关联。"
    source = "O"


class ReturnTakesNoLine(NotNow):
    """Lines are added while nothing of the return was settled."""

    code = "return_takes_no_line"
    en = "The agreed {kind} takes no further line any more."
    zh = "已约定的“{kind}”不能再追加。"
    out_en = "Open a complaint of its own for the line, and link the two."
    out_zh = "请为该行另建投诉并关联。"
    source = "S,O"


class AddedSumUnfit(NotLikeThis):
    """What is added for a line is bounded by what was paid for it, and by what an agent offers alone."""

    code = "added_sum_unfit"
    en = "With this line {amount} would be added; at most {most} may be."
    zh = "该行拟追加 {amount}，最多 {most}。"
    out_en = "To a return under way a line is added with at most what was paid for these units."
    out_zh = "追加到进行中的退货时，金额不得超过该行所付，并注明顾客同意的渠道。"
    source = "O"
