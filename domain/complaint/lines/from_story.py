"""What the register knows of a complaint's return that has not begun yet, read from the complaint's own story."""

from __future__ import annotations

from domain.complaint.problems import BRINGS_GOODS
from domain.complaint.state import ProposalState
from domain.view import CaseView


def return_to_come(view: CaseView) -> str | None:
    """The number of the return that was agreed with the customer and begins by itself; None if none is awaited.

    None is awaited of a complaint that is over or has an open trouble: the register may have refused the units.
    """
    proposals, begun = view.told("proposals") + view.told("proposals_held"), view.told("returns")
    if view.closed_at is not None or not proposals:
        return None
    last = max(proposals, key=lambda told: int(told["number"]))
    agreed = last["state"] == ProposalState.ACCEPTED.value and last["kind"] in {kind.value for kind in BRINGS_GOODS}
    stopped = any(trouble["settled_at"] is None for trouble in view.told("troubles"))
    if not agreed or stopped or any(each["proposal"] == last["number"] for each in begun):
        return None
    return f"{view.case}-R{len(begun) + 1}"
