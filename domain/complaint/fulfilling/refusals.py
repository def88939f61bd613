"""What carrying out a remedy refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere, NotYou


class PartNotThere(NotThere):
    """The step names a part that the case does not have."""

    code = "part_not_there"
    en = "There is no part {part} being carried out in this case."
    zh = "本工单没有编号为 {part} 的执行项。"
    out_en = "The case's tasks name the parts that wait, as in part-1."
    out_zh = "请查看任务中的编号，例如 part-1。"


class NothingToCarryOut(NotNow):
    """No part lies with any desk for such a step."""

    code = "nothing_to_carry_out"
    en = "No part of the remedy waits for this step."
    zh = "没有待执行此操作的项目。"
    out_en = "A part begins once the customer accepts, and where goods come back, once they passed the inspection."
    out_zh = "顾客同意后（如需退货，则在验货通过后）才开始执行。"
    source = "F,S"


class PartNotLikeThis(NotLikeThis):
    """Each kind has its own way to its end."""

    code = "part_not_like_this"
    en = "Part {part} is a {kind} and stands at {state}; the step {step} does not fit it."
    zh = "第 {part} 项为“{kind}”，当前状态 {state}，不能执行“{step}”。"
    out_en = "The task of the part names the step that it waits for."
    out_zh = "请查看该项任务所需的操作。"


class NotYourPart(NotYou):
    """A part is reported by the desk that carries it out."""

    code = "not_your_part"
    en = "Part {part} lies with: {desk}."
    zh = "第 {part} 项由“{desk}”执行。"
    out_en = "Leave it to that desk, to the agent or to the supervisor."
    out_zh = "请由该岗位、客服或主管操作。"
    source = "S"


class PartUnderWay(NotNow):
    """No closing over the head of the desk that carries something out."""

    code = "part_under_way"
    en = "Part {part} of the agreed remedy ({kind}) lies with a desk."
    zh = "已同意方案的第 {part} 项（{kind}）正由相关岗位执行。"
    out_en = "Let it be done, or report it failed with the reason, first."
    out_zh = "请先完成，或注明原因登记为失败。"


class NothingToShipFirst(NotNow):
    """Only an exchange whose goods are still awaited is shipped first."""

    code = "nothing_to_ship_first"
    en = "No exchange waits for goods that are still to come back."
    zh = "没有等待退货的换货方案。"
    out_en = "An accepted exchange can be shipped first until its goods are back."
    out_zh = "换货方案被接受后、退货到仓前可先行发出。"
    source = "S"


class EstimateWaits(NotNow):
    """Nothing is mended, and nothing else estimated, before the customer has answered."""

    code = "estimate_waits"
    en = "The estimate for part {part} waits for the customer's answer."
    zh = "第 {part} 项的维修报价正等待顾客答复。"
    out_en = "The customer, or an agent who heard it, answers with answer_estimate."
    out_zh = "请由顾客（或客服代为）答复报价。"
    source = "O"


class NoEstimateWaits(NotNow):
    """An estimate is answered once."""

    code = "no_estimate_waits"
    en = "No estimate of a repair waits for an answer."
    zh = "没有待答复的维修报价。"
    source = "O"


class CouponNotHeld(NotNow):
    """A coupon's value counts under the ceiling of the order line, so the ledger has to hold it first."""

    code = "coupon_not_held"
    en = "The ledger does not hold the value of part {part} yet."
    zh = "台账尚未预留第 {part} 项优惠券的金额。"
    out_en = "Try again in a moment; if it lasts, the case shows the trouble."
    out_zh = "请稍后重试。"
    source = "T,O"
