"""Returns of several lines on the real server: parcels that add up, a line that fails, units counted over all cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from db.orders import put_order
from db.returned_units import units_of_line
from domain.complaint import steps as s
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.lines.steps import ClaimMore
from domain.complaint.problems import Problem, RemedyKind
from domain.goods_return import steps as r
from domain.goods_return.state import Grade, LineFound, OtherGoods
from domain.order import OrderFacts, OrderLine
from domain.view import CaseView
from tests.journeys.desk import SHOP, Desk, yuan
from tests.journeys.moves import inspect, judge, judged, paid, propose, receive, ship
from tests.journeys.people import AGENT, CUSTOMER, SUBJECT, WAREHOUSE


async def tea_set(desk: Desk) -> OrderFacts:
    """Two cups for 178.00, and a saucer for 22.00."""
    lines = (OrderLine(1, "Tea cup, blue", 2, yuan(178)), OrderLine(2, "Saucer", 1, yuan(22)))
    facts = OrderFacts(lines, carrier="SF Express")
    async with desk.database.writing() as session:
        await put_order(session, SHOP, desk.index, facts, {}, SUBJECT, datetime.now(UTC))
    return facts


async def returning(desk: Desk) -> tuple[str, str]:
    """Both cups and the saucer are to come back for their whole price; the case and its return."""
    case = await desk.open(order_facts=await tea_set(desk), quantity=2, further=(ClaimedLine(2, 1),))
    await judged(desk, case)
    await desk.step(case, propose(amount=yuan(200)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await desk.state(case, "returning")
    await desk.state(f"{case}-R1", "waiting_for_goods")
    return case, f"{case}-R1"


async def left(desk: Desk, line: int) -> int:
    async with desk.database.reading() as session:
        stands = await units_of_line(session, SHOP, desk.index, line)
    assert stands is not None
    return stands.left


def saucer(**found: Any) -> LineFound:
    said: dict[str, Any] = {"intact": True, "packaging_whole": True, "fault_found": True, "grade": Grade.B}
    return LineFound(2, 1, **(said | found))


async def the_saucer_passes_and_both_are_paid(desk: Desk, case: str, goods: str) -> None:
    """The cups were in order, and with the saucer the return is; each line pays under its own slip."""
    await desk.step(goods, inspect(line=2))
    await desk.state(goods, "passed")
    await paid(desk, f"{case}-P1", yuan(178))
    await paid(desk, f"{case}-P2", yuan(22))
    await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_two_parcels_bring_the_lines_one_by_one_and_each_pays_under_its_own_ceiling(desk: Desk) -> None:
    case, goods = await returning(desk)
    assert (await left(desk, 1), await left(desk, 2)) == (0, 0)
    for tracking in ("SF1001", "SF1002"):
        await desk.step(case, ship(tracking, None))
    await desk.state(goods, "in_transit")
    await desk.step(goods, receive("SF1001"))
    await desk.step(goods, inspect(quantity=2))
    await desk.state(goods, "waiting_for_rest")
    await desk.step(goods, receive("SF1002"))
    await the_saucer_passes_and_both_are_paid(desk, case, goods)


async def test_a_parcel_that_comes_after_the_failure_was_told_opens_the_matter_again(desk: Desk) -> None:
    case, goods = await returning(desk)
    await desk.step(goods, receive("SF1001"))
    await desk.step(goods, inspect(quantity=2, others=(OtherGoods(1, what="a spoon"),)))
    await desk.state(case, "inspection_failed")
    await desk.step(goods, receive("SF1002"))
    await desk.state(case, "returning")
    await desk.state(goods, "to_inspect")
    await the_saucer_passes_and_both_are_paid(desk, case, goods)


async def test_a_line_that_failed_goes_back_while_the_other_is_paid(desk: Desk) -> None:
    case, goods = await returning(desk)
    await desk.step(goods, receive())
    await desk.step(goods, inspect(quantity=2, further=(saucer(intact=False),)))
    await desk.state(case, "inspection_failed")
    await desk.step(case, propose(RemedyKind.SEND_BACK))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=2))
    await desk.state(goods, "to_send_back")
    await desk.step(goods, r.SendGoodsBack(actor=WAREHOUSE, carrier="SF", tracking="SF9001"))
    await paid(desk, f"{case}-P1", yuan(178))
    await desk.state(case, "to_call_back")
    assert (await left(desk, 1), await left(desk, 2)) == (0, 1)
    await desk.replays(case)


async def test_of_two_cases_on_one_line_the_second_hears_that_no_unit_is_left(desk: Desk) -> None:
    _first, _goods = await returning(desk)
    second = await desk.open(order_facts=await tea_set(desk), quantity=1)
    await judged(desk, second)
    await desk.step(second, propose(amount=yuan(80)))
    await desk.step(second, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    view = await desk.until(second, lambda seen: any(task.needs_a_person for task in seen.tasks))
    assert view.state == "to_propose"
    assert any("of 2 bought 0 may go back" in task.reason for task in view.tasks)
    await desk.step(second, judge(confirmed=False))
    await desk.step(second, s.RefuseClaim(actor=AGENT, reason="both cups are on their way back under another case"))
    await desk.replays(second)


async def test_a_line_added_while_the_goods_are_awaited_comes_back_with_the_others(desk: Desk) -> None:
    case = await desk.open(order_facts=await tea_set(desk), quantity=2)
    await judged(desk, case)
    await desk.step(case, propose(amount=yuan(178)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    goods = f"{case}-R1"
    await desk.state(goods, "waiting_for_goods")
    more = ClaimMore(actor=AGENT, line=2, quantity=1, refund=yuan(22), heard_on=s.Channel.PHONE)
    await desk.step(case, more)
    await desk.until(goods, lambda seen: len(list((seen.story or {})["lines"])) == 2)
    await desk.step(goods, receive())
    await desk.step(goods, inspect(quantity=2, further=(saucer(),)))
    await paid(desk, f"{case}-P1", yuan(178))
    await paid(desk, f"{case}-P2", yuan(22))
    await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_a_direct_return_begins_by_itself_and_is_refunded_for_what_passed(desk: Desk) -> None:
    signed = replace(await tea_set(desk), signed_at=datetime.now(UTC) - timedelta(days=2))
    told = {"direct": True, "signed_for": True, "condition": GoodsCondition(True, True, True)}
    case = await desk.open(problem=Problem.CHANGED_MIND, order_facts=signed, **told)
    goods = f"{case}-R1"
    await desk.state(goods, "waiting_for_goods")
    await desk.forward(goods, hours=73)
    await desk.until(goods, lambda seen: any(x["kind"] == "reminder_tracking" for x in letters(seen)))
    await desk.step(goods, receive())
    await desk.step(goods, inspect())
    await paid(desk, f"{case}-P1", yuan(89))
    await desk.state(case, "to_call_back")
    await desk.replays(case)


def letters(view: CaseView) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", (view.story or {})["letters"])
