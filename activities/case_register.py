"""The read model, written when nobody asked: a timer fired, a message came, an errand was done."""

from __future__ import annotations

from temporalio import activity

from db.sessions import Database
from db.views import keep_view
from domain.view import CaseView
from workflows.ports import CaseRegister


class PostgresCaseRegister(CaseRegister):
    """The register in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="keep_case_in_register")
    async def keep(self, view: CaseView) -> None:
        """Write the case as it stands, unless a newer version is there already. DatabaseUnavailable is retried."""
        async with self._database.writing_once() as session:
            await keep_view(session, view)
