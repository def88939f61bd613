"""How claiming is told."""

from __future__ import annotations

from domain.complaint.lines import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.LineClaimed: Sentence(
            "S,O",
            "A further line is claimed: {quantity} units of line {line} (refund added: {refund}).",
            "追加申诉：第 {line} 行 {quantity} 件（追加退款：{refund}）。",
        ),
        e.UnitsAsked: Sentence(
            "O",
            "The register of returned goods is asked for {lines} lines of {return_case}.",
            "向退货登记查询 {return_case} 的 {lines} 行。",
        ),
        e.UnitsHeld: Sentence(
            "O", "The goods of {return_case} may come back: no more than was bought.", "{return_case} 的货物可以退回。"
        ),
        e.UnitsRefused: Sentence(
            "O",
            "The goods of {return_case} may not come back: {sentence}.",
            "{return_case} 的货物不能退回：{sentence}。",
        ),
        e.UnitsCounted: Sentence(
            "O",
            "The register of returned goods counts what became of {lines} lines of {return_case}.",
            "退货登记更新：{return_case} 的 {lines} 行。",
        ),
    },
)
