"""The return's rulebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain import clock as clocks
from domain.casefile import ClockReminded, Event
from domain.casework import Rulebook, StepRule, always, apply, letters_shown, rule_of
from domain.chapters import Volume
from domain.goods_return import (
    disposing,
    dock,
    further,
    instructing,
    late_goods,
    lines,
    rules,
    situation,
    turning_away,
)
from domain.goods_return import events as e
from domain.goods_return import steps as s
from domain.goods_return.refusals import ReturnOver
from domain.goods_return.state import Authorisation, Goods, OpenReturn, Parcel, Return, ReturnLine, Verdict
from domain.plain import plain
from domain.refusals import CaseClosed, Refusal
from domain.sealed import Sealed
from domain.shared_steps import shared_rules
from domain.shipment import Shipment
from domain.taking_charge import ChargeTaken, charge_rule
from domain.view import CaseView, Kind

REPAYS = "shop_repays_prepaid_freight_up_to_cap"
FREIGHT_RULES = {True: REPAYS, False: "customer_pays_return_freight"}
"""A quality fault is on the shop both ways: the customer prepays and is repaid when the goods are in [S]."""

VOLUME: Volume[Return] = Volume(
    (dock.DOCK, disposing.DISPOSING, late_goods.CHAPTER, further.CHAPTER, instructing.CHAPTER, turning_away.CHAPTER)
)
"""The chapters of a return; what is not in them stands here."""
CHANGES = VOLUME.changes()
COURIER_MOVES = {"picked_up": Goods.IN_TRANSIT, "in_transit": Goods.IN_TRANSIT, "delivered": Goods.AT_DOCK}
SETTLED = {"accepted": Verdict.ACCEPTED, "kept": Verdict.ACCEPTED_IN_PART, "send_back": Verdict.REJECTED} | {
    "send_back_failed": Verdict.ACCEPTED_IN_PART
}


def open_return(opening: OpenReturn, now: datetime) -> Return:
    """The return as it stands when it is authorised, parcels reported earlier included."""
    address = opening.pinned.policy.return_address
    case = Return(
        case=opening.case,
        shop=opening.shop,
        parent=opening.parent,
        opened_at=now,
        customer=opening.customer,
        pinned=opening.pinned,
        order=opening.order,
        order_index=opening.order_index,
        lines=opening.lines,
        mends=opening.mends,
        authorisation=Authorisation(
            addressee=address.addressee,
            phone=address.phone,
            address=address.address,
            card_reason=_card(opening),
            freight_rule=FREIGHT_RULES[opening.freight_repaid],
            exchange_for=opening.exchange_for,
            freight_cap=opening.pinned.policy.freight_cap.value if opening.freight_repaid else None,
        ),
        charge=opening.charge,
    )
    return apply(BOOK, case, opening_events(opening, now))


def _card(opening: OpenReturn) -> str:
    """The reason that the card in the box gives, and what to exchange for [S]."""
    wish = f" -> {opening.exchange_for}" if opening.exchange_for else ""
    return "; ".join(": ".join(filter(None, (line.product, line.fault))) for line in opening.lines) + wish


def opening_events(opening: OpenReturn, now: datetime) -> tuple[Event, ...]:
    """What happened when the return was authorised: parcels reported earlier are known from the start."""
    by = opening.authorised_by
    early = (e.ParcelReported(at=now, by=by, shipment=shipment) for shipment in opening.shipments)
    return (e.ReturnAuthorised(at=now, by=by), *early)


def _evolve(case: Return, event: Event) -> Return:
    changes = CHANGES.get(type(event), (_own,))
    for change in changes:
        case = change(case, event)
    return case


def _own(case: Return, event: Event) -> Return:  # noqa: PLR0911  one row an event
    match event:
        case e.ParcelReported(shipment=shipment):
            return _reported(case, shipment)
        case e.CourierSaw(tracking=tracking, status=status, seen_at=seen_at):
            return _courier(case, tracking, status, seen_at)
        case e.ParcelReceived(parcel=parcel):
            return _received(dock.before(case, parcel, event.at), parcel)
        case e.GoodsInspected():
            return _inspected(case, event)
        case e.WaitExtended():
            return _extended(case, event)
        case e.ReturnSettled(settle_as=settle_as):
            return replace(case, settled_as=settle_as, verdict=SETTLED.get(settle_as, case.verdict))
        case e.GoodsSentBack():
            return replace(case, goods=Goods.SENT_BACK)
        case e.ReturnGivenUp(result=result):
            return replace(case, goods=Goods.LOST if result == "lost" else Goods.NOT_SENT)
        case e.ReturnClosed(outcome=outcome):
            verdict = Verdict.ACCEPTED if outcome == "passed" else case.verdict
            return replace(case, closed_at=event.at, outcome=outcome, verdict=verdict)
        case ChargeTaken(charge=charge):
            return replace(case, charge=charge)
        case e.ComplaintTold(result=result):
            told = {"inspection_told": len(case.inspections), "reopened_told": case.reopened}
            return replace(case, reported=result, **told)
        case _:
            return case


def _inspected(case: Return, event: e.GoodsInspected) -> Return:
    """The inspection beside the earlier ones, and the return's two axes over all its lines."""
    after = replace(case, inspections=(*case.inspections, event.inspection))
    where = {each.goods for each in lines.standings(after)}
    worst = next((each for each in (Goods.WRONG_ITEM, Goods.SHORT) if each in where), Goods.RECEIVED)
    open_still = Verdict.PENDING if event.waits else Verdict.NEEDS_A_PERSON
    return replace(after, goods=worst, verdict=Verdict.ACCEPTED if event.passed else open_still)


def _reported(case: Return, shipment: Shipment) -> Return:
    reported = {"carrier": shipment.carrier, "freight": shipment.freight, "reported_at": shipment.reported_at}
    goods = Goods.IN_TRANSIT if case.goods is Goods.AWAITING else case.goods
    return replace(_parcel(case, shipment.tracking, **reported), goods=goods)


def _received(case: Return, parcel: Parcel) -> Return:
    received = {
        "carrier": parcel.carrier,
        "received_at": parcel.received_at,
        "received_by": parcel.received_by,
        "card_found": parcel.card_found,
        "freight_collect": parcel.freight_collect,
        "note": parcel.note,
        "dock": parcel.dock,
        "docked_at": parcel.docked_at,
    }
    kept = {name: value for name, value in received.items() if value != ""}
    told = case.reported == "failed" and lines.to_decide(case)
    reopened = case.reopened + 1 if told else case.reopened  # the complaint decides once it is opened
    return replace(_parcel(case, parcel.tracking, **kept), goods=Goods.RECEIVED, reopened=reopened)


def _courier(case: Return, tracking: str, status: str, seen_at: datetime) -> Return:
    known = next((p for p in case.parcels if p.tracking == tracking), None)
    if known is not None and known.courier_at is not None and known.courier_at >= seen_at:
        return case  # older news that came late change nothing that newer ones said
    waited = lines.undecided(case)
    case = _parcel(case, tracking, courier_status=status, courier_at=seen_at)
    if waited and not lines.undecided(case):
        case = replace(case, verdict=Verdict.NEEDS_A_PERSON)  # the rest is lost: what came counts
    here = case.goods in {Goods.AWAITING, Goods.IN_TRANSIT, Goods.AT_DOCK}
    moves = COURIER_MOVES | ({"returned": Goods.AWAITING} if case.was_turned_away(tracking) else {})
    return replace(case, goods=moves.get(status, case.goods)) if here else case


def _parcel(case: Return, tracking: str, **changes: Any) -> Return:
    if any(parcel.tracking == tracking for parcel in case.parcels):
        parcels = tuple(replace(p, **changes) if p.tracking == tracking else p for p in case.parcels)
    else:
        parcels = (*case.parcels, Parcel(tracking=tracking, **changes))
    return replace(case, parcels=parcels)


def _extended(case: Return, event: e.WaitExtended) -> Return:
    running = case.running(event.clock)
    if running is None:
        return case
    rule = rule_of(case, event.clock)
    ended = tuple(clocks.stop(c, event.at, "extended") if c is running else c for c in case.clocks)
    calendar = case.pinned.calendar_of(rule.calendar)
    fresh = clocks.start_until(event.clock, rule, calendar, event.at, event.until)
    return replace(case, clocks=(*ended, fresh))


def _letters_for(case: Return, event: Event) -> tuple[tuple[str, dict[str, str]], ...]:
    match event:
        case e.ReturnAuthorised():
            told = case.authorisation
            says = {
                "addressee": told.addressee,
                "phone": told.phone,
                "address": told.address,
                "card_reason": told.card_reason,
                "freight_rule": told.freight_rule,
                "freight_cap": str(told.freight_cap) if told.freight_cap is not None else "",
                "exchange_for": told.exchange_for,
                "on_failure": told.on_failure,
                "due": _due(case, "return_tracking"),
            }
            return (("return_instructions", says),)
        case ClockReminded(clock="return_tracking"):
            return (("reminder_tracking", {"due": _due(case, "return_tracking")}),)
        case e.ParcelReceived() if case.closed_at is None:
            first = sum(1 for parcel in case.parcels if parcel.received_at is not None) == 1
            return (("received", {"due": _due(case, "inspection")}),) if first else ()
        case e.WaitExtended(clock=awaited, until=until):
            return (("wait_extended", {"awaited": awaited, "due": until.isoformat()}),)
        case e.GoodsSentBack(carrier=carrier, tracking=tracking):
            return (("goods_sent_back", {"carrier": carrier, "tracking": tracking}),)
        case _:
            return ()


def _due(case: Return, clock: str) -> str:
    due = case.due(clock)
    return due.isoformat() if due is not None else ""


def _describe(case: Return, view: CaseView) -> CaseView:
    sealed: dict[str, Sealed | None] = {
        "customer": case.customer.reference,
        "name": case.customer.name,
        "phone": case.customer.phone,
        "order": case.order,
    }
    story: dict[str, object] = {
        "lines": [plain(line) | _standing(case, line) for line in case.lines],
        "goods": case.goods.value,
        "verdict": case.verdict.value,
        "authorisation": plain(case.authorisation),
        "instructed": plain(case.instructed),
        "collected": plain(case.collected),
        "turned_away": plain(case.turned_away),
        "parcels": plain(case.parcels),
        "inspections": plain(case.inspections),
        "settled_as": case.settled_as,
        "disposed": plain(case.disposed),
        "takes_late": late_goods.takes_late(case),
        "letters": letters_shown(case),
        "troubles": plain(case.troubles),
    }
    return replace(
        view,
        tracking=tuple(parcel.tracking for parcel in case.parcels),
        sealed={name: box for name, box in sealed.items() if box is not None},
        story=story,
    )


def _standing(case: Return, line: ReturnLine) -> dict[str, object]:
    """Both axes of a line, and what its parcels brought."""
    stands = lines.standing(case, line)
    told = (stands.arrived, stands.accepted, stands.goods, stands.verdict, stands.findings)
    return dict(zip(("arrived", "accepted", "goods", "verdict", "findings"), map(plain, told), strict=True))


def _rule(step: type[Any], may: Any, decide: Any, *names: str, too_late: type[Refusal] = CaseClosed) -> StepRule[Any]:
    return StepRule(step, may, decide, lambda case: next((d for n in names if (d := case.due(n))), None), too_late)


_RULES: tuple[StepRule[Any], ...] = (
    _rule(s.ReceiveParcel, always, rules.receive, "arrival", too_late=ReturnOver),
    _rule(s.Inspect, rules.may_inspect, rules.inspect, "inspection"),
    _rule(s.SendGoodsBack, rules.may_send_back, rules.send_back),
    _rule(s.ExtendWait, rules.may_extend, rules.extend, *situation.WAITS),
    _rule(s.GiveUpReturn, rules.may_give_up, rules.give_up),
    _rule(s.TakeCourierNews, always, rules.courier_news),
    _rule(s.TakeWordFromComplaint, always, rules.word_from_complaint),
    charge_rule(),
    *VOLUME.rules().values(),
    *shared_rules(),
)

BOOK: Rulebook[Return] = Rulebook(
    kind=Kind.RETURN,
    rules={rule.step.slug(): rule for rule in _RULES},
    evolve=_evolve,
    wanted_clocks=lambda case: situation.wanted_clocks(case) | VOLUME.clocks(case),
    letters_for=lambda case, event: (*_letters_for(case, event), *VOLUME.letters(case, event)),
    other_instants=VOLUME.instants,
    other_passed=VOLUME.passed,
    tasks=situation.tasks,
    state=situation.state_of,
    describe=_describe,
    takes_after_closing=lambda case, step, _now: step in VOLUME.late_steps(case),
    pause_causes=situation.pause_causes,
    charge=lambda case: case.charge,
    outliving=VOLUME.outliving,
)
