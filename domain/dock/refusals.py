"""What a parcel at the dock refuses, and what would help instead."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere


class ParcelMatchedAlready(NotNow):
    """A parcel belongs to one return at a time, or was divided."""

    code = "parcel_matched"
    en = "The parcel belongs to {returns} already."
    zh = "该包裹已匹配到 {returns}。"
    out_en = "If that is wrong, take unmatch_parcel first; the return then waits on as if nothing had been."
    out_zh = "如匹配有误，请先撤销匹配（unmatch_parcel），原退货将恢复等待。"
    source = "S"


class ReturnNotKnown(NotThere):
    """The return that a step names is none of this shop."""

    code = "return_unknown"
    en = "The register shows no return {return_case}."
    zh = "登记簿中没有退货 {return_case}。"
    out_en = "Name a return by its own number, such as AS-2026-000001-R1; GET …/candidates lists likely ones."
    out_zh = "请填写退货编号，如 AS-2026-000001-R1；可查看候选列表。"
    source = "S"


class ReturnTakesNothing(NotNow):
    """A return that is over takes no parcel any more; what came is not lost."""

    code = "return_takes_nothing"
    en = "The return {return_case} is over and takes no parcel any more."
    zh = "退货 {return_case} 已结束，不再接收包裹。"
    out_en = (
        "Keep the parcel, and take it on. While the complaint is open a return agreed anew receives it; else open a new"
        " complaint, name this parcel in its description, and match it to the return that comes of it."
    )
    out_zh = "请保管包裹并认领。投诉未结案的，重新约定退货后匹配；已结案的，新建投诉并注明本包裹编号，再行匹配。"
    source = "S,O"


class NothingMatched(NotNow):
    """There is no match that could be taken back."""

    code = "nothing_matched"
    en = "The parcel is not matched to {return_case}."
    zh = "该包裹未匹配到 {return_case}。"
    out_en = "GET the parcel: its story lists its matches."
    out_zh = "请查看包裹的匹配记录。"
    source = "O"


class GoodsInspected(NotNow):
    """A match stands once the return has inspected the goods."""

    code = "match_settled"
    en = "The return {return_case} has inspected these goods; the match stands."
    zh = "退货 {return_case} 已完成验货，匹配不可撤销。"
    out_en = "The other goods of this parcel may still be matched anew; the agent settles what was inspected wrongly."
    out_zh = "本包裹其余货物仍可重新匹配；误验的货物由客服与顾客处理。"
    source = "S,O"


class GoodsNotInParcel(NotLikeThis):
    """A parcel is divided as far as there are goods in it."""

    code = "goods_not_in_parcel"
    en = "{wanted} units of {barcode} are divided, but {there} were counted in the parcel."
    zh = "拆分了 {barcode} 共 {wanted} 件，但包裹中清点为 {there} 件。"
    out_en = "Count again; what lies in the parcel is divided whole, and nothing else."
    out_zh = "请重新清点，按包裹内实际货物全部拆分。"
    source = "O"


class OneReturnOnly(NotLikeThis):
    """A parcel of one return is not split but matched."""

    code = "one_return_only"
    en = "All shares name the same return."
    zh = "各份均指向同一退货。"
    out_en = "Take match_parcel with that return."
    out_zh = "请使用 match_parcel。"
    source = "O"


class OwnedAlready(NotNow):
    """Who owns a parcel's question needs not take it on again."""

    code = "owned_already"
    en = "You have this parcel already."
    zh = "您已认领该包裹。"
    out_en = "Find its return and match it, or let a colleague take it on."
    out_zh = "请查找对应退货并匹配，或由同事认领。"
    source = "O"
