"""The books compared: each difference has its name, and books that agree have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.money import Money
from domain.payment.books.comparing import Books, Signed, SlipBooked, SlipTold, against_statement, differences
from domain.payment.books.statement import StatementLine, StatementUnreadable, read_statement
from domain.payment.gateway.state import Heard, Stands
from domain.payment.purposes import Direction

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
LINE = ("0rd3r", 1)
HEAD = "reference,direction,amount,currency,at\n"


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


TOLD = SlipTold("P1", "paid", 5, "refund", yuan(500), "2026-000001", "PAY-1", NOON - timedelta(hours=2))
BOOKED = SlipBooked(
    "P1",
    "cups",
    "paid",
    "refund",
    yuan(500),
    2026,
    1,
    "PAY-1",
    NOON - timedelta(hours=5),
    NOON - timedelta(hours=2),
    LINE,
)
AGREED = Books({"P1": TOLD}, {"P1": TOLD}, {"P1": BOOKED}, {LINE: yuan(1000)})
MOVED = StatementLine(2, "PAY-1", Direction.OUT, yuan(500), NOON - timedelta(hours=2))


def codes(books: Books) -> list[str]:
    return [each.code for each in differences(books, NOON)]


def booked(**changes: object) -> Books:
    return replace(AGREED, booked={"P1": replace(BOOKED, **changes)})  # type: ignore[arg-type]


def told(**changes: object) -> Books:
    slip = replace(TOLD, **changes)  # type: ignore[arg-type]
    return replace(AGREED, told={"P1": slip}, registered={"P1": slip})


def test_books_that_agree_have_no_difference() -> None:
    assert codes(AGREED) == []
    assert against_statement(AGREED, [MOVED]) == ()
    assert against_statement(AGREED, []) == ()


@pytest.mark.parametrize(
    ("books", "expected"),
    [
        (replace(AGREED, told={}, registered={}), ["history_lacks"]),
        (replace(AGREED, booked={}), ["ledger_lacks"]),
        (booked(state="reserved", reference="", settled_at=None), ["state_differs"]),
        (booked(state="released", reference=""), ["state_differs"]),
        (booked(amount=yuan(501)), ["amount_differs"]),
        (booked(reference="PAY-2"), ["reference_differs"]),
        (booked(purpose="compensation"), ["purpose_differs"]),
        (booked(nth=2), ["number_differs", "number_missing"]),
        (replace(AGREED, registered={}), ["register_lacks"]),
        (replace(AGREED, registered={"P1": replace(TOLD, state="void")}), ["register_differs"]),
        (replace(AGREED, lines={LINE: yuan(499)}), ["line_overdrawn"]),
        (replace(AGREED, lines={}), ["line_overdrawn"]),
        (replace(AGREED, costs={LINE: 501}), ["line_overdrawn"]),
        (replace(AGREED, told={}, silent=("P1",)), ["case_silent"]),
        (replace(AGREED, signed=(Signed("p_1", "2026-11-26", yuan(101), yuan(100)),)), ["day_too_full"]),
    ],
)
def test_each_difference_has_its_name(books: Books, expected: list[str]) -> None:
    assert codes(books) == expected


def test_two_slips_with_one_number_are_found() -> None:
    twin, slip = replace(BOOKED, case="P2", line=None), replace(TOLD, case="P2")
    both = {"P1": TOLD, "P2": slip}
    assert codes(replace(AGREED, told=both, registered=both, booked={"P1": BOOKED, "P2": twin})) == ["number_twice"]


@pytest.mark.parametrize("minutes", [0, 14])
def test_what_is_under_way_is_no_difference_yet(minutes: int) -> None:
    at = NOON - timedelta(minutes=minutes)
    late = replace(told(closed_at=at), booked={"P1": replace(BOOKED, state="reserved", reference="", settled_at=None)})
    assert codes(late) == []
    asked = replace(BOOKED, state="reserved", reference="", requested_at=at, settled_at=None)
    assert codes(replace(AGREED, told={}, registered={}, booked={"P1": asked})) == []


def test_a_register_that_is_behind_is_not_wrong_but_mended() -> None:
    assert codes(replace(AGREED, registered={"P1": replace(TOLD, version=4, state="with_finance")})) == []


def test_freight_and_money_in_do_not_draw_on_the_line() -> None:
    for purpose in ("freight", "repayment", "surcharge"):
        books = replace(told(purpose=purpose), booked={"P1": replace(BOOKED, purpose=purpose)}, lines={LINE: yuan(1)})
        assert codes(books) == []


# -- a statement ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([replace(MOVED, reference="PAY-9"), MOVED], ["statement_unknown"]),
        ([replace(MOVED, amount=yuan(499))], ["statement_amount_differs"]),
        ([replace(MOVED, amount=Money(500, "USD"))], ["statement_amount_differs"]),
        ([replace(MOVED, direction=Direction.IN)], ["statement_direction_differs"]),
        ([MOVED, MOVED], ["statement_twice"]),
        (
            [
                replace(MOVED, reference="X", at=NOON - timedelta(hours=3)),
                replace(MOVED, reference="Y", at=NOON - timedelta(hours=1)),
            ],
            ["statement_unknown", "statement_unknown", "statement_lacks"],
        ),
    ],
)
def test_each_difference_to_a_statement_has_its_name(lines: list[StatementLine], expected: list[str]) -> None:
    assert [each.code for each in against_statement(AGREED, lines)] == expected


def test_a_payment_outside_the_statements_time_is_not_missed() -> None:
    later = replace(MOVED, reference="X", at=NOON)
    assert [each.code for each in against_statement(AGREED, [later])] == ["statement_unknown"]


def test_several_slips_paid_in_one_movement_agree_in_sum() -> None:
    second = replace(BOOKED, case="P2", nth=2, amount=yuan(100))
    books = replace(AGREED, booked={"P1": BOOKED, "P2": second})
    assert against_statement(books, [replace(MOVED, amount=yuan(600))]) == ()


def test_a_statement_is_read_exactly() -> None:
    text = "\ufeff" + HEAD.replace("reference", "reference,who") + "PAY-1,Li,out,5.00,CNY,2026-11-26T18:00:00+08:00\n"
    (line,) = read_statement(text)
    assert line == StatementLine(2, "PAY-1", Direction.OUT, yuan(500), datetime(2026, 11, 26, 10, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: the columns reference"),
        ("reference,amount\n", "line 1: the columns direction, currency, at"),
        (HEAD + ",out,5.00,CNY,2026-11-26T10:00Z\n", "line 2: there is no reference"),
        (HEAD + "PAY-1,out,5.001,CNY,2026-11-26T10:00Z\n", "line 2: CNY has 2 digits"),
        (HEAD + "PAY-1,out,-5.00,CNY,2026-11-26T10:00Z\n", "line 2: write the amount"),
        (HEAD + "PAY-1,up,5.00,CNY,2026-11-26T10:00Z\n", "line 2: direction"),
        (HEAD + "PAY-1,out,5.00,CNY,yesterday\n", "line 2: direction"),
        (HEAD + "PAY-1,out,5.00,CNY,2026-11-26T10:00\n", "line 2: the instant has no timezone"),
        (HEAD + "PAY-1,out\n", "line 2: currency"),
        (HEAD + 'PAY-1,"out\n', "line 2: this is no CSV"),
    ],
)
def test_a_statement_that_cannot_be_read_exactly_is_refused_by_its_line(text: str, why: str) -> None:
    with pytest.raises(StatementUnreadable) as refused:
        read_statement(text)
    assert str(refused.value).startswith(why)


# -- what the payment gateway told by itself ---------------------------------------------------------------------

PAID = Heard(Stands.PAID, "PAY-1", yuan(500))


@pytest.mark.parametrize(
    ("heard", "known", "expected"),
    [
        (PAID, (), []),
        (Heard(Stands.PENDING), (), []),
        (replace(PAID, reference="GW-2"), (), ["notice_contradicts"]),
        (replace(PAID, reference="GW-2"), ("GW-2",), []),
        (Heard(Stands.REFUSED, "GW-1"), (), ["notice_contradicts"]),
        (Heard(Stands.REVERSED, "REV-1"), (), ["notice_contradicts"]),
    ],
)
def test_a_notice_that_neither_ledger_nor_slip_knows_is_named(
    heard: Heard, known: tuple[str, ...], expected: list[str]
) -> None:
    assert codes(replace(told(contradicted=known), notices={"P1": [heard]})) == expected


def test_the_notice_of_a_slip_that_is_not_ended_is_still_under_way() -> None:
    open_slip = replace(BOOKED, state="reserved", reference="", settled_at=None)
    books = replace(told(state="unknown", reference="", closed_at=None), booked={"P1": open_slip})
    assert codes(replace(books, notices={"P1": [PAID]})) == []


# -- parts, and money that came back ----------------------------------------------------------------------------


def test_a_statement_knows_a_slip_by_its_parts() -> None:
    at = NOON - timedelta(hours=2)
    parts = (("PART-1", yuan(200), at), ("PART-2", yuan(300), at))
    books = booked(parts=parts, reference="PART-2")
    lines = [replace(MOVED, reference=name, amount=amount) for name, amount, _ in parts]
    assert against_statement(books, lines) == ()
    (missing,) = against_statement(books, lines[:1])
    assert (missing.code, "PART-2" in missing.sentence) == ("statement_lacks", True)


def test_a_statement_knows_money_that_went_out_and_came_back() -> None:
    books = booked(state="reversed", reversed_by="REV-1")
    back = replace(MOVED, reference="REV-1", direction=Direction.IN)
    assert against_statement(books, [MOVED, back]) == ()
    (other,) = against_statement(books, [MOVED, replace(back, amount=yuan(1))])
    assert other.code == "statement_unknown"


def test_the_line_of_a_slip_that_came_back_is_not_overdrawn_by_it() -> None:
    slip = replace(TOLD, state="reversed")
    back = replace(BOOKED, state="reversed", reversed_by="REV-1")
    books = Books({"P1": slip}, {"P1": slip}, {"P1": back}, {LINE: yuan(499)})
    assert codes(books) == []
