"""What really happens to the goods and the money of one order, beside what the cases believe of it.

Three witnesses that know nothing of the rules: `Goods` moves units between customer, courier and shop; `Bank` moves
money; `OrderLedger` holds the sums of the order's lines, over all cases. A machine lets people act in both worlds and
compares them with what complaints, returns and slips say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from domain.casefile import Event
from domain.complaint.errands import BookPlatformPayment, HoldCost, LedgerErrand, SettleCost
from domain.complaint.ledger_answers import LedgerSays, ledgers_answer
from domain.money import Money
from domain.payment import events as pe
from domain.payment.purposes import UNDER_THE_LINE, Direction, Purpose
from domain.payment.state import Payment
from domain.people import DESK
from tests.domain.desk import Desk


class Where(StrEnum):
    """Where a box is."""

    ON_THE_WAY = "on_the_way"
    HERE = "here"
    LOST = "lost"


@dataclass
class Box:
    """A parcel of the customer's, meant for a return; `inside` are its units by line, whatever anybody announced."""

    tracking: str
    return_case: str
    inside: Counter[int]
    where: Where = Where.ON_THE_WAY
    went_back: Counter[int] = field(default_factory=Counter[int])

    def left(self, line: int) -> int:
        """Units of a line that are still in it, or in the house out of it."""
        return self.inside[line] - self.went_back[line]


@dataclass
class Goods:
    """Every unit of the order, by line: with the customer, in a box, or handed out by the shop in place of another."""

    bought: Counter[int]
    holds: Counter[int] = field(default_factory=Counter[int])
    handed_out: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    """By the part of the remedy that sent them, and line."""
    boxes: dict[str, Box] = field(default_factory=dict[str, Box])

    def __post_init__(self) -> None:
        self.holds.update(self.bought)

    def pack(self, return_case: str, wanted: Counter[int]) -> Box:
        """The customer sends at most what there is to send."""
        inside = Counter({line: min(units, self.holds[line]) for line, units in wanted.items()})
        self.holds.subtract(inside)
        box = Box(f"BX{len(self.boxes) + 1:04d}", return_case, inside)
        self.boxes[box.tracking] = box
        return box

    def give_back(self, box: Box, lines: set[int]) -> None:
        """What is left of these lines goes to the customer."""
        for line in lines:
            units = box.left(line)
            box.went_back[line] += units
            self.holds[line] += units

    def hand_out(self, name: str, line: int, units: int) -> None:
        """Units from the shop's stock."""
        self.handed_out[(name, line)] += units
        self.holds[line] += units

    def of_line(self, line: int, where: Where) -> int:
        """Units of a line in boxes that are there."""
        return sum(box.left(line) for box in self.boxes.values() if box.where is where)

    def out_of_stock(self, line: int) -> int:
        """Units of a line that the shop handed out."""
        return sum(units for (_, of_line), units in self.handed_out.items() if of_line == line)


@dataclass
class Bank:
    """What moved, in minor units: out of the shop by slip, into it by slip, and from the platform to the customer."""

    out: Counter[str] = field(default_factory=Counter[str])
    came_in: Counter[str] = field(default_factory=Counter[str])
    by_platform: Counter[str] = field(default_factory=Counter[str])
    """By complaint."""


@dataclass
class Entry:
    """What the ledger holds under a key: a slip's sum, a coupon's value, what the platform paid."""

    case: str
    line: int
    minor: int
    bounded: bool
    state: str = "reserved"
    slip: bool = False


@dataclass
class OrderLedger:
    """The account of an order's lines over all cases, as db/ledger.py keeps it, in a few lines."""

    paid: dict[int, int]
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    over: Counter[str] = field(default_factory=Counter[str])
    """What a line had given back beyond what was paid, as the ledger told a complaint when the platform paid."""

    def left(self, line: int) -> int:
        """What a line may still give back."""
        held = (e.minor for e in self.entries.values() if e.line == line and e.bounded and e.state != "released")
        return self.paid[line] - sum(held)

    def hold(self, key: str, entry: Entry) -> bool:
        """Whether it fits under the ceiling, and then it is held."""
        assert key not in self.entries, "each key holds once"
        if entry.bounded and entry.minor > self.left(entry.line):
            return False
        self.entries[key] = entry
        return True

    def lower(self, key: str, minor: int) -> None:
        """Hold less, or as much as before."""
        assert self.entries[key].state == "reserved"
        assert minor <= self.entries[key].minor, "a sum grew without a new slip"
        self.entries[key].minor = minor

    def settle(self, key: str, outcome: str) -> None:
        """Book how a slip ended."""
        entry = self.entries.get(key)
        if entry is None:
            assert outcome == "above_ceiling", outcome
        elif outcome == "paid":
            assert entry.state in {"reserved", "paid"}, "paid after it was released"
            entry.state = "paid"
        else:
            assert entry.state == "reserved" or outcome == "reversed", "released after it was paid"
            entry.state = "released"

    def platform_paid(self, key: str, entry: Entry) -> int:
        """Count what is gone anyway; how much is too much, what slips of the case itself only hold not counted."""
        self.entries[key] = entry
        mine = (e for e in self.entries.values() if e.case == entry.case and e.line == entry.line and e.bounded)
        own = sum(e.minor for e in mine if e.state == "reserved" and e.slip)
        return max(-self.left(entry.line) - own, 0)


@dataclass
class OrderDesk(Desk):
    """One complaint of several on an order: its slips stand in the ledger that all of them share."""

    ledger: OrderLedger = field(default_factory=lambda: OrderLedger({}))

    def record(self, name: str, events: tuple[Event, ...]) -> None:
        """What slips record of the ledger is booked there as well."""
        super().record(name, events)
        for event in events:
            match event:
                case pe.AmountBooked(amount=amount):
                    self.ledger.lower(name, amount.minor)
                case pe.LedgerSettled(outcome=outcome):
                    self.ledger.settle(name, outcome)
                case _:
                    pass

    def _ledgers_answer(self, slip: Payment) -> Event:
        bounded = Purpose(slip.purpose) in UNDER_THE_LINE
        entry = Entry(self.complaint.case, slip.line, slip.amount.minor, bounded, slip=True)
        if not self.ledger.hold(slip.case, entry):
            return pe.ReservationRefused(at=self.now, by=DESK, code="above_ceiling", sentence="more than was paid")
        told = Money(0, slip.amount.currency) if slip.direction is Direction.OUT else None
        number = f"S-{len(self.ledger.entries)}"
        return pe.SumReserved(at=self.now, by=DESK, slip_number=number, asked_today=told)

    def _tell_the_ledger(self, errand: LedgerErrand) -> None:
        case, says = self.complaint, LedgerSays()
        line = case.order_line.line if case.order_line is not None else 0
        match errand:
            case HoldCost(key=key, amount=amount):
                fits = self.ledger.hold(key, Entry(case.case, line, amount.minor, bounded=True))
                says = says if fits else LedgerSays("more than was paid")
            case SettleCost(key=key, spent=spent):
                self.ledger.settle(key, "paid" if spent else "released")
            case BookPlatformPayment(reference=reference, amount=amount):
                entry = Entry(case.case, line, amount.minor, bounded=True, state="paid")
                over = self.ledger.platform_paid(f"platform/{reference}", entry)
                self.ledger.over[case.case] = max(self.ledger.over[case.case], over)
                says = LedgerSays(over=Money(over, amount.currency)) if over else says
            case _:
                super()._tell_the_ledger(errand)
                return
        self.record_by_machine(case.case, ledgers_answer(case, errand, says, self.now))
