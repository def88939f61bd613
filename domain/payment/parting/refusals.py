"""What a slip that is paid in parts refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis


class PartUnfit(NotLikeThis):
    """A part is more than nothing and less than what is left."""

    code = "part_unfit"
    en = "A part has to be above zero and below the {rest} that are left of the slip."
    zh = "部分付款须大于零且小于剩余的 {rest}。"
    out_en = "Sign the last part with sign_paid, for exactly what is left."
    out_zh = "最后一笔请用 sign_paid 按剩余金额签字。"
    source = "T"


class ReferenceKnown(NotLikeThis):
    """Each movement has a reference of its own, so that none is signed twice."""

    code = "reference_known"
    en = "A part of this slip is signed under {reference} already."
    zh = "编号 {reference} 的部分付款已登记。"
    out_en = "Nothing more to do if it is the same movement; otherwise give the other one's reference."
    out_zh = "若为同一笔无需重复登记，否则请填写另一笔的编号。"
    source = "T,O"
