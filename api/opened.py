"""What an opening answers, for the first time or again, and the note that its case runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.commands import CaseEnded
from api.desk import Desk
from api.edge_refusals import DeskUnavailable
from db.openings import Opening, mark_started
from db.sessions import DatabaseUnavailable
from domain.view import CaseView, StepOffer
from upkeep.case_rows import PATIENCE

T = TypeVar("T")

_log = structlog.get_logger("redress.api")


@dataclass(frozen=True)
class Opened:
    """A complaint or parcel as it was opened, with the asker's steps. `repeated`: the key had opened it before."""

    view: CaseView
    offers: tuple[StepOffer, ...]
    repeated: bool
    agreed: bool = False
    """Whether a return was agreed with it, by the rule."""


async def found_again(desk: Desk, claim: Opening, asked: Awaitable[T], answer: Callable[[T], Opened]) -> Opened:
    """The answer of the first time, from the case's own start; needs no worker.

    asked: what opened the case, from its history.

    Raises:
        DeskUnavailable: Temporal does not answer, or not yet with this case.
    """
    try:
        opening = await asked
    except CaseEnded:
        raise DeskUnavailable(part="Temporal") from None
    structlog.contextvars.bind_contextvars(case=claim.case)
    opened = answer(opening)
    await desk.rows.keep(opened.view)
    if claim.started_at is None:
        await note_started(desk, claim.case)
    return opened


async def note_started(desk: Desk, case: str) -> None:
    """Note what only saves work later: without it a repeat starts the case again, and is told that it runs."""
    try:
        await asyncio.wait_for(_mark(desk, case), PATIENCE)
    except (DatabaseUnavailable, SQLAlchemyError, TimeoutError) as problem:
        _log.warning("start of the case not noted", case=case, reason=type(problem).__name__)


async def _mark(desk: Desk, case: str) -> None:
    async with desk.database.writing_once() as session:
        await mark_started(session, case)
