"""Stories of parcels at the dock: matched wrongly and taken back, divided, come after their return had ended."""

from __future__ import annotations

from domain.dock import steps as ds
from domain.goods_return.state import Disposition, OtherGoods
from domain.goods_return.steps import DisposeGoods, GiveUpReturn
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk
from tests.journeys.dock_moves import lead, match, scan, unmatch, waiting
from tests.journeys.moves import inspect
from tests.journeys.people import AGENT, WAREHOUSE


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


STORIES: dict[str, Story] = {
    "taken_back": Story(taken_back, ("parcel", "wrong_return", "right_return")),
    "late_goods": Story(late_goods, ("complaint", "return", "parcel")),
}
