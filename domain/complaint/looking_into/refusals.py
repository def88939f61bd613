"""What looking into a complaint refuses."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow


class ChecksMissing(NotNow):
    """The checks of the problem come before the judgement [T]."""

    code = "checks_missing"
    en = "These checks come first, in this order: {missing}."
    zh = "须先按顺序完成以下核查：{missing}。"
    out_en = "Look them up and take record_check for each."
    out_zh = "请逐项核查并登记。"
    source = "T"


class CheckNotDue(NotLikeThis):
    """A check is made in its order, and only where the problem asks for it [T]."""

    code = "check_not_due"
    en = "The check {given} is not the next one; this problem asks for: {due}."
    zh = "核查“{given}”不是下一项；本类问题需核查：{due}。"
    out_en = "Record the next check, or one that was made before and has to be corrected."
    out_zh = "请登记下一项核查，或更正已登记的核查。"
    source = "T"


class ConversationNotAttached(NotNow):
    """The conversation itself is in the case before it counts as read [T]."""

    code = "conversation_not_attached"
    en = "The conversation record is not attached yet."
    zh = "尚未附上聊天或通话记录。"
    out_en = "Take attach_record with the kind conversation, read it, then record the check."
    out_zh = "请先附上记录并阅读，再登记核查。"
    source = "T,S"


class RecordEmpty(NotLikeThis):
    """A record has words or a reference."""

    code = "record_empty"
    en = "The record has neither words nor a reference."
    zh = "记录既无内容也无存放位置。"
    out_en = "Fill in words, or the reference to where it lies."
    out_zh = "请填写内容或存放位置。"
    source = "S,F"


class RecordKnown(NotLikeThis):
    """The very same record twice."""

    code = "record_known"
    en = "This record is in the case already, as number {number}."
    zh = "该记录已在工单中，编号 {number}。"
    out_en = "Nothing more to do."
    out_zh = "无需重复添加。"


class TooManyRecords(NotNow):
    """A case takes so many records and no more."""

    code = "too_many_records"
    en = "The case holds {most} records and takes no more."
    zh = "本工单已有 {most} 条记录，不能再加。"
    out_en = "Put several records into one text."
    out_zh = "请合并记录。"


class NoPhotoAsked(NotNow):
    """There is nothing to excuse from."""

    code = "no_photo_asked"
    en = "No photo is waited for."
    zh = "无需照片凭证。"
    out_en = "Judge, or take the next check."
    out_zh = "请判定或进行下一项核查。"
    source = "S"


class KindNotExcepted(NotLikeThis):
    """Only kinds that the policy names are excused from the photo [S]."""

    code = "kind_not_excepted"
    en = "Faults of the kind {given} are shown by a photo; excepted are: {excepted}."
    zh = "“{given}”类故障须有照片；免照片的类别：{excepted}。"
    out_en = "Ask for the photo, or choose the kind that the description fits."
    out_zh = "请索取照片，或选择与描述相符的类别。"
    source = "S"


class NothingExplained(NotNow):
    """An effect follows an explanation."""

    code = "nothing_explained"
    en = "No explanation waits for an answer."
    zh = "没有待答复的说明。"
    out_en = "Take the step explain first."
    out_zh = "请先向顾客说明。"
    source = "T"


class ExplainFirst(NotNow):
    """Money only after an explanation did not help [T]."""

    code = "explain_first"
    en = "The goods are explained first; a remedy that costs follows only when that did not help."
    zh = "须先向顾客说明产品；说明无效后才能提出涉及费用的方案。"
    out_en = "Take explain, hear the customer, and record the effect with report_effect."
    out_zh = "请先说明，再登记效果。"
    source = "T"


class InspectionDecides(NotLikeThis):
    """Without a photo the goods come to the warehouse first [S]."""

    code = "inspection_decides"
    en = "The customer was excused from the photo, so the warehouse's inspection decides: {kind} is not open."
    zh = "已免除照片，须由仓库验货决定，不能使用“{kind}”。"
    out_en = "Propose a remedy that brings the goods in, or ask for a photo after all."
    out_zh = "请选择需退回货物的方案，或补充照片。"
    source = "S"


class PromiseAmountUnfit(NotLikeThis):
    """A promise of money names its sum."""

    code = "promise_amount_unfit"
    en = "A promised {kind} {what}."
    zh = "承诺“{kind}”的金额不正确（{what}）。"
    out_en = "Fill in refund for a promise that pays, and leave it out for one that does not."
    out_zh = "涉及付款的承诺须填写金额，其余不填。"
    source = "S"
