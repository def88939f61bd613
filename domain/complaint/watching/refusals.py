"""What is refused about watched parcels."""

from __future__ import annotations

from domain.refusals import NotLikeThis, NotNow, NotThere


class NotWatched(NotThere):
    """The parcel is not under watch."""

    code = "not_watched"
    en = "The parcel {tracking} is not under watch."
    zh = "包裹 {tracking} 未在跟踪。"
    out_en = "Name one of the parcels that the case's tasks name, or put this one under watch."
    out_zh = "请填写任务中的运单号，或先登记跟踪。"
    source = "S"


class WatchedAlready(NotLikeThis):
    """A parcel is watched once at a time."""

    code = "watched_already"
    en = "The parcel {tracking} is under watch already."
    zh = "包裹 {tracking} 已在跟踪。"
    out_en = "Record its next check."
    out_zh = "请登记下一次查件结果。"


class TooManyParcels(NotNow):
    """A case watches so many parcels and no more."""

    code = "too_many_parcels"
    en = "The case has watched {most} parcels and takes no more."
    zh = "本工单已跟踪 {most} 个包裹，不能再加。"
    out_en = "Note further numbers in a remark; the supervisor looks at this case."
    out_zh = "请在备注中登记，并请主管介入。"


class TooManyChecks(NotNow):
    """A parcel is checked so often and no more; nobody waits that long without a decision."""

    code = "too_many_checks"
    en = "The parcel {tracking} was checked {most} times; one more look tells nothing new."
    zh = "包裹 {tracking} 已查件 {most} 次，不再登记。"
    out_en = "Record that it is lost, or give up the watch and settle the matter with the customer."
    out_zh = "请登记丢失，或停止跟踪并与顾客协商处理。"


class NothingToChase(NotNow):
    """Only a watched parcel is asked for."""

    code = "nothing_to_chase"
    en = "No parcel under watch stands still."
    zh = "没有滞留的跟踪包裹。"
    out_en = "Record the next check first."
    out_zh = "请先登记查件结果。"
    source = "T"


class ArrivalNotChecked(NotNow):
    """The call follows the arrival [S]."""

    code = "arrival_not_checked"
    en = "No check found that the parcel {tracking} has arrived at the customer."
    zh = "尚无查件结果显示包裹 {tracking} 已送达顾客。"
    out_en = "Record a check with the result arrived; the customer is told by it, and the call follows."
    out_zh = "请先登记“已送达”的查件结果，再登记电话确认。"
    source = "S"


class ArrivalInFuture(NotLikeThis):
    """Nothing has arrived yet that arrives later."""

    code = "arrival_in_future"
    en = "The parcel cannot have arrived at {given}, which lies ahead."
    zh = "送达时间 {given} 尚未到来。"
    out_en = "Fill in when the parcel came, in the past."
    out_zh = "请填写实际送达时间。"
    source = "S"


class NothingToAcknowledge(NotThere):
    """There is no exception that this desk has not seen."""

    code = "nothing_to_acknowledge"
    en = "Nothing about the parcel {tracking} waits to be seen by your desk."
    zh = "包裹 {tracking} 没有需要您确认的异常。"
    out_en = "The case's tasks name the parcels whose arrival was not as it should be."
    out_zh = "请查看任务中的运单号。"
    source = "S"
