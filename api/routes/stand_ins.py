"""Named stand-ins for finance: who signs for whom, from which day to which (domain.md, "People" [T])."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.edge_refusals import FieldsUnfit, NoSuchThing
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.texts import Line
from db.stand_ins import CannotStandIn, Naming, end_stand_in, list_stand_ins, name_stand_in
from domain.people import Role

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["people"])

NAMING = (Role.FINANCE, Role.CENTRE_MANAGER, Role.ADMINISTRATOR)
MOST_DAYS = 92
"""The longest that somebody stands in; a longer absence is a role of one's own [O]."""
PersonId = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]
StandInId = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,64}$")]


class StandInBody(BaseModel):
    """Who stands in for whom; both days are the shop's own, the last one included."""

    model_config = ConfigDict(
        extra="forbid",
        title="StandIn",
        json_schema_extra={
            "example": {
                "person": "p_5f0c",
                "stands_for": "p_91ab",
                "first_day": "2026-12-01",
                "last_day": "2026-12-05",
                "reason": "annual leave",
            }
        },
    )

    person: PersonId = Field(description="Who stands in: somebody of the shop who does not hold the role")
    stands_for: PersonId = Field(description="Who holds the role and is away")
    first_day: date
    last_day: date
    reason: Annotated[Line, StringConstraints(min_length=3, max_length=1000)]


class StandInShown(BaseModel):
    """A stand-in; it holds from `since` until `until` (UTC, excluded) unless it was ended before."""

    stand_in: str
    person: str
    name: str
    role: Role
    stands_for: str
    stands_for_name: str
    since: datetime
    until: datetime
    reason: str
    named_by: str
    named_at: datetime
    ended_at: datetime | None


class StandInList(BaseModel):
    """Every stand-in that was ever named, the last one first."""

    items: list[StandInShown]


class StandInMade(BaseModel):
    """The naming's opaque id."""

    stand_in: str


@router.get(
    "/stand-ins",
    operation_id="list_stand_ins",
    summary="Who stands in for finance, and who did",
    responses=responses(401, 403, 503),
)
@open_to(*NAMING, Role.SUPERVISOR, Role.AUDITOR)
async def read_stand_ins(desk: DeskNow, caller: Asker) -> StandInList:
    """Namings are never deleted: each signature of a stand-in has the naming that allowed it."""
    async with desk.database.reading() as session:
        named = await list_stand_ins(session, caller.at_shop)
    return StandInList(items=[StandInShown.model_validate(each, from_attributes=True) for each in named])


@router.post(
    "/stand-ins",
    status_code=201,
    operation_id="name_stand_in",
    summary="Name a stand-in for finance",
    responses=responses(400, 401, 403, 413, 422, 503),
)
@open_to(*NAMING)
async def make_stand_in(desk: DeskNow, caller: Asker, body: StandInBody) -> StandInMade:
    """From the first day to the last the person may have a key for the role, and signs under both names.

    Nobody names themselves, and nobody signs what they asked for or approved.
    """
    days = (body.last_day - body.first_day).days + 1
    if not 1 <= days <= MOST_DAYS:
        raise FieldsUnfit(("last_day", f"1 to {MOST_DAYS} days from the first day on"))
    if body.person in {caller.person, body.stands_for}:
        raise FieldsUnfit(("person", "somebody else than who names and than who is away"))
    now = datetime.now(UTC)
    try:
        async with desk.database.writing() as session:
            calendar = (await desk.policies.for_new_case(session, caller.at_shop, now)).calendar
            since = calendar.day_of(calendar.instant_of(body.first_day, 12 * 60))[0]
            until = calendar.day_of(calendar.instant_of(body.last_day, 12 * 60))[1]
            if until <= now:
                raise FieldsUnfit(("last_day", "a day that is not over"))
            naming = Naming(
                shop=caller.at_shop,
                person=body.person,
                role=Role.FINANCE,
                stands_for=body.stands_for,
                since=since,
                until=until,
                reason=body.reason,
                named_by=caller.person,
            )
            stand_in = await name_stand_in(session, naming, now)
    except CannotStandIn as cannot:
        field, _, why = str(cannot).partition(": ")
        raise FieldsUnfit((field, why)) from None
    return StandInMade(stand_in=stand_in)


@router.delete(
    "/stand-ins/{stand_in}",
    status_code=204,
    operation_id="end_stand_in",
    summary="End a stand-in before its last day",
    responses=responses(401, 403, 404, 503),
)
@open_to(*NAMING)
async def unmake_stand_in(desk: DeskNow, caller: Asker, stand_in: StandInId) -> Response:
    """The key stops working at once here, and within ten seconds in other processes."""
    async with desk.database.writing() as session:
        if not await end_stand_in(session, caller.at_shop, stand_in, caller.person, datetime.now(UTC)):
            raise NoSuchThing(what="stand-in")
    desk.keys.forget()
    return Response(status_code=204)
