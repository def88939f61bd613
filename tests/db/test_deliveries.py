import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.deliveries import (
    Attempt,
    Delivery,
    Letter,
    Outcome,
    Receipt,
    begin_round,
    deliveries_of_case,
    letter_state,
    note_attempt,
)
from db.receipts import MOST_A_MESSAGE, MessageUnknown, note_receipt
from db.sessions import Database
from tests.db.builders import NOON

LETTER = Letter("cups", "AS-1", 1, "acknowledgement", "email", "f00d")
TEXT = replace(LETTER, channel="gateway")


def tried(number: int, outcome: Outcome, code: str = "") -> Attempt:
    return Attempt(number, NOON + timedelta(minutes=number), outcome, code)


async def note(database: Database, attempt: Attempt, letter: Letter = LETTER) -> bool:
    async with database.writing_once() as session:
        return await note_attempt(session, letter, attempt)


async def test_a_letter_shows_every_attempt(database: Database) -> None:
    attempts = (tried(1, Outcome.PUT_OFF, "451"), tried(2, Outcome.SENT, "250"))
    for attempt in attempts:
        assert await note(database, attempt)
    async with database.reading() as session:
        assert await deliveries_of_case(session, "cups", "AS-1") == [Delivery(LETTER, Outcome.SENT, attempts)]
        assert await deliveries_of_case(session, "hats", "AS-1") == []
        assert await letter_state(session, "cups", "AS-1", 1) == (Outcome.SENT, "email")
        assert await letter_state(session, "cups", "AS-1", 2) is None


async def test_an_attempt_noted_again_changes_nothing(database: Database) -> None:
    await note(database, tried(1, Outcome.PUT_OFF, "451"))
    assert not await note(database, tried(1, Outcome.SENT, "250"))
    async with database.reading() as session:
        assert await letter_state(session, "cups", "AS-1", 1) == (Outcome.PUT_OFF, "email")


async def test_what_was_sent_stays_sent(database: Database) -> None:
    await note(database, tried(1, Outcome.SENT))
    await note(database, tried(2, Outcome.REFUSED, "550"))
    async with database.reading() as session:
        assert await letter_state(session, "cups", "AS-1", 1) == (Outcome.SENT, "email")


async def test_the_same_attempt_from_many_sides_is_noted_once(database: Database) -> None:
    assert sum(await asyncio.gather(*(note(database, tried(1, Outcome.SENT)) for _ in range(16)))) == 1


# -- rounds and ways ---------------------------------------------------------------------------------------------


async def only(database: Database) -> Delivery:
    async with database.reading() as session:
        (found,) = await deliveries_of_case(session, "cups", "AS-1")
    return found


async def test_a_message_sent_again_is_a_round_of_its_own_with_who_wanted_it(database: Database) -> None:
    await note(database, tried(1, Outcome.SENT, "250"))
    again = replace(tried(1, Outcome.PUT_OFF, "451"), round=2, asked_by="p_lin")
    assert await note(database, again, replace(LETTER, round=2))
    found = await only(database)
    assert (found.state, found.letter.round) == (Outcome.PUT_OFF, 2)
    assert found.attempts == (tried(1, Outcome.SENT, "250"), again)
    assert not await note(database, tried(2, Outcome.SENT), LETTER)  # of a round that is over
    async with database.reading() as session:
        assert await letter_state(session, "cups", "AS-1", 1, 1) is None
        assert await letter_state(session, "cups", "AS-1", 1, 2) == (Outcome.PUT_OFF, "email")


async def test_the_first_try_by_another_way_has_the_same_number(database: Database) -> None:
    await note(database, tried(1, Outcome.REFUSED, "550"))
    await note(database, replace(tried(1, Outcome.SENT, "200"), channel="gateway"), TEXT)
    found = await only(database)
    assert (found.state, found.letter.channel) == (Outcome.SENT, "gateway")
    assert [each.channel for each in found.attempts] == ["email", "gateway"]


# -- receipts ----------------------------------------------------------------------------------------------------


async def handed_over(database: Database, letter: Letter = TEXT, outcome: Outcome = Outcome.SENT) -> None:
    await note(database, replace(tried(1, outcome), channel=letter.channel, round=letter.round), letter)


async def told(  # noqa: PLR0917  a receipt
    database: Database, result: Outcome, at: datetime = NOON, round_: int = 1, case: str = "AS-1", code: str = ""
) -> Outcome:
    async with database.writing() as session:
        return await note_receipt(session, "cups", case, 1, Receipt(at, result, code, "sms", round_))


async def test_a_receipt_says_what_became_of_a_message(database: Database) -> None:
    await handed_over(database)
    assert await told(database, Outcome.DELIVERED) is Outcome.DELIVERED
    found = await only(database)
    assert found.receipts == (Receipt(NOON, Outcome.DELIVERED, "", "sms", 1),)
    assert found.state is Outcome.DELIVERED


@pytest.mark.parametrize("turned", [False, True])
async def test_of_several_receipts_the_latest_of_the_gateway_counts_in_whatever_order_they_come(
    database: Database, turned: bool
) -> None:
    await handed_over(database)
    receipts = [(Outcome.UNDELIVERED, NOON), (Outcome.DELIVERED, NOON + timedelta(minutes=1))]
    for result, at in reversed(receipts) if turned else receipts:
        stands = await told(database, result, at)
    assert stands is Outcome.DELIVERED
    assert (await only(database)).state is Outcome.DELIVERED
    assert len((await only(database)).receipts) == 2


async def test_at_the_same_instant_delivered_counts(database: Database) -> None:
    await handed_over(database)
    await told(database, Outcome.DELIVERED)
    assert await told(database, Outcome.UNDELIVERED) is Outcome.DELIVERED


async def test_the_same_receipt_from_many_sides_is_kept_once(database: Database) -> None:
    await handed_over(database)
    stands = await asyncio.gather(*(told(database, Outcome.UNDELIVERED, code="no_such_number") for _ in range(8)))
    assert set(stands) == {Outcome.UNDELIVERED}
    assert len((await only(database)).receipts) == 1


async def test_a_receipt_may_be_faster_than_the_answer_to_the_message(database: Database) -> None:
    async with database.writing_once() as session:
        await begin_round(session, TEXT, NOON)
    assert (await only(database)).state is Outcome.UNDER_WAY
    await told(database, Outcome.DELIVERED)
    await handed_over(database)
    assert (await only(database)).state is Outcome.DELIVERED
    async with database.writing_once() as session:
        await begin_round(session, TEXT, NOON)
    assert (await only(database)).state is Outcome.DELIVERED


async def test_a_receipt_of_an_earlier_round_is_kept_and_changes_nothing(database: Database) -> None:
    await handed_over(database)
    await handed_over(database, replace(TEXT, round=2))
    assert await told(database, Outcome.UNDELIVERED, round_=1) is Outcome.SENT
    assert [each.round for each in (await only(database)).receipts] == [1]


async def test_a_receipt_of_nothing_that_went_to_the_gateway_is_refused(database: Database) -> None:
    with pytest.raises(MessageUnknown):
        await told(database, Outcome.DELIVERED)
    await handed_over(database)
    with pytest.raises(MessageUnknown):
        await told(database, Outcome.DELIVERED, round_=2)
    with pytest.raises(MessageUnknown):
        await told(database, Outcome.DELIVERED, case="AS-2")


async def test_a_letter_by_mail_has_no_receipts(database: Database) -> None:
    await handed_over(database, LETTER)
    with pytest.raises(MessageUnknown):
        await told(database, Outcome.DELIVERED)


async def test_a_gateway_that_tells_without_end_fills_nothing(database: Database) -> None:
    await handed_over(database)
    for minute in range(MOST_A_MESSAGE + 5):
        await told(database, Outcome.UNDELIVERED, NOON + timedelta(minutes=minute))
    assert len((await only(database)).receipts) == MOST_A_MESSAGE


async def test_receipts_cannot_be_rewritten(database: Database) -> None:
    await handed_over(database)
    await told(database, Outcome.DELIVERED)
    for statement in ("UPDATE letter_receipts SET result = 'undelivered'", "DELETE FROM letter_receipts"):
        with pytest.raises(DBAPIError):
            await rewrite(database, statement)


async def rewrite(database: Database, statement: str) -> None:
    async with database.writing() as session:
        await session.execute(text(statement))
