"""Why a customer's word about a parcel and its freight is refused."""

from __future__ import annotations

from domain.refusals import NotLikeThis


class TrackingKnown(NotLikeThis):
    """The same parcel twice, and nothing new about it."""

    code = "tracking_known"
    en = "This tracking number is registered already, and the report says nothing new about it."
    zh = "该运单号已登记，且无新信息。"
    out_en = "Nothing more to do; add freight or receipt if they were missing. A second parcel has a number of its own."
    out_zh = "无需重复登记；可补充缺失的运费或收据。"
    source = "S"


class ReceiptUnknown(NotLikeThis):
    """The receipt is a photo of this case, sent as a receipt."""

    code = "receipt_unknown"
    en = "No photo of this case with this id was sent as a receipt."
    zh = "本工单没有作为收据上传的该照片。"
    out_en = "Upload the receipt to /evidence with the purpose receipt, also when the photo is known, and use its id."
    out_zh = "请先以收据用途上传照片（已有照片也须重传），再填写其编号。"
    source = "T"


class ReceiptUsed(NotLikeThis):
    """A receipt proves the freight of one parcel."""

    code = "receipt_used"
    en = "This receipt proves the freight of another parcel already."
    zh = "该收据已用于另一包裹的运费。"
    out_en = "Send a photo of this parcel's own receipt; if one receipt covers both parcels, report its sum once."
    out_zh = "请上传该包裹的收据；若一张收据含两个包裹，请只登记一次金额。"
    source = "T"
