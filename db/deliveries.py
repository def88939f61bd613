"""The delivery ledger: every letter to a customer, every attempt at it and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select, text

from db.sessions import ReadSession, WriteSession
from db.tables.deliveries import letter_attempts, letters


class Outcome(StrEnum):
    """How one attempt ended: taken, put off (try again) or refused for good."""

    SENT = "sent"
    PUT_OFF = "put_off"
    REFUSED = "refused"


@dataclass(frozen=True)
class Letter:
    """A message of a case, numbered within it. recipient_index: blind index of the address, never the address."""

    shop: str
    case: str
    letter: int
    kind: str
    channel: str
    recipient_index: str


@dataclass(frozen=True)
class Attempt:
    """One try, numbered from 1 within its letter; instant UTC. answer_code: what the other side said, such as `250`."""

    attempt: int
    at: datetime
    outcome: Outcome
    answer_code: str = ""


@dataclass(frozen=True)
class Delivery:
    """A letter with all attempts, oldest first. `state` is how the last try ended, but sent stays sent."""

    letter: Letter
    state: Outcome
    attempts: tuple[Attempt, ...]


_NOTE = text("""
    WITH told AS (
        INSERT INTO letters AS known (
            shop, "case", letter, kind, channel, recipient_index, state, first_tried_at, changed_at
        ) VALUES (:shop, :case, :letter, :kind, :channel, :recipient_index, :outcome, :at, :at)
        ON CONFLICT (shop, "case", letter) DO UPDATE SET
            kind = excluded.kind, channel = excluded.channel, recipient_index = excluded.recipient_index,
            state = CASE WHEN known.state = 'sent' THEN known.state ELSE excluded.state END,
            changed_at = greatest(known.changed_at, excluded.changed_at)
        WHERE NOT EXISTS (
            SELECT FROM letter_attempts AS a WHERE a.shop = :shop AND a."case" = :case AND a.letter = :letter
                AND a.attempt = :attempt
        )
        RETURNING shop
    )
    INSERT INTO letter_attempts (shop, "case", letter, attempt, tried_at, outcome, answer_code)
    SELECT told.shop, :case, :letter, :attempt, :at, :outcome, :answer_code FROM told
    ON CONFLICT DO NOTHING
    RETURNING attempt
""")


async def note_attempt(session: WriteSession, letter: Letter, attempt: Attempt) -> bool:
    """Note an attempt at the letter; false if that attempt is on record, then nothing changed. One statement."""
    given = {
        "shop": letter.shop,
        "case": letter.case,
        "letter": letter.letter,
        "kind": letter.kind,
        "channel": letter.channel,
        "recipient_index": letter.recipient_index,
        "attempt": attempt.attempt,
        "at": attempt.at,
        "outcome": attempt.outcome.value,
        "answer_code": attempt.answer_code,
    }
    return (await session.execute(_NOTE, given)).scalar() is not None


async def letter_state(session: ReadSession, shop: str, case: str, letter: int) -> Outcome | None:
    """Return how the letter stands, or None if it was never tried. One statement."""
    asked = select(letters.c.state).where(letters.c.shop == shop, letters.c.case == case, letters.c.letter == letter)
    found = (await session.execute(asked)).scalar()
    return None if found is None else Outcome(found)


async def deliveries_of_case(session: ReadSession, shop: str, case: str) -> list[Delivery]:
    """Return the case's letters by their numbers, each with its attempts. One statement."""
    same = (letters.c.shop, letters.c.case, letters.c.letter)
    tried = (letter_attempts.c.shop, letter_attempts.c.case, letter_attempts.c.letter)
    joined = (same[0] == tried[0]) & (same[1] == tried[1]) & (same[2] == tried[2])
    attempts = letter_attempts.c
    asked = (
        select(letters, attempts.attempt, attempts.tried_at, attempts.outcome, attempts.answer_code)
        .join(letter_attempts, joined)
        .where(letters.c.shop == shop, letters.c.case == case)
        .order_by(letters.c.letter, attempts.attempt)
    )
    grouped: dict[int, list[Row[Any]]] = {}
    for row in await session.execute(asked):
        grouped.setdefault(row.letter, []).append(row)
    return [_delivery(rows) for rows in grouped.values()]


def _delivery(rows: list[Row[Any]]) -> Delivery:
    told = rows[0]
    letter = Letter(told.shop, told.case, told.letter, told.kind, told.channel, told.recipient_index)
    attempts = tuple(Attempt(row.attempt, row.tried_at, Outcome(row.outcome), row.answer_code) for row in rows)
    return Delivery(letter, Outcome(told.state), attempts)
