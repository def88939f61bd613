"""Turns whatever stops a request into a problem: refusals, fields that do not fit, unknown addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from adapters.vault import SealBroken
from api.edge_refusals import (
    DeskUnavailable,
    Fault,
    FieldsUnfit,
    KeyMissing,
    KeyUnfit,
    NothingHere,
    NotReadable,
    NotThatWay,
    VaultShut,
)
from api.problems import FieldError, RefusedByCase, problem_for, problem_of_case
from db.cursors import BadCursor
from db.sessions import DatabaseUnavailable
from domain.refusals import Refusal

_log = structlog.get_logger("redress.api")
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", re.ASCII)
MOST_ERRORS = 20
_SAID = {
    "extra_forbidden": "there is no such field",
    "missing": "the field is missing",
    "string_unicode": "the text holds half a character (a lone surrogate); leave it out",
    "value_error": "",
}


def answer_with_problems(app: FastAPI) -> None:
    """Register the handlers of everything that can stop a request."""
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(RefusedByCase, _of_case)
    app.add_exception_handler(RequestValidationError, _fields)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(BadCursor, _cursor)
    app.add_exception_handler(DatabaseUnavailable, _database)
    app.add_exception_handler(SealBroken, _vault)


async def _refusal(request: Request, exc: Exception) -> Response:
    refusal = cast("Refusal", exc)
    errors = refusal.errors if isinstance(refusal, FieldsUnfit) else ()
    return problem_for(request, refusal, [FieldError(field=name, message=wrong) for name, wrong in errors])


async def _of_case(request: Request, exc: Exception) -> Response:
    return problem_of_case(request, cast("RefusedByCase", exc))


async def _cursor(request: Request, exc: Exception) -> Response:
    return await _refusal(request, FieldsUnfit(("cursor", str(exc))))


async def _database(request: Request, _exc: Exception) -> Response:
    return problem_for(request, DeskUnavailable(part="the database"))


async def _vault(request: Request, _exc: Exception) -> Response:
    _log.error("the master key does not open what was sealed here")
    return problem_for(request, VaultShut())


async def _fields(request: Request, exc: Exception) -> Response:
    errors = cast("Sequence[dict[str, Any]]", cast("RequestValidationError", exc).errors())
    for error in errors:
        where = [str(step).lower() for step in error["loc"]]
        if where == ["header", "idempotency-key"]:
            return problem_for(request, KeyMissing() if error["type"] == "missing" else KeyUnfit())
        if error["type"] == "json_invalid" or (
            where == ["body"] and error["type"] in {"missing", "model_attributes_type"}
        ):
            return problem_for(request, NotReadable())
    told = [(field_named(error["loc"]), message_of(error)) for error in errors[:MOST_ERRORS]]
    refusal = FieldsUnfit(*told)
    return problem_for(request, refusal, [FieldError(field=name, message=wrong) for name, wrong in told])


async def _http(request: Request, exc: Exception) -> Response:
    error = cast("HTTPException", exc)
    match error.status_code:
        case 404:
            return problem_for(request, NothingHere())
        case 405:
            answer = problem_for(request, NotThatWay())
            answer.headers.update(error.headers or {})
            return answer
        case 400:
            return problem_for(request, NotReadable())
        case _:
            return problem_for(request, Fault())


def field_named(place: Sequence[object]) -> str:
    """The path of a field: `customer.phone`, `lines[0].paid.amount`. Names that nobody here gave are not repeated."""
    path = ""
    for step in place[1:]:
        if isinstance(step, int):
            path += f"[{step}]"
        elif _FIELD.fullmatch(str(step)):
            path += f".{step}" if path else str(step)
        else:
            path += ".(unreadable)" if path else "(unreadable)"
    return path or str(place[0])


def message_of(error: dict[str, Any]) -> str:
    """What is wrong with a field, without the value that was sent."""
    said = _SAID.get(str(error["type"]))
    if said:
        return said
    if error["type"] in {"too_short", "too_long"} and str(error["msg"]).startswith("Value"):
        bounds: dict[str, int] = error["ctx"]
        least, most = bounds.get("min_length"), bounds.get("max_length")
        return f"the text should have at {f'least {least}' if most is None else f'most {most}'} characters"
    return str(error["msg"]).removeprefix("Value error, ")
