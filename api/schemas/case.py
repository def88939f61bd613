"""A case as the API shows it: no sealed box, no name; what is locked is only listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.caller import Caller
from api.rights import within_reach
from api.schemas.money import MoneyBody, money_body
from domain.charge import MIDDLE
from domain.complaint.book import BOOK as COMPLAINT
from domain.people import Role
from domain.refusals import refusal_of
from domain.view import CaseView, Kind, StepOffer


class TaskShown(BaseModel):
    """One thing that waits for a desk; `due_at` UTC."""

    key: str
    desk: Role
    step: str = Field(description="The step that settles it; empty when none does by itself")
    due_at: datetime | None
    reason: str
    needs_a_person: bool


class SegmentShown(BaseModel):
    """A stretch of a clock's life: it ran, or stood still for a cause. Open ones have no end and no seconds yet."""

    since: datetime
    until: datetime | None
    cause: str | None = Field(description="Whom the case waited for while the clock stood still; null: it ran")
    counted_seconds: float | None


class LedgerShown(BaseModel):
    """The whole life of a clock that ever stood still; the seconds counted add up."""

    hours: str = Field(description="wall: all hours count; business: those of the desk or of the clock's team")
    budget_seconds: float = Field(description="From start to due, in the hours that it counts")
    counted_seconds: float | None = Field(description="What was used of the budget; null until the clock has ended")
    segments: list[SegmentShown]


class ClockShown(BaseModel):
    """A service clock; instants UTC. `on_time` is null while it runs before its due instant."""

    name: str
    started_at: datetime
    due_at: datetime
    warned_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    end_cause: str | None
    on_time: bool | None
    desk: str
    source: str
    paused_for: str | None = Field(description="Whom it stands still for; `due_at` moves when it goes on")
    escalated_to: str | None = Field(description="The highest desk that heard of its breach")
    ledger: LedgerShown | None = Field(description="Null for a clock that never stood still")


class PhotoShown(BaseModel):
    """A photo of the case; GET /v1/cases/{case}/photos/{photo} has the picture."""

    photo: str
    original_sha256: str
    cleaned_sha256: str
    media_type: str
    width: int
    height: int
    size_bytes: int
    difference_hash: str


class StepShown(BaseModel):
    """Whether a step is open to the asker now, until when, and if not, why not and what would open it."""

    step: str
    open: bool
    until: datetime | None = None
    code: str = ""
    sentence: str = ""
    sentence_zh: str = ""
    way_out: str = ""
    source: str = ""


class CaseShown(BaseModel):
    """A case at one of its versions. `sealed_fields` lists personal words that /personal opens."""

    case: str
    kind: Kind
    parent: str | None
    version: int
    state: str
    problem: str | None
    channel: str | None
    customer: str = Field(description="Opaque id of the customer")
    handler: str | None
    team: str
    stand_in: str | None = Field(description="Who acts for the handler, by leave, until `stand_in_until` [E]")
    stand_in_until: datetime | None
    priority: int = Field(description="1 (health and food safety) to 5")
    opened_at: datetime
    closed_at: datetime | None
    tracking: list[str]
    amount: MoneyBody | None
    policy_version: str
    tasks: list[TaskShown]
    clocks: list[ClockShown]
    photos: list[PhotoShown]
    sealed_fields: list[str]
    story: dict[str, Any] = Field(description="The kind's own facts: judgements, proposals, goods, slip …")


class MarkShown(BaseModel):
    """A colleague who looks at the case, until `until` unless renewed (UTC)."""

    person: str
    name: str
    role: Role
    until: datetime


class CaseAnswer(BaseModel):
    """A case as it stands, and the steps of the asker. `recorded` names what the step just taken caused."""

    model_config = ConfigDict(json_schema_extra={"title": "CaseAnswer"})

    case: CaseShown
    steps: list[StepShown]
    recorded: list[str] = Field(default_factory=list)
    marks: list[MarkShown] | None = Field(
        default=None, description="Colleagues who have the case on their screen now; null where it cannot be said"
    )
    about_its_replacement: list[str] | None = Field(
        default=None, description="Complaints about what this case sent instead; null where it cannot be said"
    )


def shown(view: CaseView) -> CaseShown:
    """A view as the API answers it."""
    return CaseShown(
        case=view.case,
        kind=view.kind,
        parent=view.parent,
        version=view.version,
        state=view.state,
        problem=view.problem,
        channel=view.channel,
        customer=view.customer,
        handler=view.handler,
        team=view.team,
        stand_in=view.stand_in,
        stand_in_until=view.stand_in_until,
        priority=view.priority,
        opened_at=view.opened_at,
        closed_at=view.closed_at,
        tracking=list(view.tracking),
        amount=money_body(view.amount),
        policy_version=view.policy_version,
        tasks=[TaskShown.model_validate(task, from_attributes=True) for task in view.tasks],
        clocks=[ClockShown.model_validate(clock, from_attributes=True) for clock in view.clocks],
        photos=[PhotoShown.model_validate(photo, from_attributes=True) for photo in view.photos],
        sealed_fields=sorted(view.sealed or {}),
        story=view.story or {},
    )


TOLD_TO_CUSTOMERS = COMPLAINT.told_to_customers
"""Facts of a case that its customer sees; everything else is the desk's own remark [T]."""


def as_customers_see_it(view: CaseView) -> CaseView:
    """The case without the desk's own remarks: who is to blame, who works on it, what waits for which desk [T][F]."""
    tasks = tuple(task for task in view.tasks if task.desk is Role.CUSTOMER)
    awaited = {task.key for task in tasks}
    return replace(
        view,
        handler=None,
        team="",
        stand_in=None,
        stand_in_until=None,
        priority=MIDDLE,
        tasks=tasks,
        clocks=tuple(clock for clock in view.clocks if clock.name in awaited),
        story={name: value for name, value in (view.story or {}).items() if name in TOLD_TO_CUSTOMERS},
    )


def answered(
    view: CaseView, offers: tuple[StepOffer, ...], recorded: tuple[str, ...] = (), *, to: Caller
) -> CaseAnswer:
    """A case with the asker's steps, as far as the asker's right goes; a customer sees none of the desk's remarks."""
    view, offers = within_reach(to, view, offers)
    view = as_customers_see_it(view) if to.role is Role.CUSTOMER else view
    return CaseAnswer(case=shown(view), steps=[_step(offer) for offer in offers], recorded=list(recorded))


def _step(offer: StepOffer) -> StepShown:
    if not offer.code:
        return StepShown(step=offer.step, open=offer.open, until=offer.until)
    return _refused(offer.step, offer.code, tuple((offer.facts or {}).items()))


@lru_cache(maxsize=4096)
def _refused(step: str, code: str, facts: tuple[tuple[str, str], ...]) -> StepShown:
    """The same steps are refused for the same reasons again and again."""
    told = refusal_of(code, dict(facts)).record()
    return StepShown(
        step=step,
        open=False,
        code=told.code,
        sentence=told.sentence,
        sentence_zh=told.sentence_zh,
        way_out=told.way_out,
        source=told.source,
    )
