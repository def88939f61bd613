"""The register of units that go back, in PostgreSQL (domain.md, "Returns and exchanges" [S])."""

from __future__ import annotations

from collections.abc import Callable

from temporalio import activity

from db.returned_units import Units, UnitsRefusal, count_units, hold_units
from db.sessions import Database
from workflows.ports import GoodsRegister, LedgerAnswer, UnitsToCount


class PostgresGoodsRegister(GoodsRegister):
    """Counts under the lock of the order line; a database that is away is asked again by Temporal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def activities(self) -> tuple[Callable[..., object], ...]:
        """The bodies of the port, for a worker to register."""
        return (self.hold_units, self.count_units)

    @activity.defn(name="hold_units")
    async def hold_units(self, units: UnitsToCount) -> LedgerAnswer:
        """Count these units as going back: all of them, or none with the reason."""
        try:
            async with self._database.writing() as session:
                await hold_units(session, _rows(units))
        except UnitsRefusal as refusal:
            return LedgerAnswer(refusal.code, str(refusal))
        return LedgerAnswer()

    @activity.defn(name="count_units")
    async def count_units(self, units: UnitsToCount) -> LedgerAnswer:
        """Count so many units as gone back; the sentence says what is more than was bought."""
        try:
            async with self._database.writing() as session:
                over = await count_units(session, _rows(units))
        except UnitsRefusal as refusal:
            return LedgerAnswer(refusal.code, str(refusal))
        return LedgerAnswer("more_than_bought" if over else "", over)


def _rows(units: UnitsToCount) -> tuple[Units, ...]:
    return tuple(
        Units(units.shop, units.complaint, units.return_case, units.order_index, each.line, each.quantity, units.at)
        for each in units.lines
    )
