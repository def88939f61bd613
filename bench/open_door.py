"""The desk's API with everything left out that keeps words, keys and roles: for P8 alone, never part of the product.

`uvicorn --factory bench.open_door:create_app`: nobody's key is looked up, no role is asked for, nothing is sealed.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

from fastapi import FastAPI

import api.routes.steps
from adapters.vault import Vault
from api.app import serve_app as desk_app
from api.desk import Desk
from api.key_ring import KeyRing
from db.people import KeyHolder
from domain.people import Role
from domain.sealed import Sealed
from standalone.seed import SHOP
from upkeep.case_rows import CaseRows


class Anybody:
    """A key ring that takes everybody for the same agent, without asking the database."""

    async def holder(self, key: str) -> KeyHolder:
        """The agent."""
        del key
        return KeyHolder("open", SHOP, "open", "Lin", Role.AGENT)


class GlassVault:
    """A vault that leaves words as they are."""

    async def seal_all(
        self, shop: str, subject: str, fields: Mapping[str, str], *, request: str = ""
    ) -> dict[str, Sealed]:
        """Boxes of glass."""
        del shop, request
        return {field: Sealed(subject, field, 0, text) for field, text in fields.items()}


def create_app() -> FastAPI:
    """Make the application; its desk is put together as ever, then the guards are taken out."""

    def anybody_may(*_: object) -> None:
        """Refuse nobody."""

    api.routes.steps.refuse_role = anybody_may
    app = desk_app()
    guarded = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(within: FastAPI) -> AsyncGenerator[Any]:
        async with guarded(within) as state:
            desk: Desk = within.state.desk
            open_parts: dict[str, Any] = {
                "vault": cast("Vault", GlassVault()),
                "keys": cast("KeyRing", Anybody()),
                "rows": CaseRows(desk.database, desk.metrics.rows_behind.set),  # marks no words
            }
            within.state.desk = replace(desk, **open_parts)
            yield state

    app.router.lifespan_context = lifespan
    return app
