"""Tells an unidentified parcel of a return that has become known since it came: its number was reported only then.

The register shows both, the parcel and the return; whether that makes the parcel the return's own is for the parcel's
rules to say. Each pair is told once: what a parcel knows stands among its candidates.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from temporalio.client import Client

from db.leads import parcels_with_a_new_lead
from db.sessions import Database
from domain.dock.leads import Agrees, lead_of, seen_of
from domain.dock.steps import TakeLead
from domain.people import DESK
from upkeep.rounds import Round
from upkeep.telling import told
from workflows.news import LeadNews

PAUSE = timedelta(minutes=1)
"""Between two looks at the register."""

log = logging.getLogger("redress.dock")


async def keep_looking(client: Client, database: Database) -> None:
    """Look every minute, until cancelled."""

    async def look() -> None:
        count = await tell_leads(client, database)
        if count:
            log.info("told %d parcels of a return", count)

    await Round("the look for parcels' returns", look, PAUSE, log).run()


async def tell_leads(client: Client, database: Database) -> int:
    """Tell every unidentified parcel of the open returns that know its number; says how many messages went out.

    Raises:
        DatabaseUnavailable. RPCError, RuntimeError: Temporal is away.
    """
    async with database.reading() as session:
        found = await parcels_with_a_new_lead(session)
    count = 0
    for parcel, goods_return in found:
        said = Agrees(seen_of(parcel).card, parcel.order_index, parcel.customer, parcel.phone_index)
        lead = lead_of(goods_return, said)
        news = LeadNews(f"lead/{lead.return_case}", TakeLead(actor=DESK, lead=lead))
        count += await told(client, parcel.case, "lead_came", news)  # not one that has ended: its row is behind
    return count
