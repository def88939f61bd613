"""What the routes of webhooks refuse: a branch of the API's edge."""

from __future__ import annotations

from api.edge_refusals import EdgeRefusal
from domain.refusals import NotThere

_ADDRESS_ZH = {
    "scheme": "协议不允许",
    "spelling": "格式不正确",
    "not_found": "主机名无法解析",
    "private": "主机位于内部、本地或保留网络",
}


class AddressUnfit(EdgeRefusal):
    """Webhooks go out into the open net only, unless the operator names a host of the shop's own network."""

    code = "webhook_address_unfit"
    en = "Webhooks do not go to this address ({why}): {sentence}."
    zh = "不能向该地址发送 webhook：{chinese}。"
    out_en = "Give an https:// address of a host in the open net, or have the operator name the host in the settings."
    out_zh = "请使用公网 https:// 地址，或请管理员在设置中允许该主机。"

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(field="url", why=why, sentence=sentence, chinese=_ADDRESS_ZH[why])


class WebhookThere(EdgeRefusal):
    """One webhook an address, and one gateway a shop."""

    branch = "not_now"
    status = 409
    code = "webhook_there"
    en = "The shop has a webhook at this address already, or a gateway already."
    zh = "该地址已有 webhook，或店铺已设置消息网关。"
    out_en = "Change that one, or rotate its secret if it was lost; GET /v1/webhooks lists them."
    out_zh = "请修改现有 webhook；密钥遗失时请轮换密钥。"


class WebhooksFull(EdgeRefusal):
    """Each webhook costs every change of a case a row."""

    branch = "not_now"
    status = 409
    code = "webhooks_full"
    en = "A shop has at most {most} webhooks."
    zh = "每个店铺最多 {most} 个 webhook。"
    out_en = "Delete one that is not needed, or hand the events on from one that is there."
    out_zh = "请删除不再需要的 webhook。"


class WebhookIsOff(EdgeRefusal):
    """What is sent again goes to a webhook that is on."""

    branch = "not_now"
    status = 409
    code = "webhook_off"
    en = "The webhook is switched off."
    zh = "该 webhook 已停用。"
    out_en = 'Switch it on first: PATCH {{"state": "on"}}.'
    out_zh = "请先启用（PATCH state=on）。"


class GatewayNotYours(EdgeRefusal):
    """Customers' phones and the shop's money go by gateways: a program's key does not point them elsewhere [E]."""

    branch = "not_you"
    status = 403
    code = "gateway_not_yours"
    source = "E"
    en = "A gateway for messages to customers or for payments is set by the shop's administrator alone."
    zh = "消息网关和支付网关只能由店铺管理员设置。"
    out_en = "Ask the shop's administrator."
    out_zh = "请联系店铺管理员。"


class ReceiptUnsigned(EdgeRefusal):
    """A receipt counts when the gateway signed it, just now; an unknown gateway is answered the same."""

    status = 401
    code = "receipt_unsigned"
    source = "E"
    en = "The receipt was not signed with a secret of the gateway that it names, or not within five minutes."
    zh = "回执签名无效，或签名时间超过五分钟。"
    out_en = "Sign it as Standard Webhooks says, with the secret of the gateway, anew at each try; set the clock right."
    out_zh = "请按 Standard Webhooks 规范以网关密钥重新签名，并校准时钟。"


class NewsUnsigned(EdgeRefusal):
    """News count when their connector signed them, just now; an unknown connector is answered the same."""

    status = 401
    code = "news_unsigned"
    source = "E"
    en = "The news were not signed with a secret of the connector that they name, or not within five minutes."
    zh = "消息签名无效，或签名时间超过五分钟。"
    out_en = "Sign them as Standard Webhooks says, with the connector's secret, anew at each try; set the clock right."
    out_zh = "请按 Standard Webhooks 规范以连接器密钥重新签名，并校准时钟。"


class NewsSaidOtherwise(EdgeRefusal):
    """Each id stands for one message for good."""

    branch = "not_now"
    status = 409
    code = "news_said_otherwise"
    en = "Other news stand under the id {news} already."
    zh = "编号 {news} 已登记为其他消息。"
    out_en = "Give each message an id of its own, and the same again with the same content."
    out_zh = "每条消息须使用独立编号；重复发送时内容须一致。"


class MessageNotOurs(NotThere):
    """The gateway was given no such message."""

    code = "message_unknown"
    en = "The desk gave this gateway no such message."
    zh = "未向该网关发送过此消息。"
    out_en = "Give the message's id exactly as it came; nothing more to do otherwise."
    out_zh = "请原样返回消息 ID。"


class CaseIsOver(EdgeRefusal):
    """A message failed after its case had ended: nobody can be asked to tell the customer there."""

    branch = "not_now"
    status = 409
    code = "case_over"
    en = "The case of this message has ended; the receipt stands in the delivery ledger and calls nobody."
    zh = "该消息所属工单已结束，回执已记入台账，不再处理。"
    out_en = "Do not send it again; whoever looks at the case sees that the message was not delivered."
    out_zh = "无需重发。"


class PaymentNotOurs(NotThere):
    """The gateway was given no such payment."""

    code = "payment_unknown"
    en = "The desk gave this gateway no such payment."
    zh = "未向该网关发送过此付款。"
    out_en = "Give the payment's key exactly as it came; if money moved for it, call the shop's finance."
    out_zh = "请原样返回付款单号；如已付款，请联系店铺财务。"


class SlipIsOver(EdgeRefusal):
    """A notice came after its slip had ended and heard for its days."""

    branch = "not_now"
    status = 409
    code = "slip_over"
    en = "The slip of this payment ended too long ago; the notice is kept, and the daily reconciliation names it."
    zh = "该付款单结束已久；通知已留存，由每日对账提示差异。"
    out_en = "Do not send it again; if money moved, call the shop's finance."
    out_zh = "无需重发；如款项有变动，请联系店铺财务。"
