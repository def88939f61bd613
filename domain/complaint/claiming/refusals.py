"""What claims on the courier refuse."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere


class NothingToClaim(NotNow):
    """A claim needs a parcel that the courier lost or answers for."""

    code = "nothing_to_claim"
    en = "No parcel of this case is known to be lost, and the courier answers for nothing."
    zh = "本工单没有已确认丢失的包裹，也未判定快递责任。"
    out_en = "Record the check or the courier's answer first, or judge that the courier is responsible."
    out_zh = "请先登记查件结果或快递答复，或判定由快递负责。"
    source = "S"


class ClaimStands(NotNow):
    """One claim a parcel, until it has come to its end."""

    code = "claim_stands"
    en = "The parcel {tracking} is claimed already, claim {number}."
    zh = "包裹 {tracking} 已有索赔（第 {number} 项）。"
    out_en = "Record the courier's answer there, or give that claim up first."
    out_zh = "请在该索赔中登记快递答复，或先放弃该索赔。"
    source = "S"


class ClaimUnknown(NotThere):
    """There is no such claim, or it has come to its end."""

    code = "claim_unknown"
    en = "No claim {number} of this case waits for the courier."
    zh = "本工单没有待处理的索赔 {number}。"
    out_en = "The case's tasks name the claims that wait."
    out_zh = "请查看任务中的索赔编号。"
    source = "S"


class ClaimSumUnfit(NotLikeThis):
    """A sum above zero, in the currency of the case, within what was paid or claimed."""

    code = "claim_sum_unfit"
    en = "The amount has to be above zero and at most {most}."
    zh = "金额须大于零，且不超过 {most}。"
    out_en = "Correct the amount; that the courier refuses is said by leaving it out."
    out_zh = "请更正金额；快递拒赔时请不填金额。"
    source = "S"
