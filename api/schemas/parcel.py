"""What the dock says of a parcel, and what it is told of the returns that it may belong to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from api.schemas.order import Barcode, CustomerBody, Grams, Instant, Short
from api.texts import ClearText, Line, OrderNumber
from domain.dock.matching import Candidate
from domain.dock.state import Goods, ParcelSeen


class GoodsBody(BaseModel):
    """So many units under one barcode."""

    model_config = ConfigDict(extra="forbid", title="Goods")

    barcode: Barcode
    quantity: Annotated[int, Strict()] = Field(default=1, ge=1, le=100_000)


class ParcelBody(BaseModel):
    """A parcel in the warehouse's hands, as it is: nothing of it is asked for, and nothing is refused."""

    model_config = ConfigDict(
        extra="forbid",
        title="Parcel",
        json_schema_extra={
            "example": {
                "tracking": "SF1234567890",
                "carrier": "SF Express",
                "sender": {"name": "王芳", "phone": "138 0013 8000"},
                "card": "AS-2026-000001-R1",
                "grams": 1180,
                "goods": [{"barcode": "6901234567892", "quantity": 1}],
            }
        },
    )

    tracking: Annotated[Line, StringConstraints(min_length=4, max_length=64)] | None = None
    carrier: Short | None = None
    sender: CustomerBody | None = Field(default=None, description="As the label or the note names the sender; sealed")
    card: Annotated[Line, StringConstraints(min_length=1, max_length=64)] | None = Field(
        default=None, description="Case number on the after-sales card, of the return or its complaint"
    )
    order: OrderNumber | None = Field(default=None, description="Order number on a note or a delivery slip; sealed")
    note_found: Annotated[bool, Strict()] | None = Field(
        default=None, description="Whether a card or note lay inside [S]; left out: it did if one is quoted here"
    )
    words: Annotated[ClearText, StringConstraints(min_length=1, max_length=4000)] | None = Field(
        default=None, description="What the note says; sealed, since customers write it"
    )
    grams: Grams | None = Field(default=None, description="Weight of the whole parcel")
    goods: list[GoodsBody] = Field(default_factory=list[GoodsBody], max_length=200, description="What lies in it")
    freight_collect: Annotated[bool, Strict()] = Field(
        default=False, description="The courier collected the freight from us [S]"
    )
    received_at: Instant | None = Field(default=None, description="When it truly came in, if it is entered later [E]")

    def seen(self) -> ParcelSeen:
        """What is not personal, as the parcel carries it; numbers as they are compared."""
        quoted = self.card is not None or self.words is not None or self.order is not None
        sums: dict[str, int] = {}
        for each in self.goods:
            sums[each.barcode] = sums.get(each.barcode, 0) + each.quantity
        return ParcelSeen(
            tracking=(self.tracking or "").strip().upper(),
            carrier=(self.carrier or "").strip(),
            card=(self.card or "").strip().upper(),
            note_found=quoted if self.note_found is None else self.note_found,
            grams=self.grams,
            goods=tuple(Goods(barcode, quantity) for barcode, quantity in sums.items()),
            freight_collect=self.freight_collect,
        )


class CandidateShown(BaseModel):
    """A return that the parcel may belong to; `reasons` are what speaks for it, the weightiest first."""

    return_case: str
    points: int
    reasons: list[str]
    over: bool = Field(description="It takes no parcel any more")


class CandidateList(BaseModel):
    """Returns that a parcel may belong to, the likeliest first."""

    items: list[CandidateShown]


class UnidentifiedLine(BaseModel):
    """A parcel of which nobody knows whose it is, or whose the rest of it is [S]."""

    parcel: str
    received_at: datetime
    hours_here: int
    owner: str | None = Field(description="Name of who finds out whose it is")
    due_at: datetime | None
    overdue: bool
    escalated_to: str | None = Field(description="The highest desk that heard that it was overdue")
    seen: dict[str, Any]
    candidates: list[CandidateShown] = Field(description="As known when it came, or since; the address asks anew")


class UnidentifiedPage(BaseModel):
    """Unidentified parcels, what is due first, first."""

    items: list[UnidentifiedLine]
    next: str | None


def candidate_shown(candidate: Candidate) -> CandidateShown:
    """A candidate as the API answers it."""
    return CandidateShown(
        return_case=candidate.return_case,
        points=candidate.points,
        reasons=list(candidate.reasons),
        over=candidate.over,
    )
