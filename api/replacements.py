"""Complaints about a replacement at the API's edge: which case sent it, and what the new complaint takes over of it."""

from __future__ import annotations

from dataclasses import replace

from adapters.vault import KeyDestroyed
from api.desk import Desk
from api.schemas.complaint import ComplaintBody
from db.orders import OrderOnFile
from db.reads import find_case
from db.replacements import replacements_of_order
from db.sessions import ReadSession
from domain.casefile import Customer
from domain.complaint.replaced.choosing import named, recognisable, recognised
from domain.complaint.replaced.from_story import sent_out
from domain.complaint.state import OpenComplaint
from domain.view import CaseView, Kind


async def first_case(session: ReadSession, shop: str, number: str) -> CaseView | None:
    """The complaint of that number in this shop, as the register has it."""
    view = await find_case(session, shop, number)
    return view if view is not None and view.kind is Kind.COMPLAINT else None


async def taking_over(desk: Desk, shop: str, body: ComplaintBody, first: CaseView | None) -> ComplaintBody:
    """The request with the order and the only line of the first case, where it names neither itself.

    The order's number is opened unseen, to be sealed again for the new case.
    """
    if first is None or body.order is not None:
        return body
    box = (first.sealed or {}).get("order")
    try:
        order = await desk.vault.open(shop, box) if box is not None else None
    except KeyDestroyed:
        order = None
    lines = {line for sent in sent_out(first) for line, _ in sent.units}
    line = lines.pop() if body.line is None and len(lines) == 1 else body.line
    return body.model_copy(update={"order": order, "line": line})


def customer_of_first(first: CaseView, order: OrderOnFile | None) -> Customer:
    """The first case's customer, in the boxes that it has, as important as the order's customer is known to be."""
    boxes = first.sealed or {}
    same = order is not None and order.customer == first.customer
    return Customer(
        subject=first.customer,
        reference=boxes.get("customer"),
        name=boxes.get("name"),
        phone=boxes.get("phone"),
        email=boxes.get("email"),
        address=boxes.get("address"),
        phone_index=first.phone_index,
        level=order.customer_level if order is not None and same else None,
    )


async def about_a_replacement(
    desk: Desk, draft: OpenComplaint, number: str | None, first: CaseView | None
) -> OpenComplaint:
    """The opening with the replacement that it is about: the one named, or the one that the order line makes certain.

    number, first: the case that was named, and what the register has under that number.

    Raises:
        Refusal: the case named has sent no such replacement. DatabaseUnavailable.
    """
    if number is not None:
        return replace(draft, about=named(number, first, draft))
    if not recognisable(draft):
        return draft
    async with desk.database.reading() as session:
        of_the_order = await replacements_of_order(session, draft.shop, draft.order_index or "")
    return replace(draft, about=recognised(of_the_order, draft))
