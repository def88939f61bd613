"""What a slip refuses, and what would help instead."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotYou


class SamePerson(NotYou):
    """Who proposed the remedy or ever asked for the sum, the approvers and the payer are different people [O]."""

    code = "same_person"
    en = "You have a hand in this slip already; proposer, askers, approvers and payer are different people."
    zh = "您已参与此付款单；方案提出人、申请人、审批人、付款人须为不同人员。"
    out_en = "Ask another person with the role."
    out_zh = "请由其他人员操作。"
    source = "T,O"


class NotReserved(NotNow):
    """The ledger has to hold the sum first."""

    code = "not_reserved"
    en = "The ledger has not reserved the sum yet."
    zh = "台账尚未预留该金额。"
    out_en = "Try again in a moment; if it lasts, the case shows the trouble."
    out_zh = "请稍后重试。"
    source = "T"


class EnoughApprovals(NotNow):
    """The slip has all signatures it needs."""

    code = "enough_approvals"
    en = "The slip is approved and with finance."
    zh = "付款单已审批，待财务付款。"
    out_en = "Nothing more to approve."
    out_zh = "无需再审批。"
    source = "T"


class WithFinance(NotNow):
    """Finance may have paid already, so a slip in its hands is ended by finance alone [T]."""

    code = "with_finance"
    en = "The slip is with finance and may be paid already; nobody else ends it."
    zh = "付款单已交财务，可能已付款，其他人员不能终止。"
    out_en = "Ask finance: if nothing was paid, finance takes report_not_paid, with the reason."
    out_zh = "请联系财务；若尚未付款，由财务登记未付款（report_not_paid）并注明原因。"
    source = "T,O"


class NotApproved(NotNow):
    """Finance pays approved slips only [T]."""

    code = "not_approved"
    en = "The slip has {have} of {need} approvals."
    zh = "付款单已有 {have} 个审批，需要 {need} 个。"
    out_en = "Wait for the approvals; above the policy's limit in sum there are two."
    out_zh = "请等待审批。"
    source = "T"


class HeldBack(NotNow):
    """Nobody approves or pays while what the slip pays for is in doubt: its parcel left, or the platform pays [S]."""

    code = "held_back"
    en = "What this slip pays for is in doubt: the label desk no longer holds the parcel, or the platform pays itself."
    zh = "付款依据存疑：制单岗手中已无该包裹，或平台将自行付款。"
    out_en = (
        "Read the complaint. The supervisor voids the slip, or it goes on by itself once the parcel is in hand again;"
        " finance reports it as not paid, or signs with despite_hold what had left before."
    )
    out_zh = (
        "请查看投诉工单：由主管作废，或包裹收回后自动恢复；财务请登记未付款，若款项此前已付出则以 despite_hold 签字。"
    )
    source = "S,O"


class AmountDiffers(NotLikeThis):
    """Nobody signs a sum other than the slip's."""

    code = "amount_differs"
    en = "The amount given is {given}, the slip's is {slip}."
    zh = "所填金额 {given} 与付款单金额 {slip} 不符。"
    out_en = "Read the slip again; its amount may have been changed, and then it is approved anew."
    out_zh = "请核对付款单；金额变更后须重新审批。"
    source = "T"


class DayIsFull(NotYou):
    """One person signs for so much a day and no more, over all cases of the shop [O]."""

    code = "day_is_full"
    en = "You have signed for {signed} today; with this slip it would be more than {limit}."
    zh = "您今日已审批 {signed}，加上本单将超过 {limit} 的个人日限额。"
    out_en = "Ask another approver, or sign tomorrow."
    out_zh = "请由其他审批人审批，或次日再审批。"
    source = "O"


class AboveAgreed(NotLikeThis):
    """A slip is only ever made smaller: more than the customer agreed to is another proposal [O]."""

    code = "above_agreed"
    en = "The slip stands at {slip}; it can only be made smaller, and not to nothing."
    zh = "付款单金额为 {slip}；只能调低，且须大于零。"
    out_en = "For more, propose another remedy; for nothing, let the slip be voided."
    out_zh = "需要增加请重新提出方案；无需付款请作废本单。"


class FreightByReceipt(NotNow):
    """Freight is paid as its receipt says [T][O]."""

    code = "freight_by_receipt"
    en = "Freight is paid as its receipt says; its amount is not changed."
    zh = "运费按凭证支付，金额不可更改。"
    out_en = "If the receipt is wrong, let the slip be voided; the agent asks again with the right one."
    out_zh = "如凭证有误，请作废本单，由客服按正确凭证重新申请。"
    source = "T,O"
