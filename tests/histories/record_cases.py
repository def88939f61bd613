"""Records the stories of a release: `python -m tests.histories.record_cases`.

Run it when a version is released. Existing files are never overwritten: delete nothing here, a recorded past has to
replay for ever. A story whose file is there already is not played again.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from domain.complaint import steps as s
from domain.complaint.fulfilling import steps as fs
from domain.complaint.offering.state import Part
from domain.complaint.parties import Party, Share
from domain.complaint.problems import RemedyKind
from domain.complaint.watching.state import ParcelState
from domain.complaint.watching.steps import RecordParcelCheck
from domain.shared_steps import AddEvidence
from standalone.account import account_for_postgres
from standalone.embedded_postgres import EmbeddedPostgres
from standalone.temporal_config import SHORT_RUNS
from tests import env
from tests.builders import it_goes_on
from tests.histories.record import FOLDER, save_history
from tests.journeys.desk import Desk, open_desk, photo, yuan
from tests.journeys.moves import agreed, called, goods_back, judge, judged, offer, paid, propose
from tests.journeys.people import AGENT, CUSTOMER, LABEL_DESK, LOGISTICS

RELEASE = "0_1_0"


async def whole_story(desk: Desk) -> dict[str, str]:
    """A quality return from the photo to the call-back, with its return and both slips."""
    case = await desk.open()
    await agreed(desk, case)
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(89))
    await paid(desk, f"{case}-P2", yuan(12))
    await desk.state(case, "to_call_back")
    await desk.step(case, called(s.CallResult.SATISFIED))
    return {"complaint": case, "return": f"{case}-R1", "refund": f"{case}-P1", "freight": f"{case}-P2"}


async def silence(desk: Desk) -> dict[str, str]:
    """No photo: reminders, a breach, a call, no answer, a late photo that opens the case again."""
    case = await desk.open()
    await desk.forward(case, hours=73)
    await desk.step(case, s.RecordCall(actor=AGENT, reached=False))
    await desk.step(case, s.DeclareNoAnswer(actor=AGENT, reason="called in vain", message="Write to us."))
    await desk.forward(case, days=14)
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    return {"silence": case}


async def failed_inspection(desk: Desk) -> dict[str, str]:
    """The fault is not found: a part of the sum is agreed on instead."""
    case = await desk.open()
    await agreed(desk, case)
    await goods_back(desk, case, fault_found=False)
    await desk.state(case, "inspection_failed")
    await desk.step(case, propose(RemedyKind.PART_REFUND, yuan(30)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=2))
    await paid(desk, f"{case}-P1", yuan(30))
    await desk.state(f"{case}-R1", "kept")
    return {"failed_inspection": case, "failed_return": f"{case}-R1"}


async def exchange(desk: Desk) -> dict[str, str]:
    """An exchange with a coupon beside it, for which the courier answers in part; the closed case waits for that."""
    case = await desk.open()
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    shares = (Share(Party.COURIER, 70), Share(Party.SHOP, 30))
    await desk.step(case, replace(judge(), responsible=Party.COURIER, shares=shares))
    beside = Part(RemedyKind.COUPON, worth=yuan(10))
    await desk.step(case, offer(RemedyKind.EXCHANGE, beside, worth=yuan(40), what="tea cup, green"))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(12))
    await desk.step(case, fs.ReportPartSent(actor=LABEL_DESK, part=1, carrier="SF Express", tracking="SF7001"))
    code = await desk.sealed("code", "SORRY-2026-77AF")
    await desk.step(case, fs.ReportCoupon(actor=AGENT, part=2, code=code, code_shown="…77AF"))
    await desk.step(case, RecordParcelCheck(actor=LOGISTICS, tracking="SF7001", result=ParcelState.ARRIVED))
    await desk.state(case, "to_call_back")
    await desk.step(case, called(s.CallResult.SATISFIED))
    return {"exchange": case, "exchanged_return": f"{case}-R1"}


async def long_case(desk: Desk) -> dict[str, str]:
    """A case that goes on over several runs."""
    case = await desk.open()
    await judged(desk, case)
    for number in range(6):
        await desk.step(case, s.GiveFeedback(actor=AGENT, **it_goes_on(f"We are on it, part {number}.")))
    return {"long": case}


STORIES: dict[str, tuple[Callable[[Desk], Awaitable[dict[str, str]]], str | None]] = {
    "whole_story": (whole_story, None),
    "silence": (silence, None),
    "failed_inspection": (failed_inspection, None),
    "exchange": (exchange, None),
    "long_case": (long_case, SHORT_RUNS),
}


def _scratch() -> Path:
    """A folder that the database's account may pass through."""
    scratch = Path(tempfile.mkdtemp(prefix="redress-record-"))
    scratch.chmod(0o711)
    return scratch


async def record() -> None:
    """Play each story on real parts and save its histories."""
    scratch = _scratch()
    temporal = env.TemporalForTests(scratch / "temporal")
    account = account_for_postgres()
    postgres = env.PostgresForTests(EmbeddedPostgres(scratch / "postgres", scratch / "postgres.log", account=account))
    await temporal.start()
    await postgres.start()
    try:
        await postgres.make_template()
        for name, (story, namespace) in STORIES.items():
            if list(FOLDER.glob(f"cases.{RELEASE}_{name}*")):
                continue
            url = postgres.postgres.url(await postgres.clone())
            client = await temporal.client(namespace=namespace)
            async with open_desk(client, url, scratch / name) as desk:
                for part, case in (await story(desk)).items():
                    await save_history(client, case, f"cases.{RELEASE}_{name}_{part}")
    finally:
        await temporal.stop()
        await postgres.stop()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    asyncio.run(record())
