"""News from outside: kept once under their own id, given to their case, or kept until there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.tables.cases import case_tracking, cases
from db.tables.kept_news import kept_news
from domain.view import Kind


class Source(StrEnum):
    """Who told."""

    PLATFORM = "platform"
    TRACKING = "tracking"


@dataclass(frozen=True)
class KeptNews:
    """One message; `news` is the teller's own id. `about` is the order's mark, or the tracking number.

    said: plain JSON of the message to the case, without a word about the customer. way: webhook or poll. case: whom it
    was told to; None while nobody took it. Instants UTC.
    """

    shop: str
    source: Source
    news: str
    about: str
    said: dict[str, Any]
    way: str
    matter: str = ""
    received_at: datetime | None = None
    case: str | None = None
    told_at: datetime | None = None
    turned_away: str = ""


class NewsDiffer(Exception):  # noqa: N818  an answer to the teller
    """Another message stands under this id."""


async def keep_news(session: WriteSession, told: KeptNews) -> KeptNews:
    """Keep it, and return what stands under its id; the same again changes nothing.

    Raises:
        NewsDiffer: what stands there says something else.
    """
    row = {
        "shop": told.shop,
        "source": told.source.value,
        "news": told.news,
        "about": told.about,
        "matter": told.matter,
        "said": told.said,
        "way": told.way,
    }
    await session.execute(insert(kept_news).values(**row).on_conflict_do_nothing())
    stands = _news((await session.execute(select(kept_news).where(*_named(told)))).one())
    if (stands.about, stands.matter, _content(stands.said)) != (told.about, told.matter, _content(told.said)):
        raise NewsDiffer(told.news)
    return stands


async def cases_for(session: ReadSession, told: KeptNews) -> list[str]:
    """The cases that it belongs to: returns that expect the parcel, and complaints that watch it; or the order's one.

    Of several complaints the one that heard of the same matter before, then an open one, then the newest.
    """
    if told.source is Source.TRACKING:
        numbers = case_tracking.c
        wanted = select(numbers.case).where(numbers.shop == told.shop, numbers.tracking == told.about)
        waits = cases.c.kind.in_((Kind.RETURN.value, Kind.COMPLAINT.value))
        mine = (cases.c.shop == told.shop) & cases.c.case.in_(wanted) & waits
        return list((await session.execute(select(cases.c.case).where(mine).order_by(cases.c.case))).scalars())
    heard = select(kept_news.c.case).where(
        kept_news.c.shop == told.shop,
        kept_news.c.source == told.source.value,
        kept_news.c.matter == told.matter,
        kept_news.c.told_at.is_not(None),
    )
    before = (await session.execute(heard.order_by(kept_news.c.told_at.desc()).limit(1))).scalar()
    if before is not None and before != told.turned_away:
        return [before]
    about = (cases.c.shop == told.shop) & (cases.c.order_index == told.about)
    asked = select(cases.c.case).where(
        about, cases.c.kind == Kind.COMPLAINT.value, cases.c.case != told.turned_away, cases.c.state != "merged"
    )
    order = (cases.c.closed_at.is_not(None), cases.c.opened_at.desc(), cases.c.case.desc())
    found = (await session.execute(asked.order_by(*order).limit(1))).scalar()
    return [] if found is None else [found]


async def note_told(session: WriteSession, told: KeptNews, case: str) -> None:
    """It was handed to this case. One statement."""
    await session.execute(update(kept_news).where(*_named(told)).values(case=case, told_at=func.now()))


async def note_turned_away(session: WriteSession, told: KeptNews, case: str) -> None:
    """The case was over; it waits for another one, or for a person. One statement."""
    await session.execute(update(kept_news).where(*_named(told)).values(turned_away=case))


async def news_to_tell(session: ReadSession, limit: int) -> Sequence[KeptNews]:
    """Return what has a case by now and was told to none, the oldest first. One statement."""
    complaint = exists().where(
        cases.c.shop == kept_news.c.shop,
        cases.c.order_index == kept_news.c.about,
        cases.c.kind == Kind.COMPLAINT.value,
        cases.c.case != kept_news.c.turned_away,
    )
    expected = exists().where(
        case_tracking.c.shop == kept_news.c.shop,
        case_tracking.c.tracking == kept_news.c.about,
        case_tracking.c.case != kept_news.c.turned_away,
    )
    of_platform = kept_news.c.source == Source.PLATFORM.value
    may_be_told = (of_platform & complaint) | (~of_platform & expected)
    asked = select(kept_news).where(kept_news.c.told_at.is_(None), may_be_told)
    rows = await session.execute(asked.order_by(kept_news.c.received_at, kept_news.c.news).limit(limit))
    return [_news(row) for row in rows]


async def platform_news_without_case(session: ReadSession, shop: str, limit: int) -> Sequence[KeptNews]:
    """Return the platform's news that no complaint of the shop has taken, the oldest first. One statement."""
    mine = (kept_news.c.shop == shop) & (kept_news.c.source == Source.PLATFORM.value)
    asked = select(kept_news).where(mine, kept_news.c.told_at.is_(None))
    rows = await session.execute(asked.order_by(kept_news.c.received_at, kept_news.c.news).limit(limit))
    return [_news(row) for row in rows]


def _content(said: dict[str, Any]) -> dict[str, Any]:
    """What it says, whoever passed it on."""
    says: dict[str, Any] = said.get("says", {})
    return {**said, "actor": None, "says": {**says, "actor": None}}


def _named(told: KeptNews) -> tuple[Any, ...]:
    return (
        kept_news.c.shop == told.shop,
        kept_news.c.source == told.source.value,
        kept_news.c.news == told.news,
    )


def _news(row: Row[Any]) -> KeptNews:
    return KeptNews(
        shop=row.shop,
        source=Source(row.source),
        news=row.news,
        about=row.about,
        said=row.said,
        way=row.way,
        matter=row.matter,
        received_at=row.received_at,
        case=row.case,
        told_at=row.told_at,
        turned_away=row.turned_away,
    )
