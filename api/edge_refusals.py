"""What the API refuses by itself, before a case is asked: a branch of the desk's tree, each with its status."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from domain.refusals import NotThere, Refusal, RefusalRecord


class EdgeRefusal(Refusal):
    """A "no" of the API's edge; `status` is its HTTP status, `retry_after` seconds after which to ask again."""

    branch = "not_like_this"
    status: int = 422
    retry_after: ClassVar[int | None] = None


class WhoAreYou(EdgeRefusal):
    """No key and no link came with the request."""

    status = 401
    code = "who_are_you"
    en = "The request carries neither an API key nor a customer's link."
    zh = "请求未携带 API 密钥或顾客链接。"
    out_en = "Send `Authorization: Bearer rd_…`; customers open the link they were sent."
    out_zh = "请携带 Authorization: Bearer rd_…，顾客请打开收到的链接。"
    source = "E"


class KeyUnknown(EdgeRefusal):
    """Nobody holds this key, or no longer."""

    status = 401
    code = "key_unknown"
    en = "Nobody holds this API key; it is wrong or was revoked."
    zh = "该 API 密钥无效或已撤销。"
    out_en = "Ask the shop's administrator for a key of your own."
    out_zh = "请向店铺管理员申请密钥。"
    source = "E"


class LinkNotOurs(EdgeRefusal):
    """The link was not signed by this desk, or was changed."""

    status = 401
    code = "link_not_ours"
    en = "The link is not one of this desk's, or it was cut short on the way."
    zh = "该链接无效或不完整。"
    out_en = "Open the link exactly as it was sent, or ask the desk for a new one."
    out_zh = "请完整打开收到的链接，或联系客服重新获取。"
    source = "E"


class LinkRanOut(EdgeRefusal):
    """The link was good until a day that has passed."""

    status = 401
    code = "link_expired"
    en = "The link has expired; it was good until {until}."
    zh = "链接已于 {until} 失效。"
    out_en = "Ask the desk for a new link to the same case."
    out_zh = "请联系客服获取新链接。"
    source = "E"


class NotWithThisKey(EdgeRefusal):
    """The role of the key does not do this."""

    branch = "not_you"
    status = 403
    code = "role_may_not"
    en = "This is not for the role {role}; it belongs to: {roles}."
    zh = "角色“{role}”不能进行此操作，应由以下角色进行：{roles}。"
    out_en = "Ask a person in one of these roles, or use a key of that role."
    out_zh = "请由相应角色的人员操作。"
    source = "E"


class NoShopHere(EdgeRefusal):
    """An administrator of the whole installation works for no shop."""

    branch = "not_you"
    status = 403
    code = "no_shop_here"
    en = "The key belongs to no shop, and cases belong to shops."
    zh = "该密钥不属于任何店铺。"
    out_en = "Use a key of a person of the shop; people and policies take `?shop=`."
    out_zh = "请使用店铺人员的密钥。"
    source = "E"


class CaseUnknown(NotThere):
    """There is no such case in this shop; another shop's case answers just so."""

    code = "case_unknown"
    en = "There is no such case."
    zh = "工单不存在。"
    out_en = "Check the case number; GET /v1/cases lists your shop's cases."
    out_zh = "请核对工单号。"
    source = "E"


class CaseToCome(EdgeRefusal):
    """A return that was agreed begins by itself, in a moment; it cannot be read before."""

    branch = "not_now"
    status = 503
    retry_after = 1
    code = "case_to_come"
    en = "The return {case} was agreed and has not begun yet."
    zh = "退货 {case} 已约定，尚未开始。"
    out_en = "Ask again in a moment; its complaint can be read already."
    out_zh = "请稍后重试，其投诉工单已可查看。"
    source = "E"


class NothingHere(NotThere):
    """The address leads nowhere."""

    code = "nothing_here"
    en = "There is nothing at this address."
    zh = "该地址不存在。"
    out_en = "The catalogue of addresses is at /openapi.json."
    out_zh = "接口目录见 /openapi.json。"


_THINGS_ZH = {
    "order": "订单",
    "shop": "店铺",
    "photo": "照片",
    "person": "人员",
    "key": "密钥",
    "policy": "策略版本",
    "webhook": "webhook",
    "delivery": "投递记录",
    "stand-in": "代理安排",
}


class NoSuchThing(NotThere):
    """What the address names does not exist in this shop."""

    code = "unknown"
    en = "There is no such {what}."
    zh = "{what_zh}不存在。"
    out_en = "Check the name in the address."
    out_zh = "请核对地址中的名称。"

    def __init__(self, what: str) -> None:
        super().__init__(what=what, what_zh=_THINGS_ZH.get(what, what))


class NotThatWay(EdgeRefusal):
    """The address takes other methods."""

    status = 405
    code = "method_not_allowed"
    en = "This address does not take that method."
    zh = "该地址不支持此请求方法。"
    out_en = "The Allow header names the methods it takes."
    out_zh = "请参见 Allow 响应头。"


class KeyMissing(EdgeRefusal):
    """What changes a case carries a key, so that it can be repeated safely."""

    status = 400
    code = "idempotency_key_missing"
    en = "The header Idempotency-Key is missing."
    zh = "缺少 Idempotency-Key 请求头。"
    out_en = "Send a new random key with each new request, and the same key when you repeat one."
    out_zh = "每个新请求使用新的随机键，重复请求使用相同的键。"


class KeyUnfit(EdgeRefusal):
    """A key is 1 to 200 visible ASCII characters."""

    status = 400
    code = "idempotency_key_unfit"
    en = "The Idempotency-Key has to be 1 to 200 visible ASCII characters."
    zh = "Idempotency-Key 须为 1 至 200 个可见 ASCII 字符。"
    out_en = "A UUID does well."
    out_zh = "建议使用 UUID。"


class KeyReused(EdgeRefusal):
    """The same key came with another body before."""

    code = "idempotency_key_reused"
    en = "This Idempotency-Key was used before for another request."
    zh = "该 Idempotency-Key 已用于其他请求。"
    out_en = "Use a new key for a new request; repeat a request exactly as it was sent."
    out_zh = "新请求请使用新的键；重复请求须与原请求完全一致。"


class VersionMoved(EdgeRefusal):
    """The case is not at the version that the asker saw."""

    branch = "not_now"
    status = 412
    code = "version_moved"
    en = "The case is at version {version}, not at the one named in If-Match."
    zh = "工单当前版本为 {version}，与 If-Match 不符。"
    out_en = "GET the case, look at what changed, and take the step again if it still fits."
    out_zh = "请重新查看工单后再操作。"


class VersionUnreadable(EdgeRefusal):
    """If-Match names a version of the case."""

    status = 400
    code = "version_unreadable"
    en = 'If-Match has to be one version of the case in quotes, such as "7".'
    zh = 'If-Match 须为带引号的版本号，例如 "7"。'
    out_en = "The ETag header of the case has it."
    out_zh = "请使用 ETag 响应头的值。"


class TooLarge(EdgeRefusal):
    """The body is larger than any that the desk takes."""

    status = 413
    code = "too_large"
    en = "The body is larger than {most} bytes."
    zh = "请求体超过 {most} 字节。"
    out_en = "Say it shorter; photos go to /evidence as files."
    out_zh = "请精简内容；照片请以文件形式上传至凭证接口。"


class NotReadable(EdgeRefusal):
    """The body is no JSON object."""

    status = 400
    code = "body_unreadable"
    en = "The body cannot be read as {expected}."
    zh = "请求体无法解析，应为：{expected_zh}。"
    out_en = "Send {expected} in UTF-8 with the matching Content-Type."
    out_zh = "请以 UTF-8 编码发送，并使用相应的 Content-Type。"

    def __init__(self, expected: str = "a JSON object", expected_zh: str = "JSON 对象") -> None:
        super().__init__(expected=expected, expected_zh=expected_zh)


class FieldsUnfit(EdgeRefusal):
    """At least one field is not acceptable; `errors` of the problem names each."""

    code = "fields_unfit"
    en = "These fields are not acceptable: {names}."
    zh = "以下字段不符合要求：{names}。"
    out_en = "The list `errors` says for each field what is wrong; nothing was changed."
    out_zh = "errors 列出每个字段的问题；未作任何更改。"

    def __init__(self, *errors: tuple[str, str]) -> None:
        """errors: path of a field and what is wrong with it, never its value."""
        names = ", ".join(name for name, _ in errors)
        super().__init__(field=errors[0][0] if errors else "", names=names)
        self.errors = errors


_PHOTO_ZH = {
    "photo_empty": "是空文件",
    "photo_too_large": "过大",
    "photo_not_an_image": "不是图片",
    "photo_kind_not_allowed": "格式不支持，请使用 JPEG、PNG 或 WebP",
    "photo_truncated": "不完整或已损坏",
    "photo_too_many_pixels": "像素过多",
    "photo_extension_mismatch": "扩展名与内容不符",
}


class PhotoUnfit(EdgeRefusal):
    """One of the files is not taken as a photo; none of them was."""

    def __init__(self, code: str, position: int, sentence: str, status: int = 422) -> None:
        self.status = status
        self._found = code
        chinese = _PHOTO_ZH.get(code, "不符合要求")
        super().__init__(field=f"photos[{position}]", number=position + 1, sentence=sentence, chinese=chinese)

    def record(self) -> RefusalRecord:
        """As it travels, under the code of what was found in the file."""
        return replace(super().record(), code=self._found)

    code = "photo_unfit"
    en = "File {number}: {sentence}"
    zh = "第 {number} 个文件{chinese}。"
    out_en = "Mend or leave out this file and send all of them again; none was taken."
    out_zh = "请更换或去掉该文件后全部重新上传；本次未保存任何文件。"
    source = "T,S"


class NotNowBusy(EdgeRefusal):
    """Too much at once."""

    branch = "not_now"
    status = 429
    retry_after = 2
    code = "too_many_requests"
    en = "The case is being asked too much at once."
    zh = "请求过于频繁。"
    out_en = "Wait as Retry-After says and send the same request with the same key."
    out_zh = "请按 Retry-After 等待后以相同的键重试。"


class DeskUnavailable(EdgeRefusal):
    """A part of the desk cannot answer now."""

    branch = "not_now"
    status = 503
    retry_after = 5
    code = "unavailable"
    en = "The desk cannot answer now: {part} does not respond in time."
    zh = "系统暂时无法响应（{part}）。"
    out_en = "Send the same request with the same Idempotency-Key again; it counts once."
    out_zh = "请以相同的 Idempotency-Key 重试，不会重复执行。"


class VaultShut(EdgeRefusal):
    """The desk runs under another master key than the one under which its customers' words were sealed [E]."""

    branch = "not_now"
    status = 503
    retry_after = 60
    code = "vault_shut"
    source = "E"
    en = "The desk's master key does not open what was sealed here before."
    zh = "系统主密钥无法打开此前加密的内容。"
    out_en = "The operator gives the desk the key that sealed it (`redress doctor`); then send the same request again."
    out_zh = "请管理员恢复原主密钥（redress doctor），然后以相同的 Idempotency-Key 重试。"


class Fault(EdgeRefusal):
    """A fault of the software; what it is stands in the log under the request id."""

    status = 500
    code = "fault"
    en = "Something went wrong on our side. The request id leads the operators to the cause."
    zh = "系统内部错误，请将 request_id 告知运维人员。"
    out_en = "Send the same request with the same Idempotency-Key again; if it happens again, tell the operators."
    out_zh = "请以相同的 Idempotency-Key 重试；如再次出现请联系运维。"
