"""Keeps workflow tasks apart that leave no event of their own.

A task in which the case only took note of something (a letter's receipt, news that start nothing) leaves no event
behind its completion. With a task for an Update directly behind it the SDK (temporalio 1.35) may make one of the two:
what the first took in is lived through under the clock of the second, and behind its messages. A worker that does not
remember the case would so come to other instants and another order than the one that lived it. So a quiet task leaves
one small event: a memo that says nothing. Every one does, for whether the SDK would merge it hangs on what a replay
cannot see, such as a task in which a step was refused.
"""

from __future__ import annotations

from temporalio.api.common.v1 import Memo, Payload
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import ModifyWorkflowProperties, WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails

from workflows.around import AroundInstance, AroundRunner

NOTHING_HAPPENS = {"query_workflow", "remove_from_cache", "do_update", "notify_has_patch", "update_random_seed"}
"""Jobs that by themselves leave no event before the task: one of them alone may be dropped altogether."""

_SAYS_NOTHING = Memo(fields={"quiet": Payload(metadata={"encoding": b"json/plain"}, data=b"true")})


class MarksQuietTasks(AroundRunner):
    """Marks quiet tasks; so must every replay."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Create the real instance and look at what its tasks leave."""
        return _MarkingInstance(self.inner.create_instance(det))


class _MarkingInstance(AroundInstance):
    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        completion = self.inner.activate(act)
        if not completion.HasField("successful"):
            return completion
        commands = completion.successful.commands
        happened = any(job.WhichOneof("variant") not in NOTHING_HAPPENS for job in act.jobs)
        if happened and not any(_becomes_an_event(command) for command in commands):
            commands.append(
                WorkflowCommand(modify_workflow_properties=ModifyWorkflowProperties(upserted_memo=_SAYS_NOTHING))
            )
        return completion


def _becomes_an_event(command: WorkflowCommand) -> bool:
    kind = command.WhichOneof("variant")
    if kind == "update_response":
        return not command.update_response.HasField("rejected")
    return kind != "respond_to_query"
