"""Steps about what runs on the platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from domain.complaint.on_platform.state import Favour, MatterKind, PlatformVerdict, Said, SettledHow
from domain.complaint.roles import AGENTS, DESK_HEADS
from domain.limits import Length, Reason, Says
from domain.money import Money
from domain.people import Role
from domain.steps import Step

Reference = Annotated[str, Length(1, 64), Says("The platform's own number of the request or dispute.", "TM-RQ-4711")]


@dataclass(frozen=True, kw_only=True)
class RecordPlatformNews(Step):
    """What a person sees on the platform's own pages, where no connector tells it: the same facts by hand [S][O]."""

    roles = (*AGENTS, Role.INTEGRATION)
    source = "S,O"
    summary = "Record what the platform shows of a refund request or dispute; also after the case was closed."

    kind: MatterKind
    reference: Reference
    said: Annotated[Said, Says("opened, extended, approved (by itself), paid, decided or withdrawn.", "opened")]
    when: Annotated[datetime, Says("When, by the platform's own clock; RFC 3339.")]
    due_at: Annotated[datetime | None, Says("Of opened and extended: until when it has to be answered.")] = None
    amount: Annotated[Money | None, Says("What is asked for, approved or paid.")] = None
    payment: Annotated[str, Length(0, 64), Says("Of paid: the platform's number of the payment.", "TM-RF-9")] = ""
    favour: Annotated[Favour | None, Says("Of decided: for whom.", "shop")] = None


@dataclass(frozen=True, kw_only=True)
class TakePlatformNews(Step):
    """The platform tells of a request or dispute, by webhook or when it was asked; `news` is its id there."""

    roles = (Role.DESK, Role.INTEGRATION)
    by_machine = True

    news: str
    kind: MatterKind
    reference: str
    said: Said
    when: datetime
    due_at: datetime | None = None
    amount: Money | None = None
    payment: str = ""
    favour: Favour | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerPlatform(Step):
    """The shop's answer on the platform: a request agreed to or refused, a dispute answered with evidence [S]."""

    roles = AGENTS
    source = "S,O"
    summary = "Record how you answered a refund request or dispute on the platform; also after the case was closed."

    reference: Reference
    verdict: Annotated[
        PlatformVerdict, Says("agreed or refused for a refund request, answered for a dispute.", "refused")
    ]
    words: Annotated[str, Length(3, 2000), Says("What the platform was told; no names.", "the goods are not back yet")]
    evidence: Annotated[
        tuple[str, ...], Length(0, 20), Says("Ids of photos of this case, or numbers of its records, that went along.")
    ] = ()


@dataclass(frozen=True, kw_only=True)
class RemindOfPlatform(Step):
    """The supervisor goes daily through requests and disputes under way and reminds who has to answer [S][T]."""

    roles = DESK_HEADS
    source = "S,T"
    summary = "Record that you reminded the owner of a request or dispute; a missing reminder counts against you."

    reference: Reference
    note: Annotated[str, Length(0, 1000), Says("What was said; no names.", "answer before noon")] = ""


@dataclass(frozen=True, kw_only=True)
class SettleOutstanding(Step):
    """Money or goods that are out came back, or the supervisor lets the shop bear them [S][F][O]."""

    roles = AGENTS
    source = "S,F,O"
    summary = "End an item to recover: goods back, money back, or (supervisor) borne; also after the case was closed."

    item: Annotated[str, Length(1, 64), Says("The item, as in the story's `outstanding`.", "refund_request#1")]
    how: Annotated[SettledHow, Says("goods_back, money_back (no slip of this case), or borne.", "goods_back")]
    reason: Reason
