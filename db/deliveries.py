"""The delivery ledger: every letter to a customer, every attempt at it and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select, text

from db.sessions import ReadSession, WriteSession
from db.tables.deliveries import letter_attempts, letter_receipts, letters


class Outcome(StrEnum):
    """How one attempt ended: taken, put off (try again) or refused for good; or what a receipt told of it later.

    `under_way` is a message that is being handed to the gateway for the first time.
    """

    UNDER_WAY = "under_way"
    SENT = "sent"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


HANDED_OVER = frozenset({Outcome.SENT, Outcome.DELIVERED, Outcome.UNDELIVERED})
"""States in which a message is out of the desk's hands: it is not sent again in that round."""


@dataclass(frozen=True)
class Letter:
    """A message of a case, numbered within it. recipient_index: blind index of the address, never the address.

    round: 1, and one more for each time that a person had it sent again.
    """

    shop: str
    case: str
    letter: int
    kind: str
    channel: str
    recipient_index: str
    round: int = 1


@dataclass(frozen=True)
class Attempt:
    """One try, numbered from 1 within its letter, round and channel; instant UTC.

    answer_code: what the other side said, such as `250`. asked_by: who had the letter sent again, if somebody had.
    """

    attempt: int
    at: datetime
    outcome: Outcome
    answer_code: str = ""
    round: int = 1
    channel: str = "email"
    asked_by: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the gateway told of a message; `at` is the gateway's instant (UTC). medium: such as `sms`, in its words."""

    at: datetime
    result: Outcome
    code: str = ""
    medium: str = ""
    round: int = 1


@dataclass(frozen=True)
class Delivery:
    """A letter with all attempts and receipts, oldest first.

    `state` is how the last round stands: what its last receipt told, or how its last try ended, but sent stays sent.
    """

    letter: Letter
    state: Outcome
    attempts: tuple[Attempt, ...]
    receipts: tuple[Receipt, ...] = ()


_OUT = "known.round = excluded.round AND known.state IN ('sent', 'delivered', 'undelivered')"
_LETTER = f"""
    INSERT INTO letters AS known (
        shop, "case", letter, kind, channel, recipient_index, state, first_tried_at, changed_at, round
    ) VALUES (:shop, :case, :letter, :kind, :channel, :recipient_index, :outcome, :at, :at, :round)
    ON CONFLICT (shop, "case", letter) DO UPDATE SET
        kind = excluded.kind, round = excluded.round,
        channel = CASE WHEN {_OUT} THEN known.channel ELSE excluded.channel END,
        recipient_index = CASE WHEN {_OUT} THEN known.recipient_index ELSE excluded.recipient_index END,
        state = CASE WHEN {_OUT} THEN known.state ELSE excluded.state END,
        changed_at = greatest(known.changed_at, excluded.changed_at)
    WHERE known.round <= excluded.round
"""  # noqa: S608  fixed text
_NOTE = text(f"""
    WITH told AS (
        {_LETTER} AND NOT EXISTS (
            SELECT FROM letter_attempts AS a WHERE a.shop = :shop AND a."case" = :case AND a.letter = :letter
                AND a.round = :round AND a.channel = :channel AND a.attempt = :attempt
        )
        RETURNING shop
    )
    INSERT INTO letter_attempts (
        shop, "case", letter, round, channel, attempt, tried_at, outcome, answer_code, asked_by
    )
    SELECT told.shop, :case, :letter, :round, :channel, :attempt, :at, :outcome, :answer_code, :asked_by FROM told
    ON CONFLICT DO NOTHING
    RETURNING attempt
""")  # noqa: S608  fixed text
_BEGIN = text(_LETTER)


async def note_attempt(session: WriteSession, letter: Letter, attempt: Attempt) -> bool:
    """Note an attempt at the letter; false if that attempt is on record, then nothing changed. One statement.

    An attempt of an earlier round than the present one is not noted.
    """
    more = {"attempt": attempt.attempt, "answer_code": attempt.answer_code, "asked_by": attempt.asked_by}
    given = _given(letter, attempt.outcome, attempt.at) | more
    return (await session.execute(_NOTE, given)).scalar() is not None


async def begin_round(session: WriteSession, letter: Letter, at: datetime) -> None:
    """Let a message be known before it is handed over, since its receipt may come before the answer. One statement."""
    await session.execute(_BEGIN, _given(letter, Outcome.UNDER_WAY, at))


async def letter_state(
    session: ReadSession, shop: str, case: str, letter: int, round_: int = 1
) -> tuple[Outcome, str] | None:
    """Return how the letter stands in this round and by which channel; None if not tried in it. One statement."""
    asked = select(letters.c.state, letters.c.channel).where(
        letters.c.shop == shop, letters.c.case == case, letters.c.letter == letter, letters.c.round == round_
    )
    found = (await session.execute(asked)).one_or_none()
    return None if found is None else (Outcome(found.state), found.channel)


async def deliveries_of_case(session: ReadSession, shop: str, case: str) -> list[Delivery]:
    """Return the case's letters by their numbers, each with its attempts and receipts. Three statements.

    The letters are read first, so that none is shown in a state that its attempts do not explain.
    """
    mine = select(letters).where(letters.c.shop == shop, letters.c.case == case).order_by(letters.c.letter)
    rows = (await session.execute(mine)).all()
    tried: dict[int, list[Attempt]] = {}
    tries = select(letter_attempts).where(letter_attempts.c.shop == shop, letter_attempts.c.case == case)
    for row in await session.execute(tries.order_by(letter_attempts.c.tried_at, letter_attempts.c.attempt)):
        outcome = Outcome(row.outcome)
        attempt = Attempt(row.attempt, row.tried_at, outcome, row.answer_code, row.round, row.channel, row.asked_by)
        tried.setdefault(row.letter, []).append(attempt)
    told: dict[int, list[Receipt]] = {}
    asked = select(letter_receipts).where(letter_receipts.c.shop == shop, letter_receipts.c.case == case)
    for row in await session.execute(asked.order_by(letter_receipts.c.received_at, letter_receipts.c.told_at)):
        told.setdefault(row.letter, []).append(
            Receipt(row.told_at, Outcome(row.result), row.code, row.medium, row.round)
        )
    return [
        Delivery(_letter(row), Outcome(row.state), tuple(tried.get(row.letter, ())), tuple(told.get(row.letter, ())))
        for row in rows
    ]


def _given(letter: Letter, outcome: Outcome, at: datetime) -> dict[str, Any]:
    return {
        "shop": letter.shop,
        "case": letter.case,
        "letter": letter.letter,
        "kind": letter.kind,
        "channel": letter.channel,
        "recipient_index": letter.recipient_index,
        "round": letter.round,
        "outcome": outcome.value,
        "at": at,
    }


def _letter(row: Row[Any]) -> Letter:
    return Letter(row.shop, row.case, row.letter, row.kind, row.channel, row.recipient_index, row.round)
