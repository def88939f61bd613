"""People of a shop and their keys; and who I am."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.exc import IntegrityError

from api.caller import Caller
from api.edge_refusals import FieldsUnfit, NoSuchThing
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.schemas.lists import WhoIAm
from api.texts import Line
from db.people import RoleNotHeld, add_key, add_person, list_keys, list_people, revoke_key
from domain.people import Role, Unit

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["people"])

NOT_FOR_PEOPLE = frozenset({Role.DESK, Role.CUSTOMER})
ShopAsked = Annotated[
    Line | None, Query(alias="shop", max_length=64, description="Only for an administrator of the whole installation")
]
Named = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,64}$")]


class PersonBody(BaseModel):
    """A new person: the name they work under, and the roles they may act in."""

    model_config = ConfigDict(
        extra="forbid", title="Person", json_schema_extra={"example": {"name": "Lin", "roles": ["agent"]}}
    )

    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)] = Field(
        description="Stands in slips and histories: the work name, not more than it takes"
    )
    roles: list[Role] = Field(min_length=1, max_length=len(Role))
    unit: Unit | None = Field(None, description="Of somebody of the departments: which one; of others none")


class KeyBody(BaseModel):
    """A key is for one person acting in one role."""

    model_config = ConfigDict(extra="forbid", title="Key", json_schema_extra={"example": {"role": "agent"}})

    role: Role


class PersonShown(BaseModel):
    """A person of the shop."""

    person: str
    name: str
    roles: list[Role]
    unit: Unit | None
    created_at: datetime
    disabled_at: datetime | None
    team: str
    skills: list[str] = Field(description="Problems that the person was trained for; empty: all")


class KeyShown(BaseModel):
    """A key without its secret."""

    key_id: str
    person: str
    role: Role
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class PeopleList(BaseModel):
    """People and keys of the shop."""

    people: list[PersonShown]
    keys: list[KeyShown]


class PersonMade(BaseModel):
    """The new person's opaque id."""

    person: str


class KeyMade(BaseModel):
    """The key, shown this once and kept nowhere."""

    person: str
    role: Role
    key: str


def _shop(caller: Caller, asked: str | None) -> str | None:
    """The shop that is meant: the caller's own; an administrator of the installation names one."""
    if caller.shop is not None:
        if asked is not None and asked != caller.shop:
            raise NoSuchThing(what="shop")
        return caller.shop
    return asked


@router.get("/me", operation_id="who_am_i", summary="Who the key stands for", responses=responses(401, 503))
async def who_am_i(caller: Asker) -> WhoIAm:
    """The person and role behind the key or link."""
    return WhoIAm(
        person=caller.person,
        name=caller.name,
        role=caller.role,
        unit=caller.unit,
        shop=caller.shop,
        case=caller.link_case,
    )


@router.get(
    "/people",
    operation_id="list_people",
    summary="People and keys of the shop",
    responses=responses(401, 403, 404, 503),
)
@open_to(Role.ADMINISTRATOR)
async def read_people(desk: DeskNow, caller: Asker, shop: ShopAsked = None) -> PeopleList:
    """People with their roles, keys without their secrets; disabled and revoked ones too."""
    mine = _shop(caller, shop)
    async with desk.database.reading() as session:
        people, keys = await list_people(session, mine), await list_keys(session, mine)
    return PeopleList(
        people=[PersonShown.model_validate(person, from_attributes=True) for person in people],
        keys=[KeyShown.model_validate(key, from_attributes=True) for key in keys],
    )


@router.post(
    "/people",
    status_code=201,
    operation_id="add_person",
    summary="Add a person",
    responses=responses(400, 401, 403, 404, 413, 422, 503),
)
@open_to(Role.ADMINISTRATOR)
async def make_person(desk: DeskNow, caller: Asker, body: PersonBody, shop: ShopAsked = None) -> PersonMade:
    """A person has one login of their own [E]; what they do stands under this id and name."""
    if NOT_FOR_PEOPLE & set(body.roles):
        raise FieldsUnfit(("roles", "customers come by link, and the desk's own machinery has no login"))
    if (body.unit is not None) is not (Role.DEPARTMENT in body.roles):
        raise FieldsUnfit(("unit", "somebody of the departments belongs to one unit, others to none"))
    mine = _shop(caller, shop)
    try:
        async with desk.database.writing() as session:
            person = await add_person(session, mine, body.name, tuple(dict.fromkeys(body.roles)), body.unit)
    except IntegrityError:
        raise NoSuchThing(what="shop") from None
    return PersonMade(person=person)


@router.post(
    "/people/{person}/keys",
    status_code=201,
    operation_id="make_key",
    summary="Make a key for a person in one role",
    responses=responses(400, 401, 403, 404, 413, 422, 503),
)
@open_to(Role.ADMINISTRATOR)
async def make_key(desk: DeskNow, caller: Asker, person: Named, body: KeyBody, shop: ShopAsked = None) -> KeyMade:
    """The key's text is in this answer only; of the secret the desk keeps a hash."""
    mine = _shop(caller, shop)
    async with desk.database.writing() as session:
        if person not in {known.person for known in await list_people(session, mine)}:
            raise NoSuchThing(what="person")
        try:
            key = await add_key(session, person, body.role)
        except RoleNotHeld:
            raise FieldsUnfit(("role", "the person does not hold this role, or is disabled")) from None
    return KeyMade(person=person, role=body.role, key=key)


@router.delete(
    "/people/{person}/keys/{key_id}",
    status_code=204,
    operation_id="revoke_key",
    summary="Revoke a key",
    responses=responses(401, 403, 404, 503),
)
@open_to(Role.ADMINISTRATOR)
async def take_key_away(desk: DeskNow, caller: Asker, person: Named, key_id: Named, shop: ShopAsked = None) -> Response:
    """The key stops working at once here, and within ten seconds in other processes."""
    mine = _shop(caller, shop)
    async with desk.database.writing() as session:
        of_person = {key.key_id for key in await list_keys(session, mine) if key.person == person}
        if key_id not in of_person or not await revoke_key(session, mine, key_id):
            raise NoSuchThing(what="key")
    desk.keys.forget()
    return Response(status_code=204)
