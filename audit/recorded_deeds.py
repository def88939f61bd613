"""The deeds that a history tells of: one for each event that a command of the workflow caused."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.converter import (
    ActivitySerializationContext,
    NexusSerializationContext,
    SerializationContext,
    WorkflowSerializationContext,
)

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

VERSION_ATTRIBUTE = "TemporalChangeVersion"
"""Written by the SDK itself beside every patch marker; no workflow code asks for it."""


@dataclass
class Chronicle:
    """Whose history it is, and what earlier events said that later ones only point at."""

    namespace: str
    workflow_id: str
    workflow_type: str
    names: dict[int, str] = field(default_factory=dict[int, str])
    """The identity of an activity, update or operation, by the id of the event that began it."""
    update_names: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def own(self) -> SerializationContext:
        """What the codec is told for payloads of this workflow."""
        return self.of_workflow(self.workflow_id)

    def of_workflow(self, workflow_id: str) -> SerializationContext:
        """What the codec is told for payloads to another workflow."""
        return WorkflowSerializationContext(namespace=self.namespace, workflow_id=workflow_id)

    def of_activity(self, activity_type: str, activity_id: str, queue: str) -> SerializationContext:
        """What the codec is told for an activity's arguments; an id that the SDK counted is not given to it."""
        return ActivitySerializationContext(
            namespace=self.namespace,
            workflow_id=self.workflow_id,
            workflow_type=self.workflow_type,
            activity_type=activity_type,
            activity_id=None if activity_id.isdigit() else activity_id,
            activity_task_queue=queue,
            is_local=False,
        )


def recorded_deeds(events: Sequence[HistoryEvent], namespace: str, workflow_id: str) -> list[Deed]:
    """All deeds of the events, in their order."""
    started = events[0].workflow_execution_started_event_attributes
    chronicle = Chronicle(namespace, workflow_id, started.workflow_type.name)
    deeds: list[Deed] = []
    for event in events:
        read = _READERS.get(event.event_type)
        deed = read(event, chronicle) if read else None
        if deed:
            deeds.append(deed)
    return deeds


def _activity(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.activity_task_scheduled_event_attributes
    chronicle.names[event.event_id] = told.activity_id
    kind, queue = told.activity_type.name, told.task_queue.name
    facts: dict[str, Fact] = {
        "id": told.activity_id,
        "type": kind,
        "input": sealed_list(told.input.payloads, chronicle.of_activity(kind, told.activity_id, queue)),
        "task_queue": queue,
        "schedule_to_close": seconds(told.schedule_to_close_timeout),
        "schedule_to_start": seconds(told.schedule_to_start_timeout),
        "start_to_close": seconds(told.start_to_close_timeout),
        "heartbeat": seconds(told.heartbeat_timeout),
        "retry_policy": retry_fact(told.retry_policy),
        "priority": priority_fact(told.priority),
        **metadata_facts(event.user_metadata, chronicle.own),
    }
    return Deed(kinds.ACTIVITY, kind, f"activity {kind} {told.activity_id}", facts, event.event_id)


def _activity_cancel(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.activity_task_cancel_requested_event_attributes
    name = chronicle.names.get(told.scheduled_event_id, "")
    return Deed(kinds.ACTIVITY_CANCEL, name, f"cancelling of activity {name}", {"id": name}, event.event_id)


def _timer(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.timer_started_event_attributes
    facts: dict[str, Fact] = {
        "id": told.timer_id,
        "duration": seconds(told.start_to_fire_timeout),
        **metadata_facts(event.user_metadata, chronicle.own),
    }
    return Deed(kinds.TIMER, told.timer_id, f"timer {told.timer_id}", facts, event.event_id)


def _timer_cancel(event: HistoryEvent, _: Chronicle) -> Deed:
    name = event.timer_canceled_event_attributes.timer_id
    return Deed(kinds.TIMER_CANCEL, name, f"cancelling of timer {name}", {"id": name}, event.event_id)


def _child(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.start_child_workflow_execution_initiated_event_attributes
    there = chronicle.of_workflow(told.workflow_id)
    facts: dict[str, Fact] = {
        "namespace": told.namespace,
        "id": told.workflow_id,
        "type": told.workflow_type.name,
        "input": sealed_list(told.input.payloads, there),
        "task_queue": told.task_queue.name,
        "execution_timeout": seconds(told.workflow_execution_timeout),
        "run_timeout": seconds(told.workflow_run_timeout),
        "task_timeout": seconds(told.workflow_task_timeout),
        "parent_close_policy": told.parent_close_policy or 1,
        "id_reuse_policy": told.workflow_id_reuse_policy or 1,
        "retry_policy": retry_fact(told.retry_policy) if told.HasField("retry_policy") else None,
        "cron_schedule": told.cron_schedule,
        "memo": memo_fact(told.memo, there),
        "search_attributes": attributes_fact(told.search_attributes),
        "priority": priority_fact(told.priority),
        **metadata_facts(event.user_metadata, chronicle.own),
    }
    kind = told.workflow_type.name
    return Deed(kinds.CHILD, kind, f"child workflow {kind} {told.workflow_id}", facts, event.event_id)


def _signal(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.signal_external_workflow_execution_initiated_event_attributes
    target = told.workflow_execution.workflow_id
    facts: dict[str, Fact] = {
        "target": target,
        "run_id": told.workflow_execution.run_id,
        "to_child": told.child_workflow_only,
        "name": told.signal_name,
        "input": sealed_list(told.input.payloads, chronicle.of_workflow(target)),
    }
    return Deed(kinds.SIGNAL, told.signal_name, f"signal {told.signal_name} to {target}", facts, event.event_id)


def _workflow_cancel(event: HistoryEvent, _: Chronicle) -> Deed:
    told = event.request_cancel_external_workflow_execution_initiated_event_attributes
    target = told.workflow_execution.workflow_id
    facts: dict[str, Fact] = {"target": target, "to_child": told.child_workflow_only, "reason": _reason(told.reason)}
    return Deed(kinds.WORKFLOW_CANCEL, target, f"cancelling of workflow {target}", facts, event.event_id)


def _reason(written: str) -> str:
    """The reason as the code gave it: the SDK writes before it which run asked."""
    before, found, given = written.partition(" with reason: ")
    return given if found and before.startswith("Cancel requested by workflow with run id") else written


def _update_accepted(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.workflow_execution_update_accepted_event_attributes
    chronicle.names[event.event_id] = told.protocol_instance_id
    name = chronicle.update_names[told.protocol_instance_id] = told.accepted_request.input.name
    return Deed(
        kinds.UPDATE_ACCEPTED,
        told.protocol_instance_id,
        f"acceptance of update {name} {told.protocol_instance_id}",
        {},
        event.event_id,
    )


def _update_completed(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.workflow_execution_update_completed_event_attributes
    instance = chronicle.names.get(told.accepted_event_id, told.meta.update_id)
    failed = told.outcome.HasField("failure")
    facts: dict[str, Fact] = {
        "result": sealed_list(told.outcome.success.payloads, chronicle.own),
        "failure": Sealed(failure=told.outcome.failure, context=chronicle.own) if failed else None,
    }
    name = chronicle.update_names.get(instance, "")
    return Deed(kinds.UPDATE_COMPLETED, instance, f"answer of update {name} {instance}", facts, event.event_id)


def _marker(event: HistoryEvent, chronicle: Chronicle) -> Deed | None:
    told = event.marker_recorded_event_attributes
    if told.marker_name == "core_patch":
        patch = json.loads(told.details["patch-data"].payloads[0].data)
        kind = kinds.RETIRED_PATCH if patch["deprecated"] else kinds.PATCH
        return Deed(kind, patch["id"], f"patch {patch['id']}", {"id": patch["id"]}, event.event_id)
    if told.marker_name == "core_local_activity":
        mark = json.loads(told.details["data"].payloads[0].data)
        name, number = mark["activity_type"], mark["activity_id"]
        facts: dict[str, Fact] = {
            "id": number,
            "type": name,
            **metadata_facts(event.user_metadata, chronicle.own),
        }
        return Deed(kinds.LOCAL_ACTIVITY, str(mark["seq"]), f"local activity {name} {number}", facts, event.event_id)
    return None


def _attributes(event: HistoryEvent, _: Chronicle) -> Deed | None:
    told = event.upsert_workflow_search_attributes_event_attributes.search_attributes
    if set(told.indexed_fields) == {VERSION_ATTRIBUTE}:
        return None
    facts: dict[str, Fact] = {"search_attributes": attributes_fact(told)}
    return Deed(kinds.ATTRIBUTES, "", "upsert of search attributes", facts, event.event_id)


def _memo(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.workflow_properties_modified_event_attributes
    facts: dict[str, Fact] = {"memo": memo_fact(told.upserted_memo, chronicle.own)}
    return Deed(kinds.MEMO, "", "upsert of the memo", facts, event.event_id)


def _operation(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.nexus_operation_scheduled_event_attributes
    name = f"{told.service}.{told.operation}"
    chronicle.names[event.event_id] = name
    context = NexusSerializationContext(endpoint=told.endpoint, service=told.service, operation=told.operation)
    facts: dict[str, Fact] = {
        "endpoint": told.endpoint,
        "name": name,
        "input": sealed_list([told.input] if told.HasField("input") else [], context),
        "schedule_to_close": seconds(told.schedule_to_close_timeout),
        **metadata_facts(event.user_metadata, context),
    }
    return Deed(kinds.OPERATION, name, f"operation {name}", facts, event.event_id)


def _operation_cancel(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.nexus_operation_cancel_requested_event_attributes
    name = chronicle.names.get(told.scheduled_event_id, "")
    return Deed(kinds.OPERATION_CANCEL, name, f"cancelling of operation {name}", {"name": name}, event.event_id)


def _completed(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.workflow_execution_completed_event_attributes
    facts: dict[str, Fact] = {"result": sealed_list(told.result.payloads, chronicle.own)}
    return Deed(kinds.COMPLETED, "", "the run's result", facts, event.event_id)


def _failed(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.workflow_execution_failed_event_attributes
    facts: dict[str, Fact] = {"failure": Sealed(failure=told.failure, context=chronicle.own)}
    return Deed(kinds.FAILED, "", "the run's failure", facts, event.event_id)


def _cancelled(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.workflow_execution_canceled_event_attributes
    facts: dict[str, Fact] = {"details": sealed_list(told.details.payloads, chronicle.own)}
    return Deed(kinds.CANCELLED, "", "the run's end by cancellation", facts, event.event_id)


def _continued(event: HistoryEvent, chronicle: Chronicle) -> Deed:
    told = event.workflow_execution_continued_as_new_event_attributes
    facts: dict[str, Fact] = {
        "type": told.workflow_type.name,
        "task_queue": told.task_queue.name,
        "input": sealed_list(told.input.payloads, chronicle.own),
        "run_timeout": seconds(told.workflow_run_timeout),
        "task_timeout": seconds(told.workflow_task_timeout),
        "backoff": seconds(told.backoff_start_interval),
        "memo": memo_fact(told.memo, chronicle.own),
        "search_attributes": attributes_fact(told.search_attributes),
    }
    return Deed(kinds.CONTINUED, "", "the run's continuation as new", facts, event.event_id)


_READERS: dict[EventType.ValueType, Callable[[HistoryEvent, Chronicle], Deed | None]] = {
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: _activity,
    EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED: _activity_cancel,
    EventType.EVENT_TYPE_TIMER_STARTED: _timer,
    EventType.EVENT_TYPE_TIMER_CANCELED: _timer_cancel,
    EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED: _child,
    EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: _signal,
    EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: _workflow_cancel,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: _update_accepted,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED: _update_completed,
    EventType.EVENT_TYPE_MARKER_RECORDED: _marker,
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: _attributes,
    EventType.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED: _memo,
    EventType.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED: _operation,
    EventType.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED: _operation_cancel,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED: _completed,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED: _failed,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED: _cancelled,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: _continued,
}
