"""Why a policy is not published: every wrong cell at once, each with what is wrong and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PolicyFault:
    """One wrong cell: its path such as `clocks.evidence.reminders[1]`, what is wrong, what is allowed."""

    cell: str
    wrong: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.wrong}; allowed: {self.allowed}"


class PolicyRefused(ValueError):  # noqa: N818  a refusal is an answer, not an error of the program
    """The policy is wrong in at least one cell; `faults` has them all, one a cell."""

    def __init__(self, faults: tuple[PolicyFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def cell_in(table: str, cell: str | int) -> str:
    """The path of a cell within a table or list: `clocks.evidence`, `reminders[1]`."""
    if isinstance(cell, int):
        return f"{table}[{cell}]"
    return f"{table}.{cell}" if table else cell
