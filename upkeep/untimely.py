"""Keeps a case from living through events that no workflow task has taken yet.

A question to a case that this worker does not remember (a query) is handed a history that may end in events which wait
for their task: the signal or result came while the question lay waiting, as when every worker was away. The SDK
(temporalio 1.35) lets the case live through them under the clock of the task before, answers, and remembers the case in
that state. What it then does differs from every later replay: instants are too early, and a step may be decided before
news that the history puts behind it. Such an activation is refused here: the question is answered with an error, the
worker forgets the case, and the waiting task finds it as the history has it. Whoever asked asks again.
"""

from __future__ import annotations

from temporalio.bridge.proto.workflow_activation import WorkflowActivation

ASKS_ONLY = {"query_workflow", "remove_from_cache"}
"""Jobs that change nothing."""


ASK_AGAIN = "asked while events wait for their workflow task; ask again"


class Untimely(Exception):  # noqa: N818  what it is
    """The history ends in events that wait for their workflow task."""


class TaskClock:
    """The last workflow task of one run that this worker remembers: its instant, and how long the history was."""

    def __init__(self) -> None:
        self._last = (0, 0)
        self._length = 0

    def passes(self, act: WorkflowActivation) -> None:
        """Let an activation pass.

        Raises:
            Untimely: it brings new events under the instant of the task before. Two tasks never share an instant.
        """
        if all(job.WhichOneof("variant") in ASKS_ONLY for job in act.jobs):
            return
        instant = (act.timestamp.seconds, act.timestamp.nanos)
        if instant == self._last and act.history_length > self._length:
            raise Untimely(ASK_AGAIN)
        self._last, self._length = instant, act.history_length
