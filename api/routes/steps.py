"""POST /v1/cases/{case}/steps/{step}: one address per step, made from the rulebooks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.caller import Caller
from api.headers import IdempotencyKey, SeenVersion, etag
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, checked_by
from api.schemas.case import CaseAnswer, answered
from api.step_bodies import body_of
from api.taking import BOOKS, Press, refuse_role, take_step
from domain.refusals import StepUnknown
from domain.shared_steps import AddEvidence
from domain.steps import Step

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["steps"])


def offered_steps() -> dict[str, type[Step]]:
    """Every step that people take over HTTP, by its name; those of machines and photos have doors of their own."""
    rules = [rule for book in BOOKS.values() for rule in book.rules.values()]
    steps = {rule.step.slug(): rule.step for rule in rules if not rule.step.by_machine and rule.step is not AddEvidence}
    for rule in rules:
        known = steps.get(rule.step.slug())
        if known is not None and known is not rule.step:
            raise TypeError(f"two steps are called {rule.step.slug()}: their addresses would be one")
    return steps


def _endpoint(step: type[Step], body_model: type[BaseModel]) -> Callable[..., Awaitable[CaseAnswer]]:
    def check(caller: Caller) -> None:
        refuse_role(caller, step)

    async def take(
        *,
        desk: DeskNow,
        caller: Asker,
        case: str,
        key: IdempotencyKey,
        version: SeenVersion,
        body: Any,
        response: Response,
    ) -> CaseAnswer:
        answer = await take_step(desk, caller, Press(case, key, version), step, body)
        response.headers["ETag"] = etag(answer.view.version)
        return answered(answer.view, answer.offers, answer.recorded, to=caller)

    take.__annotations__["body"] = body_model
    return checked_by(check)(take)


def _about(step: type[Step]) -> str:
    roles = ", ".join(role.value for role in step.roles)
    kinds = ", ".join(kind.value for kind, book in BOOKS.items() if step.slug() in book.rules)
    return f"{step.__doc__}\n\nOf a {kinds}. Taken by: {roles}. Rule books: {step.source}."


for _name, _step in offered_steps().items():
    router.add_api_route(
        f"/cases/{{case}}/steps/{_name}",
        _endpoint(_step, body_of(_step)),
        methods=["POST"],
        operation_id=_name,
        summary=_step.summary,
        description=_about(_step),
        response_model=CaseAnswer,
        responses=responses(400, 401, 403, 404, 409, 412, 413, 422, 429, 503),
    )


@router.post("/cases/{case}/steps/{step}", include_in_schema=False)
async def unknown_step(desk: DeskNow, caller: Asker, case: str, step: str) -> None:
    """Any other step is unknown to every kind of case; photos are sent to /evidence."""
    home = await desk.homes.enter(caller, case)
    known = step if step in BOOKS[home.kind].rules else "of that name"
    raise StepUnknown(field="step", step=known, kind=home.kind.value)
