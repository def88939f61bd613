"""What the way on which money goes out refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis


class ProofMissing(NotLikeThis):
    """Money goes to another account only by a photo of the case that proves whose it is [T][O]."""

    code = "proof_missing"
    en = "Another account is proved by a photo that is in this case."
    zh = "变更收款账户须提供本工单内的照片凭证。"
    out_en = "Put the photo into the case first (POST …/evidence), then name its id as proof."
    out_zh = "请先上传凭证照片，再填写照片编号。"
    source = "T,O"


class AccountMissing(NotLikeThis):
    """A transfer needs an account, and nothing else has one."""

    code = "account_missing"
    en = "By {means} the account is {needed}."
    zh = "付款方式“{means}”的账户信息不符合要求（{needed}）。"
    out_en = "Give the account for a bank account or a wallet, and leave it out for cash or the original way."
    out_zh = "银行账户或钱包须填写账户；现金或原路退回不填。"
    source = "O"
