"""Every error as RFC 9457 problem+json, from one table: branch of the refusal to status."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.edge_refusals import EdgeRefusal
from domain.refusals import Refusal, RefusalRecord

STATUS_BY_BRANCH = {"not_you": 403, "not_there": 404, "not_now": 409, "not_like_this": 422}
MEDIA_TYPE = "application/problem+json"


class FieldError(BaseModel):
    """One field that is not acceptable: its path in the body, and what is wrong. Never the value."""

    field: str
    message: str


class ProblemDetails(BaseModel):
    """Why a request was refused (RFC 9457): a refusal changed nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:redress:problem:evidence_missing",
                "title": "Evidence missing",
                "status": 409,
                "detail": "A remedy that costs money needs photo evidence of the fault first.",
                "code": "evidence_missing",
                "field": "",
                "rule": "T,S,F",
                "way_out": "Send the customer the case's link to upload photos, or upload them to /evidence.",
                "sentence_zh": "涉及费用的方案须先有故障照片凭证。",
                "way_out_zh": "请将工单链接发给顾客上传照片。",
                "open_steps": ["give_feedback", "judge"],
                "errors": [],
                "request_id": "b9c3f6a1e0d24c57",
            }
        }
    )

    type: str = Field(description="urn:redress:problem: and the code")
    title: str
    status: int
    detail: str = Field(description="A sentence fit to show a person, in Chinese if the request asked for it")
    code: str = Field(description="Stable name of the refusal")
    field: str = Field(default="", description="The field of the request that is meant, if one is")
    rule: str = Field(default="", description="Tags of the rule books that the refusal comes from")
    way_out: str = ""
    sentence_zh: str = ""
    way_out_zh: str = ""
    open_steps: list[str] = Field(default_factory=list, description="Steps that are open to the asker instead")
    errors: list[FieldError] = Field(default_factory=list["FieldError"])
    request_id: str = ""


class RefusedByCase(Exception):  # noqa: N818  an answer, carried through the routes as it came over the wire
    """The case refused a step; nothing was written to it. `open_steps` are those open to the asker instead."""

    def __init__(self, record: RefusalRecord, open_steps: Sequence[str] = ()) -> None:
        super().__init__(record.code)
        self.record = record
        self.open_steps = tuple(open_steps)


def problem_for(request: Request, refusal: Refusal, errors: Sequence[FieldError] = ()) -> JSONResponse:
    """The answer to a request that this refusal stopped."""
    status = refusal.status if isinstance(refusal, EdgeRefusal) else STATUS_BY_BRANCH[refusal.branch]
    headers: dict[str, str] = {}
    if isinstance(refusal, EdgeRefusal) and refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="redress"'
    return _answer(request, status, refusal.record(), errors=errors, headers=headers)


def problem_of_case(request: Request, refused: RefusedByCase) -> JSONResponse:
    """The answer to a step that the case refused."""
    status = STATUS_BY_BRANCH.get(refused.record.branch, HTTPStatus.CONFLICT)
    return _answer(request, status, refused.record, open_steps=refused.open_steps)


def wants_chinese(request: Request) -> bool:
    """Whether the asker prefers Chinese to English (Accept-Language, first match by weight)."""
    best = ("", 0.0)
    for part in request.headers.get("accept-language", "").lower()[:200].split(","):
        name, _, weight = part.strip().partition(";")
        language = name.strip().partition("-")[0]
        if language in {"zh", "en"} and (value := _weight(weight)) > best[1]:
            best = (language, value)
    return best[0] == "zh"


def _weight(text: str) -> float:
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", text)
    return float(found[1]) if found else 1.0


def _answer(
    request: Request,
    status: int,
    record: RefusalRecord,
    *,
    open_steps: Sequence[str] = (),
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    chinese = wants_chinese(request)
    request.scope.setdefault("state", {})["refusal"] = record.code
    problem = ProblemDetails(
        type=f"urn:redress:problem:{record.code}",
        title=record.code.replace("_", " ").capitalize(),
        status=int(status),
        detail=record.sentence_zh if chinese else record.sentence,
        code=record.code,
        field=record.field,
        rule=record.source,
        way_out=record.way_out_zh if chinese else record.way_out,
        sentence_zh=record.sentence_zh,
        way_out_zh=record.way_out_zh,
        open_steps=list(open_steps),
        errors=list(errors),
        request_id=str(request.scope["state"].get("request_id", "")),
    )
    language = {"Content-Language": "zh" if chinese else "en", "Vary": "Accept-Language"}
    return JSONResponse(problem.model_dump(), status, {**language, **(headers or {})}, MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an address may answer with, for its page in the catalogue; any may find a field unfit."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": _REFERENCE}}}
        for status in sorted({*statuses, 422})
    }


_REFERENCE = {"$ref": "#/components/schemas/ProblemDetails"}
