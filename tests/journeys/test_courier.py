"""News of couriers, whose ids are chosen outside the desk."""

from datetime import UTC, datetime

from domain.goods_return.steps import CourierStatus
from tests.journeys.desk import Desk
from tests.journeys.moves import agreed, ship
from tests.journeys.people import SHOP_SYSTEM
from workflows.news import CourierNews


async def test_an_id_that_a_courier_chose_never_stands_for_news_of_the_desk_itself(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    returned = f"{case}-R1"
    await desk.state(returned, "waiting_for_goods")
    like_the_desks_own = "1/"
    seen = CourierNews(like_the_desks_own, "SF2002", CourierStatus.PICKED_UP, datetime.now(UTC), SHOP_SYSTEM)
    await desk.client.get_workflow_handle(returned).signal("courier_news", seen)
    await desk.until(returned, lambda view: view.tracking == ("SF2002",))
    await desk.step(case, ship("SF1001"))
    await desk.until(returned, lambda view: view.tracking == ("SF2002", "SF1001"))
    await desk.replays(case)
