"""A register full of cases that nobody opened, written straight into a database: for lists and search alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import text

from adapters.blind_index import BlindIndex
from bench import register_words as said
from db.migrate import migrate
from db.people import add_key, add_person, add_shop
from db.policies import PublishedPolicy, publish
from db.sessions import Database
from db.views import Marks, keep_view
from domain.casework import view
from domain.complaint.book import BOOK, open_complaint
from domain.complaint.state import Party, RemedyKind
from domain.people import Role
from domain.personal_needs import scopes_of_field
from domain.sealed import Sealed
from domain.search_words import sealed_words_of
from domain.view import CaseView, Task
from policies.loader import default_policy_text, publishable
from standalone.seed import SHOP
from tests import builders

CUSTOMERS = 2_000
"""Subjects with a live key; each has many cases."""
AT_ONCE, A_BATCH = 4, 250
STATES = ("to_judge", "waiting_for_customer", "carrying_out", "returning", "to_call_back")
OPEN_SHARE = 0.15
FORMERLY, FORMER_SHARE = 0.3, 0.2
"""In the oldest part of the cases such a share was about a product that is sold no longer."""
AGE = timedelta(days=730)
KEY = """
    INSERT INTO subject_keys (shop, subject, number, box)
    SELECT :shop, 'c-' || n, 1, 'x' FROM generate_series(1, :n) AS n
"""


@dataclass(frozen=True)
class Made:
    """One case, and what its customer said in clear: only to make marks and to ask for it."""

    view: CaseView
    words: dict[str, str]


async def fill(url: str, cases: int, index: BlindIndex, now: datetime) -> str:
    """Migrate the database and write so many cases into it; gives the key of an agent of their shop."""
    await migrate(url)
    database = Database(url, pool_size=AT_ONCE)
    pinned = publishable(default_policy_text(), now.year)
    async with database.writing() as session:
        await add_shop(session, SHOP, "Bench shop", "CNY")
        await publish(session, PublishedPolicy(SHOP, default_policy_text(), pinned, now, "bench"))
        key = await add_key(session, await add_person(session, SHOP, "Lin", (Role.AGENT,)), Role.AGENT)
        await session.execute(text(KEY), {"shop": SHOP, "n": CUSTOMERS})
    making = cases_of_a_shop(cases, now)

    async def some() -> None:
        while batch := list(islice(making, A_BATCH)):
            async with database.writing() as session:
                for made in batch:
                    await keep_view(session, made.view, marks=_marks(index, made.words))

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    async with database.writing_once() as session:
        await session.execute(text("VACUUM (ANALYZE)"))
    await database.aclose()
    return key


def cases_of_a_shop(cases: int, now: datetime) -> Iterator[Made]:
    """The cases, the oldest first; the same numbers give the same cases."""
    dice = random.Random(cases)  # noqa: S311  invents, guards nothing
    for number in range(1, cases + 1):
        opened = now - AGE * (1 - number / cases)
        yield _a_case(dice, number, opened, number / cases)


def _a_case(dice: random.Random, number: int, opened: datetime, age: float) -> Made:
    subject = f"c-{1 + number % CUSTOMERS}"
    words = _words(dice, number)
    opening = builders.opening(
        case=f"AS-{opened.year}-{number:06d}",
        shop=SHOP,
        received_at=opened,
        customer=builders.customer(subject=subject),
    )
    base = view(BOOK, open_complaint(opening), 1)
    boxes = {name: Sealed(subject, name, 1, dice.randbytes(60 + 3 * len(told)).hex()) for name, told in words.items()}
    closed = None if dice.random() < OPEN_SHARE * (0.2 + 1.6 * age) else opened + timedelta(days=9)
    due = opened + timedelta(hours=dice.randint(-48, 400))
    made = replace(
        base,
        state=dice.choice(STATES) if closed is None else "resolved",
        handler=f"p-{dice.randint(1, 40)}",
        closed_at=closed,
        phone_index=f"{number % 60_000:032x}",
        order_index=f"{number:032x}",
        tracking=(f"SF{10**9 + number * 7919 % 10**9}",),
        tasks=() if closed else (Task("judge", dice.choice(tuple(Role)), "judge", due, "it waits"),),
        sealed=boxes,
        story={**(base.story or {}), **_story(dice, number, opened, age)},
    )
    return Made(made, words)


def _words(dice: random.Random, number: int) -> dict[str, str]:
    phrases = "，".join(dice.sample(said.SAID, dice.randint(2, 5)))
    return {
        "name": dice.choice(said.SURNAMES) + "".join(dice.sample(said.GIVEN, 2)),
        "phone": f"13{number % 10**9:09d}",
        "email": f"kunde{number}@example.com",
        "order": f"T-2026-{number:06d}",
        "description": phrases,
        "call_back_1": dice.choice(said.SAID),
    }


def _story(dice: random.Random, number: int, opened: datetime, age: float) -> dict[str, object]:
    few = min(int(dice.expovariate(0.25)), len(said.PRODUCTS) - 1)
    former = age < FORMERLY and dice.random() < FORMER_SHARE
    product = said.FORMER_PRODUCT if former else said.PRODUCTS[few]
    fault = dice.choice(said.FAULTS) + (f" {said.RARE}" if number % 997 == 0 else "")
    at = opened.isoformat().replace("+00:00", "Z")
    by = {"person": "p-lin", "role": "agent", "name": "Lin"}
    judgement: dict[str, Any] = {
        "fault_confirmed": True, "severity": "minor", "extent": "one", "fault": fault,
        "place": dice.choice(said.PLACES), "responsible": dice.choice(tuple(Party)).value, "at": at, "by": by,
    }  # fmt: skip
    proposal: dict[str, Any] = {
        "number": 1, "kind": dice.choice(tuple(RemedyKind)).value, "refund": {"amount": "89.00", "currency": "CNY"},
        "words": dice.choice(said.REASONS), "at": at, "by": by, "state": "accepted", "answer": {"sealed": "reason"},
    }  # fmt: skip
    until = (opened + timedelta(hours=20)).isoformat().replace("+00:00", "Z")
    kept = None if number % 50 == 0 or age > 0.999 else at  # noqa: PLR2004  the newest ones are still open
    letter = {"kind": "acknowledged", "queued_at": at, "state": "by_machine", "how": ""}
    return {
        "product": product,
        "judgements": [judgement],
        "proposals": [proposal],
        "calls": [{"at": at, "day": at[:10], "reached": True, "by": by, "note": dice.choice(said.REASONS)}],
        "letters": [{"number": each, **letter} for each in range(1, 7)],
        "promises": [{"number": 1, "until": until, "kept_at": kept, "broken_at": None, "by": by}],
    }


def _marks(index: BlindIndex, words: dict[str, str]) -> Marks:
    found = {
        index.word(SHOP, scope, word)
        for field, told in words.items()
        for scope in scopes_of_field(field)
        for word in sealed_words_of(field, told)
    }
    return Marks(1, tuple(sorted(found)))
