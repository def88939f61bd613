"""B2: what a web application without Temporal costs: FastAPI, SQLAlchemy, one row a request.

`uvicorn --factory bench.plain_app:create_app`, with the database's address in BENCH_DATABASE_URL.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import FastAPI
from pydantic import BaseModel, StringConstraints
from sqlalchemy import BigInteger, Column, DateTime, Identity, MetaData, Table, Text, insert
from sqlalchemy.ext.asyncio import create_async_engine

metadata = MetaData()
notes = Table(
    "bench_notes",
    metadata,
    Column("note", BigInteger, Identity(), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
)


class Note(BaseModel):
    """What is asked to be kept."""

    subject: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    words: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Kept(Note):
    """What was kept."""

    note: int
    written_at: datetime


def create_app() -> FastAPI:
    """Make the application; its table is made when it starts."""
    engine = create_async_engine(os.environ["BENCH_DATABASE_URL"], pool_size=8)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)

    @app.post("/notes", status_code=201)
    async def keep_note(note: Note) -> Kept:
        now = datetime.now(UTC)
        row = insert(notes).values(subject=note.subject, words=note.words, written_at=now).returning(notes.c.note)
        async with engine.begin() as connection:
            number = (await connection.execute(row)).scalar_one()
        return Kept(subject=note.subject, words=note.words, note=number, written_at=now)

    assert keep_note is not None  # the route holds it; said for the type checker
    return app
