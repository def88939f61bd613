"""How eligibility is told."""

from __future__ import annotations

from domain.complaint.eligible import events as e
from domain.wording import Sentence, Wording

_YES_NO = {"True": ("yes", "是"), "False": ("no", "否")}

WORDING = Wording(
    sentences={
        e.GoodsDescribed: Sentence(
            "S",
            "The customer says of the goods: intact {intact}, box whole {packaging_whole}, fit to sell {fit_to_sell}.",
            "顾客说明商品状况：完好 {intact}，包装完整 {packaging_whole}，可再次销售 {fit_to_sell}。",
        ),
    },
    codes={"intact": _YES_NO, "packaging_whole": _YES_NO, "fit_to_sell": _YES_NO},
)
