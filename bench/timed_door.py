"""The desk's API with a watch on its parts: for `bench.profile` alone, never part of the product.

`uvicorn --factory bench.timed_door:create_app`: told to end, it writes into the file that BENCH_PARTS names how long
each part of each request took, in seconds.
"""

from __future__ import annotations

import functools
import json
import os
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

import api.opening
import api.routes.complaints
import api.routes.steps
from adapters.vault import Vault
from api.app import serve_app as desk_app
from api.case_homes import CaseHomes
from api.commands import Commands
from api.key_ring import KeyRing
from upkeep.case_rows import CaseRows

PARTS = "BENCH_PARTS"
WATCHED: tuple[tuple[object, str, str], ...] = (
    (KeyRing, "holder", "the caller's key"),
    (CaseHomes, "enter", "whose case it is"),
    (api.opening, "_policy_order_and_staff", "policy, order and staff read"),
    (Vault, "seal_all", "words sealed, a new customer's key kept"),
    (api.opening, "about_a_replacement", "is it about a replacement?"),
    (api.opening, "claim_opening", "the claim and its number committed"),
    (Commands, "open", "the workflow started"),
    (Commands, "take", "the Update at Temporal"),
    (Commands, "put_in_turn", "its turn told to Temporal"),
    (CaseRows, "keep", "the row committed"),
    (api.opening, "note_started", "the claim marked, beside the row"),
    (api.routes.complaints, "open_case", "an opening, whole, without HTTP"),
    (api.routes.steps, "take_step", "a step, whole, without HTTP"),
)

Watched = Callable[..., Awaitable[Any]]


def create_app() -> FastAPI:
    """Make the application; each watched part keeps its work and is timed."""
    taken: dict[str, list[float]] = defaultdict(list)
    for owner, name, told in WATCHED:
        setattr(owner, name, _timed(getattr(owner, name), taken[told]))
    app = desk_app()
    served = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(within: FastAPI) -> AsyncGenerator[Any]:
        async with served(within) as state:
            yield state
        _write(taken)

    app.router.lifespan_context = lifespan
    return app


def _timed(part: Watched, taken: list[float]) -> Watched:
    @functools.wraps(part)
    async def timed(*args: Any, **kwargs: Any) -> Any:
        begun = time.perf_counter()
        try:
            return await part(*args, **kwargs)
        finally:
            taken.append(time.perf_counter() - begun)

    return timed


def _write(taken: dict[str, list[float]]) -> None:
    Path(os.environ[PARTS]).write_text(json.dumps(taken))
