"""Lets a case take a step: builds the message, seals what is personal, sends it, keeps the row. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypedDict

import structlog
from pydantic import BaseModel

from api.caller import Caller
from api.case_homes import CaseHome
from api.commands import CaseEnded, StepAnswer
from api.desk import Desk
from api.edge_refusals import CaseUnknown, DeskUnavailable, KeyReused, NotNowBusy, VersionMoved
from api.fingerprints import fingerprint
from api.rights import Reach
from api.step_bodies import plain_value, shapes
from api.words_of_customers import seal
from db.orders import find_order
from db.people import find_person
from db.reads import find_case
from db.sessions import DatabaseUnavailable
from domain.casework import Rulebook
from domain.complaint.assigning.state import Colleague
from domain.complaint.book import BOOK as COMPLAINT
from domain.complaint.fulfilling.steps import ReportCoupon
from domain.complaint.linking.state import OtherCase
from domain.complaint.looking_into.steps import AttachRecord
from domain.complaint.priority.steps import Assess, SetPriority
from domain.complaint.requests.steps import AnswerRequest, PassOnRequest, ReceiveRequest
from domain.complaint.steps import SupplyFacts, VerifyOrder
from domain.goods_return.book import BOOK as RETURN
from domain.order import OrderFacts
from domain.payment.book import BOOK as PAYMENT
from domain.people import Actor, Role
from domain.refusals import RoleMayNot, StepUnknown
from domain.steps import Step
from domain.view import CaseView, Kind
from upkeep.mending import children_of

OF_A_UNIT = (ReceiveRequest, AnswerRequest, PassOnRequest)
"""Steps for which the case has to know the unit of whoever takes them."""
BOOKS: dict[Kind, Rulebook[Any]] = {Kind.COMPLAINT: COMPLAINT, Kind.RETURN: RETURN, Kind.PAYMENT: PAYMENT}


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
    values |= await _edge_values(desk, home, caller, step, body)
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
    if isinstance(step, (Assess, SetPriority)):
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


async def _edge_values(desk: Desk, home: CaseHome, caller: Caller, step: type[Step], body: BaseModel) -> dict[str, Any]:
    """What the edge adds: marks for look-up, the registered order, the unit of who asks, who it is that a step names."""
    if step in OF_A_UNIT:
        return {"from_unit": caller.unit}
    if step is VerifyOrder:
        return dict(await registered_order(desk, home, None))
    if step is AttachRecord:
        words = getattr(body, "words", None)
        return {
            "words_digest": desk.index.fingerprint(home.shop, words.encode("utf-8", "surrogatepass")) if words else ""
        }
    if step is ReportCoupon:
        return {"code_shown": last_of(getattr(body, "code", ""))}
    if "colleague" in step.__dataclass_fields__:
        return {"colleague": await _colleague(desk, home, str(getattr(body, "person", "")))}
    if "other" in step.__dataclass_fields__:
        return {"other": await _other_case(desk, home, str(getattr(body, "other_case", "")))}
    if step is not SupplyFacts:
        return {}
    order, phone = getattr(body, "order", None), getattr(body, "phone", None)
    index = desk.index.order(home.shop, order) if order else None
    phone_index = desk.index.phone(home.shop, phone) if phone else None
    return {"phone_index": phone_index, **await registered_order(desk, home, index)}


def last_of(code: str) -> str:
    """What of a code may be seen, to tell it from another: the end, at most a third of it and four characters."""
    return f"…{code[len(code) - min(4, len(code) // 3) :]}"


async def _colleague(desk: Desk, home: CaseHome, person: str) -> Colleague | None:
    """The person whom a step names, as the shop knows them now; None for nobody, whom the case then refuses.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    try:
        async with desk.database.reading() as session:
            found = await find_person(session, home.shop, person)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    return None if found is None else Colleague(found.person, found.name, found.roles, found.team)


async def _other_case(desk: Desk, home: CaseHome, number: str) -> OtherCase | None:
    """The complaint that a step names, as the register has it now; None for none, which the case then refuses.

    Whether it is still open then, it says itself when it is told.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    try:
        async with desk.database.reading() as session:
            view = await find_case(session, home.shop, number)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    if view is None or view.kind is not Kind.COMPLAINT:
        return None
    line = (view.story or {}).get("line")
    dues = [task.due_at for task in view.tasks if task.due_at is not None and task.desk is not Role.CUSTOMER]
    return OtherCase(
        case=view.case,
        received_at=view.opened_at,
        customer=view.customer,
        order_index=view.order_index,
        line=line if isinstance(line, int) else None,
        state=view.state,
        closed=view.closed_at is not None,
        due_at=min(dues, default=None),
    )


class RegisteredOrder(TypedDict):
    """An order as steps carry it: its mark and, if the shop has registered it, its facts."""

    order_index: str | None
    order_facts: OrderFacts | None


async def registered_order(desk: Desk, home: CaseHome, order_index: str | None) -> RegisteredOrder:
    """The order of this mark, or else of the case as last written; the case refuses facts of any other order.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    try:
        async with desk.database.reading() as session:
            if order_index is None:
                kept = await find_case(session, home.shop, home.case)
                order_index = kept.order_index if kept is not None else None
            order = await find_order(session, home.shop, order_index) if order_index else None
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    return {"order_index": order_index, "order_facts": order.facts if order is not None else None}


async def _closed_or_unknown(desk: Desk, home: CaseHome, step: Step) -> Exception:
    """Why a case that the desk knows does not run: it was closed, and its row says how."""
    too_late = BOOKS[home.kind].rules[step.slug()].too_late
    try:
        async with desk.database.reading() as session:
            kept: CaseView | None = await find_case(session, home.shop, home.case)
    except DatabaseUnavailable:
        return too_late(outcome="closed")
    return CaseUnknown() if kept is None else too_late(outcome=kept.state)
