"""Who listens to a case from outside: an auditor's replay hears its events, the register hears how it stands.

A listener hangs on the worker or the replayer, never on the case; the case does nothing differently when nobody
listens, so histories know nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, cast

from temporalio import workflow
from temporalio.worker import Interceptor, WorkflowInboundInterceptor, WorkflowInterceptorClassInput

from domain.casefile import Event
from domain.view import CaseView

AUDITOR = "redress_tell_auditor"
"""Name under which a replay for an auditor listens to the events."""

REGISTER = "redress_tell_register"
"""Name under which a worker listens for changes that nobody asked for, whose row nobody else writes."""


class Ear(Interceptor):
    """Gives every case of a worker or a replay somebody to tell, under one of the names above; intercepts nothing."""

    def __init__(self, name: str, hear: Callable[..., None]) -> None:
        self._name = name
        self._hear = hear

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002  the SDK's name
    ) -> type[WorkflowInboundInterceptor] | None:
        """Hang the listener on the case."""
        ears = cast("MutableMapping[str, Callable[..., None]]", input.unsafe_extern_functions)
        ears[self._name] = self._hear
        return None


def tell_auditor(events: tuple[Event, ...]) -> None:
    """Say what happened to whoever replays this history."""
    hear = _listener(AUDITOR)
    if hear is not None:
        hear(events)


def tell_register(view: CaseView) -> None:
    """Say how the case stands after a change by a machine; in a replay it has been said before."""
    hear = _listener(REGISTER)
    if hear is not None and not workflow.unsafe.is_replaying():
        info = workflow.info()
        hear(view, info.run_id, info.get_current_history_length())


def _listener(name: str) -> Callable[..., None] | None:
    listeners = cast("Mapping[str, Callable[..., Any]]", workflow.extern_functions())  # pyright: ignore[reportUnknownMemberType]  # the SDK leaves its type open
    return listeners.get(name)
