"""Steps of looking into a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.looking_into.state import Finding, RecordKind
from domain.complaint.problems import Check, FaultKind, RemedyKind
from domain.complaint.roles import AGENTS, CUSTOMERS_WORD
from domain.complaint.state import Channel
from domain.limits import Length, Reason, Says, ShortText, Words
from domain.money import Money
from domain.people import Role
from domain.sealed import Sealed
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class AttachRecord(Step):
    """A video, conversation, tracking record, inspection, statement or courier's note becomes part of the case [S][F].

    The words are sealed and hashed at the edge; what lies elsewhere is named by its reference.
    """

    roles = (*CUSTOMERS_WORD, Role.CALL_BACK, Role.LOGISTICS, Role.WAREHOUSE, Role.INTEGRATION)
    source = "S,F,D"
    summary = "Attach a record as evidence: its words, or a reference to where it lies."

    kind: RecordKind
    title: Annotated[ShortText, Says("What it is, without names.", "chat of 3 March, evening shift")]
    words: Annotated[Sealed | None, Length(1, 100_000), Says("The record itself, as text.")] = None
    reference: Annotated[str, Length(0, 400), Says("Where it lies, if it is no text.", "recordings/2026-03-03/17")] = ""
    words_digest: Annotated[str, Says("hidden")] = ""
    """Keyed hash of the words, made at the edge."""


@dataclass(frozen=True, kw_only=True)
class RecordCheck(Step):
    """One of the checks that the problem asks for, with its finding, noted [T]."""

    roles = (*AGENTS, Role.LOGISTICS)
    source = "T"
    summary = "Record what you looked up and found: chat record, order, tracking, staff error, cause, courier's note."

    check: Check
    finding: Finding
    note: Annotated[str, Length(3, 1000), Says("What was found, in a sentence; no names.", "one parcel of two arrived")]


@dataclass(frozen=True, kw_only=True)
class ExemptFromPhoto(Step):
    """The fault is of a kind that no photo shows, and the description fits it: the inspection decides [S]."""

    roles = AGENTS
    source = "S"
    summary = "Excuse the customer from the photo: the kind of fault is excepted and the description fits it."

    fault_kind: FaultKind
    reason: Annotated[str, Length(3, 1000), Says("How the description fits the kind.", "the insole came loose inside")]


@dataclass(frozen=True, kw_only=True)
class Explain(Step):
    """The value and performance of the goods, or how to use them, explained to the customer [T][F]."""

    roles = AGENTS
    source = "T,F"
    summary = "Explain the goods, or guide the customer in using them; no words of blame."

    words: Words


@dataclass(frozen=True, kw_only=True)
class ReportEffect(Step):
    """Whether the explanation helped, by the customer's own word [T][F]."""

    roles = CUSTOMERS_WORD
    source = "T,F"
    summary = "Say whether the explanation or guidance settled the matter."

    helped: Annotated[bool, Says("Whether the matter is settled by it.", False)]
    heard_on: Annotated[Channel | None, Says("For an agent: where the customer said so.", "phone")] = None


@dataclass(frozen=True, kw_only=True)
class RecordOutsidePromise(Step):
    """A promise made outside the software is recorded as what it is, and binds the shop [S][O]."""

    roles = AGENTS
    source = "S,O"
    summary = "Record a promise that was made by phone or chat without evidence: the shop keeps it."

    kind: RemedyKind
    refund: Annotated[Money | None, Says("The sum that was promised.")] = None
    freight: Annotated[bool, Says("Whether return freight was promised.", True)] = False
    promised_by: Annotated[str, Length(1, 64), Says("The person who promised it (id from /v1/people).")]
    heard_on: Channel
    reason: Reason
