"""An order as a shop registers it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)

from api.schemas.money import MoneyBody, money_body
from api.texts import ClearText, Email, Line, Phone
from domain.order import OrderFacts, OrderLine


def _only_text(value: object) -> object:
    """JSON has no instants; a number would be read as seconds of 1970, which nobody means."""
    if not isinstance(value, str):
        raise ValueError("write the instant as RFC 3339 text with its zone, such as 2026-11-22T08:30:00Z")
    return value


def _within_reach(instant: datetime) -> datetime:
    """Instants are kept in UTC, where the first and the last days of all calendars have no place."""
    try:
        instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("the instant lies beyond all calendars") from None
    return instant


Instant = Annotated[
    AwareDatetime, BeforeValidator(_only_text), AfterValidator(_within_reach), Field(examples=["2026-11-22T08:30:00Z"])
]
"""An instant with its zone, RFC 3339."""

Short = Annotated[Line, StringConstraints(min_length=1, max_length=120)]
Barcode = Annotated[Line, StringConstraints(min_length=1, max_length=64), Field(examples=["6901234567892"])]
Grams = Annotated[int, Strict(), Field(ge=1, le=1_000_000)]


class CustomerBody(BaseModel):
    """The customer. Everything in it but the level is sealed before it is kept or sent on."""

    model_config = ConfigDict(
        extra="forbid",
        title="Customer",
        json_schema_extra={
            "example": {"reference": "wang_88", "name": "王芳", "phone": "138 0013 8000", "email": "wang@example.com"}
        },
    )

    reference: Annotated[Line, StringConstraints(min_length=1, max_length=120)] | None = Field(
        default=None, description="The id under which the shop knows the customer; goes on the card in a parcel"
    )
    name: Short | None = None
    phone: Phone | None = None
    email: Email | None = None
    address: Annotated[ClearText, StringConstraints(min_length=1, max_length=400)] | None = None
    level: Annotated[int, Strict()] | None = Field(
        default=None,
        ge=0,
        le=100,
        description="How important the customer is to the shop; kept, in clear. The policy says from where on [S]",
    )

    def words(self) -> dict[str, str]:
        """What was given of what is sealed, by field."""
        return {name: value for name, value in self.model_dump(exclude={"level"}).items() if value is not None}


class OrderLineBody(BaseModel):
    """One line; `paid` is what the customer paid for all its units, discounts taken off."""

    model_config = ConfigDict(extra="forbid", title="OrderLine")

    line: Annotated[int, Strict()] = Field(ge=1, le=100_000)
    product: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    quantity: Annotated[int, Strict()] = Field(ge=1, le=100_000)
    paid: MoneyBody
    barcode: Barcode | None = Field(default=None, description="On the goods; by it the dock knows them again")
    grams: Grams | None = Field(default=None, description="Weight of one unit")

    def line_paid(self) -> OrderLine:
        """The line as cases carry it."""
        return OrderLine(self.line, self.product, self.quantity, self.paid.money(), self.barcode or "", self.grams)


class OrderBody(BaseModel):
    """The facts that complaints are checked against; registering the same again changes nothing."""

    model_config = ConfigDict(
        extra="forbid",
        title="Order",
        json_schema_extra={
            "example": {
                "lines": [
                    {
                        "line": 1,
                        "product": "teapot, blue, 1.2 l",
                        "quantity": 2,
                        "paid": {"amount": "138.00", "currency": "CNY"},
                    }
                ],
                "carrier": "SF Express",
                "tracking": "SF1234567890",
                "paid_at": "2026-11-18T06:30:00Z",
                "customer": {"reference": "wang_88", "name": "王芳", "phone": "138 0013 8000"},
            }
        },
    )

    lines: list[OrderLineBody] = Field(min_length=1, max_length=200)
    carrier: Short | None = None
    tracking: Annotated[Line, StringConstraints(min_length=4, max_length=64)] | None = None
    paid_at: Instant | None = None
    dispatched_at: Instant | None = None
    arrival_agreed_at: Instant | None = None
    signed_at: Instant | None = Field(default=None, description="When the customer signed for the parcel")
    handling: list[Short] = Field(default_factory=list, max_length=20, description="Such as fragile, damp, upright")
    customer: CustomerBody | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if len({line.line for line in self.lines}) != len(self.lines):
            raise ValueError("two lines have the same number")
        if len({line.paid.currency for line in self.lines}) != 1:
            raise ValueError("all lines have to be in one currency")
        return self

    def facts(self) -> OrderFacts:
        """The order as cases carry it: no personal word in it."""
        return OrderFacts(
            lines=tuple(each.line_paid() for each in self.lines),
            carrier=self.carrier,
            tracking=self.tracking,
            paid_at=self.paid_at,
            dispatched_at=self.dispatched_at,
            arrival_agreed_at=self.arrival_agreed_at,
            signed_at=self.signed_at,
            handling=tuple(self.handling),
        )


class OrderLineShown(BaseModel):
    """One line as registered."""

    line: int
    product: str
    quantity: int
    paid: MoneyBody
    barcode: str | None
    grams: int | None


class NotVerified(BaseModel):
    """A case that waits for this order and could not be verified against it: `code` and `sentence` say why."""

    case: str
    code: str
    sentence: str


class OrderShown(BaseModel):
    """An order as it is registered. `verified` names the waiting cases that were just checked against it."""

    order: str
    version: int
    lines: list[OrderLineShown]
    carrier: str | None
    tracking: str | None
    handling: list[str]
    customer: str | None = Field(description="Opaque id of the customer")
    verified: list[str] = Field(default_factory=list)
    not_verified: list[NotVerified] = Field(default_factory=list["NotVerified"])


def order_shown(number: str, version: int, facts: OrderFacts, customer: str | None) -> OrderShown:
    """An order as the API answers it, under the number that the asker knows."""
    lines: list[OrderLineShown] = []
    for each in facts.lines:
        paid = money_body(each.paid)
        if paid is not None:
            lines.append(
                OrderLineShown(
                    line=each.line,
                    product=each.product,
                    quantity=each.quantity,
                    paid=paid,
                    barcode=each.barcode or None,
                    grams=each.grams,
                )
            )
    return OrderShown(
        order=number,
        version=version,
        lines=lines,
        carrier=facts.carrier,
        tracking=facts.tracking,
        handling=list(facts.handling),
        customer=customer,
    )
