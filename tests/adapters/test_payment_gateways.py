"""The contract of a payment gateway, held by the twin without a net and by the HTTP adapter against a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.payments.http_gateway import HttpGateway
from adapters.payments.orders import Gateway, Order
from adapters.payments.twin import Mood, RecordingGateway, TwinBook, TwinNotice
from adapters.webhooks.addresses import AddressGuard
from adapters.webhooks.posting import HttpPoster
from adapters.webhooks.signing import new_secret
from domain.money import Money
from domain.payment.gateway.state import Heard, Stands
from tests.adapters.gateway_server import GatewayServer, gateway_serving
from tests.adapters.webhook_receiver import status

KEY = "2026-000017"
YUAN = Money(5_000, "CNY")
ORDER = Order(KEY, YUAN, "refund", "original")
NOWHERE = Heard(Stands.NOT_FOUND, certain=True)
FIRST = Heard(Stands.PAID, "TW-000001", YUAN)


@dataclass
class Line:
    """A gateway under test, the book behind it, and the notices that the book told."""

    gateway: Gateway
    book: TwinBook
    notices: list[TwinNotice]


@pytest_asyncio.fixture(params=["twin", "http"])
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    book = TwinBook()
    if request.param == "twin":
        twin = RecordingGateway(book)
        yield Line(twin, book, twin.notices)
        return
    async with gateway_serving(book) as server, poster(timeout=0.5) as post:
        yield Line(HttpGateway(post, server.url, [server.secret], ""), book, server.notices)


class poster:  # noqa: N801  a context, used as a function
    """A poster that may go to this machine, closed at the end."""

    def __init__(self, timeout: float = 5.0) -> None:
        guard = AddressGuard(allowed_hosts=["127.0.0.1"], http_allowed=True)
        self.post = HttpPoster(guard, timeout=timeout)

    async def __aenter__(self) -> HttpPoster:
        return self.post

    async def __aexit__(self, *_: object) -> None:
        await self.post.aclose()


def said(mood: Mood, line: Line) -> None:
    line.book.moods.append(mood)


async def test_an_order_is_paid_and_stands_in_the_book(line: Line) -> None:
    assert await line.gateway.order(ORDER) == FIRST
    assert await line.gateway.inquire(KEY, 1) == FIRST
    assert [(move.reference, move.amount) for move in line.book.paid(KEY)] == [("TW-000001", YUAN)]


async def test_the_same_key_again_pays_nothing_more(line: Line) -> None:
    for _ in range(3):
        assert await line.gateway.order(ORDER) == FIRST
    assert len(line.book.moves) == 1


async def test_what_was_never_ordered_is_certainly_not_there(line: Line) -> None:
    assert await line.gateway.inquire(KEY, 1) == NOWHERE


@pytest.mark.parametrize(
    ("mood", "word"),
    [
        (Mood.TIMEOUT_THEN_PAID, "timeout"),
        (Mood.HANGS_UP_THEN_PAID, "connection"),
        (Mood.ERROR_THEN_PAID, "500"),
    ],
)
async def test_an_answer_that_is_lost_says_nothing_and_the_inquiry_finds_the_money_out(
    line: Line, mood: Mood, word: str
) -> None:
    said(mood, line)
    heard = await line.gateway.order(ORDER)
    assert heard.stands is Stands.UNSURE
    assert heard.reply in {word, "protocol"}
    assert await line.gateway.inquire(KEY, 1) == FIRST


async def test_a_timeout_after_which_nothing_was_paid(line: Line) -> None:
    said(Mood.TIMEOUT_THEN_NOT, line)
    assert (await line.gateway.order(ORDER)).stands is Stands.UNSURE
    assert await line.gateway.inquire(KEY, 1) == NOWHERE
    assert await line.gateway.order(ORDER) == FIRST


async def test_a_refusal_is_certain_and_has_its_code(line: Line) -> None:
    said(Mood.REFUSES, line)
    assert await line.gateway.order(ORDER) == Heard(Stands.REFUSED, reply="account_closed")
    assert (await line.gateway.inquire(KEY, 1)).stands is Stands.REFUSED


async def test_another_amount_is_told_as_it_moved(line: Line) -> None:
    said(Mood.WRONG_AMOUNT, line)
    assert (await line.gateway.order(ORDER)).amount == Money(6_000, "CNY")


async def test_another_account_is_told_by_its_mark(line: Line) -> None:
    said(Mood.WRONG_ACCOUNT, line)
    assert (await line.gateway.order(ORDER)).account == "another-account"


async def test_an_order_under_way_is_pending_and_its_notice_may_be_lost(line: Line) -> None:
    said(Mood.NOTICE_LOST, line)
    assert await line.gateway.order(ORDER) == Heard(Stands.PENDING)
    assert line.notices == []
    assert await line.gateway.inquire(KEY, 1) == FIRST


async def test_a_gateway_that_is_down_says_nothing_to_anybody(line: Line) -> None:
    line.book.down = True
    assert (await line.gateway.order(ORDER)).stands is Stands.UNSURE
    assert (await line.gateway.inquire(KEY, 1)).stands is Stands.UNSURE
    line.book.down = False
    assert await line.gateway.inquire(KEY, 2) == NOWHERE


async def test_one_that_pays_twice_has_two_movements_and_two_notices(line: Line) -> None:
    said(Mood.PAYS_TWICE, line)
    await line.gateway.order(ORDER)
    assert len(line.book.paid(KEY)) == 2


# -- over the net alone ------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def server() -> AsyncIterator[GatewayServer]:
    async with gateway_serving(TwinBook()) as serving:
        yield serving


async def test_each_message_is_signed_under_the_slips_own_id_and_says_what_to_pay(server: GatewayServer) -> None:
    order = Order(KEY, YUAN, "refund", "account", "6222 0000 1111", "mark-1")
    async with poster() as post:
        gateway = HttpGateway(post, server.url, [server.secret], "https://desk.example/v1/gateway/payments")
        await gateway.order(order)
    (told,) = server.hears
    assert told["type"] == "payment.order"
    assert told["data"] == {
        "payment": KEY,
        "amount": {"amount": "50.00", "currency": "CNY"},
        "purpose": "refund",
        "means": "account",
        "account": "6222 0000 1111",
        "account_mark": "mark-1",
        "notices_to": "https://desk.example/v1/gateway/payments",
    }
    assert "6222" not in repr(order)


async def test_with_a_wrong_secret_nothing_is_paid_and_nothing_is_certain(server: GatewayServer) -> None:
    async with poster() as post:
        heard = await HttpGateway(post, server.url, [new_secret()], "").order(ORDER)
    assert heard == Heard(Stands.UNSURE, reply="401 unreadable")
    assert server.book.moves == []


async def test_an_address_that_the_guard_refuses_was_certainly_not_sent_to() -> None:
    post = HttpPoster(AddressGuard())
    for url, word in (("https://127.0.0.1/pay", "private"), ("http://shop.example/pay", "scheme")):
        heard = await HttpGateway(post, url, [new_secret()], "").order(ORDER)
        assert heard == Heard(Stands.NOT_SENT, reply=f"the gateway's address: {word}")
    await post.aclose()


GOOD = b'{"payment":"2026-000017","state":"paid","reference":"R-1","amount":{"amount":"50.00","currency":"CNY"}}'
UNREADABLE = [
    b"",
    b"paid",
    b"[]",
    b"{}",
    b'{"payment":"2026-000018","state":"paid","reference":"R-1"}',
    b'{"payment":"2026-000017","state":"eaten"}',
    b'{"payment":"2026-000017"}',
    GOOD.replace(b'"50.00"', b"50.0"),
    GOOD.replace(b'"50.00"', b'"50.001"'),
    GOOD.replace(b"R-1", b"R" * 65),
    GOOD.replace(b'"R-1"', b"7"),
    GOOD.replace(b"R-1", b"R\\n1"),
    GOOD + b" " * 20_000,
    b"[" * 10_000,
]


@pytest.mark.parametrize("body", UNREADABLE)
async def test_an_answer_that_does_not_name_payment_and_state_exactly_is_not_certain(
    server: GatewayServer, body: bytes
) -> None:
    server.raw.append(status(200, body=body))
    async with poster() as post:
        heard = await HttpGateway(post, server.url, [server.secret], "").order(ORDER)
    assert heard.stands is Stands.UNSURE


@pytest.mark.parametrize(("code", "stands"), [(200, Stands.PAID), (422, Stands.PAID), (500, Stands.UNSURE)])
async def test_below_500_the_body_counts_and_above_it_nothing_does(
    server: GatewayServer, code: int, stands: Stands
) -> None:
    server.raw.append(status(code, body=GOOD))
    async with poster() as post:
        heard = await HttpGateway(post, server.url, [server.secret], "").order(ORDER)
    assert heard.stands is stands


async def test_the_book_is_read_again_after_a_kill(tmp_path: Path) -> None:
    book = TwinBook([Mood.PAYS, Mood.REFUSES, Mood.TIMEOUT_THEN_NOT], file=tmp_path / "book")
    for number in range(3):
        book.order(Order(f"2026-{number:06d}", YUAN, "refund", "original"))
    again = TwinBook(file=tmp_path / "book")
    assert (again.moves, again.refused, again.dropped) == (book.moves, book.refused, book.dropped)
    assert again.order(Order("2026-000000", YUAN, "refund", "original")).answer == FIRST
    assert len(again.moves) == 1
