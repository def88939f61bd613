"""Asking a connector for what was missed, over real HTTP and by the twin: the same contract for both."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from adapters.webhooks.addresses import AddressGuard
from adapters.webhooks.feed import MOST_BYTES, MOST_ITEMS, Feed, HttpFeed, Page, Question, RecordingFeed
from adapters.webhooks.signing import new_secret, verified
from tests.adapters.webhook_receiver import Receiver, receiving, status

HERE = AddressGuard(allowed_hosts=["127.0.0.1"], http_allowed=True)
SECRET = new_secret()
NOW = datetime.now(UTC)
GOOD = json.dumps({"items": [{"news": "1"}], "next": "c-2", "more": True}).encode()
FULL = json.dumps({"items": [{}] * (MOST_ITEMS + 1), "next": ""}).encode()


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as served:
        yield served


@pytest_asyncio.fixture(params=["http", "twin"])
async def feed(request: pytest.FixtureRequest) -> AsyncIterator[Feed]:
    made: Feed = HttpFeed(HERE, timeout=2.0) if request.param == "http" else RecordingFeed(HERE)
    yield made
    await made.aclose()


def answers(feed: Feed, receiver: Receiver, raw: bytes) -> None:
    if isinstance(feed, RecordingFeed):
        feed.pages.append(raw)
    else:
        receiver.script.append(status(200, body=raw))


def question(url: str, cursor: str = "c-1") -> Question:
    return Question(url, "msg_1", (SECRET,), cursor, NOW)


@pytest.mark.parametrize(
    ("raw", "page"),
    [
        (GOOD, Page("200", ({"news": "1"},), "c-2", more=True)),
        (b'{"items": [], "next": "c-1"}', Page("200", (), "c-1")),
        (b"<html>", Page("unreadable")),
        (b"[]", Page("unreadable")),
        (b'{"items": [1]}', Page("unreadable")),
        (b'{"items": [], "next": 5}', Page("unreadable")),
        (FULL, Page("unreadable")),
        (b"x" * (MOST_BYTES + 1), Page("too_long")),
    ],
    ids=["a page", "nothing new", "no json", "no object", "no news", "no cursor", "too many", "too long"],
)
async def test_both_read_a_page_or_say_in_a_word_why_not(
    feed: Feed, receiver: Receiver, raw: bytes, page: Page
) -> None:
    answers(feed, receiver, raw)
    assert await feed.ask(question(receiver.url)) == page


async def test_neither_goes_where_the_guard_does_not_let_it(feed: Feed) -> None:
    assert (await feed.ask(question("http://10.0.0.1/feed"))).said == "private"


async def test_the_question_is_signed_and_names_where_it_goes_on(receiver: Receiver) -> None:
    real = HttpFeed(HERE)
    await real.ask(question(receiver.url, "c-9"))
    await real.aclose()
    (seen,) = receiver.seen
    assert verified([SECRET], seen.headers, seen.body, NOW) == "msg_1"
    assert json.loads(seen.body)["data"] == {"since": "c-9"}


async def test_what_goes_wrong_on_the_way_is_said_in_a_word(receiver: Receiver) -> None:
    real = HttpFeed(HERE, timeout=0.3)
    receiver.script += [status(503), receiver.never_answers]
    assert [(await real.ask(question(receiver.url))).said for _ in range(2)] == ["503", "timeout"]
    await real.aclose()
