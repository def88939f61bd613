"""Personal words, opened for who needs them; and the customer's link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter

from adapters.vault import KeyDestroyed
from api.caller import Caller
from api.case_homes import CaseHome
from api.commands import CaseEnded
from api.desk import Desk
from api.edge_refusals import CaseUnknown, DeskUnavailable, NotWithThisKey
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, checked_by, open_to
from api.routes.cases import kept_view
from api.schemas.lists import LinkMade, PersonalWords
from db.disclosures import Disclosure, note_disclosure
from domain.people import Actor, Role
from domain.personal_needs import NEEDS
from domain.sealed import Sealed
from domain.view import CaseView, Kind

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["cases"])


def _needs_words(caller: Caller) -> None:
    if caller.role not in NEEDS:
        raise NotWithThisKey(role=caller.role.value, roles=", ".join(role.value for role in NEEDS))
    _ = caller.at_shop


@router.get(
    "/cases/{case}/personal",
    operation_id="read_personal_words",
    summary="The customer's own words and contact, opened",
    responses=responses(401, 403, 404, 503),
)
@checked_by(_needs_words)
async def read_personal(desk: DeskNow, caller: Asker, case: str) -> PersonalWords:
    """Open the sealed words that your work needs. Who opened what, and when, is kept for good [E]."""
    home = await desk.homes.enter(caller, case)
    actor = home.actor(caller)
    sealed = (await _view(desk, home, actor)).sealed or {}
    needed = NEEDS[caller.role]
    boxes = {name: box for name, box in sealed.items() if needed is None or name in needed}
    words, erased = await _opened(desk, home.shop, boxes)
    if words:
        async with desk.database.writing_once() as session:
            await note_disclosure(
                session,
                Disclosure(
                    shop=home.shop,
                    case=home.case,
                    subject=home.customer,
                    fields=tuple(sorted(words)),
                    person=actor.person,
                    role=actor.role,
                    at=datetime.now(UTC),
                ),
            )
    return PersonalWords(case=home.case, words=words, erased=erased)


async def _view(desk: Desk, home: CaseHome, actor: Actor) -> CaseView:
    """The case live; while no worker answers, the read model's copy, which has the same boxes."""
    try:
        return (await desk.commands.look(home.case, actor)).view
    except CaseEnded:
        raise CaseUnknown from None
    except DeskUnavailable:
        return await kept_view(desk, home)


async def _opened(desk: Desk, shop: str, boxes: dict[str, Sealed]) -> tuple[dict[str, str], list[str]]:
    words: dict[str, str] = {}
    erased: list[str] = []
    for name, box in sorted(boxes.items()):
        try:
            words[name] = await desk.vault.open(shop, box)
        except KeyDestroyed:
            erased.append(name)
    return words, erased


@router.post(
    "/cases/{case}/link",
    operation_id="make_link",
    summary="A link for the customer of this case",
    responses=responses(401, 403, 404, 503),
)
@open_to(Role.AGENT, Role.SUPERVISOR, Role.CALL_BACK, Role.INTEGRATION)
async def make_link(desk: DeskNow, caller: Asker, case: str) -> LinkMade:
    """Sign a link by which the customer, without a key, sees this one case, sends photos and answers proposals."""
    home = await desk.homes.enter(caller, case)
    if home.kind is not Kind.COMPLAINT:
        raise CaseUnknown
    days, now = await _link_days(desk, home), datetime.now(UTC)
    token = desk.links.sign(home.shop, home.case, 1, now, days)
    expires = (now + timedelta(days=days)).replace(microsecond=0)
    return LinkMade(
        case=home.case, url=f"{desk.public_url}/v1/cases/{home.case}?link={token}", token=token, expires_at=expires
    )


async def _link_days(desk: Desk, home: CaseHome) -> int:
    """As the shop's policy says that the case was opened under; from its start, while its row is still owed."""
    try:
        view = await kept_view(desk, home)
    except CaseUnknown:
        try:
            return (await desk.commands.opening_of(home.case)).pinned.policy.customer_link_days.value
        except CaseEnded:
            raise CaseUnknown from None
    async with desk.database.reading() as session:
        return (await desk.policies.of_case(session, view)).policy.customer_link_days.value
