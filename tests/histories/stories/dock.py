"""Stories of parcels at the dock: taken back, divided, nobody's, come after their return had ended."""

from __future__ import annotations

from domain.dock import steps as ds
from domain.goods_return.state import Disposition, OtherGoods
from domain.goods_return.steps import DisposeGoods, GiveUpReturn
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk
from tests.journeys.dock_moves import lead, match, scan, unmatch, waiting
from tests.journeys.moves import inspect
from tests.journeys.people import AGENT, SUPERVISOR, WAREHOUSE


async def taken_back(desk: Desk) -> dict[str, str]:
    """Nobody's parcel, taken on, matched wrongly, taken back and matched to the right return; the goods on hold."""
    wrong, right = await waiting(desk, "SF1001"), await waiting(desk, "SF1002")
    parcel = await scan(desk, await lead(desk, wrong, same_name=True), await lead(desk, right, same_name=True))
    await desk.forward(parcel, hours=49)
    await desk.step(parcel, ds.TakeOnParcel(actor=AGENT))
    await desk.step(parcel, match(await lead(desk, wrong, same_name=True)))
    await desk.state(wrong, "to_inspect")
    await desk.step(parcel, unmatch(wrong))
    await desk.state(wrong, "in_transit")
    await desk.step(parcel, match(await lead(desk, right, same_name=True)))
    await desk.state(right, "to_inspect")
    await desk.step(right, inspect(disposition=Disposition.REPAIR, others=(OtherGoods(1, "6909"),)))
    await desk.step(right, DisposeGoods(actor=WAREHOUSE, disposition=Disposition.RESTOCK, reason="as good as new"))
    await desk.state(parcel, "inspected")
    return {"parcel": parcel, "wrong_return": wrong, "right_return": right}


async def late_goods(desk: Desk) -> dict[str, str]:
    """A parcel given up as lost that turns up: its return opens again and passes."""
    name = await waiting(desk)
    await desk.forward(name, days=10, hours=1)
    await desk.until(name, lambda view: any(task.key == "overdue-arrival" for task in view.tasks))
    await desk.step(name, GiveUpReturn(actor=AGENT, reason="nothing came"))
    parcel = await scan(desk, await lead(desk, name), tracking="SF1001")
    await desk.state(name, "to_inspect")
    await desk.step(name, inspect())
    await desk.state(name, "passed")
    await desk.state(parcel, "inspected")
    return {"complaint": name.removesuffix("-R1"), "return": name, "parcel": parcel}


async def divided(desk: Desk) -> dict[str, str]:
    """One parcel with the goods of two returns, counted as it is divided; each inspects its own."""
    first, second = await waiting(desk), await waiting(desk, None)
    leads = (await lead(desk, first, same_name=True), await lead(desk, second, same_name=True))
    parcel = await scan(desk, *leads)
    shares = (ds.Share(first, "6901", 1), ds.Share(second, "6901", 1))
    await desk.step(parcel, ds.SplitParcel(actor=AGENT, shares=shares, reason="two notes lay in it", leads=leads))
    for name in (first, second):
        await desk.state(name, "to_inspect")
        await desk.step(name, inspect())
    await desk.state(parcel, "inspected")
    return {"parcel": parcel, "return": second}


async def nobodys(desk: Desk) -> dict[str, str]:
    """A parcel that belongs to no return goes back to its sender."""
    parcel = await scan(desk)
    closing = ds.CloseParcel(actor=SUPERVISOR, outcome=ds.WhereItWent.SENT_TO_SENDER, reason="nobody of ours sent it")
    await desk.step(parcel, closing)
    return {"parcel": parcel}


async def wrongly_late(desk: Desk) -> dict[str, str]:
    """A wrong match opens a return that had ended; taken back, it leaves the return ended."""
    name = await waiting(desk)
    await desk.forward(name, days=10, hours=1)
    await desk.until(name, lambda view: any(task.key == "overdue-arrival" for task in view.tasks))
    await desk.step(name, GiveUpReturn(actor=AGENT, reason="nothing came"))
    await desk.state(name.removesuffix("-R1"), "to_propose")
    late = await lead(desk, name, same_phone=True)
    parcel = await scan(desk, late)
    await desk.step(parcel, match(late))
    await desk.state(name, "to_inspect")
    await desk.step(parcel, unmatch(name))
    await desk.state(name, "lost")
    return {"return": name, "parcel": parcel}


STORIES: dict[str, Story] = {
    "taken_back": Story(taken_back, ("parcel", "wrong_return", "right_return")),
    "late_goods": Story(late_goods, ("complaint", "return", "parcel")),
    "divided": Story(divided, ("parcel", "return")),
    "nobodys": Story(nobodys, ("parcel",)),
    "wrongly_late": Story(wrongly_late, ("return", "parcel")),
}
