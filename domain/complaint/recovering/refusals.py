"""What judging by shares and recovering refuse."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotYou


class SharesUnfit(NotLikeThis):
    """Shares say who answers for how much, and leave nothing open."""

    code = "shares_unfit"
    en = "The shares have to be 100 in sum, each party once, with {responsible} among them and nobody undecided."
    zh = "责任比例合计须为 100，每方只出现一次，须包含“{responsible}”，且不得为待定。"
    out_en = "Correct the shares, or leave them out: then the responsible party answers for all of it."
    out_zh = "请更正比例，或留空（由责任方全部承担）。"


class NothingToRecover(NotNow):
    """Nobody owes the shop anything for this case."""

    code = "nothing_to_recover"
    en = "Nobody owes the shop anything for this case."
    zh = "本工单没有待追偿款项。"
    out_en = "What a party owes follows from the judgement and from what the shop paid and sent."
    out_zh = "追偿金额由判定比例与店铺实际支出计算得出。"
    source = "S"


class OtherDeskRecovers(NotYou):
    """Each party has the desk that settles with it [S]."""

    code = "other_desk_recovers"
    en = "What {party} owes is settled by: {desk}."
    zh = "“{party}”的款项由“{desk}”追偿。"
    out_en = "Leave it to that desk, or to the supervisor."
    out_zh = "请由该岗位或主管操作。"
    source = "S"


class PartyOwesNothing(NotLikeThis):
    """The party has no open item."""

    code = "party_owes_nothing"
    en = "The party {party} owes nothing for this case."
    zh = "“{party}”在本工单没有待追偿款项。"
    out_en = "These parties owe something: {owing}."
    out_zh = "有待追偿款项的责任方：{owing}。"
    source = "S"


class AboveOwed(NotLikeThis):
    """No party makes good more than it owes."""

    code = "above_owed"
    en = "{amount} is more than the {open} that {party} still owes."
    zh = "{amount} 超过“{party}”尚欠的 {open}。"
    out_en = "Settle at most {open}; a larger payment belongs to several cases."
    out_zh = "最多可登记 {open}；多付部分请归入其他工单。"
    source = "S"


class RecoveryAmountUnfit(NotLikeThis):
    """A sum above zero, in the currency of the case."""

    code = "recovery_amount_unfit"
    en = "The amount has to be above zero and in {expected}."
    zh = "金额须大于零，币种为 {expected}。"
    out_en = "Correct the amount."
    out_zh = "请更正金额。"
