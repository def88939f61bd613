"""Lists: a page of cases, of a desk's work, of payments and messages."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from api.schemas.case import CaseShown, MarkShown, TaskShown
from api.schemas.money import MoneyBody
from domain.people import Role, Unit
from domain.view import Kind


class CasePage(BaseModel):
    """Cases, the last opened first; `next` is the cursor of the following page."""

    items: list[CaseShown]
    next: str | None


class QueueLine(BaseModel):
    """A task with its case."""

    case: str
    kind: Kind
    problem: str | None
    task: TaskShown
    priority: int = Field(description="1 (health and food safety) to 5")
    handler: str | None = Field(description="Whose case it is; null while it lies with the desk or a team")
    team: str
    stand_in: str | None = Field(description="Who acts for the handler until `stand_in_until`")
    stand_in_until: datetime | None
    anybodys: bool = Field(description="Whether anybody of the desk may take it up")


class QueuePage(BaseModel):
    """What waits for a desk: health and food safety first, then what is due first."""

    items: list[QueueLine]
    next: str | None


class PaymentShown(BaseModel):
    """A slip in the money ledger, for good; `slip` is its number within shop and year."""

    payment: str = Field(description="Case number of the slip, which is also the key under which it is paid once")
    slip: str
    purpose: str
    direction: str = Field(description="out: the shop pays; in: the shop is paid")
    line: int | None
    amount: MoneyBody
    state: str
    requested_at: datetime
    settled_at: datetime | None
    reference: str | None
    paid_by: str | None


class AttemptShown(BaseModel):
    """One try to send a message; `asked_by` is who had it sent again, if somebody had."""

    attempt: int
    round: int
    channel: str
    at: datetime
    outcome: str
    answer_code: str
    asked_by: str


class ReceiptShown(BaseModel):
    """What the gateway told of a message later: `delivered` or `undelivered`."""

    round: int
    at: datetime
    result: str
    code: str
    medium: str


class DeliveryShown(BaseModel):
    """A message to the customer, with every attempt and receipt; a round is one more time that it was to be sent."""

    letter: int
    kind: str
    channel: str
    state: str
    says: str = Field(description="In a sentence, such as `told at 2026-11-25 14:02 UTC, by sms, delivered`")
    round: int
    attempts: list[AttemptShown]
    receipts: list[ReceiptShown]


class CostShown(BaseModel):
    """What a line gave back without a slip: a coupon, or what the platform paid by itself."""

    key: str
    kind: str
    line: int
    amount: MoneyBody
    state: str
    held_at: datetime
    settled_at: datetime | None


class PaymentList(BaseModel):
    """The money of a case: its slips, in and out, and what counts under the line's ceiling beside them."""

    items: list[PaymentShown]
    costs: list[CostShown]


class DeliveryList(BaseModel):
    """The messages of a case."""

    items: list[DeliveryShown]


class PersonalWords(BaseModel):
    """Personal words of a case, opened for the asker; that they were is on record.

    `erased` could not be opened: the customer was forgotten.
    """

    case: str
    words: dict[str, str]
    erased: list[str]


class LinkMade(BaseModel):
    """A link for the customer of one case, good until `expires_at`."""

    case: str
    url: str
    token: str
    expires_at: datetime


class MarkPut(BaseModel):
    """The mark holds until `until`; `others` have the case on their screen too."""

    case: str
    until: datetime
    others: list[MarkShown]


class NewsTaken(BaseModel):
    """The returns that were told; none while nobody expects the parcel: they are kept for it."""

    cases: list[str]


class WhoIAm(BaseModel):
    """The person and role behind the key."""

    person: str
    name: str
    role: Role
    unit: Unit | None = Field(default=None, description="Of somebody of the departments: which one")
    shop: str | None
    case: str | None = Field(default=None, description="The one case that a customer's link opens")
