"""/healthz, /readyz and /metrics: for machines that watch, without a key."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import text

from api.desk import Desk
from api.route import the_desk
from db.sessions import DatabaseUnavailable

router = APIRouter(tags=["health"])
PATIENCE = 2.0
DeskNow = Annotated[Desk, Depends(the_desk)]


@router.get("/healthz", operation_id="is_alive")
async def is_alive() -> dict[str, str]:
    """This process answers."""
    return {"status": "alive"}


@router.get("/readyz", operation_id="is_ready", responses={503: {"description": "At least one part is missing"}})
async def is_ready(desk: DeskNow, response: Response) -> dict[str, str]:
    """Database, Temporal and a worker are there; 503 names what is not."""
    database, temporal, worker = await asyncio.gather(
        _database_is_there(desk), desk.commands.is_there(), desk.commands.worker_is_there()
    )
    parts = {"database": database, "temporal": temporal, "worker": worker}
    if not all(parts.values()):
        response.status_code = 503
        response.headers["Retry-After"] = "2"
    return {name: "ready" if there else "missing" for name, there in parts.items()}


@router.get("/metrics", operation_id="read_metrics", response_class=Response)
async def read_metrics(desk: DeskNow) -> Response:
    """Counters of this process, and how the desk stands, in Prometheus's text form."""
    await desk.metrics.standing.refresh(desk.database)
    return Response(desk.metrics.text(), media_type=desk.metrics.content_type)


async def _database_is_there(desk: Desk) -> bool:
    async def ask() -> None:
        async with desk.database.reading() as session:
            await session.execute(text("SELECT 1"))

    try:
        await asyncio.wait_for(ask(), PATIENCE)
    except (DatabaseUnavailable, TimeoutError):
        return False
    return True
