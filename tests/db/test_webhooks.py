"""An event is written with the row of the register, once a version, for the webhooks that want its kind."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from db.people import add_shop
from db.sessions import Database
from db.views import drop_read_model, keep_view
from db.webhook_deliveries import Delivery, deliveries_of
from db.webhooks import (
    MOST_A_SHOP,
    Takes,
    TooManyWebhooks,
    Webhook,
    WebhookKnown,
    WebhookState,
    add_webhook,
    change_webhook,
    drop_webhook,
    find_webhook,
    gateway_of,
    new_id,
    rotate,
    webhooks_of,
)
from domain.sealed import Sealed
from domain.view import CaseView, Kind
from tests.db.builders import NOON, a_view
from tests.db.test_views import somebody_waits

BOX = Sealed("wh_1", "secret", 7, "AAECAwQF")
LATER = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)


async def subscribe(
    database: Database, *events: str, shop: str = "cups", takes: Takes = Takes.EVENTS, url: str | None = None
) -> Webhook:
    webhook = new_id()
    async with database.writing() as session:
        await add_shop(session, shop, shop.title(), "CNY")
        return await add_webhook(session, webhook, shop, takes, url or f"https://{webhook}.example/", events, BOX)


async def keep(database: Database, *views: CaseView) -> None:
    for view in views:
        async with database.writing_once() as session:
            await keep_view(session, view)


async def owed(database: Database, webhook: Webhook) -> list[Delivery]:
    """What the webhook is owed, the oldest first."""
    async with database.reading() as session:
        return list(reversed((await deliveries_of(session, webhook.webhook, None, None, 200)).items))


async def told(database: Database, webhook: Webhook) -> list[tuple[str, int]]:
    return [(each.type, each.said["version"]) for each in await owed(database, webhook)]


async def rebuild(database: Database, *views: CaseView) -> None:
    async with database.writing() as session:
        await drop_read_model(session)
    await keep(database, *views)


async def test_each_version_is_told_once_however_often_its_row_is_repeated(database: Database) -> None:
    webhook = await subscribe(database)
    first, second = a_view(), a_view(version=2, state="to_propose")
    await keep(database, first, first, second, first, second, second)
    assert await told(database, webhook) == [("complaint.opened", 1), ("complaint.moved", 2)]


async def test_an_event_says_what_became_of_what_and_nothing_of_the_customer(database: Database) -> None:
    webhook = await subscribe(database)
    await keep(database, a_view(), a_view(version=3, state="resolved", closed_at=NOON))
    opened, closed = await owed(database, webhook)
    plain = {"case": "AS-2026-000001", "kind": "complaint", "parent": None, "problem": "quality"}
    assert opened.said == plain | {
        "version": 1,
        "previous_version": None,
        "state": "to_judge",
        "previous_state": None,
        "closed": False,
    }
    assert closed.said == plain | {
        "version": 3,
        "previous_version": 1,
        "state": "resolved",
        "previous_state": "to_judge",
        "closed": True,
    }
    assert opened.event == "evt_AS-2026-000001_1_opened"
    assert closed.event == "evt_AS-2026-000001_3_closed"


@pytest.mark.parametrize(
    ("before", "after", "types"),
    [
        (a_view(), a_view(version=2), ["changed"]),
        (a_view(), a_view(version=2, state="other"), ["moved"]),
        (a_view(), a_view(version=2, state="other", closed_at=NOON), ["closed"]),
        (a_view(closed_at=NOON), a_view(version=2, closed_at=NOON), ["changed"]),
        (a_view(closed_at=NOON), a_view(version=2), ["reopened"]),
        (None, a_view(version=4, closed_at=NOON), ["opened", "closed"]),
        (None, a_view(version=4), ["opened"]),
    ],
)
async def test_what_happened_follows_from_the_row_before(
    database: Database, before: CaseView | None, after: CaseView, types: list[str]
) -> None:
    if before is not None:
        await keep(database, before)
    webhook = await subscribe(database)
    await keep(database, after)
    assert [name for name, _ in await told(database, webhook)] == [f"complaint.{what}" for what in types]


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        ((), ["complaint.opened", "payment.opened", "complaint.closed"]),
        (("complaint.opened",), ["complaint.opened"]),
        (("payment.*",), ["payment.opened"]),
        (("*.opened",), ["complaint.opened", "payment.opened"]),
        (("*.closed", "complaint.closed"), ["complaint.closed"]),
        (("return.*",), []),
    ],
)
async def test_a_webhook_is_told_of_the_kinds_that_it_wants(
    database: Database, wanted: tuple[str, ...], types: list[str]
) -> None:
    webhook = await subscribe(database, *wanted)
    await keep(
        database,
        a_view(),
        a_view("AS-2026-000001-P1", kind=Kind.PAYMENT),
        a_view(version=2, closed_at=NOON),
    )
    assert [name for name, _ in await told(database, webhook)] == types


async def test_other_shops_and_the_gateway_are_told_of_no_case(database: Database) -> None:
    mine, theirs = await subscribe(database), await subscribe(database, shop="hats")
    gateway = await subscribe(database, takes=Takes.MESSAGES)
    await keep(database, a_view())
    assert len(await owed(database, mine)) == 1
    assert await owed(database, theirs) == await owed(database, gateway) == []


async def test_a_webhook_that_is_off_is_owed_nothing_now_but_all_can_be_found(database: Database) -> None:
    webhook = await subscribe(database)
    async with database.writing() as session:
        off = await change_webhook(session, webhook.webhook, state=WebhookState.OFF)
    assert (off.state, off.off_because) == ("off", "a_person")
    await keep(database, a_view())
    assert [each.state for each in await owed(database, webhook)] == ["held"]


async def test_rebuilding_the_register_tells_nothing_again(database: Database) -> None:
    webhook = await subscribe(database)
    views = [a_view(), a_view("AS-2", version=7, closed_at=NOON)]
    await keep(database, *views)
    before = await owed(database, webhook)
    await rebuild(database, *views)
    await rebuild(database, *views)
    assert await owed(database, webhook) == before


async def test_what_happens_while_the_register_is_rebuilt_is_told_once(database: Database) -> None:
    webhook = await subscribe(database)
    await keep(database, a_view())
    async with database.writing() as session:
        await drop_read_model(session)
    new = a_view("AS-2")
    moved = a_view(version=2, state="to_propose")
    await keep(database, new, moved, a_view(), new, moved)
    assert await told(database, webhook) == [
        ("complaint.opened", 1),
        ("complaint.opened", 1),
        ("complaint.moved", 2),
    ]
    assert (await owed(database, webhook))[-1].said["previous_state"] == "to_judge"


async def test_a_rebuild_that_stops_half_way_and_is_begun_again_tells_nothing(database: Database) -> None:
    webhook = await subscribe(database)
    views = [a_view(f"AS-{number}", version=3) for number in range(4)]
    await keep(database, *views)
    before = await owed(database, webhook)
    await rebuild(database, *views[:2])
    await rebuild(database, *views)
    assert await owed(database, webhook) == before


async def test_an_old_row_between_two_rebuilds_makes_nobody_forget_what_was_told(database: Database) -> None:
    webhook = await subscribe(database)
    await keep(database, a_view(version=5))
    await rebuild(database, a_view(version=3))
    await rebuild(database, a_view(version=4), a_view(version=5))
    assert await told(database, webhook) == [("complaint.opened", 5)]


async def test_a_row_that_was_mended_after_a_rebuild_tells_what_it_brings(database: Database) -> None:
    webhook = await subscribe(database)
    await keep(database, a_view(version=2))
    await rebuild(database, a_view(version=5, state="resolved", closed_at=NOON))
    assert await told(database, webhook) == [("complaint.opened", 2), ("complaint.closed", 5)]
    assert (await owed(database, webhook))[-1].said["previous_version"] == 2


async def _half_way(database: Database) -> None:
    async with database.writing() as session:
        await keep_view(session, a_view())
        raise RuntimeError("the process dies here")


async def test_the_row_and_its_event_come_together_or_not_at_all(database: Database) -> None:
    webhook = await subscribe(database)
    with pytest.raises(RuntimeError):
        await _half_way(database)
    assert await owed(database, webhook) == []
    await keep(database, a_view())
    assert len(await owed(database, webhook)) == 1


async def test_writers_at_once_in_any_order_tell_no_version_twice(database: Database) -> None:
    webhook = await subscribe(database)
    views = [a_view(version=version, state=f"s{version}") for version in (3, 1, 5, 2, 4)] * 3
    await asyncio.gather(*(keep(database, view) for view in views))
    versions = [each.said["version"] for each in await owed(database, webhook)]
    assert versions == sorted(set(versions))
    assert versions[-1] == 5


async def test_deleting_a_webhook_never_holds_up_or_breaks_a_row(database: Database) -> None:
    webhook = await subscribe(database)
    async with database.writing() as session:
        await drop_webhook(session, webhook.webhook)
        await asyncio.wait_for(keep(database, a_view()), 10)
    assert await told(database, webhook) == [("complaint.opened", 1)]  # an orphan, which nobody sends
    async with database.reading() as session:
        assert await find_webhook(session, webhook.webhook) is None
        assert (await session.execute(text("SELECT count(*) FROM cases"))).scalar() == 1


async def test_without_webhooks_nothing_is_written(database: Database) -> None:
    await keep(database, a_view(), a_view(version=2))
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM webhook_deliveries"))).scalar() == 0


async def test_a_webhook_reads_back_and_another_shop_does_not_see_it(database: Database) -> None:
    webhook = await subscribe(database, "*.closed")
    async with database.reading() as session:
        assert await find_webhook(session, webhook.webhook, "cups") == webhook
        assert await find_webhook(session, webhook.webhook, "hats") is None
        assert await webhooks_of(session, "cups") == [webhook]
        assert await gateway_of(session, "cups") is None


async def test_a_gateway_is_found_while_it_is_on_and_a_shop_has_one(database: Database) -> None:
    gateway = await subscribe(database, takes=Takes.MESSAGES)
    with pytest.raises(WebhookKnown):
        await subscribe(database, takes=Takes.MESSAGES)
    async with database.reading() as session:
        assert await gateway_of(session, "cups") == gateway
    async with database.writing() as session:
        await change_webhook(session, gateway.webhook, state=WebhookState.OFF)
    async with database.reading() as session:
        assert await gateway_of(session, "cups") is None


async def test_one_webhook_an_address_and_twenty_a_shop(database: Database) -> None:
    first = await subscribe(database, url="https://shop.example/")
    second = await subscribe(database, url="https://shop.example/2")
    with pytest.raises(WebhookKnown):
        await subscribe(database, url="https://shop.example/")
    with pytest.raises(WebhookKnown):
        async with database.writing() as session:
            await change_webhook(session, second.webhook, url=first.url)
    await subscribe(database, url=first.url, shop="hats")
    for _ in range(MOST_A_SHOP - 2):
        await subscribe(database)
    with pytest.raises(TooManyWebhooks):
        await subscribe(database)


async def test_of_two_that_are_added_at_once_neither_counts_without_the_other(database: Database) -> None:
    for _ in range(MOST_A_SHOP - 1):
        await subscribe(database)
    async with database.writing() as session:
        await add_webhook(session, new_id(), "cups", Takes.EVENTS, "https://a.example/", (), BOX)
        late = asyncio.create_task(subscribe(database))
        await asyncio.wait_for(somebody_waits(database), 10)
    with pytest.raises(TooManyWebhooks):
        await late


async def test_two_secrets_sign_until_the_old_one_ends(database: Database) -> None:
    webhook = await subscribe(database)
    new = replace(BOX, box="BBBB")
    async with database.writing() as session:
        await rotate(session, webhook.webhook, new, LATER)
    async with database.reading() as session:
        rotated: Any = await find_webhook(session, webhook.webhook)
    assert rotated.secrets_at(LATER - timedelta(seconds=1)) == (new, BOX)
    assert rotated.secrets_at(LATER) == (new,)
