"""Steps about the lines of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.lines.state import ClaimedLine
from domain.complaint.roles import AGENTS
from domain.complaint.state import Channel
from domain.limits import Between, Length, Quantity, Says
from domain.money import Money
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class ClaimMore(Step):
    """A further line of the same order belongs to the case: before a remedy is agreed, or to a return that runs [S].

    To a running return the line comes with its own sum, as far as the agent may offer it alone.
    """

    roles = AGENTS
    source = "S,O"
    summary = "Add a further line of the order to the claim, or to the return that is being waited for."

    line: Annotated[int, Between(1, 100_000), Says("Line of the order.", 2)]
    quantity: Quantity
    fault: Annotated[
        str, Length(0, 400), Says("The fault to look for; empty: as it was judged.", "chip at the rim")
    ] = ""
    place: Annotated[str, Length(0, 200), Says("Where on the goods it is.", "left side")] = ""
    refund: Annotated[Money | None, Says("For a return under way: what is paid for this line besides.")] = None
    heard_on: Annotated[Channel | None, Says("For a return under way: where the customer agreed.", "phone")] = None

    @property
    def claim(self) -> ClaimedLine:
        """The line as the case keeps it."""
        return ClaimedLine(self.line, self.quantity, self.fault, self.place)
