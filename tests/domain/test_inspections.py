"""What the warehouse finds is recorded as it is, and goods that are the shop's go somewhere (domain.md [S][O])."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.complaint.problems import RemedyKind
from domain.goods_return import refusals as no
from domain.goods_return.disposing import BY_GRADE
from domain.goods_return.situation import GONE_BACK, finished, on_hold
from domain.goods_return.state import Disposition, Goods, Grade, OtherGoods, Verdict
from domain.people import Role
from domain.refusals import CaseClosed
from domain.shared_steps import SettleTrouble
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk


def here() -> tuple[Desk, str]:
    d = desk()
    name = m.returning(d)
    d.take(m.receive(), name)
    return d, name


@pytest.mark.parametrize("grade", list(Grade))
def test_goods_that_pass_go_where_the_row_of_their_grade_says(grade: Grade):
    d, name = here()
    d.take(m.inspect(grade=grade), name)
    where = BY_GRADE[grade]
    assert [each.to for each in d.returns[name].disposed] == ([] if where is None else [where])


def test_the_inspector_may_say_another_place_and_it_changes_later_with_a_reason():
    d, name = here()
    d.take(m.inspect(disposition=Disposition.TO_SUPPLIER), name)
    d.post()
    assert not finished(d.returns[name])
    (task,) = [task for task in d.view(name).tasks if task.key == "dispose"]
    assert (task.desk, task.step, task.due_at) == (Role.WAREHOUSE, "dispose_goods", d.now + timedelta(days=15))
    d.take(m.dispose(Disposition.SCRAP), name)
    assert [(each.to, each.reason) for each in d.returns[name].disposed] == [
        (Disposition.TO_SUPPLIER, ""),
        (Disposition.SCRAP, "the glaze came off"),
    ]
    assert finished(d.returns[name])
    assert d.returns[name].running("goods_on_hold") is None


def test_a_hold_that_nobody_ends_goes_up_the_line():
    d, name = here()
    d.take(m.inspect(disposition=Disposition.REPAIR), name)
    d.wait(timedelta(days=16))
    assert Role.SUPERVISOR in {task.desk for task in d.view(name).tasks}


@pytest.mark.parametrize("outcome", GONE_BACK)
def test_goods_that_the_customer_has_again_are_on_hold_no_more(outcome: str):
    d, name = here()
    d.take(m.inspect(disposition=Disposition.REPAIR), name)
    assert on_hold(d.returns[name])
    assert not on_hold(replace(d.returns[name], outcome=outcome))


def test_goods_that_failed_are_nobodys_to_dispose_of_until_that_is_settled():
    d, name = here()
    d.take(m.inspect(intact=False, disposition=Disposition.SCRAP), name)
    assert d.returns[name].disposed == ()
    with pytest.raises(no.NothingToDispose):
        d.take(m.dispose(), name)
    d.take(m.propose(RemedyKind.PART_REFUND, "10.00"))
    d.take(m.accept(2))
    assert d.returns[name].outcome == "kept"
    assert [each.to for each in d.returns[name].disposed] == [Disposition.SCRAP]


def test_what_came_to_be_mended_stays_the_customers():
    d = desk()
    name = m.exchanged(d, kind=RemedyKind.REPAIR)
    assert d.returns[name].outcome == "passed"
    assert d.returns[name].disposed == ()
    with pytest.raises((no.NothingToDispose, CaseClosed)):
        d.take(m.dispose(), name)


def test_an_empty_box_is_recorded_and_the_customer_hears_it():
    d, name = here()
    d.take(m.inspect(0, grade=Grade.NONE, fault_found=False), name)
    assert d.returns[name].goods is Goods.SHORT
    assert d.returns[name].verdict is Verdict.NEEDS_A_PERSON
    assert d.complaint.returns[0].findings == "short: 0 of 2; registered fault not found"


def test_other_goods_alone_are_the_wrong_item_and_somebody_finds_whose_they_are():
    d, name = here()
    d.take(m.inspect(0, grade=Grade.NONE, others=(OtherGoods(1, "6909"), OtherGoods(2, what="a red scarf"))), name)
    assert d.returns[name].goods is Goods.WRONG_ITEM
    assert d.complaint.returns[0].findings == "wrong item"
    (trouble,) = d.returns[name].troubles
    assert trouble.code == "other_goods"
    assert "1 x 6909; 2 x a red scarf" in trouble.sentence


def test_mixed_orders_pass_for_what_was_announced_and_the_rest_stays_open():
    d, name = here()
    d.take(m.inspect(others=(OtherGoods(1, "6909"),)), name)
    d.post()
    assert d.returns[name].outcome == "passed"
    assert d.complaint.payments[0].amount == b.yuan("150.00")
    assert not finished(d.returns[name])
    d.take(SettleTrouble(actor=b.WU, number=1, how="it belongs to AS-2026-000002, handed over"), name)
    assert finished(d.returns[name])


def test_more_than_announced_is_paid_as_announced_and_asked_about():
    d, name = here()
    d.take(m.inspect(5), name)
    assert d.complaint.payments[0].amount == b.yuan("150.00")
    assert [trouble.code for trouble in d.returns[name].troubles] == ["surplus_goods"]
