"""The first whole story: from the photo to the paid slips to the call-back."""

from domain.complaint.steps import CallResult
from tests.journeys.desk import Desk, yuan
from tests.journeys.moves import agreed, called, goods_back, paid


async def test_a_quality_return_from_the_photo_to_the_call_back(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(89))
    await paid(desk, f"{case}-P2", yuan(12))
    await desk.state(case, "to_call_back")
    answer = await desk.step(case, called(CallResult.SATISFIED))
    assert answer.view.state == "resolved"
    told = [line.event for line in await desk.story(case)]
    human = [event for event in told if not event.startswith(("letter_", "news_"))]
    assert human == [
        "complaint_opened",
        "photos_added",
        "judged",
        "remedy_proposed",
        "proposal_accepted",
        "units_asked",
        "units_held",
        "return_started",
        "photos_added",
        "shipment_reported",
        "return_told",
        "return_news_taken",
        "payment_started",
        "payment_started",
        "payment_news_taken",
        "payment_news_taken",
        "customer_satisfied",
        "complaint_closed",
    ]
    await desk.replays(case)
