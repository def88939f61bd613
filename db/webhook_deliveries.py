"""What webhooks are owed: deliveries written with the rows of the register, claimed, tried, settled, sent again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from db.cursors import BadCursor, Page, Place, check_limit, read_cursor, write_cursor
from db.sessions import ReadSession, WriteSession
from db.tables.webhooks import webhook_attempts, webhook_deliveries, webhooks

_D = webhook_deliveries.c


class DeliveryState(StrEnum):
    """How a delivery stands: to be sent, taken, given up after all tries, or held since its webhook is off."""

    DUE = "due"
    DELIVERED = "delivered"
    DEAD = "dead"
    HELD = "held"


@dataclass(frozen=True)
class Attempt:
    """One try; instant UTC. answer: what the other side said, in a word such as `200` or `timeout`."""

    attempt: int
    at: datetime
    taken: bool
    answer: str


@dataclass(frozen=True)
class Delivery:
    """One event for one webhook. `event` is its id for the receiver, the same however often it is sent; instants UTC.

    attempts: tries so far; round_attempts and round_began_at: since it was last sent anew by a person.
    """

    delivery: int
    webhook: str
    event: str
    type: str
    case: str
    said: dict[str, Any]
    happened_at: datetime
    state: DeliveryState
    due_at: datetime
    round_began_at: datetime
    attempts: int
    round_attempts: int
    last_answer: str
    settled_at: datetime | None
    tried: tuple[Attempt, ...] = ()


async def webhooks_with_due(session: ReadSession) -> list[str]:
    """Return the webhooks that are on and have something to be sent now. One statement, one look a webhook.

    Those that fail come last, and none always before another: who never answers holds up nobody else.
    """
    due = select(_D.delivery).where(_D.webhook == webhooks.c.webhook, _D.state == "due", _D.due_at <= func.now())
    on = select(webhooks.c.webhook).where(webhooks.c.state == "on", due.exists())
    asked = on.order_by(webhooks.c.failing_since.is_not(None), func.random())
    return list((await session.execute(asked)).scalars())


_CLAIM = text("""
    UPDATE webhook_deliveries AS d
    SET due_at = now() + make_interval(secs => :lease), attempts = attempts + 1, round_attempts = round_attempts + 1
    WHERE d.delivery IN (
        SELECT delivery FROM webhook_deliveries
        WHERE webhook = :webhook AND state = 'due' AND due_at <= now()
        ORDER BY due_at, delivery LIMIT :most FOR UPDATE SKIP LOCKED
    )
    RETURNING d.*
""").columns(*webhook_deliveries.c)


async def claim(session: WriteSession, webhook: str, most: int, lease: timedelta) -> list[Delivery]:
    """Take so many due deliveries, the longest due first; nobody else gets them for the time of the lease.

    Whoever dies with them leaves them to be sent again after it: at least once, under the same id. One statement.
    """
    given = {"webhook": webhook, "most": most, "lease": lease.total_seconds()}
    taken = [_delivery(row) for row in await session.execute(_CLAIM, given)]
    return sorted(taken, key=lambda each: each.delivery)


_NOTE = text("""
    WITH tried AS (
        INSERT INTO webhook_attempts (delivery, attempt, taken, answer)
        SELECT delivery, :attempt, :taken, :answer FROM webhook_deliveries WHERE delivery = :delivery
        ON CONFLICT DO NOTHING
    ), other_side AS (
        UPDATE webhooks AS w
        SET failing_since = CASE WHEN :taken THEN NULL ELSE coalesce(w.failing_since, now()) END,
            last_success_at = CASE WHEN :taken THEN now() ELSE w.last_success_at END
        WHERE w.webhook = :webhook AND (
            CASE WHEN :taken
                THEN w.failing_since IS NOT NULL OR w.last_success_at IS NULL
                     OR w.last_success_at < now() - interval '1 minute'
                ELSE w.failing_since IS NULL
            END
        )
    )
    UPDATE webhook_deliveries AS d
    SET state = CASE WHEN d.state = 'held' AND :state = 'due' THEN d.state ELSE :state END, due_at = :due_at,
        last_answer = :answer, settled_at = CASE WHEN :state = 'due' THEN NULL ELSE now() END
    WHERE d.delivery = :delivery AND (
        :taken OR (d.state IN ('due', 'held') AND d.attempts = :attempt AND d.round_began_at = :round_began_at)
    )
""")


async def note_try(
    session: WriteSession, claimed: Delivery, *, taken: bool, answer: str, state: DeliveryState, due_at: datetime
) -> None:
    """Note what came of one try: the delivery's new state, when it is tried again if it is, how the webhook fares.

    A success counts whoever reports it; a failure only from who still holds the delivery, and not once somebody had it
    sent anew meanwhile. One statement.
    """
    given = {
        "delivery": claimed.delivery,
        "webhook": claimed.webhook,
        "attempt": claimed.attempts,
        "taken": taken,
        "answer": answer,
        "state": state.value,
        "due_at": due_at,
        "round_began_at": claimed.round_began_at,
    }
    await session.execute(_NOTE, given)


async def deliveries_of(
    session: ReadSession, webhook: str, state: DeliveryState | None, cursor: str | None, limit: int
) -> Page[Delivery]:
    """Return a page of a webhook's deliveries with their tries, the newest first. Two statements.

    Raises:
        BadCursor: not a cursor of this list.
    """
    asked = select(webhook_deliveries).where(_D.webhook == webhook)
    if state is not None:
        asked = asked.where(_D.state == state.value)
    if cursor is not None:
        asked = asked.where(_D.delivery < _number(read_cursor(cursor, 1)))
    rows = list(await session.execute(asked.order_by(_D.delivery.desc()).limit(check_limit(limit) + 1)))
    shown = [_delivery(row) for row in rows[:limit]]
    tried = await _tried(session, [each.delivery for each in shown])
    items = [replace(each, tried=tuple(tried.get(each.delivery, ()))) for each in shown]
    more = len(rows) > limit
    return Page(items, write_cursor(Place(None, (str(items[-1].delivery),))) if more else None)


async def send_again(session: WriteSession, webhook: str, delivery: int) -> bool:
    """Let a delivery be sent once more from now on, whatever became of it; false if the webhook has none such."""
    mine = (_D.webhook == webhook) & (_D.delivery == delivery)
    found = update(webhook_deliveries).where(mine).values(_anew()).returning(_D.delivery)
    return (await session.execute(found)).scalar() is not None


async def replay(session: WriteSession, webhook: str, since: datetime, *, also_delivered: bool) -> int:
    """Let everything since an instant that was not delivered (or all of it) be sent again; gives how many."""
    states = [DeliveryState.DEAD.value, DeliveryState.HELD.value, *(["delivered"] if also_delivered else [])]
    mine = (_D.webhook == webhook) & (_D.happened_at >= since) & _D.state.in_(states)
    found = await session.execute(update(webhook_deliveries).where(mine).values(_anew()).returning(_D.delivery))
    return len(found.all())


async def add_test(session: WriteSession, webhook: str, event: str, said: dict[str, Any]) -> int:
    """Add a delivery that is about no case, to be sent now; gives its number."""
    values = {"webhook": webhook, "event": event, "type": "webhook.test", "case": "", "said": said, "state": "due"}
    added = insert(webhook_deliveries).values(values).returning(_D.delivery)
    return int((await session.execute(added)).scalar_one())


_FORGET = text("""
    DELETE FROM webhook_deliveries WHERE delivery IN (
        SELECT delivery FROM webhook_deliveries AS d
        WHERE happened_at < now() - make_interval(secs => :age) AND (
            state <> 'due' OR NOT EXISTS (SELECT FROM webhooks AS w WHERE w.webhook = d.webhook)
        )
        ORDER BY happened_at LIMIT :most
    )
""")


async def forget_old(session: WriteSession, age: timedelta, most: int) -> int:
    """Delete so many deliveries older than `age` that nobody waits for any more; gives how many. One statement."""
    done = await session.execute(_FORGET, {"age": age.total_seconds(), "most": most})
    return int(getattr(done, "rowcount", 0))


def _anew() -> dict[str, Any]:
    now = func.now()
    return {"state": "due", "due_at": now, "round_began_at": now, "round_attempts": 0, "settled_at": None}


async def _tried(session: ReadSession, deliveries: Iterable[int]) -> dict[int, list[Attempt]]:
    tries = webhook_attempts.c
    asked = select(webhook_attempts).where(tries.delivery.in_(list(deliveries))).order_by(tries.delivery, tries.attempt)
    found: dict[int, list[Attempt]] = {}
    for row in await session.execute(asked):
        found.setdefault(row.delivery, []).append(Attempt(row.attempt, row.tried_at, row.taken, row.answer))
    return found


def _number(place: Place) -> int:
    try:
        number = int(place.key[0])
    except ValueError:
        number = -1
    if not 0 < number < 2**63:
        raise BadCursor("the cursor is not one that this list gave out")
    return number


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        delivery=row.delivery,
        webhook=row.webhook,
        event=row.event,
        type=row.type,
        case=row.case,
        said=row.said,
        happened_at=row.happened_at,
        state=DeliveryState(row.state),
        due_at=row.due_at,
        round_began_at=row.round_began_at,
        attempts=row.attempts,
        round_attempts=row.round_attempts,
        last_answer=row.last_answer,
        settled_at=row.settled_at,
    )
