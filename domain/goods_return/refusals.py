"""What a return refuses, and what would help instead."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow


class ParcelKnown(NotLikeThis):
    """A parcel is received once."""

    code = "parcel_received"
    en = "The parcel with this tracking number was received already."
    zh = "该运单号的包裹已签收。"
    out_en = "A second parcel has a number of its own."
    out_zh = "第二个包裹有自己的运单号。"
    source = "S"


class ReturnOver(NotNow):
    """A return that ended takes no parcel any more; what comes all the same is not lost."""

    code = "return_over"
    en = "The return is over ({outcome}) and receives no parcel any more."
    zh = "退货已结束（{outcome}），不再签收包裹。"
    out_en = (
        "Take it in at the dock (POST /v1/parcels): it waits there as an unidentified parcel, with an owner and a"
        " clock, until somebody has found whose it is."
    )
    out_zh = "请在收货口登记（POST /v1/parcels）：包裹将作为待认领包裹保管，直至查明归属。"
    source = "S,O"


class NothingReceived(NotNow):
    """Goods are inspected once they are here."""

    code = "nothing_received"
    en = "No parcel of this return has been received."
    zh = "尚未收到本退货的包裹。"
    out_en = "Receive the parcel first."
    out_zh = "请先签收包裹。"
    source = "S"


class NothingToDispose(NotNow):
    """Goods go somewhere once they are the shop's."""

    code = "nothing_to_dispose"
    en = "These goods are not the shop's to dispose of: not here, not accepted, or the customer's own."
    zh = "货物未到、未接收或仍属顾客，不能处置。"
    out_en = "Inspect them first; goods that failed are the shop's once the agent has settled that with the customer."
    out_zh = "请先验货；验货不合格的，须由客服与顾客商定后方可处置。"
    source = "S,O"


class DisposedSo(NotLikeThis):
    """The goods are there already."""

    code = "disposed_so"
    en = "The goods went to {where} already."
    zh = "货物已处置为“{where}”。"
    out_en = "Nothing more to record, unless they go somewhere else."
    out_zh = "如无变化，无需再登记。"
    source = "O"


class InspectionSettled(NotNow):
    """What was agreed on after an inspection stands."""

    code = "inspection_settled"
    en = "What becomes of the goods is settled ({settled}); they are not inspected again."
    zh = "货物处理方式已确定（{settled}），不再验货。"
    source = "S"


class PhotoUnknown(NotLikeThis):
    """An inspection names photos of its own return."""

    code = "photo_unknown"
    en = "No photo of this return has the id {photo}."
    zh = "本退货没有照片 {photo}。"
    out_en = "Send the photos to /evidence of this return first and use their ids."
    out_zh = "请先上传验货照片。"
    source = "S"


class LineNotOfReturn(NotLikeThis):
    """A return knows the lines that were agreed to come back."""

    code = "line_not_of_return"
    en = "Line {line} is none of this return; its lines are: {known}."
    zh = "第 {line} 行不属于本退货，现有行：{known}。"
    out_en = "Goods that nobody announced go under `others`; a further line is agreed in the complaint (claim_more)."
    out_zh = "未登记的货物请填写 others；追加行须在投诉中约定（claim_more）。"
    source = "S"


class LineFoundTwice(NotLikeThis):
    """An inspection says once what it found of a line."""

    code = "line_found_twice"
    en = "The inspection names a line twice."
    zh = "同一行在验货中出现两次。"
    out_en = "Add the units up, one entry a line."
    out_zh = "请按行合并数量。"
    source = "S"


class ParcelNotHere(NotLikeThis):
    """A parcel is opened once it was received."""

    code = "parcel_not_here"
    en = "No parcel {parcel} of this return has been received."
    zh = "尚未收到本退货的包裹 {parcel}。"
    out_en = "Receive it first, or leave `parcel` out: then the inspection is about all parcels that wait for one."
    out_zh = "请先签收该包裹；或不填包裹号，即验收所有待验包裹。"
    source = "S"


class NothingToExplain(NotNow):
    """How to send is told before the goods are here."""

    code = "nothing_to_explain"
    en = "The goods are here already; how to send them is told no more."
    zh = "货物已到，无需再告知寄回方式。"
    source = "S"


class NothingCollected(NotNow):
    """Half of a freight is borne once it was collected from us."""

    code = "nothing_collected"
    en = "No such parcel came freight-collect, or the customer bears half of it already."
    zh = "没有该到付包裹，或顾客已承担一半。"
    out_en = "GET the case: `collected` in its story lists the parcels that came freight-collect."
    out_zh = "请查看退货中的 collected。"
    source = "S"


class CollectTakenIn(NotNow):
    """Whether the dock takes freight-collect parcels in is the shop's policy."""

    code = "collect_taken_in"
    en = "By the shop's policy freight-collect parcels are taken in and recorded as they are."
    zh = "按店铺政策，到付包裹应收下并如实登记。"
    out_en = "Take receive_parcel with `freight_collect`; the policy's row is returns.freight_collect."
    out_zh = "请用 receive_parcel 登记并注明到付；政策项为 returns.freight_collect。"
    source = "S"


class TurnedAwayAlready(NotLikeThis):
    """One parcel is turned away once, however often the courier tries."""

    code = "turned_away_already"
    en = "The parcel {tracking} was turned away already, and the customer was told."
    zh = "包裹 {tracking} 已拒收，并已告知顾客。"
    out_en = "If it was taken in now, take receive_parcel."
    out_zh = "如现已收下，请登记收货。"
    source = "S"


class NothingToSendBack(NotNow):
    """Goods go back only when that was agreed."""

    code = "nothing_to_send_back"
    en = "It was not agreed to send these goods back."
    zh = "尚未约定将货物退回顾客。"
    out_en = "The agent proposes send_back in the complaint, and the customer accepts."
    out_zh = "须由客服提出退回方案并经顾客同意。"
    source = "O"


class NotWaiting(NotNow):
    """There is no wait that could be extended or ended."""

    code = "not_waiting"
    en = "The return does not wait for a tracking number or an arrival."
    zh = "本退货不在等待运单号或到货。"
    out_en = "GET the case: its tasks say what it waits for."
    out_zh = "请查看任务。"
    source = "O"


class DeadlineNotReached(NotNow):
    """The customer has the time that was promised."""

    code = "deadline_not_reached"
    en = "The customer has time until {due}; the return cannot be given up before."
    zh = "期限 {due} 未到，不能放弃退货。"
    out_en = "Wait for the deadline."
    out_zh = "请等待期限届满。"
    source = "O"
