"""The deeds that today's code does when it is given the recorded past.

The server fills in what a command leaves open (a missing timeout, a missing retry policy) before it writes the event;
the same is filled in here, so that only what the code really changed is a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from temporalio.api.history.v1 import WorkflowExecutionStartedEventAttributes
from temporalio.bridge.proto.workflow_commands import ActivityCancellationType, ScheduleActivity, WorkflowCommand

from audit import kinds
from audit.deeds import (
    Deed,
    Fact,
    Sealed,
    attributes_fact,
    memo_fact,
    metadata_facts,
    priority_fact,
    retry_fact,
    sealed_list,
    seconds,
)

DEFAULT_TASK_TIMEOUT = 10.0
"""Seconds; what the server gives a workflow task when nobody says otherwise."""


@dataclass
class Ledger:
    """What earlier commands said that later ones only point at by number."""

    started: WorkflowExecutionStartedEventAttributes
    activities: dict[int, str] = field(default_factory=dict[int, str])
    children: dict[int, str] = field(default_factory=dict[int, str])
    operations: dict[int, str] = field(default_factory=dict[int, str])
    abandoned: set[str] = field(default_factory=set[str])
    """Activities and children for which a cancel is never sent."""


def todays_deeds(
    commands: Sequence[tuple[int, WorkflowCommand]],
    started: WorkflowExecutionStartedEventAttributes,
    recorded: Collection[tuple[str, str]],
    rung: Mapping[str, int],
) -> list[Deed]:
    """The deeds of the commands, each given with the id of the event that ended its workflow task.

    What is begun and cancelled within one task is never sent. `recorded` holds kind and identity of the cancels in the
    history: those were sent, since a long local activity can split what looks like one task into several.

    Nor is the cancel of a timer that has rung before its task began: `rung` holds the event of each one's ringing.
    """
    ledger = Ledger(started)
    taken_back = _taken_back(commands)
    deeds: list[Deed] = []
    for event_id, command in commands:
        variant = command.WhichOneof("variant") or ""
        read = _READERS.get(variant)
        deed = read(command, ledger, event_id) if read else None
        if not deed:
            continue
        number = _number(variant, command)
        if (event_id, variant, number) in taken_back and _cancel_of(deed) not in recorded:
            continue
        if deed.kind == kinds.TIMER_CANCEL and rung.get(deed.identity, event_id) < event_id:
            continue
        deeds.append(deed)
    return deeds


_CANCEL_OF = {
    "start_timer": "cancel_timer",
    "schedule_activity": "request_cancel_activity",
    "start_child_workflow_execution": "cancel_child_workflow_execution",
    "signal_external_workflow_execution": "cancel_signal_workflow",
}
_CANCEL_KINDS = {
    kinds.TIMER: (kinds.TIMER_CANCEL, "id"),
    kinds.ACTIVITY: (kinds.ACTIVITY_CANCEL, "id"),
    kinds.CHILD: (kinds.WORKFLOW_CANCEL, "id"),
}


def _number(variant: str, command: WorkflowCommand) -> int:
    """The command's own number, or that of the command it cancels; 0 where there is none."""
    match variant:
        case "start_timer" | "cancel_timer" | "schedule_activity" | "request_cancel_activity":
            return getattr(command, variant).seq
        case "start_child_workflow_execution" | "signal_external_workflow_execution" | "cancel_signal_workflow":
            return getattr(command, variant).seq
        case "cancel_child_workflow_execution":
            return command.cancel_child_workflow_execution.child_workflow_seq
        case _:
            return 0


def _taken_back(commands: Iterable[tuple[int, WorkflowCommand]]) -> set[tuple[int, str, int]]:
    """Beginnings and their cancels that share one workflow task."""
    seen = {(at, kind, _number(kind, each)) for at, each in commands for kind in (each.WhichOneof("variant") or "",)}
    both: set[tuple[int, str, int]] = set()
    for at, begin, number in seen:
        cancel = _CANCEL_OF.get(begin)
        if cancel and (at, cancel, number) in seen:
            both |= {(at, begin, number), (at, cancel, number)}
    return both


def _cancel_of(deed: Deed) -> tuple[str, str]:
    """Kind and identity of the deed's cancel; of a cancel itself, its own."""
    kind, name = _CANCEL_KINDS.get(deed.kind, (deed.kind, ""))
    return kind, str(deed.facts[name]) if name else deed.identity


def _timeouts(asked: ScheduleActivity, run_timeout: float) -> dict[str, Fact]:
    """The four timeouts of an activity in seconds, as the server completes them; 0 is none."""
    close, start = seconds(asked.schedule_to_close_timeout), seconds(asked.schedule_to_start_timeout)
    run, beat = seconds(asked.start_to_close_timeout), seconds(asked.heartbeat_timeout)
    if close:
        start = min(start or close, close)
        run = min(run or close, close)
    else:
        close, start = run_timeout, start or run_timeout
    if run_timeout:
        close, start, run = (min(each or run_timeout, run_timeout) for each in (close, start, run))
    beat = min(beat, run) if run else beat
    return {"schedule_to_close": close, "schedule_to_start": start, "start_to_close": run, "heartbeat": beat}


def _activity(command: WorkflowCommand, ledger: Ledger, event_id: int) -> Deed:
    asked = command.schedule_activity
    ledger.activities[asked.seq] = asked.activity_id
    if asked.cancellation_type == ActivityCancellationType.ABANDON:
        ledger.abandoned.add(asked.activity_id)
    facts: dict[str, Fact] = {
        "id": asked.activity_id,
        "type": asked.activity_type,
        "input": sealed_list(asked.arguments, None),
        "task_queue": asked.task_queue,
        **_timeouts(asked, seconds(ledger.started.workflow_run_timeout)),
        "retry_policy": retry_fact(asked.retry_policy),
        "priority": priority_fact(asked.priority),
        **metadata_facts(command.user_metadata, None),
    }
    subject = f"activity {asked.activity_type} {asked.activity_id}"
    return Deed(kinds.ACTIVITY, asked.activity_type, subject, facts, event_id)


def _activity_cancel(command: WorkflowCommand, ledger: Ledger, event_id: int) -> Deed | None:
    name = ledger.activities.get(command.request_cancel_activity.seq, "")
    if name in ledger.abandoned:
        return None
    return Deed(kinds.ACTIVITY_CANCEL, name, f"cancelling of activity {name}", {"id": name}, event_id)


def _timer(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    name = str(command.start_timer.seq)
    facts: dict[str, Fact] = {
        "id": name,
        "duration": seconds(command.start_timer.start_to_fire_timeout),
        **metadata_facts(command.user_metadata, None),
    }
    return Deed(kinds.TIMER, name, f"timer {name}", facts, event_id)


def _timer_cancel(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    name = str(command.cancel_timer.seq)
    return Deed(kinds.TIMER_CANCEL, name, f"cancelling of timer {name}", {"id": name}, event_id)


def _child(command: WorkflowCommand, ledger: Ledger, event_id: int) -> Deed:
    asked = command.start_child_workflow_execution
    ledger.children[asked.seq] = asked.workflow_id
    if asked.cancellation_type == 0:
        ledger.abandoned.add(asked.workflow_id)
    facts: dict[str, Fact] = {
        "namespace": asked.namespace,
        "id": asked.workflow_id,
        "type": asked.workflow_type,
        "input": sealed_list(asked.input, None),
        "task_queue": asked.task_queue,
        "execution_timeout": seconds(asked.workflow_execution_timeout),
        "run_timeout": seconds(asked.workflow_run_timeout),
        "task_timeout": seconds(asked.workflow_task_timeout) or DEFAULT_TASK_TIMEOUT,
        "parent_close_policy": asked.parent_close_policy or 1,
        "id_reuse_policy": asked.workflow_id_reuse_policy or 1,
        "retry_policy": retry_fact(asked.retry_policy) if asked.HasField("retry_policy") else None,
        "cron_schedule": asked.cron_schedule,
        "memo": memo_fact(asked.memo, None),
        "search_attributes": attributes_fact(asked.search_attributes),
        "priority": priority_fact(asked.priority),
        **metadata_facts(command.user_metadata, None),
    }
    subject = f"child workflow {asked.workflow_type} {asked.workflow_id}"
    return Deed(kinds.CHILD, asked.workflow_type, subject, facts, event_id)


def _child_cancel(command: WorkflowCommand, ledger: Ledger, event_id: int) -> Deed | None:
    asked = command.cancel_child_workflow_execution
    target = ledger.children.get(asked.child_workflow_seq, "")
    if target in ledger.abandoned:
        return None
    facts: dict[str, Fact] = {"target": target, "to_child": True, "reason": asked.reason}
    return Deed(kinds.WORKFLOW_CANCEL, target, f"cancelling of workflow {target}", facts, event_id)


def _workflow_cancel(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    asked = command.request_cancel_external_workflow_execution
    target = asked.workflow_execution.workflow_id
    facts: dict[str, Fact] = {"target": target, "to_child": False, "reason": asked.reason}
    return Deed(kinds.WORKFLOW_CANCEL, target, f"cancelling of workflow {target}", facts, event_id)


def _signal(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    asked = command.signal_external_workflow_execution
    target = asked.child_workflow_id or asked.workflow_execution.workflow_id
    facts: dict[str, Fact] = {
        "target": target,
        "run_id": asked.workflow_execution.run_id,
        "to_child": bool(asked.child_workflow_id),
        "name": asked.signal_name,
        "input": sealed_list(asked.args, None),
    }
    return Deed(kinds.SIGNAL, asked.signal_name, f"signal {asked.signal_name} to {target}", facts, event_id)


def _update(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    answer = command.update_response
    name = answer.protocol_instance_id
    said = answer.WhichOneof("response")
    if said == "accepted":
        return Deed(kinds.UPDATE_ACCEPTED, name, f"acceptance of update {name}", {}, event_id)
    facts: dict[str, Fact] = {
        "result": sealed_list([answer.completed] if said == "completed" else [], None),
        "failure": Sealed(failure=answer.rejected) if said == "rejected" else None,
    }
    return Deed(kinds.UPDATE_COMPLETED, name, f"answer of update {name}", facts, event_id)


def _patch(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    asked = command.set_patch_marker
    kind = kinds.RETIRED_PATCH if asked.deprecated else kinds.PATCH
    return Deed(kind, asked.patch_id, f"patch {asked.patch_id}", {"id": asked.patch_id}, event_id)


def _local_activity(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    asked = command.schedule_local_activity
    facts: dict[str, Fact] = {
        "id": asked.activity_id,
        "type": asked.activity_type,
        **metadata_facts(command.user_metadata, None),
    }
    subject = f"local activity {asked.activity_type} {asked.activity_id}"
    return Deed(kinds.LOCAL_ACTIVITY, str(asked.seq), subject, facts, event_id)


def _attributes(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    asked = command.upsert_workflow_search_attributes.search_attributes
    return Deed(
        kinds.ATTRIBUTES,
        "",
        "upsert of search attributes",
        {"search_attributes": attributes_fact(asked)},
        event_id,
    )


def _memo(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    asked = command.modify_workflow_properties.upserted_memo
    return Deed(kinds.MEMO, "", "upsert of the memo", {"memo": memo_fact(asked, None)}, event_id)


def _operation(command: WorkflowCommand, ledger: Ledger, event_id: int) -> Deed:
    asked = command.schedule_nexus_operation
    name = ledger.operations[asked.seq] = f"{asked.service}.{asked.operation}"
    facts: dict[str, Fact] = {
        "endpoint": asked.endpoint,
        "name": name,
        "input": sealed_list([asked.input] if asked.HasField("input") else [], None),
        "schedule_to_close": seconds(asked.schedule_to_close_timeout),
        **metadata_facts(command.user_metadata, None),
    }
    return Deed(kinds.OPERATION, name, f"operation {name}", facts, event_id)


def _operation_cancel(command: WorkflowCommand, ledger: Ledger, event_id: int) -> Deed:
    name = ledger.operations.get(command.request_cancel_nexus_operation.seq, "")
    return Deed(kinds.OPERATION_CANCEL, name, f"cancelling of operation {name}", {"name": name}, event_id)


def _completed(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    asked = command.complete_workflow_execution
    result = sealed_list([asked.result] if asked.HasField("result") else [], None)
    return Deed(kinds.COMPLETED, "", "the run's result", {"result": result}, event_id)


def _failed(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    failure = Sealed(failure=command.fail_workflow_execution.failure)
    return Deed(kinds.FAILED, "", "the run's failure", {"failure": failure}, event_id)


def _cancelled(command: WorkflowCommand, _: Ledger, event_id: int) -> Deed:
    details = sealed_list(command.cancel_workflow_execution.details.payloads, None)
    return Deed(kinds.CANCELLED, "", "the run's end by cancellation", {"details": details}, event_id)


def _continued(command: WorkflowCommand, ledger: Ledger, event_id: int) -> Deed:
    """What is left open goes on as it was; memo, attributes and backoff that are left open are not told at all."""
    asked, started = command.continue_as_new_workflow_execution, ledger.started
    facts: dict[str, Fact] = {
        "type": asked.workflow_type or started.workflow_type.name,
        "task_queue": asked.task_queue or started.task_queue.name,
        "input": sealed_list(asked.arguments, None),
        "run_timeout": seconds(asked.workflow_run_timeout) or seconds(started.workflow_run_timeout),
        "task_timeout": seconds(asked.workflow_task_timeout) or seconds(started.workflow_task_timeout),
    }
    if asked.HasField("backoff_start_interval"):
        facts["backoff"] = seconds(asked.backoff_start_interval)
    if asked.memo:
        facts["memo"] = memo_fact(asked.memo, None)
    if asked.search_attributes.indexed_fields:
        facts["search_attributes"] = attributes_fact(asked.search_attributes)
    return Deed(kinds.CONTINUED, "", "the run's continuation as new", facts, event_id)


_READERS: dict[str, Callable[[WorkflowCommand, Ledger, int], Deed | None]] = {
    "schedule_activity": _activity,
    "request_cancel_activity": _activity_cancel,
    "start_timer": _timer,
    "cancel_timer": _timer_cancel,
    "start_child_workflow_execution": _child,
    "cancel_child_workflow_execution": _child_cancel,
    "request_cancel_external_workflow_execution": _workflow_cancel,
    "signal_external_workflow_execution": _signal,
    "update_response": _update,
    "set_patch_marker": _patch,
    "schedule_local_activity": _local_activity,
    "upsert_workflow_search_attributes": _attributes,
    "modify_workflow_properties": _memo,
    "schedule_nexus_operation": _operation,
    "request_cancel_nexus_operation": _operation_cancel,
    "complete_workflow_execution": _completed,
    "fail_workflow_execution": _failed,
    "cancel_workflow_execution": _cancelled,
    "continue_as_new_workflow_execution": _continued,
}
