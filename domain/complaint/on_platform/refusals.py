"""What requests and disputes on the platform refuse."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere, NotYou


class NothingOnPlatform(NotNow):
    """Nothing on the platform waits for the shop."""

    code = "nothing_on_platform"
    en = "No refund request or dispute of this case waits for the shop's answer."
    zh = "本工单没有待店铺答复的平台退款申请或纠纷。"
    out_en = "Record what the platform shows first, or leave it: it is answered, or over."
    out_zh = "请先登记平台显示的内容；已答复或已结束的无需操作。"
    source = "S"


class MatterUnknown(NotThere):
    """No request or dispute of that number waits."""

    code = "matter_unknown"
    en = "No refund request or dispute {reference} of this case waits for the shop's answer."
    zh = "本工单没有待答复的平台申请或纠纷 {reference}。"
    out_en = "These wait: {waiting}."
    out_zh = "待答复：{waiting}。"
    source = "S"


class PlatformNewsKnown(NotNow):
    """The platform's news come by several ways, and each counts once."""

    code = "platform_news_known"
    en = "This is on record already for {reference}."
    zh = "{reference} 的该项内容已登记。"
    out_en = "Nothing more to record."
    out_zh = "无需重复登记。"
    source = "S,O"


class PlatformNewsUnfit(NotLikeThis):
    """Each kind of news has its own facts: a deadline after its instant, a sum, a payment's number, for whom."""

    code = "platform_news_unfit"
    en = "News “{said}” needs fitting facts: {lacks}."
    zh = "“{said}”缺少或不符的内容：{lacks}。"
    out_en = "Correct that; the other facts may be left out."
    out_zh = "请更正；其他内容可不填。"
    source = "O"


class PlatformNewsInFuture(NotLikeThis):
    """What a person records has happened."""

    code = "platform_news_in_future"
    en = "The platform cannot have said that at {given}: it is still to come."
    zh = "平台时间 {given} 尚未到来。"
    out_en = "Correct the instant; it is RFC 3339 with its offset."
    out_zh = "请更正时间（RFC 3339，含时区）。"
    source = "O"


class PlatformFull(NotNow):
    """A case holds so much of what a platform tells and no more."""

    code = "platform_full"
    en = "The case holds as much of the platform's news as it can."
    zh = "本工单可登记的平台消息已满。"
    out_en = "Find out why the platform tells so much; a person goes on by its own pages."
    out_zh = "请核查平台消息过多的原因，并在平台页面上处理。"
    source = "O"


class VerdictUnfit(NotLikeThis):
    """A refund request is agreed to or refused, a dispute is answered with its evidence."""

    code = "verdict_unfit"
    en = "A {matter} is not answered like this: {lacks}."
    zh = "“{matter}”不能这样答复：{lacks}。"
    out_en = "A refund request is agreed or refused; a dispute is answered, with photos or records of the case."
    out_zh = "退款申请须同意或拒绝；纠纷须附本工单的照片或记录进行答复。"
    source = "S"


class EvidenceNotOurs(NotLikeThis):
    """What goes to the platform as evidence stands in the case."""

    code = "evidence_not_ours"
    en = "The case has no photo or record {given}."
    zh = "本工单没有照片或记录 {given}。"
    out_en = "Add it to the case first; then name its photo id, or the number of the record."
    out_zh = "请先加入工单，再填写照片编号或记录序号。"
    source = "S,O"


class AgreeingIsSupervisors(NotYou):
    """Agreeing to a refund request gives money away like a slip does, so its size decides who may."""

    code = "agreeing_is_supervisors"
    en = "A request for {amount} is agreed to by the supervisor; you may up to {most}."
    zh = "金额为 {amount} 的申请须由主管同意；您的权限为 {most}。"
    out_en = "Ask the supervisor, or refuse it with the reason."
    out_zh = "请由主管同意，或注明理由拒绝。"
    source = "T,O"


class NothingOutstanding(NotNow):
    """Neither money nor goods are out."""

    code = "nothing_outstanding"
    en = "No money or goods of this case are to be recovered."
    zh = "本工单没有待追回的款项或货物。"
    out_en = "Nothing more to do."
    out_zh = "无需操作。"
    source = "S,O"


class ItemUnknown(NotThere):
    """No such item is open."""

    code = "item_unknown"
    en = "There is no open item {item} to recover."
    zh = "没有待追回事项 {item}。"
    out_en = "These are open: {open}."
    out_zh = "待追回：{open}。"
    source = "S,O"


class BearingIsSupervisors(NotYou):
    """Letting the shop bear a loss is the supervisor's word."""

    code = "bearing_is_supervisors"
    en = "That the shop bears it is said by the supervisor."
    zh = "由店铺承担须经主管决定。"
    out_en = "Ask the supervisor, or get goods or money back."
    out_zh = "请由主管决定，或追回货物、款项。"
    source = "O"


class MoneyIsOut(NotNow):
    """A refund that ran out keeps the case open until goods or money are back [S]."""

    code = "money_is_out"
    en = "The platform paid by itself ({item}), and neither goods nor money are back."
    zh = "平台已自行退款（{item}），货物或款项尚未追回。"
    out_en = "Ask for a return or for the money, or let the supervisor bear it: settle_outstanding."
    out_zh = "请要求退货或追回款项；或由主管决定承担（settle_outstanding）。"
    source = "S"
