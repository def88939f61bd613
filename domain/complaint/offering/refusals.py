"""What offering a remedy refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotYou


class PartTwice(NotLikeThis):
    """Each kind stands in a proposal once."""

    code = "part_twice"
    en = "The remedy {kind} stands in the proposal twice."
    zh = "方案中“{kind}”重复。"
    out_en = "Put both into one part: one sum, one parcel, one coupon."
    out_zh = "请合并为一项。"


class NotBeside(NotLikeThis):
    """Where the goods go is decided by the main part alone."""

    code = "not_beside"
    en = "The remedy {kind} is no further part; further parts are: {possible}."
    zh = "“{kind}”不能作为附加项；可附加：{possible}。"
    out_en = "Make it the main part, or choose another."
    out_zh = "请将其作为主方案，或选择其他附加项。"


class WorthNeeded(NotLikeThis):
    """A coupon has a value."""

    code = "worth_needed"
    en = "The remedy {kind} needs its value."
    zh = "方案“{kind}”须填写面值。"
    out_en = "Fill in worth with an amount above zero."
    out_zh = "请填写大于零的面值。"
    source = "T"


class NoWorthHere(NotLikeThis):
    """Money is no worth, and words cost nothing."""

    code = "no_worth_here"
    en = "The remedy {kind} has no worth beside its sum."
    zh = "方案“{kind}”不能填写价值。"
    out_en = "Leave worth out; a sum to be paid goes into refund."
    out_zh = "请去掉价值；付款金额请填写在 refund 中。"


class ApologyNotOffered(NotLikeThis):
    """The text of an apology belongs to an apology."""

    code = "apology_not_offered"
    en = "The text of an apology is there, but no apology is among the parts."
    zh = "填写了致歉内容，但方案中没有致歉一项。"
    out_en = "Add the part apology, or leave its text out."
    out_zh = "请添加致歉项，或去掉致歉内容。"


class ProposalExpired(NotNow):
    """A proposal is good for a while."""

    code = "proposal_expired"
    en = "The proposal was good until {until} and can no longer be accepted."
    zh = "该方案有效期至 {until}，现已失效，不能再接受。"
    out_en = "Ask the agent, who may propose the same anew at any time; it can also be answered with another wish."
    out_zh = "请联系客服重新提出方案，也可另提要求。"


class NothingToApprove(NotNow):
    """No proposal waits for an approval."""

    code = "nothing_to_approve"
    en = "No proposal waits for an approval."
    zh = "没有待审批的方案。"
    out_en = "The agent proposes; what needs an approval then stands on your list."
    out_zh = "请等待客服提出方案。"


class OtherToApprove(NotLikeThis):
    """Approved is what was read."""

    code = "other_to_approve"
    en = "Proposal {given} does not wait for an approval; proposal {waiting} does."
    zh = "待审批的是方案 {waiting}，不是方案 {given}。"
    out_en = "Read the proposal that waits, and name its number."
    out_zh = "请查看待审批的方案并填写其编号。"


class OwnProposal(NotYou):
    """Nobody approves what they proposed themselves [O]."""

    code = "own_proposal"
    en = "You proposed this yourself; somebody else approves it."
    zh = "该方案由您提出，须由他人审批。"
    out_en = "Leave it to another supervisor or the centre manager."
    out_zh = "请由其他主管或中心负责人审批。"


class CentreManagerApproves(NotYou):
    """What costs more than a supervisor may offer goes up [O]."""

    code = "centre_manager_approves"
    en = "The proposal costs {cost}, more than the {most} that a supervisor may let out."
    zh = "方案成本 {cost} 超过主管权限 {most}。"
    out_en = "The centre manager approves or rejects it."
    out_zh = "请由中心负责人审批。"
