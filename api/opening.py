"""Opens a complaint: check, claim, start, keep. After a crash anywhere the same request ends as exactly one case."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from api.caller import Caller
from api.case_homes import CaseHome
from api.desk import Desk
from api.edge_refusals import DeskUnavailable, FieldsUnfit, KeyReused
from api.fingerprints import fingerprint, key_mark
from api.opened import Opened, found_again, note_started
from api.replacements import about_a_replacement, customer_of_first, first_case, taking_over
from api.schemas.complaint import ComplaintBody
from api.staffing import Staff
from api.words_of_customers import customer_of_complaint, seal
from db.openings import Opening, claim_opening, find_opening
from db.orders import OrderOnFile, find_order
from db.sessions import DatabaseUnavailable
from domain.casework import offers, view
from domain.complaint.assigning.state import Choice
from domain.complaint.book import BOOK, open_complaint
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.state import OpenComplaint
from domain.people import Actor, Role
from domain.policy import PinnedPolicy
from domain.refusals import Refusal
from domain.view import CaseView, Kind

OLDEST = timedelta(days=366)
"""How long ago a complaint may have come in that is entered only now."""

_log = structlog.get_logger("redress.api")


@dataclass(frozen=True)
class DirectReturn:
    """That it opens as a return: how the goods are, and the request as it was sent, by which a repeat is known."""

    condition: GoodsCondition
    said: dict[str, object]


async def open_case(
    desk: Desk, caller: Caller, body: ComplaintBody, key: str, direct: DirectReturn | None = None
) -> Opened:
    """Open the complaint that this key stands for, or find it again.

    The rules are asked before the key is claimed, so that a refused request leaves nothing behind. The answer is
    computed from what opened the case, not asked of it: opening works while every worker is down.

    Raises:
        Refusal: line or quantity contradict the order, the rule lets nothing come back, or no such replacement was
            sent. KeyReused. FieldsUnfit.
        DeskUnavailable.
    """
    shop, now = caller.at_shop, datetime.now(UTC)
    said = body.model_dump(mode="json", exclude_defaults=True) if direct is None else direct.said
    asked = fingerprint(desk.index, shop, "complaints" if direct is None else "returns", said, caller.person)
    received = received_at(body.received_at, now)
    try:
        first, filled = await _first_case(desk, shop, body)
        draft, staff = await _draft(desk, caller, filled, first, key=key, received=received, asked=asked)
        if direct is not None:
            draft = replace(draft, direct=True, condition=direct.condition)
        draft, earlier = await _checked(desk, draft, body.about_replacement_of, first, key)
        if earlier is not None:
            return await _found_again(desk, earlier, draft.opened_by, now)
        async with desk.database.writing_once() as session:
            claim = await claim_opening(session, shop, key_mark(key), asked, Kind.COMPLAINT, received.year)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    if claim.fingerprint != asked or claim.kind is not Kind.COMPLAINT:
        raise KeyReused
    actor = draft.opened_by
    if claim.started_at is not None:
        return await _found_again(desk, claim, actor, now)
    opening = replace(draft, case=claim.case, assigned=_assigned(draft, staff, now))
    opened = _answer(opening, actor, now, repeated=False)
    if not await desk.commands.open(opening, _summary(opening), opened.view.priority):
        return await _found_again(desk, claim, actor, now)
    structlog.contextvars.bind_contextvars(case=claim.case)
    desk.homes.remember(CaseHome(claim.case, shop, Kind.COMPLAINT, opening.customer.subject))
    await asyncio.gather(desk.rows.keep(opened.view), note_started(desk, claim.case))
    return opened


async def _checked(
    desk: Desk, draft: OpenComplaint, about: str | None, first: CaseView | None, key: str
) -> tuple[OpenComplaint, Opening | None]:
    """The case as the rules let it open; or what this very request opened, before its order or first case changed.

    Raises:
        Refusal: the case may not be opened, and never was.
    """
    try:
        draft = await about_a_replacement(desk, draft, about, first)
        open_complaint(draft)
    except Refusal:
        async with desk.database.reading() as session:
            earlier = await find_opening(session, draft.shop, key_mark(key))
        if earlier is None or earlier.fingerprint != draft.fingerprint or earlier.started_at is None:
            raise
        return draft, earlier
    return draft, None


def received_at(said: datetime | None, now: datetime) -> datetime:
    """When it truly came in, which may be entered later [E].

    Raises:
        FieldsUnfit: in the future, or too long ago.
    """
    if said is None:
        return now
    received = said.astimezone(UTC)
    if received > now:
        raise FieldsUnfit(("received_at", "the instant lies in the future"))
    if received < now - OLDEST:
        raise FieldsUnfit(("received_at", "the instant lies more than a year back"))
    return received


async def _draft(
    desk: Desk,
    caller: Caller,
    body: ComplaintBody,
    first: CaseView | None,
    *,
    key: str,
    received: datetime,
    asked: str,
) -> tuple[OpenComplaint, Staff]:
    """Everything that opens the case but its number and in whose hands it comes; and those who may get it.

    first: the case whose replacement the complaint names.
    """
    shop = caller.at_shop
    index = desk.index.order(shop, body.order) if body.order else None
    pinned, order, staff = await _policy_order_and_staff(desk, shop, index, received)
    if first is not None and body.customer is None:
        customer = customer_of_first(first, order)
    else:
        customer = await customer_of_complaint(desk, shop, body.customer, order, key_mark(key))
    said = {"order": body.order, "description": body.description}
    words = {name: text for name, text in said.items() if text}
    boxes = await seal(desk, shop, customer.subject, words, request=key_mark(key))
    draft = OpenComplaint(
        case="",
        shop=shop,
        received_at=received,
        opened_by=Actor(caller.person, caller.role, caller.name, on_behalf_of=Role.CUSTOMER),
        problem=body.problem,
        channel=body.channel,
        customer=customer,
        pinned=pinned,
        fingerprint=asked,
        order=boxes.get("order"),
        order_index=index,
        order_facts=order.facts if order is not None else None,
        line=body.line,
        quantity=body.quantity,
        further=tuple(each.claim() for each in body.further),
        description=boxes.get("description"),
        fault_kind=body.fault_kind,
        signed_for=body.signed_for,
        answers=body.answers(),
    )
    return draft, staff


async def _first_case(desk: Desk, shop: str, body: ComplaintBody) -> tuple[CaseView | None, ComplaintBody]:
    """The case whose replacement the request names, and the request with what it takes over of that case."""
    if body.about_replacement_of is None:
        return None, body
    async with desk.database.reading() as session:
        first = await first_case(session, shop, body.about_replacement_of)
    return first, await taking_over(desk, shop, body, first)


async def _policy_order_and_staff(
    desk: Desk, shop: str, order_index: str | None, received: datetime
) -> tuple[PinnedPolicy, OrderOnFile | None, Staff]:
    async with desk.database.reading() as session:
        pinned = await desk.policies.for_new_case(session, shop, received)
        order = await find_order(session, shop, order_index) if order_index else None
        return pinned, order, await desk.staffing.of(session, shop, datetime.now(UTC))


def _assigned(draft: OpenComplaint, staff: Staff, now: datetime) -> Choice:
    """In whose hands the case comes: by problem, skill, shift and load; an important customer's to the head [F][S]."""
    level, important = draft.customer.level, draft.pinned.policy.important_customer_level.value
    return staff.give(draft.problem, now, important=level is not None and level >= important)


async def _found_again(desk: Desk, claim: Opening, actor: Actor, now: datetime) -> Opened:
    opening = desk.commands.opening_of(claim.case)
    return await found_again(desk, claim, opening, lambda first: _answer(first, actor, now, repeated=True))


def _answer(opening: OpenComplaint, actor: Actor, now: datetime, *, repeated: bool) -> Opened:
    case = open_complaint(opening)
    shown, open_to = view(BOOK, case, 1), offers(BOOK, case, actor, now)
    return Opened(shown, open_to, repeated, agreed=case.accepted is not None)


def _summary(opening: OpenComplaint) -> str:
    return f"{opening.case}: {opening.problem.value}, by {opening.channel.value}"
