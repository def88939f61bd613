"""Posting over real HTTP to a receiver that misbehaves on a script, and the twin that remembers instead."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.webhooks.addresses import AddressGuard
from adapters.webhooks.posting import Answer, HttpPoster, Post, Poster, RecordingPoster
from tests.adapters.mail_server import certificate
from tests.adapters.webhook_receiver import OK, Mood, Receiver, receiving, status

HERE = AddressGuard(allowed_hosts=["127.0.0.1"], http_allowed=True)


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as served:
        yield served


@pytest_asyncio.fixture
async def poster() -> AsyncIterator[HttpPoster]:
    made = HttpPoster(HERE, timeout=0.5)
    yield made
    await made.aclose()


def a_post(url: str, body: bytes = b'{"a":1}') -> Post:
    return Post(url, {"Content-Type": "application/json", "webhook-id": "evt_1"}, body)


# -- what both do ------------------------------------------------------------------------------------------------

MOODS: list[tuple[Mood, Answer]] = [
    (OK, Answer(taken=True, said="200")),
    (status(204), Answer(taken=True, said="204")),
    (status(400), Answer(taken=False, said="400")),
    (status(410), Answer(taken=False, said="410", gone=True)),
    (status(500), Answer(taken=False, said="500")),
    (status(503, "Retry-After: 120"), Answer(taken=False, said="503", wait=120.0)),
]


@pytest.mark.parametrize("kind", ["http", "twin"])
@pytest.mark.parametrize(("mood", "answer"), MOODS, ids=[answer.said for _, answer in MOODS])
async def test_both_tell_what_the_other_side_said(
    kind: str, mood: Mood, answer: Answer, poster: HttpPoster, receiver: Receiver
) -> None:
    twin = RecordingPoster(HERE)
    receiver.script.append(mood)
    twin.answers.append(answer)
    under_test: Poster = poster if kind == "http" else twin
    assert await under_test.post(a_post(receiver.url)) == answer
    assert await under_test.post(a_post(receiver.url)) == Answer(taken=True, said="200")
    taken = receiver.seen if kind == "http" else twin.taken
    assert len(taken) == (2 if kind == "http" else 1 + answer.taken)


@pytest.mark.parametrize("kind", ["http", "twin"])
@pytest.mark.parametrize(
    ("url", "said"), [("http://127.0.0.2:9/", "private"), ("ftp://127.0.0.1/", "scheme"), ("http://a b/", "spelling")]
)
async def test_both_refuse_addresses_that_the_guard_refuses(kind: str, url: str, said: str, poster: HttpPoster) -> None:
    under_test: Poster = poster if kind == "http" else RecordingPoster(HERE)
    assert await under_test.post(a_post(url)) == Answer(taken=False, said=said)


# -- over the wire -----------------------------------------------------------------------------------------------


async def test_a_message_arrives_as_it_was_signed(poster: HttpPoster, receiver: Receiver) -> None:
    body = '{"text":"您好"}'.encode()
    await poster.post(a_post(receiver.url, body))
    (seen,) = receiver.seen
    assert seen.line == "POST /hook?from=redress HTTP/1.1"
    assert seen.body == body
    assert seen.headers == {
        "host": f"127.0.0.1:{receiver.port}",
        "content-type": "application/json",
        "webhook-id": "evt_1",
        "content-length": str(len(body)),
    }


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        (lambda receiver: receiver.never_answers, "timeout"),
        (lambda receiver: receiver.drips_a_head, "timeout"),
        (lambda receiver: receiver.drips_a_body, "200"),
        (lambda receiver: receiver.floods, "200"),
        (lambda receiver: receiver.hangs_up, "connection protocol"),
        (lambda _receiver: b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "protocol"),
        (lambda _receiver: b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n", "protocol"),
        (lambda _receiver: status(301, "Location: http://169.254.169.254/latest/"), "301 redirect not followed"),
        (lambda _receiver: status(307, "Location: http://127.0.0.1:1/"), "307 redirect not followed"),
        (lambda _receiver: status(503, "Retry-After: never"), "503"),
    ],
)
async def test_a_receiver_that_misbehaves_costs_little_and_harms_nothing(
    mood: Callable[[Receiver], Mood], said: str, poster: HttpPoster, receiver: Receiver
) -> None:
    receiver.script.append(mood(receiver))
    async with asyncio.timeout(5):
        answer = await poster.post(a_post(receiver.url))
    assert answer.said == said or answer.said in said.split()
    assert answer.taken is (said == "200")
    assert len(receiver.seen) == 1
    assert (await poster.post(a_post(receiver.url))).taken


async def test_of_a_flood_no_more_is_taken_than_the_net_itself_holds(poster: HttpPoster, receiver: Receiver) -> None:
    receiver.script.append(receiver.floods)
    assert (await poster.post(a_post(receiver.url))).taken
    assert receiver.flooded < 16e6


async def test_nobody_there_is_told(poster: HttpPoster, receiver: Receiver) -> None:
    assert (await poster.post(a_post("http://127.0.0.1:1/"))).said == "connection"


async def test_a_wait_is_bounded_and_may_be_a_date(poster: HttpPoster, receiver: Receiver) -> None:
    receiver.script += [
        status(429, "Retry-After: 99999999999"),
        status(429, "Retry-After: Mon, 01 Jan 2001 00:00:00 GMT"),
        status(429, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT"),
        status(429, "Retry-After: Fri, 01 Jan 99999999999999999999 00:00:00 GMT"),
        status(429, "Retry-After: when it suits you"),
    ]
    waits = [(await poster.post(a_post(receiver.url))).wait for _ in range(5)]
    assert waits == [6 * 3600.0, 0.0, 6 * 3600.0, None, None]


async def test_the_connection_goes_to_the_address_that_was_looked_at(receiver: Receiver) -> None:
    """The name leads outside when it is looked at, and inside a moment later: the moment later is never asked."""
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["203.0.113.9", "93.184.216.34"]

    poster = HttpPoster(AddressGuard(http_allowed=True, resolve=rebinding), timeout=0.5)
    url = f"http://rebind.example:{receiver.port}/"
    said = [(await poster.post(a_post(url))).said for _ in range(2)]
    await poster.aclose()
    assert said == ["private", "private"]  # 203.0.113.9 is nobody's, and then it is this machine
    assert receiver.seen == []


async def test_a_name_is_resolved_once_a_connection_and_never_by_anybody_else(receiver: Receiver) -> None:
    async def resolve(host: str, _port: int) -> list[str]:
        assert host == "shop.internal"
        return ["127.0.0.1"]

    poster = HttpPoster(AddressGuard(allowed_hosts=["shop.internal"], http_allowed=True, resolve=resolve), timeout=2)
    answer = await poster.post(a_post(f"http://shop.internal:{receiver.port}/"))
    await poster.aclose()
    assert answer.taken
    assert receiver.seen[0].headers["host"] == f"shop.internal:{receiver.port}"


async def test_where_one_address_of_a_host_is_deaf_the_next_is_taken(receiver: Receiver) -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    poster = HttpPoster(AddressGuard(allowed_hosts=["shop.internal"], http_allowed=True, resolve=resolve), timeout=2)
    answer = await poster.post(a_post(f"http://shop.internal:{receiver.port}/"))
    await poster.aclose()
    assert answer.taken
    assert len(receiver.seen) == 1


async def test_tls_is_held_to_the_name_of_the_address(tmp_path: Path) -> None:
    server, client = certificate(tmp_path)  # for 127.0.0.1

    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    guard = AddressGuard(allowed_hosts=["127.0.0.1", "shop.internal"], resolve=here)
    trusting = HttpPoster(guard, timeout=2, tls=client)
    strange = HttpPoster(guard, timeout=2, tls=ssl.create_default_context())
    async with receiving(server) as receiver:
        assert (await trusting.post(a_post(receiver.url))).said == "200"
        assert (await trusting.post(a_post(f"https://shop.internal:{receiver.port}/"))).said == "tls"
        assert (await strange.post(a_post(receiver.url))).said == "tls"
        assert len(receiver.seen) == 1
    await trusting.aclose()
    await strange.aclose()


async def test_the_environments_proxy_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, poster: HttpPoster, receiver: Receiver
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert (await poster.post(a_post(receiver.url))).taken


def test_a_post_shows_nothing_of_its_body() -> None:
    assert "13800138000" not in repr(a_post("https://shop.example/", b'{"phone":"13800138000"}'))
