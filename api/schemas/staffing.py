"""Who works on what and when, as the API takes and shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.schemas.order import Instant
from api.texts import Line
from domain.complaint.assigning.choosing import Shift
from domain.complaint.problems import Problem

WEEK = timedelta(days=7)
LONGEST_SHIFT = timedelta(hours=16)
MOST_SHIFTS = 28
"""Four a day."""

Team = Annotated[Line, StringConstraints(min_length=1, max_length=64)]


class WorkBody(BaseModel):
    """What a person works on."""

    model_config = ConfigDict(
        extra="forbid",
        title="Work",
        json_schema_extra={"example": {"team": "tableware", "skills": ["quality", "damaged"]}},
    )

    team: Team | None = Field(default=None, description="Left out: of no team")
    skills: list[Problem] = Field(
        default_factory=list[Problem],
        max_length=len(Problem),
        description="Problems that the person was trained for; empty: all",
    )


class ShiftBody(BaseModel):
    """A stretch of work; both instants with their zone."""

    model_config = ConfigDict(extra="forbid", title="Shift")

    begins: Instant
    ends: Instant = Field(description="The first instant off duty; at most 16 hours after the beginning")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if not timedelta(0) < self.ends - self.begins <= LONGEST_SHIFT:
            raise ValueError("a shift ends after it begins, within 16 hours; write a longer one as two")
        return self

    def shift(self) -> Shift:
        """The shift in UTC."""
        return Shift(self.begins.astimezone(UTC), self.ends.astimezone(UTC))


class RosterBody(BaseModel):
    """A person's shifts of one week, all of them: what stood there before is replaced."""

    model_config = ConfigDict(
        extra="forbid",
        title="Roster",
        json_schema_extra={
            "example": {
                "week": "2026-11-30T00:00:00+08:00",
                "shifts": [{"begins": "2026-11-30T09:00:00+08:00", "ends": "2026-11-30T18:30:00+08:00"}],
            }
        },
    )

    week: Instant = Field(description="Beginning of the seven days in which the shifts begin")
    shifts: list[ShiftBody] = Field(max_length=MOST_SHIFTS)

    @model_validator(mode="after")
    def _within_the_week(self) -> Self:
        if any(not self.week <= each.begins < self.week + WEEK for each in self.shifts):
            raise ValueError("every shift begins within seven days from `week`")
        return self


class ShiftShown(BaseModel):
    """A shift on the duty roster."""

    person: str
    name: str
    team: str
    begins: datetime
    ends: datetime


class RosterShown(BaseModel):
    """The duty roster of a time, by beginning and name."""

    items: list[ShiftShown]


class LoadShown(BaseModel):
    """What a person has to do; `person` is null for what is nobody's."""

    person: str | None
    name: str
    team: str
    skills: list[str]
    on_duty: bool | None = Field(description="Null in a shop that keeps no roster")
    until: datetime | None = Field(description="When the shift that runs ends")
    open_cases: int
    overdue: int = Field(description="Open complaints in which something of ours is past its due instant")


class LoadList(BaseModel):
    """What everybody who works on complaints has to do."""

    items: list[LoadShown]
