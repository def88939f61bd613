"""Reads a raw history into what the judge weighs. The desk's workflows have no part.

Only the messages' dataclasses are borrowed, to decode payloads. What today's desk does not write is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.converter import PayloadConverter

from domain.complaint.state import Complaint, OpenComplaint
from domain.dock.state import DockParcel, OpenParcel
from domain.goods_return.state import OpenReturn, Return
from domain.payment.state import OpenPayment, Payment
from tests.faults.judge.case_history import (
    Activation,
    Booked,
    CaseHistory,
    CostAnswered,
    Fired,
    Heard,
    Inbound,
    LetterDone,
    Lowered,
    Reserved,
    Timer,
    Took,
    UnitsAnswered,
)
from workflows.answers import Begin, StepAnswer
from workflows.news import (
    CaseSumNews,
    CourierNews,
    DockCorrection,
    DockNews,
    HoldNews,
    LeadNews,
    PaymentNews,
    PlatformNews,
    ReceiptNews,
    ReturnAnswer,
    ReturnNews,
    SlipAmountNews,
    WordFromComplaint,
)
from workflows.ports import (
    CostToHold,
    LedgerAnswer,
    LetterOrder,
    LetterOutcome,
    PlatformPaymentToBook,
    ReserveAnswer,
    UnitsToCount,
)

BEGINS: dict[str, Any] = {
    "Complaint": Begin[OpenComplaint, Complaint],
    "Return": Begin[OpenReturn, Return],
    "Payment": Begin[OpenPayment, Payment],
    "Parcel": Begin[OpenParcel, DockParcel],
}
NEWS: dict[str, type] = {
    "return_news": ReturnNews,
    "payment_news": PaymentNews,
    "slip_amount": SlipAmountNews,
    "platform_news": PlatformNews,
    "case_sum_grew": CaseSumNews,
    "slip_held": HoldNews,
    "courier_news": CourierNews,
    "gateway_receipt": ReceiptNews,
    "word_from_complaint": WordFromComplaint,
    "parcel_came": DockNews,
    "parcel_taken_back": DockCorrection,
    "return_answered": ReturnAnswer,
    "lead_came": LeadNews,
}


def instant(stamp: Timestamp) -> datetime:
    """UTC, rounded to the microsecond as the SDK rounds it for the workflow's own clock."""
    return datetime.fromtimestamp(stamp.ToNanoseconds() / 1e9, UTC)


def _length(length: Duration) -> timedelta:
    return timedelta(seconds=length.seconds, microseconds=length.nanos // 1000)


def read_case(case: str, runs: Sequence[WorkflowHistory], converter: PayloadConverter) -> CaseHistory:
    """Read the runs of one case.

    Raises:
        ValueError: the first run does not begin with a start that can be read.
    """
    started = runs[0].events[0].workflow_execution_started_event_attributes
    kind = started.workflow_type.name
    if kind not in BEGINS:
        raise ValueError(f"no kind of case is called {kind}")
    try:
        begin = converter.from_payloads(started.input.payloads, [BEGINS[kind]])[0]
    except (RuntimeError, ValueError, TypeError) as broken:
        raise ValueError(f"the start cannot be read ({type(broken).__name__})") from broken
    told = CaseHistory(case, kind, begin)
    for number, run in enumerate(runs):
        _Reader(told, number, converter).read(run.events)
    last = runs[-1].events[-1].event_type
    told.over = last in _ENDS
    return told


_ENDS = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
}


class _Reader:
    """Reads one run into the case."""

    def __init__(self, told: CaseHistory, run: int, converter: PayloadConverter) -> None:
        self.told, self.run, self.converter = told, run, converter
        self.waiting: list[tuple[int, Inbound]] = []
        """What came in and waits for the next completed task, with the number of its event."""
        self.now: datetime | None = None
        self.now_of: dict[int, datetime] = {}
        self.activities: dict[int, tuple[str, int | str, int]] = {}
        self.units: dict[int, UnitsToCount] = {}
        self.timers: dict[str, Timer] = {}
        self.admitted: dict[str, Any] = {}
        self.answers: dict[str, StepAnswer] = {}
        self.current: tuple[datetime, list[tuple[float, Inbound]]] | None = None

    def read(self, events: Sequence[HistoryEvent]) -> None:
        """Read all events; answers are looked for first, since they come after what they answer."""
        for event in events:
            if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
                self._answered(event)
        for event in events:
            reader = _READERS.get(event.event_type)
            if reader is not None:
                reader(self, event)
        self._close_activation()
        for timer in self.timers.values():
            if not timer.end and events[-1].event_type in {
                *_ENDS,
                EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
            }:
                timer.end = "dropped"

    def decoded(self, payloads: Sequence[Payload], shape: Any, what: str) -> Any:
        """The first payload, or None with a note that it could not be read."""
        try:
            return self.converter.from_payloads(payloads[:1], [shape])[0]
        except (RuntimeError, ValueError, TypeError, IndexError) as broken:
            self.told.unreadable.append(f"{what} ({type(broken).__name__})")
            return None

    def _answered(self, event: HistoryEvent) -> None:
        done = event.workflow_execution_update_completed_event_attributes
        if done.outcome.HasField("success"):
            answer = self.decoded(done.outcome.success.payloads, StepAnswer, f"answer of {done.meta.update_id}")
            if answer is not None:
                self.answers[done.meta.update_id] = answer

    def task_started(self, event: HistoryEvent) -> None:
        self.now_of[event.event_id] = instant(event.event_time)

    def task_completed(self, event: HistoryEvent) -> None:
        self._close_activation()
        start = event.workflow_task_completed_event_attributes.started_event_id
        at = self.now_of[start]
        came = [(float(number), inbound) for number, inbound in self.waiting if number < start]
        self.waiting = [(number, inbound) for number, inbound in self.waiting if number >= start]
        self.current = (at, came)

    def _close_activation(self) -> None:
        """Messages come before results, each in the order of the history; an update stands where it was sequenced."""
        if self.current is None:
            return
        at, came = self.current
        messages = sorted((each for each in came if isinstance(each[1], Took | Heard)), key=lambda each: each[0])
        results = sorted((each for each in came if not isinstance(each[1], Took | Heard)), key=lambda each: each[0])
        inbound = tuple(each for _, each in [*messages, *results])
        self.told.activations.append(Activation(self.run, at, inbound))
        self.current = None

    def update_admitted(self, event: HistoryEvent) -> None:
        request = event.workflow_execution_update_admitted_event_attributes.request
        self.admitted[request.meta.update_id] = request

    def update_accepted(self, event: HistoryEvent) -> None:
        accepted = event.workflow_execution_update_accepted_event_attributes
        request: Any = accepted.accepted_request
        if not request.input.name:
            request = self.admitted.get(accepted.protocol_instance_id, request)
        name, key = request.input.name, request.meta.update_id or accepted.protocol_instance_id
        rule = self.told.book.rules.get(name)
        if rule is None or self.current is None:
            self.told.unreadable.append(f"update {name}")
            return
        step = self.decoded(request.input.args.payloads, rule.step, f"update {name}")
        if step is None:
            return
        took = Took(key, name, step, self.answers.get(key), self.run, event.event_id)
        self.current[1].append((accepted.accepted_request_sequencing_event_id + 0.5, took))

    def signalled(self, event: HistoryEvent) -> None:
        signal = event.workflow_execution_signaled_event_attributes
        shape = NEWS.get(signal.signal_name)
        news = None if shape is None else self.decoded(signal.input.payloads, shape, f"signal {signal.signal_name}")
        if isinstance(news, CourierNews | ReceiptNews):
            self.waiting.append((event.event_id, Heard(news.news, news.says)))
        elif news is not None:
            said = cast("ReturnNews", news)  # all others have the same two fields
            self.waiting.append((event.event_id, Heard(said.news, said.says)))

    def activity_asked(self, event: HistoryEvent) -> None:
        asked = event.activity_task_scheduled_event_attributes
        name, round_ = asked.activity_type.name, 1
        number: int | str = 0
        if name == "tell_the_customer":
            order = self.decoded(asked.input.payloads, LetterOrder, "letter order")
            if order is not None:
                number, round_ = order.number, order.round
                self.told.letters_ordered.append((order.number, round_))
        elif name in _COSTS:
            cost = self.decoded(asked.input.payloads, _COSTS[name], name)
            if cost is not None:
                number = cost.reference if name == "book_platform_payment" else int(cost.key.rpartition("-C")[2])
        elif name in _UNITS:
            units = self.decoded(asked.input.payloads, UnitsToCount, name)
            if units is not None:
                self.units[event.event_id] = units
        self.activities[event.event_id] = (name, number, round_)

    def activity_done(self, event: HistoryEvent) -> None:
        done = event.activity_task_completed_event_attributes
        name, number, round_ = self.activities[done.scheduled_event_id]
        if name == "tell_the_customer":
            outcome = self.decoded(done.result.payloads, LetterOutcome, "letter outcome")
            self.waiting.append((event.event_id, LetterDone(int(number), outcome, round_)))
        elif name == "reserve_sum":
            answer = self.decoded(done.result.payloads, ReserveAnswer, "ledger's answer")
            if answer is not None:
                self.waiting.append((event.event_id, Reserved(answer)))
        elif name == "settle_sum":
            self.waiting.append((event.event_id, Booked()))
        elif name == "change_sum":
            self.waiting.append((event.event_id, Lowered()))
        elif name in _COSTS:
            answer = self.decoded(done.result.payloads, LedgerAnswer, "ledger's answer")
            if answer is not None:
                self.waiting.append((event.event_id, CostAnswered(number, answer)))
        elif name in _UNITS and done.scheduled_event_id in self.units:
            answer = self.decoded(done.result.payloads, LedgerAnswer, "register's answer")
            if answer is not None:
                units = self.units[done.scheduled_event_id]
                self.waiting.append((event.event_id, UnitsAnswered(units, name == "hold_units", answer)))

    def activity_failed(self, event: HistoryEvent) -> None:
        failed = event.activity_task_failed_event_attributes
        late = event.activity_task_timed_out_event_attributes
        name, number, round_ = self.activities[failed.scheduled_event_id or late.scheduled_event_id]
        if name == "tell_the_customer":
            self.waiting.append((event.event_id, LetterDone(int(number), None, round_)))

    def timer_started(self, event: HistoryEvent) -> None:
        armed = event.timer_started_event_attributes
        at = self.current[0] if self.current is not None else instant(event.event_time)
        payload = event.user_metadata.summary
        summary = str(self.decoded([payload], str, "summary of a timer")) if payload.data else ""
        timer = Timer(self.run, armed.timer_id, summary, at, at + _length(armed.start_to_fire_timeout))
        self.timers[armed.timer_id] = timer
        self.told.timers.append(timer)

    def timer_fired(self, event: HistoryEvent) -> None:
        name = event.timer_fired_event_attributes.timer_id
        self._timer_ended(name, "fired", event)
        self.waiting.append((event.event_id, Fired(name)))

    def timer_canceled(self, event: HistoryEvent) -> None:
        self._timer_ended(event.timer_canceled_event_attributes.timer_id, "canceled", event)

    def _timer_ended(self, name: str, end: str, event: HistoryEvent) -> None:
        timer = self.timers[name]
        timer.end = f"{timer.end}, {end}" if timer.end else end
        timer.ended_at = instant(event.event_time)

    def child(self, event: HistoryEvent) -> None:
        self.told.children.append(event.start_child_workflow_execution_initiated_event_attributes.workflow_id)


_UNITS = ("hold_units", "count_units")
"""What a complaint asks and tells the register of returned goods."""

_COSTS: dict[str, Any] = {"hold_cost": CostToHold, "book_platform_payment": PlatformPaymentToBook}
"""What a complaint asks the ledger that has an answer, by activity."""

_READERS: dict[EventType.ValueType, Any] = {
    EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED: _Reader.task_started,
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED: _Reader.task_completed,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED: _Reader.update_admitted,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: _Reader.update_accepted,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: _Reader.signalled,
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: _Reader.activity_asked,
    EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED: _Reader.activity_done,
    EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED: _Reader.activity_failed,
    EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT: _Reader.activity_failed,
    EventType.EVENT_TYPE_TIMER_STARTED: _Reader.timer_started,
    EventType.EVENT_TYPE_TIMER_FIRED: _Reader.timer_fired,
    EventType.EVENT_TYPE_TIMER_CANCELED: _Reader.timer_canceled,
    EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED: _Reader.child,
}
