"""Deliveries are claimed by one at a time, and settled by who still has them."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from db.sessions import Database
from db.webhook_deliveries import (
    Delivery,
    DeliveryState,
    add_test,
    claim,
    deliveries_of,
    forget_old,
    note_try,
    send_again,
    webhooks_with_due,
)
from db.webhooks import OffBecause, switch_off
from tests.db.test_webhooks import subscribe

LEASE = timedelta(minutes=3)
NOW = datetime.now(UTC)


async def with_due(database: Database, number: int) -> str:
    webhook = await subscribe(database)
    async with database.writing() as session:
        for each in range(number):
            await add_test(session, webhook.webhook, f"evt_test_{each}", {})
    return webhook.webhook


async def taken(database: Database, webhook: str, most: int = 8, lease: timedelta = LEASE) -> list[Delivery]:
    async with database.writing_once() as session:
        return await claim(session, webhook, most, lease)


async def only(database: Database, webhook: str) -> Delivery:
    async with database.reading() as session:
        (found,) = (await deliveries_of(session, webhook, None, None, 10)).items
    return found


async def note(database: Database, claimed: Delivery, taken: bool, state: DeliveryState, answer: str) -> None:
    async with database.writing_once() as session:
        await note_try(session, claimed, taken=taken, answer=answer, state=state, due_at=NOW + timedelta(hours=1))


async def test_of_many_that_claim_at_once_no_two_get_the_same(database: Database) -> None:
    webhook = await with_due(database, 60)
    found = await asyncio.gather(*(taken(database, webhook) for _ in range(12)))
    numbers = [each.delivery for some in found for each in some]
    assert len(numbers) == len(set(numbers))
    while more := await taken(database, webhook):
        numbers += [each.delivery for each in more]
    assert len(numbers) == len(set(numbers)) == 60


async def test_who_waits_for_nobody_claims_past_what_another_holds(database: Database) -> None:
    webhook = await with_due(database, 2)
    async with database.writing() as session:
        (first,) = await claim(session, webhook, 1, LEASE)
        (second,) = await asyncio.wait_for(taken(database, webhook), 10)
    assert first.delivery != second.delivery


async def test_only_webhooks_that_are_on_and_have_something_due_are_sent_to(database: Database) -> None:
    webhook, off = await with_due(database, 1), await with_due(database, 1)
    async with database.writing() as session:
        await switch_off(session, off, OffBecause.A_PERSON)
    await with_due(database, 0)
    async with database.reading() as session:
        assert await webhooks_with_due(session) == [webhook]
    await taken(database, webhook)
    async with database.reading() as session:
        assert await webhooks_with_due(session) == []


async def test_who_lost_the_lease_does_not_speak_for_who_has_it_now(database: Database) -> None:
    webhook = await with_due(database, 1)
    (late,) = await taken(database, webhook, lease=timedelta(0))
    (holder,) = await taken(database, webhook)
    await note(database, late, taken=False, state=DeliveryState.DEAD, answer="timeout")
    assert (await only(database, webhook)).state is DeliveryState.DUE
    assert (await only(database, webhook)).due_at == holder.due_at
    await note(database, holder, taken=False, state=DeliveryState.DUE, answer="500")
    found = await only(database, webhook)
    assert (found.last_answer, found.due_at) == ("500", NOW + timedelta(hours=1))
    assert [each.answer for each in found.tried] == ["timeout", "500"]


async def test_a_failure_from_before_it_was_sent_anew_does_not_put_it_off_or_give_it_up(database: Database) -> None:
    webhook = await with_due(database, 1)
    (before,) = await taken(database, webhook)
    async with database.writing() as session:
        assert await send_again(session, webhook, before.delivery)
    for state in (DeliveryState.DUE, DeliveryState.DEAD):
        await note(database, before, taken=False, state=state, answer="500")
    (anew,) = await taken(database, webhook)
    assert (anew.delivery, anew.round_attempts, anew.attempts) == (before.delivery, 1, 2)


async def test_webhooks_that_fail_come_last_and_each_of_them_has_its_turn(database: Database) -> None:
    failing = {await with_due(database, 1) for _ in range(3)}
    async with database.writing() as session:
        await session.execute(text("UPDATE webhooks SET failing_since = now()"))
    sound = await with_due(database, 1)
    first, second = set[str](), set[str]()
    while second != failing:
        async with database.reading() as session:
            found = await webhooks_with_due(session)
        first.add(found[0])
        second.add(found[1])
    assert first == {sound}


async def test_a_success_counts_whoever_reports_it_and_however_late(database: Database) -> None:
    webhook = await with_due(database, 1)
    (late,) = await taken(database, webhook, lease=timedelta(0))
    (holder,) = await taken(database, webhook)
    await note(database, holder, taken=False, state=DeliveryState.DEAD, answer="500")
    await note(database, late, taken=True, state=DeliveryState.DELIVERED, answer="200")
    assert (await only(database, webhook)).state is DeliveryState.DELIVERED
    await note(database, holder, taken=False, state=DeliveryState.DEAD, answer="500")
    assert (await only(database, webhook)).state is DeliveryState.DELIVERED


async def test_what_is_old_is_forgotten_and_what_is_due_is_kept_while_its_webhook_is_there(database: Database) -> None:
    webhook, gone = await with_due(database, 1), await with_due(database, 1)
    async with database.writing() as session:
        await session.execute(text("UPDATE webhook_deliveries SET happened_at = happened_at - interval '40 days'"))
        await session.execute(text("DELETE FROM webhooks WHERE webhook = :gone"), {"gone": gone})
    async with database.writing_once() as session:
        assert await forget_old(session, timedelta(days=30), 10) == 1
    (claimed,) = await taken(database, webhook)
    await note(database, claimed, taken=True, state=DeliveryState.DELIVERED, answer="200")
    async with database.writing_once() as session:
        assert await forget_old(session, timedelta(days=50), 10) == 0
        assert await forget_old(session, timedelta(days=30), 10) == 1


async def test_the_same_word_twice_is_one_try(database: Database) -> None:
    webhook = await with_due(database, 1)
    (claimed,) = await taken(database, webhook)
    for _ in range(2):
        await note(database, claimed, taken=False, state=DeliveryState.DUE, answer="500")
    assert len((await only(database, webhook)).tried) == 1
