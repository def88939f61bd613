"""Lets a case take a step: builds the message, seals what is personal, sends it, keeps the row. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import structlog
from pydantic import BaseModel

from api.caller import Caller
from api.case_homes import CaseHome
from api.commands import CaseEnded, StepAnswer
from api.desk import Desk
from api.edge_facts import edge_values
from api.edge_refusals import CaseUnknown, DeskUnavailable, KeyReused, NotNowBusy, VersionMoved
from api.fingerprints import fingerprint
from api.rights import Reach
from api.step_bodies import plain_value, shapes
from api.words_of_customers import seal
from db.reads import find_case
from db.sessions import DatabaseUnavailable
from domain.casework import Rulebook
from domain.complaint.book import BOOK as COMPLAINT
from domain.dock.book import BOOK as PARCEL
from domain.goods_return.book import BOOK as RETURN
from domain.payment.book import BOOK as PAYMENT
from domain.people import Actor, Role
from domain.refusals import RoleMayNot, StepUnknown
from domain.steps import Step
from domain.view import CaseView, Kind
from upkeep.mending import children_of

BOOKS: dict[Kind, Rulebook[Any]] = {
    Kind.COMPLAINT: COMPLAINT,
    Kind.RETURN: RETURN,
    Kind.PAYMENT: PAYMENT,
    Kind.PARCEL: PARCEL,
}


_MOVING_IN_TURN = frozenset({"assessed", "priority_set"})
"""Events after which the case may be more or less urgent than before."""
_log = structlog.get_logger("redress.api")


@dataclass(frozen=True)
class Press:
    """One press of a button: for which case, under which key, and at which version of the case, if that matters."""

    case: str
    key: str
    version: int | None = None


def refuse_role(caller: Caller, step: type[Step]) -> None:
    """Refuse a caller whose role never takes this step.

    Raises:
        NoShopHere, RoleMayNot.
    """
    _ = caller.at_shop
    if caller.role not in step.roles:
        roles = ", ".join(role.value for role in step.roles)
        raise RoleMayNot(role=caller.role.value, step=step.slug(), roles=roles)


async def take_step(desk: Desk, caller: Caller, press: Press, step: type[Step], body: BaseModel) -> StepAnswer:
    """Send a step with this body to the case and return its answer.

    Raises:
        CaseUnknown, StepUnknown, CaseClosed, VersionMoved, KeyReused, RefusedByCase: nothing was written.
        DeskUnavailable: not known whether it was taken; the same key may be sent again.
    """
    home = await desk.homes.enter(caller, press.case, Reach.OWN_ANSWERS)
    if step.slug() not in BOOKS[home.kind].rules:
        raise StepUnknown(step=step.slug(), kind=home.kind.value)
    asked = body.model_dump(mode="json", exclude_defaults=True)
    values = await _sealed_values(desk, home, press.key, step, body)
    values |= await edge_values(desk, home, caller, step, body)
    message = step(actor=_speaker(home, caller, step), **values)
    return await send(desk, caller, home, press, step=message, asked=asked)


async def send(desk: Desk, caller: Caller, home: CaseHome, press: Press, *, step: Step, asked: object) -> StepAnswer:
    """Send a ready step. asked: the request as plain JSON values, by which a repeat is told from another request.

    Raises:
        as `take_step`.
    """
    mark = fingerprint(desk.index, home.shop, step.slug(), asked, caller.person or home.customer)
    step = replace(step, fingerprint=mark)
    answer = await _at_version(desk, home, press, step)
    if answer is None:
        try:
            answer = await desk.commands.take(home.case, step, press.key)
        except CaseEnded:
            raise await _closed_or_unknown(desk, home, step) from None
    if answer.fingerprint != mark:
        raise KeyReused
    await desk.rows.keep(answer.view)
    if not _MOVING_IN_TURN.isdisjoint(answer.recorded):
        await _put_in_turn(desk, answer.view)
    return answer


async def _put_in_turn(desk: Desk, view: CaseView) -> None:
    """Temporal's own order follows the level that the case, its returns and its slips have now.

    It matters only while work waits there, so a step that was taken never fails over it.
    """
    try:
        for case in (view.case, *children_of(view)):
            await desk.commands.put_in_turn(case, view.shop, view.priority)
    except (DeskUnavailable, NotNowBusy):
        _log.warning("Temporal was not told of a new level", case=view.case, priority=view.priority)


async def _at_version(desk: Desk, home: CaseHome, press: Press, step: Step) -> StepAnswer | None:
    """Nothing when the case is at the version that the asker saw; else what the same key was answered before.

    Raises:
        VersionMoved: neither.
    """
    if press.version is None:
        return None
    try:
        seen = (await desk.commands.look(home.case, step.actor)).view.version
    except CaseEnded:
        raise await _closed_or_unknown(desk, home, step) from None
    if seen == press.version:
        return None
    earlier = await desk.commands.answer_under(home.case, press.key)
    if earlier is None:
        raise VersionMoved(version=seen)
    return earlier


def _speaker(home: CaseHome, caller: Caller, step: type[Step]) -> Actor:
    """Who takes the step; staff who pass on the customer's word do so in the customer's name, and both stand [E]."""
    actor = home.actor(caller)
    passes_on = caller.role is not Role.CUSTOMER and Role.CUSTOMER in step.roles
    return replace(actor, on_behalf_of=Role.CUSTOMER) if passes_on else actor


async def _sealed_values(desk: Desk, home: CaseHome, key: str, step: type[Step], body: BaseModel) -> dict[str, Any]:
    values: dict[str, Any] = {}
    personal: dict[str, str] = {}
    for shape in shapes(step):
        value = getattr(body, shape.name)
        if shape.sealed and value is not None:
            personal[shape.name] = value
        elif not shape.sealed:
            values[shape.name] = plain_value(value)
    return values | await seal(desk, home.shop, home.customer, personal, request=f"{home.case} {step.slug()} {key}")


async def _closed_or_unknown(desk: Desk, home: CaseHome, step: Step) -> Exception:
    """Why a case that the desk knows does not run: it was closed, and its row says how."""
    too_late = BOOKS[home.kind].rules[step.slug()].too_late
    try:
        async with desk.database.reading() as session:
            kept: CaseView | None = await find_case(session, home.shop, home.case)
    except DatabaseUnavailable:
        return too_late(outcome="closed")
    return CaseUnknown() if kept is None else too_late(outcome=kept.state)
