"""Deliveries are posted signed until they are taken, given up or held; a dying sender loses none."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text

from adapters.vault import Vault
from adapters.webhooks.posting import Answer, Post, RecordingPoster
from adapters.webhooks.signing import new_secret, verified
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister
from db.views import keep_view
from db.webhook_deliveries import DeliveryState, claim, deliveries_of, replay, send_again
from db.webhook_standing import webhooks_stand
from db.webhooks import SECRET, WebhookState, change_webhook, find_webhook, rotate
from tests.db.builders import a_view
from tests.upkeep.webhook_scene import Scene
from upkeep.webhook_sending import NO_SECRET

BROKEN, GONE = Answer(taken=False, said="500"), Answer(taken=False, said="410", gone=True)


@pytest_asyncio.fixture
async def scene(database: Database) -> AsyncIterator[Scene]:
    made = Scene(database)
    yield made
    await made.sender.aclose()


def heads(posts: list[Post]) -> list[str]:
    return [post.headers["webhook-id"] for post in posts]


async def test_an_event_arrives_signed_with_ids_states_and_nothing_else(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens()
    await scene.send()
    (post,) = scene.poster.taken
    assert post.url == f"https://{webhook}.example/"
    assert verified([scene.secrets[webhook]], post.headers, post.body, datetime.now(UTC)) == "evt_AS-1_1_opened"
    told = json.loads(post.body)
    assert told["type"] == "complaint.opened"
    assert abs(datetime.now(UTC) - datetime.fromisoformat(told["timestamp"])) < timedelta(minutes=1)
    known = {"case", "kind", "parent", "version", "previous_version", "state", "previous_state", "problem", "closed"}
    assert set(told) == {"type", "timestamp", "data"}
    assert set(told["data"]) == known
    assert await scene.stands(webhook) == [("delivered", 1, "200")]
    assert scene.told == {"delivered": 1}


async def test_what_was_taken_is_not_sent_again(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens()
    await scene.send()
    await scene.later(hours=1)
    await scene.happens()
    await scene.send()
    assert len(scene.poster.taken) == 1
    assert await scene.stands(webhook) == [("delivered", 1, "200")]


async def test_what_was_not_taken_is_tried_again_under_the_same_id_with_a_new_instant(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens()
    await scene.send(BROKEN)
    assert await scene.stands(webhook) == [("due", 1, "500")]
    await scene.send()
    assert scene.poster.taken == []  # not yet
    await scene.later(seconds=13)
    await scene.send()
    assert heads(scene.poster.taken) == ["evt_AS-1_1_opened"]
    assert await scene.stands(webhook) == [("delivered", 2, "200")]
    async with scene.database.reading() as session:
        (delivery,) = (await deliveries_of(session, webhook, None, None, 10)).items
    assert [(tried.attempt, tried.taken, tried.answer) for tried in delivery.tried] == [
        (1, False, "500"),
        (2, True, "200"),
    ]


async def test_after_three_days_it_is_a_dead_letter_that_a_person_may_send_again(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens()
    await scene.later(days=3)
    await scene.send(BROKEN)
    assert await scene.stands(webhook) == [("dead", 1, "500")]
    assert scene.told == {"dead": 1}
    await scene.later(hours=1)
    await scene.send()
    assert scene.poster.taken == []

    async with scene.database.writing() as session:
        (dead,) = (await deliveries_of(session, webhook, DeliveryState.DEAD, None, 10)).items
        assert await send_again(session, webhook, dead.delivery)
        assert not await send_again(session, "wh_other", dead.delivery)
    await scene.send(BROKEN)
    assert await scene.stands(webhook) == [("due", 2, "500")]  # with all its tries anew
    await scene.later(seconds=13)
    await scene.send()
    assert await scene.stands(webhook) == [("delivered", 3, "200")]


async def test_a_webhook_that_fails_for_five_days_is_switched_off_and_says_so(scene: Scene) -> None:
    webhook, other = await scene.subscribe(), await scene.subscribe("hats")
    await scene.happens()
    await scene.send(BROKEN)
    await scene.later(days=5)
    await scene.happens("AS-2")
    await scene.send(BROKEN)
    await scene.later(hours=1)
    await scene.send(BROKEN)
    async with scene.database.reading() as session:
        off = await find_webhook(session, webhook)
        still = await find_webhook(session, other)
        standing = await webhooks_stand(session)
    assert off is not None
    assert still is not None
    assert (off.state, off.off_because) == ("off", "failing")
    assert still.state is WebhookState.ON
    assert standing.off == {"failing": 1, "gone": 0, "a_person": 0}
    assert {state for state, *_ in await scene.stands(webhook)} <= {"dead", "held"}
    assert scene.told["switched_off"] == 1
    await scene.happens("AS-3")
    await scene.later(hours=1)
    await scene.send()
    assert scene.poster.taken == []


async def test_one_success_is_a_clean_slate(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens()
    await scene.send(BROKEN)
    await scene.later(days=2)
    await scene.send()
    await scene.later(days=4)
    await scene.happens("AS-2")
    await scene.send(BROKEN)
    async with scene.database.reading() as session:
        found = await find_webhook(session, webhook)
    assert found is not None
    assert found.state is WebhookState.ON
    assert found.last_success_at is not None
    assert found.failing_since is not None
    assert datetime.now(UTC) - found.failing_since < timedelta(minutes=1)


async def test_who_says_gone_is_not_written_to_again(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens()
    await scene.send(GONE)
    async with scene.database.reading() as session:
        found = await find_webhook(session, webhook)
    assert found is not None
    assert (found.state, found.off_because) == ("off", "gone")
    assert await scene.stands(webhook) == [("held", 1, "410")]


async def test_what_was_held_or_dead_is_replayed_since_an_instant_in_its_order(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens("AS-0")
    await scene.send()
    await scene.later(days=10)
    await scene.happens("AS-1")
    async with scene.database.writing() as session:
        await change_webhook(session, webhook, state=WebhookState.OFF)
    await scene.happens("AS-1", 2, 3)
    await scene.later(days=1)
    async with scene.database.writing() as session:
        await change_webhook(session, webhook, state=WebhookState.ON)
        since = datetime.now(UTC) - timedelta(days=2)
        assert await replay(session, webhook, since, also_delivered=False) == 3
        assert await replay(session, webhook, since, also_delivered=False) == 0
    await scene.send()
    assert heads(scene.poster.taken[1:]) == ["evt_AS-1_1_opened", "evt_AS-1_2_moved", "evt_AS-1_3_moved"]
    async with scene.database.writing() as session:
        assert await replay(session, webhook, since, also_delivered=True) == 3


class SlowAtFirst(RecordingPoster):
    """Whatever is sent at the same time arrives the other way round."""

    async def post(self, message: Post) -> Answer:
        for _ in range(100 - 10 * json.loads(message.body)["data"]["version"]):
            await asyncio.sleep(0)
        return await super().post(message)


async def test_changes_of_one_case_are_sent_in_their_order(scene: Scene) -> None:
    await scene.subscribe()
    await scene.happens("AS-1", 1, 2, 3, 4)
    await scene.happens("AS-2", 1, 2)
    poster = SlowAtFirst()
    await scene.send(sender=scene.another(poster))
    versions = {
        case: [int(head.split("_")[2]) for head in heads(poster.taken) if case in head] for case in ("AS-1", "AS-2")
    }
    assert versions == {"AS-1": [1, 2, 3, 4], "AS-2": [1, 2]}


async def test_during_a_rotation_both_secrets_sign_and_afterwards_the_new_one_alone(scene: Scene) -> None:
    webhook = await scene.subscribe()
    new = new_secret()
    sealed = await scene.vault.seal("cups", webhook, SECRET, new)
    async with scene.database.writing() as session:
        await rotate(session, webhook, sealed, datetime.now(UTC) + timedelta(hours=24))
    await scene.happens("AS-1")
    await scene.send()
    await scene.change("UPDATE webhooks SET old_secret_until = now()")
    await scene.happens("AS-2")
    await scene.send()
    both, alone = scene.poster.taken
    now = datetime.now(UTC)
    for secret in (scene.secrets[webhook], new):
        assert verified([secret], both.headers, both.body, now)
    assert verified([new], alone.headers, alone.body, now)
    assert len(alone.headers["webhook-signature"].split(" ")) == 1


async def test_secrets_lie_sealed_and_do_not_open_under_another_master_key(scene: Scene) -> None:
    webhook = await scene.subscribe()
    async with scene.database.reading() as session:
        lies = (await session.execute(text("SELECT secret::text FROM webhooks"))).scalar_one()
    assert scene.secrets[webhook] not in lies
    await scene.happens()
    stranger = scene.another(vault=Vault(os.urandom(32), SubjectKeyRegister(scene.database)))
    await scene.send(sender=stranger)
    assert scene.poster.taken == []
    assert await scene.stands(webhook) == [("due", 1, NO_SECRET)]


class Waiting(RecordingPoster):
    """Holds every post until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.may_go = asyncio.Event(), asyncio.Event()

    async def post(self, message: Post) -> Answer:
        self.begun.set()
        await self.may_go.wait()
        return await super().post(message)


async def test_two_senders_beside_one_another_send_nothing_twice(scene: Scene) -> None:
    webhook = await scene.subscribe()
    slow = Waiting()
    other = scene.another(slow)
    await scene.happens("AS-1")
    await other.look()
    await asyncio.wait_for(slow.begun.wait(), 10)
    await scene.happens("AS-2")
    await scene.send()
    assert heads(scene.poster.taken) == ["evt_AS-2_1_opened"]
    slow.may_go.set()
    await other.settled()
    assert heads(slow.taken) == ["evt_AS-1_1_opened"]
    assert {state for state, *_ in await scene.stands(webhook)} == {"delivered"}


async def test_what_a_sender_died_with_is_sent_after_its_lease_under_the_same_id(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens()
    async with scene.database.writing_once() as session:
        (taken,) = await claim(session, webhook, 8, timedelta(minutes=3))
    await scene.send()
    assert scene.poster.taken == []
    await scene.later(minutes=3)
    await scene.send()
    assert heads(scene.poster.taken) == [taken.event]
    assert await scene.stands(webhook) == [("delivered", 2, "200")]


async def test_a_late_word_of_failure_does_not_undo_anothers_success(scene: Scene) -> None:
    webhook = await scene.subscribe()
    slow = Waiting()
    slow.answers.append(BROKEN)
    other = scene.another(slow)
    await scene.happens()
    await other.look()
    await asyncio.wait_for(slow.begun.wait(), 10)
    await scene.later(minutes=3)
    await scene.send()
    slow.may_go.set()
    await other.settled()
    assert await scene.stands(webhook) == [("delivered", 2, "200")]


async def test_switching_off_during_a_post_holds_what_failed(scene: Scene) -> None:
    webhook = await scene.subscribe()
    slow = Waiting()
    slow.answers.append(BROKEN)
    other = scene.another(slow)
    await scene.happens()
    await other.look()
    await asyncio.wait_for(slow.begun.wait(), 10)
    async with scene.database.writing() as session:
        await change_webhook(session, webhook, state=WebhookState.OFF)
    slow.may_go.set()
    await other.settled()
    assert await scene.stands(webhook) == [("held", 1, "500")]


async def test_a_webhook_that_fails_is_tried_with_one_delivery_at_a_time_and_holds_up_no_other(scene: Scene) -> None:
    bad, good = await scene.subscribe(), await scene.subscribe("hats")
    await scene.happens("AS-0")
    await scene.send(BROKEN)
    for number in range(1, 6):
        await scene.happens(f"AS-{number}")
    async with scene.database.writing_once() as session:
        await keep_view(session, a_view("HA-1", shop="hats"))

    class OneIsBad(RecordingPoster):
        async def post(self, message: Post) -> Answer:
            return BROKEN if bad in message.url else await super().post(message)

    poster = OneIsBad()
    await scene.send(sender=scene.another(poster))
    assert [attempts for _, attempts, _ in await scene.stands(bad)].count(1) == 2
    assert heads(poster.taken) == ["evt_HA-1_1_opened"]
    assert {state for state, *_ in await scene.stands(good)} == {"delivered"}


async def test_a_fault_in_one_lane_leaves_the_others_and_is_tried_again(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    webhook = await scene.subscribe()
    await scene.happens()

    class Faulty(RecordingPoster):
        async def post(self, message: Post) -> Answer:
            raise RuntimeError("a fault")

    await scene.send(sender=scene.another(Faulty()))
    assert "is put off" in caplog.text
    await scene.later(minutes=3)
    await scene.send()
    assert await scene.stands(webhook) == [("delivered", 2, "200")]


async def test_old_deliveries_are_forgotten_and_what_is_due_is_not(scene: Scene) -> None:
    webhook = await scene.subscribe()
    await scene.happens("AS-1")
    await scene.send()
    await scene.happens("AS-2")
    await scene.send(BROKEN)
    await scene.later(days=31)
    await scene.change("UPDATE webhook_deliveries SET due_at = now() + interval '1 day' WHERE state = 'due'")
    await scene.send(sender=scene.another())
    assert await scene.stands(webhook) == [("due", 1, "500")]


async def test_figures_tell_what_waits_what_fails_and_for_how_long(scene: Scene) -> None:
    await scene.subscribe()
    await scene.happens("AS-1")
    await scene.later(seconds=100)
    async with scene.database.reading() as session:
        waits = await webhooks_stand(session)
    assert (waits.deliveries, waits.failing) == ({"due": 1, "dead": 0, "held": 0}, 0)
    assert 90 < waits.oldest_due < 130

    await scene.send(BROKEN)
    await scene.later(seconds=100)
    async with scene.database.reading() as session:
        fails = await webhooks_stand(session)
    assert (fails.deliveries["due"], fails.failing, fails.oldest_due) == (1, 1, 0.0)


async def test_the_loop_sends_by_itself_outlives_a_fault_and_ends_with_what_it_began(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("upkeep.webhook_sending.PAUSE", timedelta(milliseconds=50))
    webhook = await scene.subscribe()
    look, looks = scene.sender.look, 0

    async def faulty() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise RuntimeError("a fault")
        await look()

    monkeypatch.setattr(scene.sender, "look", faulty)
    running = asyncio.create_task(scene.sender.run())
    await scene.happens()
    await asyncio.wait_for(scene.until_it_stands(webhook, ("delivered", 1, "200")), 10)
    assert "sending webhooks is put off" in caplog.text
    running.cancel()
    await scene.sender.aclose()
    await scene.happens("AS-2")
    await scene.sender.look()
    await scene.sender.settled()
    assert len(scene.poster.taken) == 1
