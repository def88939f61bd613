"""The shop's policy: published as TOML, read back as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from api.caller import Caller
from api.edge_refusals import FieldsUnfit, NoSuchThing, NotReadable
from api.errors import MOST_ERRORS
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, checked_by, open_to
from db.policies import PublishedPolicy, current_policy, policy_version, publish
from domain.people import Role
from policies.refused import PolicyRefused

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["policies"])


class PolicyShown(BaseModel):
    """A policy as published: `version` is its content's SHA-256 with the calendar made explicit for the year."""

    version: str
    text: str
    published_at: datetime | None = Field(description="Null: the shop has published none, this is the default")
    published_by: str | None


class PolicyPublished(BaseModel):
    """The version now in force for new cases; running cases keep theirs. `new`: it was not known before."""

    version: str
    new: bool


def _staff(caller: Caller) -> None:
    if caller.role is Role.CUSTOMER:
        caller.needs(*(role for role in Role if role not in {Role.CUSTOMER, Role.DESK}))
    _ = caller.at_shop


_TOML: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "text/plain": {"schema": {"type": "string"}, "example": 'currency = "CNY"\nlanguage = "zh"\n…'},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@router.put(
    "/policies/current",
    operation_id="publish_policy",
    summary="Publish a policy for new cases",
    responses=responses(400, 401, 403, 413, 422, 503),
    openapi_extra=_TOML,
)
@open_to(Role.ADMINISTRATOR)
async def publish_policy(desk: DeskNow, caller: Asker, request: Request) -> PolicyPublished:
    """The whole policy as TOML: every cell is checked, and either all are right or each wrong one is named."""
    shop, now = caller.at_shop, datetime.now(UTC)
    try:
        text = (await request.body()).decode("utf-8")
    except UnicodeDecodeError:
        raise NotReadable("TOML", "TOML 文本") from None
    if "\0" in text:
        raise NotReadable("TOML", "TOML 文本")
    try:
        pinned = await desk.policies.pinned(text, now.year)
    except PolicyRefused as refused:
        faults = refused.faults[:MOST_ERRORS]
        raise FieldsUnfit(*((fault.cell, f"{fault.wrong}; allowed: {fault.allowed}") for fault in faults)) from None
    async with desk.database.writing() as session:
        new = await publish(session, PublishedPolicy(shop, text, pinned, now, caller.person))
    return PolicyPublished(version=pinned.version, new=new)


@router.get(
    "/policies/current",
    operation_id="read_current_policy",
    summary="The policy of new cases",
    responses=responses(401, 403, 503),
)
@checked_by(_staff)
async def read_current(desk: DeskNow, caller: Asker) -> PolicyShown:
    """What a case opened now would pin."""
    async with desk.database.reading() as session:
        published = await current_policy(session, caller.at_shop)
    if published is not None:
        return _shown(published)
    pinned = await desk.policies.pinned(desk.policies.default_text, datetime.now(UTC).year)
    return PolicyShown(version=pinned.version, text=desk.policies.default_text, published_at=None, published_by=None)


@router.get(
    "/policies/{version}",
    operation_id="read_policy",
    summary="A policy that the shop published",
    responses=responses(401, 403, 404, 503),
)
@checked_by(_staff)
async def read_version(
    desk: DeskNow, caller: Asker, version: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> PolicyShown:
    """The version that a case names, in force or not."""
    async with desk.database.reading() as session:
        published = await policy_version(session, caller.at_shop, version)
    if published is None:
        raise NoSuchThing(what="policy")
    return _shown(published)


def _shown(published: PublishedPolicy) -> PolicyShown:
    return PolicyShown(
        version=published.version,
        text=published.text,
        published_at=published.published_at,
        published_by=published.published_by,
    )
