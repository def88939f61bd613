"""Where claims on the courier stand: pure questions about a complaint."""

from __future__ import annotations

from domain.complaint.claiming.state import Claim
from domain.complaint.offering.questions import currency
from domain.complaint.parties import Party
from domain.complaint.requests.questions import GIVEN_UP
from domain.complaint.state import Complaint
from domain.complaint.sums import questions as sums
from domain.complaint.watching.state import ParcelState
from domain.money import Money


def may_be_claimed(case: Complaint) -> bool:
    """Whether a parcel of the case was lost, as a check, a trace or a return found, or the courier answers for it."""
    watched = any(parcel.result is ParcelState.LOST for parcel in case.parcels)
    traced = any(request.answers and request.answers[-1].traced in GIVEN_UP for request in case.requests)
    returned = any(part.result == "lost" for part in case.returns)
    judged = case.judgements[-1] if case.judgements else None
    blamed = judged is not None and any(share.party is Party.COURIER for share in judged.by_shares)
    return watched or traced or returned or blamed


def most(case: Complaint) -> Money:
    """The most that may be claimed: what was paid for the line, and one freight up to the policy's cap."""
    unit, line = currency(case), case.order_line
    cap = case.pinned.policy.freight_cap.value
    freight = cap.minor if cap.currency == unit else 0
    return Money((line.paid.minor if line is not None else 0) + freight, unit)


def rest(case: Complaint, claim: Claim) -> int:
    """What the courier granted and has not paid, in minor units: its slips and credits are taken off claim by claim."""
    credited = sum(r.amount.minor for r in case.recovered if r.party is Party.COURIER and not r.written_off)
    came = credited + sums.from_party(case, Party.COURIER)
    for each in case.claims:
        granted = 0 if each.granted is None or each.given_up_because else each.granted.minor
        if each.number == claim.number:
            return max(granted - came, 0)
        came = max(came - granted, 0)
    return 0


def granted_open(case: Complaint) -> int:
    """What the courier granted over all claims and neither paid nor is asked for by a slip, in minor units."""
    open_ = sum(rest(case, claim) for claim in case.claims)
    return max(open_ - sums.asked_from(case, Party.COURIER), 0)


def is_open(case: Complaint, claim: Claim) -> bool:
    """Whether the courier's word or its money is waited for."""
    return claim.unanswered or rest(case, claim) > 0


def open_claims(case: Complaint) -> tuple[Claim, ...]:
    """Claims that wait for something."""
    return tuple(claim for claim in case.claims if is_open(case, claim))
