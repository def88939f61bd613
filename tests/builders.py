"""Makes what tests of the rules need: people, a policy, an opening, photos. All invented, all deterministic."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from domain.casefile import Customer
from domain.complaint.book import open_complaint
from domain.complaint.problems import Problem
from domain.complaint.state import Channel, Complaint, OpenComplaint
from domain.evidence import Photo
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.people import Actor, Role, Unit
from domain.policy import PinnedPolicy
from domain.sealed import Sealed
from policies.loader import default_policy_text, publishable

START = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Shanghai: the desk is open."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

CUSTOMER = Actor("c-1", Role.CUSTOMER)
LIN = Actor("p-lin", Role.AGENT, "Lin")
MEI = Actor("p-mei", Role.AGENT, "Mei")
WU = Actor("p-wu", Role.SUPERVISOR, "Wu")
SUN = Actor("p-sun", Role.SUPERVISOR, "Sun")
YAN = Actor("p-yan", Role.SUPERVISOR, "Yan")
GAO = Actor("p-gao", Role.CENTRE_MANAGER, "Gao")
ZHAO = Actor("p-zhao", Role.WAREHOUSE, "Zhao")
QIAN = Actor("p-qian", Role.FINANCE, "Qian")
FENG = Actor("p-feng", Role.FINANCE, "Feng")
HE = Actor("p-he", Role.CALL_BACK, "He")
LU = Actor("p-lu", Role.LOGISTICS, "Lu")
XU = Actor("p-xu", Role.SALESPERSON, "Xu")
DAI = Actor("p-dai", Role.DEPARTMENT, "Dai")
TAO = Actor("p-tao", Role.DEPARTMENT, "Tao")
NING = Actor("p-ning", Role.DEPARTMENT, "Ning")
GU = Actor("p-gu", Role.QUALITY, "Gu")
UNITS = {DAI: Unit.TECHNICAL, TAO: Unit.TECHNICAL, NING: Unit.DELIVERY}
"""Which unit the people of the departments belong to."""
SHOP = Actor("p-shop", Role.INTEGRATION, "Shop")
AUDITOR = Actor("p-audit", Role.AUDITOR, "Shen")
MA = Actor("p-ma", Role.LABEL_DESK, "Ma")
TAN = Actor("p-tan", Role.PRE_SALES, "Tan")
OTHER_DESKS = (XU, DAI, TAO, NING, GU, MA, TAN)
EVERYBODY = (CUSTOMER, LIN, MEI, WU, SUN, YAN, GAO, ZHAO, QIAN, FENG, HE, LU, SHOP, *OTHER_DESKS)


@cache
def policy() -> PinnedPolicy:
    """The default policy with its calendar, as a case opened in 2026 pins it."""
    return publishable(default_policy_text(), START.year)


def turning_away() -> PinnedPolicy:
    """The policy of a shop that turns freight-collect parcels away."""
    row = 'freight_collect = { value = "take_in"'
    return publishable(default_policy_text().replace(row, row.replace("take_in", "turn_away")), START.year)


def sealed(field: str, subject: str = "c-1") -> Sealed:
    """A locked box that nobody in a test opens."""
    return Sealed(subject, field, 1, f"box-of-{field}")


def yuan(text: str) -> Money:
    """Money from a text such as `12.50`."""
    whole, _, rest = text.partition(".")
    return Money(int(whole) * 100 + int(rest.ljust(2, "0") or "0"), "CNY")


def photo(name: str = "crack") -> Photo:
    """A photo's references; another name, another photo."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Photo(digest, digest, digest, "image/jpeg", 800, 600, 40_000, digest[:16])


def customer(**changes: Any) -> Customer:
    """A customer with a phone and an e-mail address, both sealed."""
    known: dict[str, Any] = {
        "subject": "c-1",
        "reference": sealed("customer"),
        "name": sealed("name"),
        "phone": sealed("phone"),
        "email": sealed("email"),
        "phone_index": "ix-phone",
    }
    return Customer(**(known | changes))


def order(paid: str = "300.00", quantity: int = 2) -> OrderFacts:
    """An order with one line of cups and one of saucers."""
    return OrderFacts(
        lines=(OrderLine(1, "cup", quantity, yuan(paid)), OrderLine(2, "saucer", 1, yuan("20.00"))),
        carrier="SF Express",
        tracking="SF0000000001",
        paid_at=START - 5 * DAY,
    )


def opening(**changes: Any) -> OpenComplaint:
    """A complaint about the quality of both cups, every fact there but the photo."""
    facts: dict[str, Any] = {
        "case": "AS-2026-000001",
        "shop": "shop-1",
        "received_at": START,
        "opened_by": SHOP,
        "problem": Problem.QUALITY,
        "channel": Channel.API,
        "customer": customer(),
        "pinned": policy(),
        "fingerprint": "f",
        "order": sealed("order"),
        "order_index": "ix-order",
        "order_facts": order(),
        "line": 1,
        "quantity": 2,
        "description": sealed("description"),
    }
    return OpenComplaint(**(facts | changes))


def it_goes_on(process: str = "we look into it") -> dict[str, str]:
    """What a feedback has to say: process, expected time, next step."""
    return {"process": process, "expected_by": "within a day", "next_step": "we write to you"}


def complaint(**changes: Any) -> Complaint:
    """The complaint of `opening`, just opened."""
    return open_complaint(opening(**changes))
