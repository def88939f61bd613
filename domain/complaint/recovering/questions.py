"""What each responsible party owes: its share of what the shop spent on the case; derived, never stored [S]."""

from __future__ import annotations

from dataclasses import dataclass

from domain.complaint.fulfilling.questions import is_done
from domain.complaint.offering.questions import currency
from domain.complaint.parties import WHOLE, Party
from domain.complaint.state import Complaint
from domain.complaint.sums import questions as sums
from domain.money import Money
from domain.people import Role

DESKS: dict[Party, Role] = {
    Party.COURIER: Role.LOGISTICS,
    Party.SUPPLIER: Role.AGENT,
    Party.WAREHOUSE: Role.SUPERVISOR,
    Party.PLATFORM: Role.SUPERVISOR,
}
"""Who settles with whom: logistics by the courier's monthly statement, the agent with the supplier, the supervisor
with the shop's own staff and the platform. The shop owes itself nothing, and nothing is asked of a customer [O]."""


@dataclass(frozen=True)
class Item:
    """What one party owes for the case, and how much of it is settled; `rest` is open, and no slip asks for it yet."""

    party: Party
    owed: Money
    settled: Money
    written_off: Money
    rest: Money

    @property
    def desk(self) -> Role:
        """Whose open item it is."""
        return DESKS[self.party]


def spent(case: Complaint) -> Money:
    """What the shop paid for the case, by slips or through the platform, and what the parts cost that went out."""
    paid = sum(slip.amount.minor for slip in case.payments if slip.result == "paid") + sums.by_platform(case)
    parts = (part for part in case.fulfilments if part.went_out or is_done(case, part))
    sent = sum(part.worth.minor for part in parts if part.worth is not None)
    return Money(paid + sent, currency(case))


def owed(case: Complaint) -> dict[Party, int]:
    """Each party's part of what was spent, in minor units, by the last judgement; all parts are the whole.

    Nobody owes anything while the fault is not confirmed: that was goodwill.
    """
    judged = case.judgements[-1] if case.judgements else None
    if judged is None or not judged.fault_confirmed:
        return {}
    whole, upto, before = spent(case).minor, 0, 0
    parts: dict[Party, int] = {}
    for share in judged.by_shares:
        upto += share.percent
        cut = whole * upto // WHOLE
        parts[share.party] = cut - before
        before = cut
    return parts


def items(case: Complaint) -> tuple[Item, ...]:
    """What is or was owed, party by party; a party that settled stays, though a later judgement frees it."""
    due, unit = owed(case), currency(case)
    found: list[Item] = []
    for party in DESKS:
        settled = sum(r.amount.minor for r in case.recovered if r.party is party and not r.written_off)
        settled += sums.from_party(case, party)
        given_up = sum(r.amount.minor for r in case.recovered if r.party is party and r.written_off)
        mine = due.get(party, 0)
        if mine or settled or given_up:
            rest = max(mine - settled - given_up - sums.asked_from(case, party), 0)
            found.append(Item(party, *(Money(minor, unit) for minor in (mine, settled, given_up, rest))))
    return tuple(found)


def open_items(case: Complaint) -> tuple[Item, ...]:
    """What somebody still owes."""
    return tuple(item for item in items(case) if item.rest.minor > 0)
