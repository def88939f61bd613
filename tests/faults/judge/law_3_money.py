"""I3: a slip is paid once or not at all; finance, the histories and the ledger agree; no line gives back too much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from domain.complaint.fulfilling.questions import cost_key
from domain.complaint.fulfilling.state import Hold
from domain.payment.purposes import UNDER_THE_LINE, Direction, Purpose
from domain.payment.state import Payment
from tests.faults.client_log import Signature
from tests.faults.judge.case_history import CaseHistory
from tests.faults.judge.evidence import Violation
from tests.faults.judge.world import Row, World, case_of, fields, fine

LAW = "I3"
_COST_STATES = {Hold.HELD: "held", Hold.SPENT: "spent", Hold.RELEASED: "released"}


def money_moves_once(world: World) -> Iterator[Violation]:
    """The whole law."""
    slips = {
        case.case: case.retold.case
        for case, _ in world.told("Payment")
        if case.retold is not None and isinstance(case.retold.case, Payment)
    }
    signed: dict[str, dict[str, Signature]] = defaultdict(dict)
    for signature in world.signed:
        signed[signature.slip][signature.reference] = signature
    booked = {row["refund_key"]: row for row in world.ledger}
    for name, slip in slips.items():
        yield from _agree(name, slip, signed.get(name, {}), booked.get(name))
    for case, told in world.told("Payment"):
        yield from _approved(told, slips.get(case.case))
    for name in sorted((signed.keys() | booked.keys()) - slips.keys()):
        yield Violation(LAW, name, "money is signed or held for it, and no slip of this number has a history")
    yield from _complaints_know(world, slips)
    yield from _costs_agree(world)
    yield from _within_the_line(world, slips)
    yield from _within_the_cap(slips)
    yield from _numbered_without_gaps(world)


def _agree(name: str, slip: Payment, signed: dict[str, Signature], row: Row | None) -> Iterator[Violation]:
    """Finance's signatures, the slip's history and the ledger's row say the same."""
    paid = slip.outcome == "paid"
    if len(signed) > 1:
        yield Violation(LAW, name, f"finance paid it {len(signed)} times: {sorted(signed)}")
    if paid and not signed:
        yield Violation(LAW, name, "is paid, and finance never signed")
    if signed and not paid:
        yield Violation(LAW, name, f"finance signed it, and it stands as {slip.outcome or 'open'}")
    if paid and signed and slip.reference not in signed:
        yield Violation(LAW, name, f"is paid under {slip.reference}, and finance signed {sorted(signed)}")
    for signature in signed.values():
        if (signature.minor, signature.currency) != (slip.amount.minor, slip.amount.currency):
            yield Violation(LAW, name, f"finance paid {signature.minor} {signature.currency}, it is for {slip.amount}")
    if row is None:
        if slip.reserved:
            yield Violation(LAW, name, "was reserved, and the ledger does not know it")
        return
    yield from _row_agrees(name, slip, row)


def _row_agrees(name: str, slip: Payment, row: Row) -> Iterator[Violation]:
    expected = {None: "reserved", "paid": "paid", "reversed": "reversed"}.get(slip.outcome, "released")
    if row["state"] != expected and not any(trouble.settled_at is None for trouble in slip.troubles):
        yield Violation(LAW, name, f"stands in the ledger as {row['state']}, in its history as {expected}")
    if (row["amount_minor"], row["currency"]) != (slip.amount.minor, slip.amount.currency):
        yield Violation(LAW, name, f"the ledger holds {row['amount_minor']} {row['currency']} for {slip.amount}")
    number = f"{row['slip_year']}-{row['slip_number']:06d}"
    if slip.reserved and number != slip.slip_number:
        yield Violation(LAW, name, f"is slip {slip.slip_number}, in the ledger {number}")
    if slip.outcome == "paid" and row["state"] == "paid" and row["reference"] != slip.reference:
        yield Violation(LAW, name, f"is paid under {slip.reference}, in the ledger under {row['reference']}")
    of_slip = (slip.parent, slip.purpose, slip.return_case)
    if (row["case"], row["purpose"], row["return_case"]) != of_slip:
        yield Violation(LAW, name, "belongs to another case, purpose or return in the ledger")


def _approved(told: CaseHistory, slip: Payment | None) -> Iterator[Violation]:
    """By the history alone: nothing is paid that too few approved, and nobody plays two parts."""
    if slip is None or not any(took.step_name == "sign_paid" for took in told.taken):
        return
    signed = [took.step_name for took in told.taken].index("sign_paid")
    changed = max((n for n, took in enumerate(told.taken[:signed]) if took.step_name == "change_amount"), default=-1)
    before = told.taken[changed + 1 : signed]  # what was signed for another sum counts no more
    approvers = [took.step.actor.person for took in before if took.step_name == "approve_slip"]
    limit = slip.pinned.policy.second_approver_above.value
    out = slip.direction is Direction.OUT
    needed = 2 if out and slip.case_sum > limit and slip.handed_at is None else 1
    if len(approvers) < needed:
        yield Violation(LAW, slip.case, f"was paid with {len(approvers)} of {needed} approvals")
    payer = told.taken[signed].step.actor.person
    parts = [*approvers, payer, slip.requested_by.person]
    if len(set(parts)) < len(parts):
        yield Violation(LAW, slip.case, "one person asked, approved or paid in two parts")


def _complaints_know(world: World, slips: dict[str, Payment]) -> Iterator[Violation]:
    """What a complaint knows of its slips is what became of them."""
    for case, _ in world.told("Complaint"):
        if case.retold is None:
            continue
        complaint: Any = case.retold.case
        parts = (*complaint.payments, *complaint.incoming)
        asked = {part.case for part in parts}
        for name in sorted(name for name, slip in slips.items() if slip.parent == case.case and name not in asked):
            yield Violation(LAW, name, f"is a slip that, by the rules, {case.case} never asks for")
        for part in parts:
            slip = slips.get(part.case)
            if slip is None:
                yield Violation(LAW, case.case, f"asked for slip {part.case}, which has no history")
            elif part.result == "paid" and slip.outcome != "paid":
                yield Violation(LAW, case.case, f"holds {part.case} for paid, which is {slip.outcome or 'open'}")
            elif slip.outcome == "paid" and part.result is None and complaint.closed_at is None:
                yield Violation(LAW, case.case, f"never heard that {part.case} was paid")


def _costs_agree(world: World) -> Iterator[Violation]:
    """What complaints know of coupons and of the platform's payments is what the ledger holds."""
    known: dict[str, tuple[str, str, int]] = {}
    for case, _ in world.told("Complaint"):
        if case.retold is not None:
            complaint: Any = case.retold.case
            known |= {
                cost_key(complaint, part): (case.case, _COST_STATES[part.hold], part.worth.minor)
                for part in complaint.fulfilments
                if part.hold in _COST_STATES
            }
            counted = {t.sentence.split()[3] for t in complaint.troubles if t.code == "platform_payment_not_counted"}
            known |= {
                f"platform/{paid.reference}": (case.case, "spent", paid.amount.minor)
                for paid in complaint.platform_payments
                if paid.told and paid.reference not in counted
            }
    held = {row["key"]: (row["case"], row["state"], row["amount_minor"]) for row in world.costs}
    for key in sorted(known.keys() | held.keys()):
        if known.get(key) != held.get(key):
            yield Violation(LAW, key, f"the complaint knows {known.get(key)}, the ledger holds {held.get(key)}")


def _within_the_line(world: World, slips: dict[str, Payment]) -> Iterator[Violation]:
    """Over all cases no line gives back, or promises, more than was paid for it."""
    paid_for = {(row["shop"], row["order_index"], row["line"]): row["paid_minor"] for row in world.lines}
    for place, minor in _registered(world).items():
        paid_for[place] = max(minor, 0)
    given: dict[tuple[str, str, int], int] = defaultdict(int)
    for slip in slips.values():
        if Purpose(slip.purpose) in UNDER_THE_LINE and slip.reserved and slip.outcome in {None, "paid"}:
            given[slip.shop, slip.order_index or "", slip.line] += slip.amount.minor
    for cost in world.costs:
        if cost["kind"] == "coupon" and cost["state"] != "released":
            given[cost["shop"], cost["order_index"], cost["line"]] += cost["amount_minor"]
    for place, minor in given.items():
        if minor > paid_for.get(place, 0):
            names = [slip.case for slip in slips.values() if (slip.shop, slip.order_index or "", slip.line) == place]
            sentence = f"line {place[2]} gives back {minor}, paid for it were {paid_for.get(place, 0)}: {sorted(names)}"
            yield Violation(LAW, max(names, default=place[0]), sentence)


def _registered(world: World) -> dict[tuple[str, str, int], int]:
    """What the clients said was paid for each line: the most that any accepted registration of the order named."""
    names: dict[str, tuple[str, str]] = {}
    for said in world.opens:
        case = world.cases.get(case_of(said)) if fine(said) else None
        order = fields(said.body).get("order")
        if case is not None and case.told is not None and order:
            opening = case.told.begin.opening
            names[order] = (opening.shop, opening.order_index or "")
    most: dict[tuple[str, str, int], int] = {}
    for said in world.said:
        order = said.path.rsplit("/", 1)[-1]
        if said.intent != "order" or said.method != "PUT" or not fine(said) or order not in names:
            continue
        for line in said.body["lines"]:
            place = (*names[order], int(line["line"]))
            most[place] = max(most.get(place, 0), minor_of(line["paid"]))
    return most


def minor_of(paid: Any) -> int:
    """Minor units of an amount as JSON has it; every currency of the load has two digits."""
    whole, _, rest = str(paid["amount"]).partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


def _within_the_cap(slips: dict[str, Payment]) -> Iterator[Violation]:
    freight: dict[tuple[str, str], list[Payment]] = defaultdict(list)
    for slip in slips.values():
        if slip.purpose == "freight" and slip.reserved and slip.outcome in {None, "paid"}:
            freight[slip.parent or "", slip.return_case].append(slip)
    for parts in freight.values():
        total, cap = sum(slip.amount.minor for slip in parts), parts[0].pinned.policy.freight_cap.value.minor
        if total > cap:
            yield Violation(LAW, parts[-1].case, f"freight of its return comes to {total}, the cap is {cap}")


def _numbered_without_gaps(world: World) -> Iterator[Violation]:
    numbers: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in world.ledger:
        numbers[row["shop"], row["slip_year"]].append(row["slip_number"])
    for (shop, year), found in numbers.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            missing = sorted(set(range(1, max(found) + 1)) - set(found))
            twice = [number for number, count in Counter(found).items() if count > 1]
            yield Violation(
                LAW, f"{shop} {year}", f"slips are not numbered 1 to {len(found)}: missing {missing}, twice {twice}"
            )
    for row in world.counters:
        if row["last"] != len(numbers[row["shop"], row["year"]]):
            yield Violation(
                LAW, f"{row['shop']} {row['year']}", f"the counter stands at {row['last']}, other than the slips"
            )
