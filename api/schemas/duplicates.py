"""Other complaints that are likely about the same matter, as the API shows them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from domain.complaint.linking.likely import Why


class AlikeShown(BaseModel):
    """A photo of this case and one of the other that look alike."""

    mine: str
    theirs: str
    bits_apart: int = Field(description="Of 64; 0 for the same picture, up to 6 for a copy of it")


class DuplicateShown(BaseModel):
    """Another complaint, with what it shares with this one."""

    case: str
    state: str
    problem: str | None
    handler: str | None
    opened_at: datetime
    closed_at: datetime | None
    reasons: list[Why] = Field(description="The most telling first")
    photos: list[AlikeShown]
    linked: bool = Field(description="Linked with this case, or merged one into the other, already")
    came_first: bool = Field(description="Whether it came in before this one: then it is the one to merge into")


class DuplicateList(BaseModel):
    """The likeliest first. A hint: who links or merges decides."""

    case: str
    items: list[DuplicateShown]
