"""How the way on which money goes out is told."""

from __future__ import annotations

from domain.complaint.paying_out import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.MeansAgreed: Sentence(
            "T,O",
            "The money goes this way: {means}, agreed with {with_whom}, proof {proof}. {reason}",
            "收款方式：{means}，与{with_whom}约定，凭证 {proof}。{reason}",
        ),
    },
    codes={
        "means": {
            "original": ("as it was paid", "原路退回"),
            "account": ("to a bank account", "银行账户"),
            "wallet": ("to a wallet", "电子钱包"),
            "cash": ("in cash", "现金"),
        },
    },
    letters={
        "money_came_back": (
            Text(
                "Your payment of {amount} came back to us: {case}",
                (
                    Part("We are sorry: the bank could not credit {amount} ({purpose}) to you and sent it back to us."),
                    Part("The next step: a colleague calls you to ask which account is right; then we pay anew."),
                    Part("You can also tell us here, with a photo that shows the account as yours: {link}"),
                ),
            ),
            Text(
                "付款 {amount} 被银行退回：{case}",
                (
                    Part("很抱歉，银行未能将 {amount}（{purpose}）转入您的账户，款项已退回我们。"),
                    Part("下一步：同事会与您电话确认正确的账户，随后重新付款。"),
                    Part("您也可以在此告诉我们，并附上能证明账户的照片：{link}"),
                ),
            ),
        ),
    },
)
