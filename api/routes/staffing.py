"""Who works on what and when: skills, teams, the duty roster, what everybody has to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime

from api.edge_refusals import FieldsUnfit, NoSuchThing
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import STAFF
from api.routes.people import Named
from api.schemas.staffing import WEEK, LoadList, LoadShown, RosterBody, RosterShown, ShiftShown, WorkBody
from db.people import set_work
from db.roster import ShiftsOverlap, list_shifts, on_duty, put_shifts
from db.workload import loads
from domain.people import Role

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["people"])

HEADS = (Role.SUPERVISOR, Role.CENTRE_MANAGER, Role.ADMINISTRATOR)
MOST_LISTED = 5 * WEEK


@router.put(
    "/people/{person}/work",
    status_code=204,
    operation_id="set_work",
    summary="Team and skills of a person",
    responses=responses(400, 401, 403, 404, 413, 422, 503),
)
@open_to(*HEADS)
async def put_work(desk: DeskNow, caller: Asker, person: Named, body: WorkBody) -> Response:
    """New cases are assigned by it from now on; those that the person has stay."""
    skills = tuple(dict.fromkeys(skill.value for skill in body.skills))
    async with desk.database.writing_once() as session:
        if not await set_work(session, caller.at_shop, person, body.team or "", skills):
            raise NoSuchThing(what="person")
    desk.staffing.forget(caller.at_shop)
    return Response(status_code=204)


@router.put(
    "/people/{person}/roster",
    status_code=204,
    operation_id="set_roster",
    summary="A person's shifts of one week",
    responses=responses(400, 401, 403, 404, 413, 422, 503),
)
@open_to(*HEADS)
async def put_roster(desk: DeskNow, caller: Asker, person: Named, body: RosterBody) -> Response:
    """All shifts that the person begins within the seven days; an empty list is a week of rest.

    A shop that has never set a shift, or none for a week, keeps no roster: then everybody counts as on duty.
    """
    since = body.week.astimezone(UTC)
    shifts = tuple(each.shift() for each in body.shifts)
    try:
        async with desk.database.writing() as session:
            if not await put_shifts(session, caller.at_shop, person, since, since + WEEK, shifts):
                raise NoSuchThing(what="person")
    except ShiftsOverlap:
        raise FieldsUnfit(("shifts", "two shifts of the person overlap, in this week or with one beside it")) from None
    desk.staffing.forget(caller.at_shop)
    return Response(status_code=204)


@router.get(
    "/roster",
    operation_id="read_roster",
    summary="The duty roster",
    responses=responses(401, 403, 422, 503),
)
@open_to(*STAFF, Role.ADMINISTRATOR)
async def read_roster(
    desk: DeskNow,
    caller: Asker,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to", description="At most five weeks later")] = None,
    at: Annotated[AwareDatetime | None, Query(description="An instant, in the place of `from` and `to`")] = None,
) -> RosterShown:
    """Shifts that touch the time from `from` until before `to`; with `at`, those worked at that instant."""
    async with desk.database.reading() as session:
        if at is not None and since is None and until is None:
            found = await on_duty(session, caller.at_shop, at)
        elif at is not None or since is None or until is None:
            raise FieldsUnfit(("from", "give `from` and `to`, or `at` alone"))
        elif not since < until <= since + MOST_LISTED:
            raise FieldsUnfit(("to", "lies after `from`, at most five weeks"))
        else:
            found = await list_shifts(session, caller.at_shop, since, until)
    return RosterShown(
        items=[
            ShiftShown(
                person=each.person, name=each.name, team=each.team, begins=each.shift.begins, ends=each.shift.ends
            )
            for each in found
        ]
    )


@router.get(
    "/people/load",
    operation_id="read_load",
    summary="What everybody has to do",
    responses=responses(401, 403, 503),
)
@open_to(Role.SUPERVISOR, Role.CENTRE_MANAGER)
async def read_load(desk: DeskNow, caller: Asker) -> LoadList:
    """Open complaints per person, and those with something overdue; what is nobody's stands first."""
    async with desk.database.reading() as session:
        found = await loads(session, caller.at_shop, datetime.now(UTC))
    return LoadList(items=[LoadShown.model_validate(each, from_attributes=True) for each in found])
