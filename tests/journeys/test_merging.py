"""Two cases of one matter on the real server: merged, undone, closed at the same moment, paid within one ceiling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio

from domain.complaint import steps as s
from domain.complaint.linking import steps as ls
from domain.complaint.linking.state import OtherCase
from domain.complaint.problems import RemedyKind
from domain.payment import steps as p
from domain.people import Actor
from domain.shared_steps import AddEvidence, ReportTelling
from domain.view import CaseView
from standalone.temporal_config import SHORT_RUNS
from tests.builders import it_goes_on
from tests.env import NamespaceClient
from tests.journeys.desk import Desk, Refused, open_desk, photo, yuan
from tests.journeys.moves import apologised, called, judged, paid, propose
from tests.journeys.people import AGENT, CUSTOMER, MANAGER, SUPERVISOR

REASON = "the customer wrote twice"


async def seen(desk: Desk, case: str) -> OtherCase:
    """Another case as the API's edge finds it."""
    view = (await desk.look(case)).view
    story: Any = view.story
    return OtherCase(
        case=case,
        received_at=view.opened_at,
        customer=view.customer,
        order_index=view.order_index,
        line=story["line"],
        state=view.state,
        closed=view.closed_at is not None,
        priority=view.priority,
    )


async def merge(desk: Desk, case: str, other: OtherCase, actor: Actor = AGENT) -> CaseView:
    step = ls.MergeInto(actor=actor, other_case=other.case, reason=REASON, other=other)
    return (await desk.step(case, step)).view


async def two(desk: Desk, **changes: Any) -> tuple[str, str]:
    """Two cases about one order line, the first an hour older."""
    now = datetime.now(UTC)
    first = await desk.open(received_at=now - timedelta(hours=1), **changes)
    return first, await desk.open(received_at=now, **changes)


def said(view: CaseView, name: str) -> Any:
    return (view.story or {}).get(name)


async def merged(desk: Desk, first: str, late: str) -> None:
    """The later case goes on within the first, and both know it."""
    await merge(desk, late, await seen(desk, first))
    await desk.until(first, lambda view: bool(said(view, "taken_in")))
    await desk.until(late, lambda view: bool(said(view, "merges")[0].get("taken_in_at")))


async def replays(desk: Desk, *cases: str) -> None:
    for case in cases:
        await desk.replays(case)


async def all_told(desk: Desk, case: str) -> None:
    """Every message of the case that waits for a person is told, so that nothing keeps it from its end."""
    view = await desk.until(case, lambda seen: all(each["state"] != "by_machine" for each in said(seen, "letters")))
    for task in view.tasks:
        if task.step == "report_telling":
            number = int(task.key.removeprefix("tell-"))
            await desk.step(case, ReportTelling(actor=AGENT, number=number, how="phone"))


async def test_a_merge_moves_photos_keeps_the_first_ones_clocks_and_is_undone_with_fresh_ones(desk: Desk) -> None:
    first, late = await two(desk)
    clocks = {clock.name: clock.due_at for clock in (await desk.look(first)).view.clocks if clock.ended_at is None}
    await desk.step(late, AddEvidence(actor=CUSTOMER, photos=(photo("crack"),)))
    await merged(desk, first, late)
    view = await desk.until(first, lambda view: bool(view.photos))
    assert view.state == "to_judge"
    assert clocks["first_feedback"] == next(c.due_at for c in view.clocks if c.name == "first_feedback")
    await desk.step(late, AddEvidence(actor=CUSTOMER, photos=(photo("box"),)))
    await desk.until(first, lambda view: len(view.photos) == 2)
    assert (await desk.look(late)).view.state == "merged"

    await desk.forward(late, hours=5)
    undone = (await desk.step(late, ls.Unmerge(actor=SUPERVISOR, reason="two cups, two cracks"))).view
    assert undone.state == "to_judge"
    judgement = next(clock for clock in undone.clocks if clock.name == "judgement" and clock.ended_at is None)
    assert judgement.started_at > undone.opened_at + timedelta(hours=4)
    await desk.until(first, lambda view: "parted_at" in said(view, "taken_in")[0])
    told = [line.event for line in await desk.story(late)]
    assert [event for event in told if event.startswith(("merge", "unmerge"))] == [
        "merged_into",
        "merge_confirmed",
        "unmerged",
    ]
    assert [line.event for line in await desk.story(first)].count("case_parted") == 1
    await replays(desk, first, late)


async def test_a_merged_case_ends_with_the_one_it_went_into(desk: Desk) -> None:
    first, late = await two(desk)
    await merged(desk, first, late)
    await apologised(desk, first)
    await all_told(desk, late)
    await desk.step(first, called(s.CallResult.SATISFIED))
    await all_told(desk, first)
    assert await desk.case(first).result() == "resolved"
    assert await desk.case(late).result() == "merged"
    await replays(desk, first, late)


async def test_what_is_paid_in_both_cases_stays_below_what_was_paid_for_the_line_and_needs_two_approvers(
    desk: Desk,
) -> None:
    facts = await desk.register_order(paid=yuan(250), quantity=1)
    first, late = await two(desk, order_facts=facts)
    await agreed_on(desk, late, 150)
    await paid(desk, f"{late}-P1", yuan(150))
    await desk.state(late, "to_call_back")
    words = await desk.sealed("words", "not enough")
    await desk.step(late, s.RecordCallBack(actor=caller(), result=s.CallResult.NOT_SATISFIED, words=words))
    await merged(desk, first, late)
    await desk.step(first, judge_again())
    with_more = propose(RemedyKind.COMPENSATION, yuan(100.01))
    assert await desk.refused(first, with_more) == "above_line_paid"
    await desk.step(first, propose(RemedyKind.COMPENSATION, yuan(100)))
    await desk.step(first, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    slip = f"{first}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=yuan(100)))
    assert (await desk.look(slip)).view.state == "to_approve", "150 there and 100 here are above 200 in sum"
    await desk.step(slip, p.ApproveSlip(actor=MANAGER, amount=yuan(100)))
    assert (await desk.look(slip)).view.state == "with_finance"
    await replays(desk, first, late)


async def test_the_ledger_bounds_the_line_over_a_case_and_the_one_parted_from_it(desk: Desk) -> None:
    facts = await desk.register_order(paid=yuan(100), quantity=1)
    first, late = await two(desk, order_facts=facts)
    await merged(desk, first, late)
    await desk.step(late, ls.Unmerge(actor=AGENT, reason="two matters after all"))
    for case in (first, late):
        await agreed_on(desk, case, 60)
    states = [
        (await desk.until(f"{case}-P1", lambda view: view.state in {"to_approve", "above_ceiling"})).state
        for case in (first, late)
    ]
    assert sorted(states) == ["above_ceiling", "to_approve"]


async def test_merging_crosswise_at_the_same_moment_makes_one_merge(desk: Desk) -> None:
    first, late = await two(desk)
    one, other = await seen(desk, first), await seen(desk, late)
    answers = await asyncio.gather(
        merge(desk, late, one), merge(desk, first, other, SUPERVISOR), return_exceptions=True
    )
    (no,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert no.code == "merge_the_other"
    await desk.until(first, lambda view: bool(said(view, "taken_in")))
    await replays(desk, first, late)


async def test_a_case_closed_at_the_same_moment_either_has_taken_the_other_in_or_turned_it_away(desk: Desk) -> None:
    ends: list[str] = []
    for _ in range(4):
        first, late = await two(desk)
        known = await seen(desk, first)
        close = s.CloseCase(actor=SUPERVISOR, reason="a test order")
        await asyncio.gather(merge(desk, late, known), desk.step(first, close))
        view = await desk.until(
            late, lambda view: view.state != "merged" or bool(said(view, "merges")[0].get("over_at"))
        )
        taken = bool(said((await desk.look(first)).view, "taken_in"))
        assert taken == (view.state == "merged"), (taken, view.state)
        ends.append(view.state)
        await replays(desk, first, late)
    assert ends


async def test_a_case_that_has_ended_takes_nobody_in_and_the_other_goes_on(desk: Desk) -> None:
    first, late = await two(desk)
    known = await seen(desk, first)
    await desk.step(first, s.CloseCase(actor=SUPERVISOR, reason="a test order"))
    await all_told(desk, first)
    assert await desk.case(first).result() == "closed_by_supervisor"
    assert (await merge(desk, late, known)).state == "merged"
    view = await desk.until(late, lambda view: view.closed_at is None)
    assert "was over" in said(view, "merges")[0]["undone_because"]
    assert "merged" not in [letter["kind"] for letter in said(view, "letters")]
    await replays(desk, late)


async def test_undone_at_the_moment_of_the_merge_both_come_out_apart(desk: Desk) -> None:
    first, late = await two(desk)
    await merge(desk, late, await seen(desk, first))
    await desk.step(late, ls.Unmerge(actor=AGENT, reason="the wrong case"))
    await desk.until(first, lambda view: bool(said(view, "taken_in")) and "parted_at" in said(view, "taken_in")[0])
    assert (await desk.look(late)).view.closed_at is None
    await replays(desk, first, late)


async def test_links_stand_on_both_sides_and_in_both_stories(desk: Desk) -> None:
    first, late = await two(desk)
    known = await seen(desk, first)
    await desk.step(late, ls.LinkCase(actor=AGENT, other_case=first, reason="the same batch", other=known))
    view = await desk.until(first, lambda view: bool(said(view, "links")))
    assert said(view, "links")[0]["by"]["name"] == AGENT.name
    assert [line.event for line in await desk.story(first)][-2:] == ["link_heard", "news_taken"]
    await replays(desk, first, late)


@pytest_asyncio.fixture
async def short_runs(namespace_client: NamespaceClient, database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose runs end after twenty events."""
    async with open_desk(await namespace_client(namespace=SHORT_RUNS), database_url, tmp_path) as opened:
        yield opened


async def test_a_merge_holds_over_many_runs_of_both_cases(short_runs: Desk) -> None:
    desk = short_runs
    now = datetime.now(UTC)
    first = await desk.open(case="AS-2026-800001", received_at=now - timedelta(hours=1))  # the namespace is shared
    late = await desk.open(case="AS-2026-800002", received_at=now)
    runs = [(await desk.case(case).describe()).run_id for case in (first, late)]
    await merged(desk, first, late)
    for number in range(4):
        await desk.step(first, s.GiveFeedback(actor=AGENT, **it_goes_on(f"We are on it, part {number}.")))
        await desk.step(late, AddEvidence(actor=CUSTOMER, photos=(photo(f"part {number}"),)))
    await desk.until(first, lambda view: len(view.photos) == 4)
    await desk.step(late, ls.Unmerge(actor=AGENT, reason="two matters after all"))
    await desk.until(first, lambda view: "parted_at" in said(view, "taken_in")[0])
    later = [(await desk.case(case).describe()).run_id for case in (first, late)]
    assert all(before != after for before, after in zip(runs, later, strict=True))


# -- how far a story has come ----------------------------------------------------------------------------------


async def agreed_on(desk: Desk, case: str, amount: float) -> None:
    """A compensation of that many yuan was proposed and accepted."""
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(amount)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))


def caller() -> Actor:
    return called(s.CallResult.SATISFIED).actor


def judge_again() -> s.Judge:
    """A judgement in the case that went on."""
    return s.Judge(
        actor=AGENT,
        fault_confirmed=True,
        responsible=s.Party.SUPPLIER,
        severity=s.Severity.MINOR,
        fault="handle broken off",
    )
