"""A case whose history grows long goes on in a new run, with everything it knew."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from domain.complaint.steps import AcceptProposal, CallResult, GiveFeedback
from standalone.temporal_config import SHORT_RUNS
from tests.builders import it_goes_on
from tests.env import NamespaceClient
from tests.journeys.desk import Desk, open_desk, yuan
from tests.journeys.moves import called, goods_back, judged, paid, propose
from tests.journeys.people import AGENT, CUSTOMER


@pytest_asyncio.fixture
async def short_runs(namespace_client: NamespaceClient, database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose runs end after twenty events."""
    async with open_desk(await namespace_client(namespace=SHORT_RUNS), database_url, tmp_path) as opened:
        yield opened


async def test_the_whole_story_crosses_many_runs_and_a_late_repeat_gets_its_first_answer(short_runs: Desk) -> None:
    desk = short_runs
    case = await desk.open(case="AS-2026-700001")  # the namespace is shared
    first_run = (await desk.case(case).describe()).run_id
    await judged(desk, case)
    feedback = GiveFeedback(actor=AGENT, **it_goes_on("We look into it until tomorrow."), fingerprint="body")
    answer = await desk.step(case, feedback, key="feedback")
    await desk.step(case, propose())
    await desk.step(case, AcceptProposal(actor=CUSTOMER, proposal=1))
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(89))
    await paid(desk, f"{case}-P2", yuan(12))
    await desk.state(case, "to_call_back")
    assert (await desk.case(case).describe()).run_id != first_run
    assert await desk.step(case, feedback, key="feedback") == answer
    assert (await desk.step(case, called(CallResult.SATISFIED))).view.state == "resolved"
