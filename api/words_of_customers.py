"""Personal words are sealed here, at the edge, before anything is kept or sent on; behind it they travel unopened."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.vault import KeyDestroyed
from api.desk import Desk
from api.edge_refusals import DeskUnavailable
from api.schemas.order import CustomerBody
from db.customers import KnownCustomer, subject_of
from db.orders import OrderOnFile
from db.sessions import DatabaseUnavailable
from domain.casefile import Customer
from domain.sealed import Sealed

CUSTOMER_FIELDS = ("reference", "name", "phone", "email", "address")


async def seal(
    desk: Desk, shop: str, subject: str, words: Mapping[str, str], *, request: str = ""
) -> dict[str, Sealed]:
    """Lock words of one subject. request: its key, if it has one, by which a repeat gets the same boxes.

    Raises:
        DeskUnavailable: the register of keys cannot be asked now.
    """
    if not words:
        return {}
    try:
        return await desk.vault.seal_all(shop, subject, words, request=request)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None


async def subject_for(desk: Desk, shop: str, given: CustomerBody | None, otherwise: str) -> KnownCustomer:
    """The subject that stands for this customer: by the shop's own id, else by phone, else by e-mail; with the level.

    otherwise: what makes a customer nobody can recognise one of their own, such as the hash of the request's key.
    """
    mark = f"unnamed {otherwise}"
    if given is not None and given.reference:
        mark = given.reference
    elif given is not None and given.phone:
        mark = f"phone {desk.index.phone(shop, given.phone)}"
    elif given is not None and given.email:
        mark = f"e-mail {given.email.casefold()}"
    level = given.level if given is not None else None
    async with desk.database.writing_once() as session:
        return await subject_of(session, shop, desk.index.customer(shop, mark), level)


async def customer_of_complaint(
    desk: Desk, shop: str, given: CustomerBody | None, order: OrderOnFile | None, otherwise: str
) -> Customer:
    """The customer of a new complaint: who the request names, filled up from the registered order if it is the same.

    A request that does not say under which id the shop knows the customer means the order's customer.
    """
    words = given.words() if given is not None else {}
    buyer = order.customer if order is not None else None
    if order is not None and buyer is not None and (given is None or not given.reference):
        told = given.level if given is not None else None
        customer = KnownCustomer(buyer, order.customer_level if told is None else told)
    else:
        customer = await subject_for(desk, shop, given, otherwise)
    subject = customer.subject
    boxes = await seal(desk, shop, subject, words, request=otherwise)
    if order is not None and subject == buyer:
        boxes = {**{name: box for name, box in order.sealed.items() if name in CUSTOMER_FIELDS}, **boxes}
    phone = words.get("phone") or await _phone_in(desk, shop, boxes.get("phone"))
    return Customer(
        subject=subject,
        reference=boxes.get("reference"),
        name=boxes.get("name"),
        phone=boxes.get("phone"),
        email=boxes.get("email"),
        address=boxes.get("address"),
        phone_index=desk.index.phone(shop, phone) if phone else None,
        level=customer.level,
    )


async def _phone_in(desk: Desk, shop: str, box: Sealed | None) -> str | None:
    """The phone in an order's box, only to mark it for look-up; nobody is shown it."""
    if box is None:
        return None
    try:
        return await desk.vault.open(shop, box)
    except KeyDestroyed:
        return None
