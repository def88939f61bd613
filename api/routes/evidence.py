"""Photos in and out: POST /v1/cases/{case}/evidence, GET /v1/cases/{case}/photos/{photo}."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from adapters.evidence_store import EvidenceAltered, EvidenceUnavailable, PhotoMissing
from adapters.photo_cleaning import THUMBNAIL_MEDIA_TYPE
from api.caller import Caller
from api.case_homes import CaseHome
from api.desk import Desk
from api.edge_refusals import DeskUnavailable, Fault, NoSuchThing, PhotoUnfit
from api.headers import IdempotencyKey, SeenVersion, etag
from api.photo_files import FILES, PURPOSES, PhotosSent, photos_sent
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, checked_by, streams_its_body
from api.routes.cases import kept_view
from api.schemas.case import CaseAnswer, answered
from api.taking import BOOKS, Press, refuse_role, send
from domain.evidence import Photo, PhotoRefused, PhotoRules
from domain.people import Role
from domain.refusals import StepUnknown
from domain.shared_steps import AddEvidence

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["evidence"])

RULES = PhotoRules()
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FILES],
                    "properties": {
                        FILES: {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": RULES.max_photos_a_case,
                            "description": f"JPEG, PNG or WebP, each at most {RULES.max_bytes / 1e6:g} MB",
                        },
                        "purpose": {"type": "string", "enum": list(PURPOSES), "default": "fault"},
                    },
                }
            }
        },
    }
}


_PICTURES: dict[str, Any] = {
    kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/jpeg", "image/png", "image/webp")
}


def _may_add(caller: Caller) -> None:
    refuse_role(caller, AddEvidence)


@router.post(
    "/cases/{case}/evidence",
    operation_id="add_evidence",
    summary="Send photos",
    responses=responses(400, 401, 403, 404, 409, 413, 422, 429, 503),
    openapi_extra=_FORM,
)
@streams_its_body
@checked_by(_may_add)
async def add_evidence(
    *,
    desk: DeskNow,
    caller: Asker,
    case: str,
    key: IdempotencyKey,
    version: SeenVersion,
    request: Request,
    response: Response,
) -> CaseAnswer:
    """Photos are drawn anew without metadata, hashed and stored; then one step puts all of them into the case, or none.

    Only JPEG, PNG and WebP are taken, whatever a file calls itself. Of a picture sent twice the case keeps one.
    """
    home = await desk.homes.enter(caller, case)
    if AddEvidence.slug() not in BOOKS[home.kind].rules:
        raise StepUnknown(step=AddEvidence.slug(), kind=home.kind.value)
    sent = await photos_sent(request, RULES)
    try:
        photos = await _cleaned(desk, home, sent)
    finally:
        await sent.aclose()
    actor = home.actor(caller)
    if caller.role in {Role.AGENT, Role.SUPERVISOR, Role.INTEGRATION} and sent.purpose != "inspection":
        actor = replace(actor, on_behalf_of=Role.CUSTOMER)
    step = AddEvidence(actor=actor, photos=photos, purpose=sent.purpose)
    asked = {"purpose": sent.purpose, "photos": [photo.original_sha256 for photo in photos]}
    answer = await send(desk, caller, home, Press(case, key, version), step=step, asked=asked)
    response.headers["ETag"] = etag(answer.view.version)
    return answered(answer.view, answer.offers, answer.recorded, to=caller)


async def _cleaned(desk: Desk, home: CaseHome, sent: PhotosSent) -> tuple[Photo, ...]:
    """Every file as a stored photo.

    Raises:
        PhotoUnfit: one of them is none; the case hears of none. DeskUnavailable: the store is away.
    """
    photos: list[Photo] = []
    for position, (filename, file) in enumerate(sent.files):
        try:
            photos.append(
                await desk.evidence.clean_and_store(home.shop, home.case, await file.read(), filename=filename)
            )
        except PhotoRefused as refused:
            status = 413 if refused.code == "photo_too_large" else 422
            raise PhotoUnfit(refused.code, position, refused.sentence, status) from None
        except EvidenceUnavailable:
            raise DeskUnavailable(part="the evidence store") from None
    return tuple(photos)


def _anybody_of_a_shop(caller: Caller) -> None:
    _ = caller.at_shop


@router.get(
    "/cases/{case}/photos/{photo}",
    operation_id="read_photo",
    summary="A photo of the case",
    response_class=Response,
    responses={200: {"content": _PICTURES, "description": "The picture"}, **responses(401, 403, 404, 503)},
)
@checked_by(_anybody_of_a_shop)
async def read_photo(
    desk: DeskNow,
    caller: Asker,
    case: str,
    photo: str,
    thumbnail: Annotated[bool, Query(description="The small copy, always JPEG")] = False,
) -> Response:
    """The cleaned picture, checked against its hash as it is read."""
    home = await desk.homes.enter(caller, case)
    known = next((each for each in (await kept_view(desk, home)).photos if each.photo == photo), None)
    if known is None:
        raise NoSuchThing(what="photo")
    try:
        picture = await desk.evidence.read(home.shop, known.photo, thumbnail)
    except PhotoMissing:
        raise NoSuchThing(what="photo") from None
    except EvidenceUnavailable:
        raise DeskUnavailable(part="the evidence store") from None
    except EvidenceAltered:
        raise Fault from None
    headers = {
        "ETag": f'"{known.photo}{"-small" if thumbnail else ""}"',
        "Cache-Control": "private, max-age=3600",
        "Content-Security-Policy": "default-src 'none'",
    }
    return Response(picture, media_type=THUMBNAIL_MEDIA_TYPE if thumbnail else known.media_type, headers=headers)
