"""The OpenAPI document: the catalogue of addresses and steps."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import FieldError, ProblemDetails

ABOUT = """The after-sales desk. Each complaint is a case; what happens to it are steps, each with its own address.

- Who asks: `Authorization: Bearer rd_…`, a key of one person in one role; customers use the link of their case.
- What changes a case carries an `Idempotency-Key`; the same key again gets the same answer, however often it is sent.
- Every error is RFC 9457 problem+json with a code, the rule it comes from, and the way out.
- Instants are RFC 3339 in UTC; money is `{"amount": "12.50", "currency": "CNY"}`, never a JSON number.
"""


def describe(app: FastAPI) -> None:
    """Let the application answer /openapi.json with the finished document."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary="After-sales desk in which every case is one durable workflow",
        description=ABOUT,
        routes=app.routes,
    )
    schemas: dict[str, Any] = made.setdefault("components", {}).setdefault("schemas", {})
    if not {"ProblemDetails", "FieldError"}.isdisjoint(schemas):
        raise ValueError("another schema took the name of the problem's")
    problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    problem.pop("$defs", None)
    schemas["ProblemDetails"] = problem
    schemas["FieldError"] = FieldError.model_json_schema()
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    for path in made["paths"].values():
        for operation in path.values():
            _drop_the_frameworks_own_error(operation)
    return made


def _drop_the_frameworks_own_error(operation: dict[str, Any]) -> None:
    answer = operation.get("responses", {}).get("422")
    if answer is not None and "HTTPValidationError" in str(answer):
        del operation["responses"]["422"]
