import asyncio
from datetime import timedelta

from db.deliveries import Attempt, Delivery, Letter, Outcome, deliveries_of_case, letter_state, note_attempt
from db.sessions import Database
from tests.db.builders import NOON

LETTER = Letter("cups", "AS-1", 1, "acknowledgement", "mail", "f00d")


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
        assert await letter_state(session, "cups", "AS-1", 1) is Outcome.SENT
        assert await letter_state(session, "cups", "AS-1", 2) is None


async def test_an_attempt_noted_again_changes_nothing(database: Database) -> None:
    await note(database, tried(1, Outcome.PUT_OFF, "451"))
    assert not await note(database, tried(1, Outcome.SENT, "250"))
    async with database.reading() as session:
        assert await letter_state(session, "cups", "AS-1", 1) is Outcome.PUT_OFF


async def test_what_was_sent_stays_sent(database: Database) -> None:
    await note(database, tried(1, Outcome.SENT))
    await note(database, tried(2, Outcome.REFUSED, "550"))
    async with database.reading() as session:
        assert await letter_state(session, "cups", "AS-1", 1) is Outcome.SENT


async def test_the_same_attempt_from_many_sides_is_noted_once(database: Database) -> None:
    assert sum(await asyncio.gather(*(note(database, tried(1, Outcome.SENT)) for _ in range(16)))) == 1
