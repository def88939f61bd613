"""What is refused about promises and contacts."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere


class PromiseTimeUnclear(NotLikeThis):
    """A time is said once."""

    code = "promise_time_unclear"
    en = "Say in how many minutes, or until when: one of the two."
    zh = "请填写“多少分钟内”或“截止时间”，二者选一。"
    out_en = "Fill in minutes or until."
    out_zh = "请只填写其中一项。"
    source = "D"


class PromiseTimeUnfit(NotLikeThis):
    """A promise lies ahead, and not too far ahead (policy `promise_days_ahead`, `timetable_days_ahead`)."""

    code = "promise_time_unfit"
    en = "{given} does not fit: later than {after}, and at the latest {latest}."
    zh = "时间 {given} 不合适：须晚于 {after}，且不迟于 {latest}。"
    out_en = "Promise a time between the two."
    out_zh = "请填写该范围内的时间。"
    source = "D,O"


class PromiseUnknown(NotThere):
    """There is no such promise."""

    code = "promise_unknown"
    en = "There is no open promise {number} in this case."
    zh = "本工单没有编号为 {number} 的未结承诺。"
    out_en = "The case's tasks name the promises that are to be kept or dealt with."
    out_zh = "请查看任务中的承诺编号。"


class PromiseOver(NotNow):
    """A promise is kept, settled or replaced once."""

    code = "promise_over"
    en = "Promise {number} is over: it was kept, dealt with or replaced."
    zh = "承诺 {number} 已履行、已处理或已被替换。"
    out_en = "Make a new promise, if there is one to make."
    out_zh = "如有需要，请另作承诺。"
    source = "D"


class PromiseIsBroken(NotNow):
    """The time of a broken promise is not moved [O]."""

    code = "promise_is_broken"
    en = "Promise {number} was broken at {due}: its time is not moved any more."
    zh = "承诺 {number} 已于 {due} 逾期，不能再改期。"
    out_en = "Keep it now, late as it is, or make a new promise; the customer was told already."
    out_zh = "请尽快履行，或另作承诺；顾客已获告知。"
    source = "O"


class PromiseNotBroken(NotNow):
    """Only a broken promise is dealt with."""

    code = "promise_not_broken"
    en = "Promise {number} is not broken."
    zh = "承诺 {number} 并未逾期。"
    out_en = "Keep it, or move its time with a message to the customer."
    out_zh = "请履行，或在告知顾客后改期。"
    source = "O"


class TooManyPromises(NotNow):
    """A case takes so many promises and no more."""

    code = "too_many_promises"
    en = "The case holds {most} promises and takes no more."
    zh = "本工单已有 {most} 项承诺，不能再加。"
    out_en = "Keep what was promised; the supervisor looks at this case."
    out_zh = "请先履行已有承诺，并请主管介入。"


class TimetableUnordered(NotLikeThis):
    """A timetable runs forward."""

    code = "timetable_unordered"
    en = "Line {line} is due before the line above it."
    zh = "第 {line} 行的时间早于上一行。"
    out_en = "Put the lines in the order of their times."
    out_zh = "请按时间先后排列。"
    source = "F"


class TooManyContacts(NotNow):
    """A case counts so many contacts and no more."""

    code = "too_many_contacts"
    en = "The case holds {most} contacts and takes no more."
    zh = "本工单已登记 {most} 次来询，不能再加。"
    out_en = "Call the desk; the supervisor looks at this case."
    out_zh = "请致电客服，由主管处理。"
