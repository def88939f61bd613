"""A case told from its own history: what happened, when, by whom, under which rule. Needs no server and no worker.

The history is replayed with today's code; the case tells each event to the replay as it happens. So the story is
neither a log kept beside the case nor a copy of it: it is the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from temporalio.client import Client, WorkflowHistory
from temporalio.worker import (
    Replayer,
)

from audit.export import runs_of
from audit.patience import patiently
from domain.casefile import Event, NewsTaken, TimeActed
from domain.complaint.events import PaymentStarted, ReturnStarted
from domain.people import Role
from domain.policy import Language
from domain.record import sentence, tag
from domain.steps import slug
from workflows.listeners import AUDITOR, Ear
from workflows.registry import WORKFLOWS, runner
from workflows.wire import WIRE


class StoryUntold(Exception):  # noqa: N818  an answer to the auditor
    """Today's code does not follow this history; a strict replay says where they part."""


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: instant (UTC), case, what, who, in which role, the rule's source tag, sentences."""

    at: datetime
    case: str
    event: str
    person: str
    role: Role
    name: str
    on_behalf_of: Role | None
    rule: str
    sentence: str
    sentence_zh: str
    late_by_seconds: int | None = None


async def events_of(history: WorkflowHistory, namespace: str) -> tuple[Event, ...]:
    """The events of one run, in the order in which they happened.

    Raises:
        StoryUntold: today's code does not follow the history.
    """
    heard, failure = await patiently(lambda: _retold(history, namespace))
    if failure is not None:
        raise StoryUntold(str(failure)) from failure
    return tuple(heard)


async def _retold(history: WorkflowHistory, namespace: str) -> tuple[list[Event], Exception | None]:
    heard: list[Event] = []
    replayer = Replayer(
        workflows=list(WORKFLOWS),
        data_converter=WIRE,
        workflow_runner=runner(),
        interceptors=[Ear(AUDITOR, heard.extend)],
        namespace=namespace,
    )
    return heard, (await replayer.replay_workflow(history, raise_on_replay_failure=False)).replay_failure


async def story_of(case: str, runs: Iterable[WorkflowHistory], namespace: str) -> tuple[Entry, ...]:
    """The timeline of one case over all its runs."""
    told: list[Entry] = []
    for run in runs:
        told.extend(entry(case, event) for event in await events_of(run, namespace))
    return tuple(told)


async def timeline_of(client: Client, case: str) -> list[Entry]:
    """The timeline of a case with its returns and slips, by instant, from their histories on the server.

    Raises:
        StoryUntold: today's code does not follow a history.
        RPCError: NOT_FOUND when there is no such case; UNAVAILABLE when Temporal does not answer.
    """
    told: list[Entry] = []
    waiting = [case]
    while waiting:
        member = waiting.pop(0)
        for run in await runs_of(client, member):
            for event in await events_of(run, client.namespace):
                if not isinstance(event, NewsTaken):  # what the message said is told by the event beside it
                    told.append(entry(member, event))
                if isinstance(event, ReturnStarted | PaymentStarted):
                    waiting.append(event.part.case)
    return sorted(told, key=lambda line: line.at)


def entry(case: str, event: Event) -> Entry:
    """One event as a line."""
    late = int((event.at - event.due).total_seconds()) if isinstance(event, TimeActed) else None
    return Entry(
        at=event.at,
        case=case,
        event=slug(type(event)),
        person=event.by.person,
        role=event.by.role,
        name=event.by.name,
        on_behalf_of=event.by.on_behalf_of,
        rule=tag(event),
        sentence=sentence(event, Language.ENGLISH),
        sentence_zh=sentence(event, Language.CHINESE),
        late_by_seconds=late,
    )
