"""P7: how long lists and searches take with a full register, over HTTP, fifty cases a page."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from adapters.blind_index import BlindIndex
from bench import register_words as said
from bench.figures import Figure, Spread, quantile
from bench.full_register import Made, cases_of_a_shop, fill
from bench.size import Size
from bench.stand import Stand, another_door
from standalone.postgres_session import session

DATABASE = "bench_register"
MS = 1000.0
MOST = 50.0
"""Milliseconds."""


async def finding(stand: Stand, size: Size) -> list[Figure]:
    """P7: searches and lists with many cases, each page asked in turns, one at a time."""
    url, index_key, now = stand.desk.database(DATABASE), secrets.token_bytes(32), datetime.now(UTC)
    async with session(stand.desk.database_url) as postgres:
        await postgres.execute(f"CREATE DATABASE {DATABASE}")
    try:
        begun = time.perf_counter()
        key = await fill(url, size.registered, BlindIndex(index_key), now)
        filling = time.perf_counter() - begun
        chosen = {"DATABASE_URL": url, "REDRESS_INDEX_KEY": base64.b64encode(index_key).decode()}
        async with another_door(stand.desk, "api.app:serve_app", **chosen) as door:
            searches = await _asked(stand, door, key, _searches(_some_case(size, now)), size)
            lists = await _asked(stand, door, key, LISTS, size)
    finally:
        async with session(stand.desk.database_url) as postgres:
            await postgres.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    return [
        _figure("searches", searches, size),
        _figure("lists", lists, size),
        Figure("P7", "a case written, with its words and marks", filling / size.registered * MS, unit="ms"),
    ]


LISTS: Mapping[str, Mapping[str, str]] = {
    "newest": {},
    "open": {"open": "true"},
    "one state": {"state": "to_judge"},
    "one handler": {"handler": "p-7"},
    "one desk": {"desk": "finance"},
    "due first": {"sort": "due"},
    "open, due first": {"open": "true", "sort": "due"},
    "overdue": {"overdue": "true"},
    "overdue, due first": {"overdue": "true", "sort": "due"},
    "promised today": {"promised": "today"},
    "responsible": {"responsible": "courier"},
    "remedy": {"remedy": "apology"},
    "responsible and remedy, due first": {"responsible": "courier", "remedy": "apology", "sort": "due"},
}


def _searches(one: Made) -> dict[str, dict[str, str]]:
    """What staff type: `one` is the case that they look for by what only it has."""
    return {
        "case number": {"q": one.view.case},
        "half a case number": {"q": one.view.case[:9]},
        "tracking number": {"q": one.view.tracking[0]},
        "order": {"q": one.words["order"]},
        "phone": {"q": one.words["phone"]},
        "e-mail": {"q": one.words["email"]},
        "name": {"q": one.words["name"]},
        "name and product": {"q": f"{one.words['name']} 茶杯"},
        "many have it": {"q": "茶杯"},
        "many customers said it": {"q": "坏了"},
        "few have it": {"q": said.RARE},
        "only old ones have it": {"q": said.FORMER_PRODUCT},
        "nobody has it": {"q": "没有这个词"},
        "one sign": {"q": "杯"},
        "beginning": {"q": "hand"},
        "three words": {"q": "坏了 漏水 茶杯"},
        "many, open": {"q": "坏了", "open": "true"},
        "many, one state": {"q": "茶杯", "state": "to_judge"},
        "many, responsible": {"q": "茶杯", "responsible": "courier"},
        "many, due first": {"q": "坏了", "sort": "due"},
        "old ones, open": {"q": said.FORMER_PRODUCT, "open": "true"},
        "old ones, due first": {"q": said.FORMER_PRODUCT, "sort": "due"},
    }


def _some_case(size: Size, now: datetime) -> Made:
    return next(
        made for number, made in enumerate(cases_of_a_shop(size.registered, now), 1) if number * 2 >= size.registered
    )


async def _asked(
    stand: Stand, door: str, key: str, pages: Mapping[str, Mapping[str, str]], size: Size
) -> dict[str, list[float]]:
    """Milliseconds of each page."""
    addresses = [f"/v1/cases?{urlencode({**page, 'limit': '50'})}" for page in pages.values()]
    order = {"door": door, "key": key, "pages": addresses}
    await stand.play("find_cases", **order, times=1)  # fills caches and pools
    played = (await stand.play("find_cases", **order, times=size.asked)).answer
    return {name: [each * MS for each in seconds] for name, seconds in zip(pages, played, strict=True)}


def _figure(what: str, asked: Mapping[str, list[float]], size: Size) -> Figure:
    every = [each for some in asked.values() for each in some]
    slowest = max(asked, key=lambda name: Spread.of(asked[name]).median)
    spread = (
        f"p50 {Spread.of(every).median:.1f} ms of {len(every)}; slowest: {slowest}, {Spread.of(asked[slowest]).text(1)}"
    )
    named = f"{what} p99 with {size.registered} cases"
    return Figure("P7", named, quantile(every, 0.99), spread, MOST, unit="ms", digits=1)
