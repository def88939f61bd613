"""Parcels at the dock: told to their return, taken back, divided, aged; every history replays strictly."""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio.client import WorkflowExecutionStatus

from audit.strict_replay import replay_strictly
from db.openings import claim_opening
from domain.dock import steps as ds
from domain.dock.state import Goods, Lead, TrackedParcel
from domain.goods_return.state import Disposition, OtherGoods
from domain.goods_return.steps import DisposeGoods, GiveUpReturn
from domain.people import Role
from domain.shared_steps import ReportTelling, SettleTrouble
from domain.view import CaseView, Kind
from tests.journeys.desk import SHOP, SOON, Desk
from tests.journeys.dock_moves import lead, match, scan, unmatch, waiting
from tests.journeys.moves import inspect, receive, ship
from tests.journeys.people import AGENT, SUPERVISOR, WAREHOUSE
from tests.journeys.test_register import rows
from upkeep.dock_watch import tell_leads
from upkeep.mending import rebuild
from workflows.registry import WORKFLOWS, sandbox
from workflows.wire import WIRE


async def replays(desk: Desk, *cases: str) -> None:
    for case in cases:
        report = await replay_strictly(
            await desk.case(case).fetch_history(),
            workflows=WORKFLOWS,
            data_converter=WIRE,
            namespace=desk.client.namespace,
            runner=sandbox(),
        )
        assert report.clean, (case, report.differences)


async def over(desk: Desk, case: str) -> str:
    """The result of a workflow that ends once somebody has told the customer what no machine could."""
    async with asyncio.timeout(SOON):
        while (await desk.case(case).describe()).status is WorkflowExecutionStatus.RUNNING:
            for task in (await desk.look(case)).view.tasks:
                if task.step == "report_telling":
                    number = int(task.key.removeprefix("tell-"))
                    await desk.step(case, ReportTelling(actor=AGENT, number=number, how="phone"))
            await asyncio.sleep(0.02)
    return str(await desk.case(case).result())


def clocks(view: CaseView) -> list[Any]:
    return [(clock.name, clock.started_at, clock.due_at, clock.ended_at) for clock in view.clocks]


async def test_a_parcel_whose_number_is_known_goes_to_its_return_and_ends_with_the_inspection(desk: Desk) -> None:
    name = await waiting(desk)
    parcel = await scan(desk, await lead(desk, name), tracking="SF1001", note_found=True)
    view = await desk.state(name, "to_inspect")
    assert view.story is not None
    assert view.story["parcels"][0]["dock"] == parcel
    assert (await desk.look(parcel)).view.state == "matched"
    await desk.step(name, inspect())
    assert await over(desk, parcel) == "inspected"
    assert await over(desk, name) == "passed"
    await replays(desk, parcel, name)
    told = [line.event for line in await desk.story(parcel)]
    assert told == ["parcel_came", "parcel_matched", "return_heard", "return_answered", "parcel_closed", "news_taken"]


async def test_a_wrong_match_taken_back_leaves_the_return_as_if_nothing_had_been(desk: Desk) -> None:
    name = await waiting(desk)
    before = (await desk.look(name)).view
    parcel = await scan(desk, await lead(desk, name, same_phone=True))
    await desk.step(parcel, match(await lead(desk, name, same_phone=True)))
    await desk.state(name, "to_inspect")
    assert await desk.refused(parcel, match(await lead(desk, name))) == "parcel_matched"
    await desk.step(parcel, unmatch(name))
    after = await desk.state(name, "in_transit")
    assert clocks(after) == clocks(before)
    assert after.story is not None
    assert before.story is not None
    assert (after.story["goods"], after.story["parcels"]) == (before.story["goods"], before.story["parcels"])
    assert (await desk.look(parcel)).view.state == "unidentified"
    await desk.forward(name, days=10, hours=1)
    late = await desk.until(name, lambda view: any(task.key == "overdue-arrival" for task in view.tasks))
    due = next(clock.due_at for clock in before.clocks if clock.name == "arrival")
    assert next(clock for clock in late.clocks if clock.name == "arrival").due_at == due
    await replays(desk, parcel, name)


async def test_a_return_that_has_ended_does_not_swallow_a_parcel(desk: Desk) -> None:
    name = await waiting(desk)
    behind = await lead(desk, name, same_phone=True)
    await desk.step(name, receive())
    await desk.step(name, inspect())
    assert await over(desk, name) == "passed"
    parcel = await scan(desk)
    await desk.step(parcel, match(behind))  # the register was behind
    view = await desk.until(parcel, lambda view: view.state == "unidentified")
    assert view.story is not None
    assert [each["ended_as"] for each in view.story["matches"]] == ["over"]
    assert any(task.key == "identify" for task in view.tasks)
    assert await desk.refused(parcel, match(await lead(desk, name))) == "return_takes_nothing"
    await replays(desk, parcel)


async def test_a_parcel_of_two_returns_is_divided_and_each_inspects_its_own(desk: Desk) -> None:
    first, second = await waiting(desk), await waiting(desk, None)
    leads = (await lead(desk, first, same_name=True), await lead(desk, second, same_name=True))
    parcel = await scan(desk, *leads, goods=(Goods("6901", 2),))
    shares = (ds.Share(first, "6901", 1), ds.Share(second, "6901", 1))
    step = ds.SplitParcel(actor=AGENT, shares=shares, reason="two notes lay in it", leads=leads)
    assert (await desk.step(parcel, step)).view.state == "split"
    for name in (first, second):
        await desk.state(name, "to_inspect")
        await desk.step(name, inspect())
    assert await over(desk, parcel) == "inspected"
    await replays(desk, parcel, first, second)


async def test_nobodys_parcel_goes_up_the_line_until_somebody_owns_it(desk: Desk) -> None:
    parcel = await scan(desk)
    await desk.forward(parcel, hours=49)
    await desk.until(parcel, lambda view: Role.SUPERVISOR in {task.desk for task in view.tasks})
    answer = await desk.step(parcel, ds.TakeOnParcel(actor=SUPERVISOR))
    assert {task.desk for task in answer.view.tasks} == {Role.AGENT}
    closing = ds.CloseParcel(actor=SUPERVISOR, outcome=ds.WhereItWent.SENT_TO_SENDER, reason="nobody claims it")
    await desk.step(parcel, closing)
    assert await over(desk, parcel) == "sent_to_sender"
    await replays(desk, parcel)


async def test_a_number_reported_after_the_parcel_came_is_found_by_the_watch_and_told_once(desk: Desk) -> None:
    name = await waiting(desk, None)
    parcel = await scan(desk, tracking="SF1001")
    await desk.state(parcel, "unidentified")
    assert await tell_leads(desk.client, desk.database) == 0
    await desk.step(name.removesuffix("-R1"), ship())
    await desk.state(name, "in_transit")
    await desk.keeper.settled()
    assert await tell_leads(desk.client, desk.database) == 1
    await desk.state(parcel, "matched")
    await desk.state(name, "to_inspect")
    await desk.keeper.settled()
    assert await tell_leads(desk.client, desk.database) == 0
    await replays(desk, parcel, name)


async def test_a_number_of_another_carrier_is_told_once_and_waits_for_a_person(desk: Desk) -> None:
    await waiting(desk)
    parcel = await scan(desk, tracking="SF1001", carrier="YTO")
    await desk.state(parcel, "unidentified")
    await desk.keeper.settled()
    assert await tell_leads(desk.client, desk.database) == 1
    await desk.until(parcel, lambda view: bool((view.story or {})["same_number"]))
    await desk.keeper.settled()
    assert await tell_leads(desk.client, desk.database) == 0
    assert (await desk.look(parcel)).view.state == "unidentified"


async def test_the_register_is_rebuilt_with_its_parcels(desk: Desk) -> None:
    async with desk.database.writing_once() as session:
        claim = await claim_opening(session, SHOP, "parcel", "f", Kind.PARCEL, 2026)
    likely = Lead("AS-2026-000900-R1", tracked=(TrackedParcel("SF1001"),), same_phone=True)
    parcel = await scan(desk, likely, case=claim.case)
    await desk.state(parcel, "unidentified")
    await desk.step(parcel, ds.TakeOnParcel(actor=AGENT))
    await desk.keeper.settled()
    await rebuild(desk.client, desk.database)
    before = await rows(desk.database)
    assert before[0][0]["case"] == parcel
    await rebuild(desk.client, desk.database)
    assert await rows(desk.database) == before


async def given_up(desk: Desk) -> str:
    """A return whose parcel never came, so that it was ended as lost."""
    name = await waiting(desk)
    await desk.forward(name, days=10, hours=1)
    await desk.until(name, lambda view: any(task.key == "overdue-arrival" for task in view.tasks))
    await desk.step(name, GiveUpReturn(actor=AGENT, reason="nothing came"))
    await desk.state(name.removesuffix("-R1"), "to_propose")
    return name


async def test_a_lost_parcel_that_turns_up_opens_its_return_again_and_is_paid_once(desk: Desk) -> None:
    name = await given_up(desk)
    case = name.removesuffix("-R1")
    late = await lead(desk, name)
    assert not late.over
    parcel = await scan(desk, late, tracking="SF1001")
    await desk.state(name, "to_inspect")
    await desk.state(case, "returning")
    await desk.step(name, inspect())
    assert await over(desk, parcel) == "inspected"
    assert await over(desk, name) == "passed"
    view = await desk.until(case, lambda view: len((view.story or {})["payments"]) == 2)
    assert view.story is not None
    assert sorted(slip["purpose"] for slip in view.story["payments"]) == ["freight", "refund"]
    await desk.replays(case)
    await replays(desk, parcel)


async def test_a_wrong_match_that_opened_an_ended_return_leaves_it_ended(desk: Desk) -> None:
    name = await given_up(desk)
    ended = (await desk.look(name)).view
    late = await lead(desk, name, same_phone=True)
    parcel = await scan(desk, late)
    await desk.step(parcel, match(late))
    await desk.state(name, "to_inspect")
    await desk.step(parcel, unmatch(name))
    again = await desk.state(name, "lost")
    assert (again.closed_at, clocks(again)) == (ended.closed_at, clocks(ended))
    await desk.state(name.removesuffix("-R1"), "to_propose")
    await replays(desk, parcel, name)


async def test_after_its_time_a_lost_return_is_filed(desk: Desk) -> None:
    name = await given_up(desk)
    await desk.forward(name, days=61)
    assert await over(desk, name) == "lost"
    await replays(desk, name)


async def test_goods_on_hold_keep_their_return_open_until_they_go_somewhere(desk: Desk) -> None:
    name = await waiting(desk)
    await desk.step(name, receive())
    answer = await desk.step(name, inspect(disposition=Disposition.REPAIR, others=(OtherGoods(1, "6909"),)))
    assert answer.view.state == "passed"
    assert {task.step for task in answer.view.tasks} >= {"dispose_goods", "settle_trouble"}
    await desk.step(name, DisposeGoods(actor=WAREHOUSE, disposition=Disposition.RESTOCK, reason="as good as new"))
    await desk.step(name, SettleTrouble(actor=SUPERVISOR, number=1, how="it belongs to another order"))
    assert await over(desk, name) == "passed"
    await replays(desk, name)
