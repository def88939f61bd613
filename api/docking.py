"""Takes a parcel in at the dock: look up, claim, start, keep. After a crash the same request ends as one parcel."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from adapters.vault import KeyDestroyed
from api.caller import Caller
from api.case_homes import CaseHome
from api.desk import Desk
from api.edge_refusals import DeskUnavailable, KeyReused
from api.fingerprints import fingerprint, key_mark
from api.opened import Opened, found_again, note_started
from api.opening import received_at
from api.schemas.parcel import ParcelBody
from api.words_of_customers import seal, subject_for
from db.leads import ParcelMarks, returns_like, returns_named
from db.openings import claim_opening
from db.reads import find_case
from db.sessions import DatabaseUnavailable
from domain.casefile import Customer
from domain.casework import offers, view
from domain.dock.book import BOOK, open_parcel
from domain.dock.leads import Agrees, lead_of, seen_of
from domain.dock.state import Lead, OpenParcel, ParcelSeen
from domain.people import Actor
from domain.personal_needs import SCOPE_OF_ALL
from domain.sealed import Sealed
from domain.search_words import sealed_words_of
from domain.view import CaseView, Kind


async def take_in(desk: Desk, caller: Caller, body: ParcelBody, key: str) -> Opened:
    """Open the parcel that this key stands for, or find it again; needs no worker.

    Raises:
        KeyReused. FieldsUnfit: the instant of receipt. DeskUnavailable.
    """
    shop, now = caller.at_shop, datetime.now(UTC)
    said = body.model_dump(mode="json", exclude_defaults=True)
    asked = fingerprint(desk.index, shop, "parcels", said, caller.person)
    received = received_at(body.received_at, now)
    try:
        draft = await _draft(desk, caller, body, key=key, received=received, asked=asked)
        async with desk.database.writing_once() as session:
            claim = await claim_opening(session, shop, key_mark(key), asked, Kind.PARCEL, received.year)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    if claim.fingerprint != asked or claim.kind is not Kind.PARCEL:
        raise KeyReused
    opening = replace(draft, case=claim.case, entered_at=max(received, now))
    if claim.started_at is not None or not await desk.commands.open(opening, f"{claim.case}: parcel at the dock"):
        first = desk.commands.parcel_of(claim.case)
        return await found_again(desk, claim, first, lambda it: _answer(it, draft.received_by, now, repeated=True))
    structlog.contextvars.bind_contextvars(case=claim.case)
    opened = _answer(opening, draft.received_by, now, repeated=False)
    desk.homes.remember(CaseHome(claim.case, shop, Kind.PARCEL, opening.customer.subject))
    await asyncio.gather(desk.rows.keep(opened.view), note_started(desk, claim.case))
    return opened


async def leads_now(desk: Desk, parcel: CaseView) -> tuple[Lead, ...]:
    """The returns that a parcel may belong to, as the register shows them now.

    Raises:
        DatabaseUnavailable, DeskUnavailable.
    """
    seen, box = seen_of(parcel), (parcel.sealed or {}).get("name")
    name = await _opened(desk, parcel.shop, box) if box is not None else ""
    return await _leads(desk, parcel.shop, seen, _agrees(parcel), name)


async def leads_named(desk: Desk, home: CaseHome, numbers: Iterable[str]) -> tuple[Lead, ...]:
    """The returns with these numbers, as the register shows them beside this parcel; another shop's are not there.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    wanted = tuple(dict.fromkeys(number.strip() for number in numbers))
    try:
        async with desk.database.reading() as session:
            parcel = await find_case(session, home.shop, home.case)
            found = await returns_named(session, home.shop, wanted)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    said = _agrees(parcel) if parcel is not None else Agrees()
    return tuple(lead_of(each, said) for each in found)


async def _draft(
    desk: Desk, caller: Caller, body: ParcelBody, *, key: str, received: datetime, asked: str
) -> OpenParcel:
    """Everything that opens the parcel but its number."""
    shop, seen = caller.at_shop, body.seen()
    sender = await _sender(desk, shop, body, key)
    said = {"order": body.order, "words": body.words}
    words = {name: text for name, text in said.items() if text}
    boxes = await seal(desk, shop, sender.subject, words, request=key_mark(key))
    index = desk.index.order(shop, body.order) if body.order else None
    agrees = Agrees(seen.card, index, sender.subject, sender.phone_index)
    name = body.sender.name if body.sender is not None and body.sender.name else ""
    async with desk.database.reading() as session:
        pinned = await desk.policies.for_new_case(session, shop, received)
    return OpenParcel(
        case="",
        shop=shop,
        received_at=received,
        entered_at=received,
        received_by=Actor(caller.person, caller.role, caller.name),
        seen=seen,
        customer=sender,
        pinned=pinned,
        fingerprint=asked,
        order=boxes.get("order"),
        order_index=index,
        words=boxes.get("words"),
        leads=await _leads(desk, shop, seen, agrees, name),
    )


async def _sender(desk: Desk, shop: str, body: ParcelBody, key: str) -> Customer:
    """The sender as the parcel names them: by the shop's own id a known customer, else somebody by phone or unnamed."""
    words = body.sender.words() if body.sender is not None else {}
    known = await subject_for(desk, shop, body.sender, key_mark(key))
    boxes = await seal(desk, shop, known.subject, words, request=key_mark(key))
    phone = words.get("phone")
    return Customer(
        subject=known.subject,
        reference=boxes.get("reference"),
        name=boxes.get("name"),
        phone=boxes.get("phone"),
        email=boxes.get("email"),
        address=boxes.get("address"),
        phone_index=desk.index.phone(shop, phone) if phone else None,
    )


async def _leads(desk: Desk, shop: str, seen: ParcelSeen, said: Agrees, name: str) -> tuple[Lead, ...]:
    """What the register shows; the words of a name are looked for as marks, unseen."""
    words = sealed_words_of("name", name) if name else ()
    marks = ParcelMarks(
        tracking=seen.tracking,
        card=said.card,
        order_index=said.order_index,
        customer=said.customer,
        phone_index=said.phone_index,
        barcodes=tuple(goods.barcode for goods in seen.goods),
        name=tuple(desk.index.word(shop, SCOPE_OF_ALL, word) for word in words),
    )
    async with desk.database.reading() as session:
        found = await returns_like(session, shop, marks)
    return tuple(lead_of(each.view, said, same_name=each.same_name) for each in found)


async def _opened(desk: Desk, shop: str, box: Sealed) -> str:
    """The sender's name, only to look for its marks; nobody is shown it."""
    try:
        return await desk.vault.open(shop, box)
    except KeyDestroyed:
        return ""


def _answer(opening: OpenParcel, actor: Actor, now: datetime, *, repeated: bool) -> Opened:
    case = open_parcel(opening)
    return Opened(view(BOOK, case, 1), offers(BOOK, case, actor, now), repeated)


def _agrees(parcel: CaseView) -> Agrees:
    return Agrees(seen_of(parcel).card, parcel.order_index, parcel.customer, parcel.phone_index)
