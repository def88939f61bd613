"""Which way a message takes to the customer."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.customer_line import LetterDesk
from adapters.links import CaseLinks
from adapters.vault import Vault
from db.deliveries import Attempt, Letter, Outcome, note_attempt
from db.sessions import Database
from domain.casefile import Customer
from domain.letters import LetterText
from domain.policy import Language
from domain.quiet import Way
from tests.adapters.subject_keys import RecordingSubjectKeys
from workflows.ports import WORDS_DO_NOT_OPEN, LetterOrder, LetterOutcome

NOW = datetime.now(UTC)
ORDER = LetterOrder(
    case="AS-1",
    complaint="AS-1",
    shop="cups",
    number=1,
    kind="reopened",
    says={},
    customer=Customer(subject="c_1"),
    language=Language.ENGLISH,
    link_days=30,
    queued_at=NOW,
    utc_offset=0,
    ways=(Way.EMAIL, Way.GATEWAY, Way.PERSON),
)


@dataclass
class RecordingWay:
    """A way with a memory: closed for a reason, or answering as it is told to."""

    closed: str | None = None
    answer: LetterOutcome | Exception = field(default_factory=lambda: LetterOutcome(sent=True, how="this way"))
    taken: list[LetterText] = field(default_factory=list[LetterText])

    async def why_not(self, order: LetterOrder) -> str | None:
        return self.closed

    async def hand_over(self, order: LetterOrder, text: LetterText) -> LetterOutcome:
        self.taken.append(text)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@dataclass
class Line:
    database: Database
    email: RecordingWay = field(default_factory=RecordingWay)
    gateway: RecordingWay = field(default_factory=RecordingWay)
    vault: Vault = field(default_factory=lambda: Vault(os.urandom(32), RecordingSubjectKeys()))

    async def tells(self, order: LetterOrder = ORDER) -> LetterOutcome:
        ways = {Way.EMAIL: self.email, Way.GATEWAY: self.gateway}
        desk = LetterDesk(self.database, self.vault, CaseLinks(os.urandom(32)), ways, "https://desk.example")
        return await ActivityEnvironment().run(desk.tell, order)

    async def stood(self, outcome: Outcome, channel: str, round_: int = 1) -> None:
        letter = Letter("cups", "AS-1", 1, "reopened", channel, "f00d", round_)
        async with self.database.writing_once() as session:
            await note_attempt(session, letter, Attempt(1, NOW, outcome, "", round_, channel))


@pytest.fixture
def line(database: Database) -> Line:
    return Line(database)


async def test_the_first_open_way_of_the_policy_is_taken(line: Line) -> None:
    assert await line.tells() == LetterOutcome(sent=True, how="this way")
    assert (len(line.email.taken), len(line.gateway.taken)) == (1, 0)
    await line.tells(replace(ORDER, ways=(Way.GATEWAY, Way.EMAIL, Way.PERSON)))
    assert (len(line.email.taken), len(line.gateway.taken)) == (1, 1)


async def test_a_closed_way_and_one_that_says_no_are_passed_over_with_their_reasons(line: Line) -> None:
    line.email.closed = "no mail server is configured"
    line.gateway.answer = LetterOutcome(sent=False, how="the gateway refused the message (422)")
    told = await line.tells()
    assert told == LetterOutcome(sent=False, how="no mail server is configured; the gateway refused the message (422)")
    line.gateway.closed = ""
    assert (await line.tells()).how == "no mail server is configured"


async def test_a_policy_of_persons_alone_asks_no_machine(line: Line) -> None:
    told = await line.tells(replace(ORDER, ways=(Way.PERSON,)))
    assert told == LetterOutcome(sent=False, how="the policy names no other way")
    assert line.email.taken == line.gateway.taken == []


async def test_a_way_that_is_away_is_asked_again_and_no_other_instead(line: Line) -> None:
    line.email.answer = ApplicationError("away", type="mail_unavailable")
    with pytest.raises(ApplicationError, match="away"):
        await line.tells()
    assert line.gateway.taken == []


async def test_what_is_out_of_the_desks_hands_is_not_sent_again_in_its_round(line: Line) -> None:
    for state in (Outcome.SENT, Outcome.DELIVERED, Outcome.UNDELIVERED):
        await line.stood(state, "gateway")
        assert await line.tells() == LetterOutcome(sent=True, how="gateway")
    assert line.email.taken == line.gateway.taken == []
    assert (await line.tells(replace(ORDER, round=2))).sent
    assert len(line.email.taken) == 1


async def test_a_way_that_said_no_for_good_is_not_asked_again_in_its_round(line: Line) -> None:
    await line.stood(Outcome.REFUSED, "email")
    await line.tells()
    assert (len(line.email.taken), len(line.gateway.taken)) == (0, 1)


async def test_a_way_that_put_it_off_is_the_one_to_go_on_with(line: Line) -> None:
    await line.stood(Outcome.PUT_OFF, "gateway")
    await line.tells()
    assert (len(line.email.taken), len(line.gateway.taken)) == (0, 1)


QUIET = replace(ORDER, quiet=(Way.GATEWAY, Way.PERSON), quiet_from=NOW + timedelta(hours=1))


async def test_a_quiet_way_waits_and_one_that_is_not_quiet_goes(line: Line) -> None:
    night = replace(QUIET, quiet_now=True)
    assert (await line.tells(night)).sent
    line.email.closed = "the customer gave no e-mail address"
    assert await line.tells(night) == LetterOutcome(sent=False, how="", waits=True)
    assert line.gateway.taken == []
    assert (await line.tells(QUIET)).sent


async def test_an_order_that_lay_waiting_until_the_night_began_waits_too(line: Line) -> None:
    line.email.closed = "the customer gave no e-mail address"
    late = replace(QUIET, quiet_from=NOW - timedelta(minutes=1))
    assert await line.tells(late) == LetterOutcome(sent=False, how="", waits=True)


async def test_at_night_a_way_that_is_not_there_is_not_waited_for(line: Line) -> None:
    line.email.closed, line.gateway.closed = "no mail server is configured", ""
    told = await line.tells(replace(QUIET, quiet_now=True))
    assert told == LetterOutcome(sent=False, how="no mail server is configured")


async def test_words_that_do_not_open_are_told_by_why(line: Line) -> None:
    sealed = await line.vault.seal("cups", "c_1", "name", "Li Hua")
    erased = Line(line.database)
    order = replace(ORDER, customer=Customer(subject="c_1", name=sealed))
    assert "erased" in (await erased.tells(order)).how
    keys = RecordingSubjectKeys()
    right, wrong = Vault(os.urandom(32), keys), Vault(os.urandom(32), keys)
    order = replace(ORDER, customer=Customer(subject="c_1", name=await right.seal("cups", "c_1", "name", "Li Hua")))
    with pytest.raises(ApplicationError) as failed:
        await Line(line.database, vault=wrong).tells(order)
    assert failed.value.type == WORDS_DO_NOT_OPEN
