"""Freight promised without a photo, and no such fault: kept for the customer, recorded against who promised it [S]."""

from __future__ import annotations

from typing import Any

import pytest

from domain.complaint.looking_into import steps as ls
from domain.complaint.problems import FaultKind, RemedyKind
from domain.complaint.state import Channel
from domain.shared_steps import SettleTrouble
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked_while_looking import exempt


def promised(*, freight: bool = True, photo: bool = False, first: Any = None) -> tuple[Desk, str]:
    """Mei promised a return with its freight by phone; the goods are here."""
    d = desk()
    for step in (first, m.photos() if photo else None):
        if step is not None:
            d.take(step)
    d.take(
        ls.RecordOutsidePromise(
            actor=b.LIN,
            kind=RemedyKind.RETURN_AND_REFUND,
            refund=b.yuan("150.00"),
            freight=freight,
            promised_by="Mei",
            heard_on=Channel.PHONE,
            reason="said so on the phone",
        )
    )
    d.take(m.judge(fault_confirmed=True))
    d.take(m.propose(freight=freight))
    d.take(m.accept())
    m.send(d)
    name = d.complaint.returns[-1].case
    d.take(m.receive(), name)
    return d, name


def codes(d: Desk) -> list[str]:
    return [trouble.code for trouble in d.complaint.troubles]


def test_it_is_recorded_against_who_promised_it_and_shown_to_the_supervisor():
    d, name = promised()
    d.take(m.inspect(fault_found=False), name)
    (record,) = d.complaint.disproved
    assert (record.return_case, record.promised_by, record.freight) == (name, "Mei", b.yuan("12.00"))
    (task,) = [task for task in d.view().tasks if task.step == "settle_trouble"]
    assert "Mei promised the freight" in task.reason
    d.take(SettleTrouble(actor=b.WU, number=1, how="spoken to Mei"))
    assert d.complaint.disproved == (record,)


def test_inspected_twice_it_is_recorded_once():
    d, name = promised()
    d.take(m.inspect(fault_found=False), name)
    d.take(m.inspect(fault_found=False, intact=False), name)
    assert codes(d) == ["promise_disproved"]


@pytest.mark.parametrize(
    ("why", "given", "found"),
    [
        ("the fault is there", {}, {"intact": False}),
        ("there was a photo", {"photo": True}, {"fault_found": False}),
        ("the kind is excepted", {"first": exempt(FaultKind.LINING)}, {"fault_found": False}),
        ("no freight was promised", {"freight": False}, {"fault_found": False}),
    ],
)
def test_otherwise_nobody_promised_too_much(why: str, given: dict[str, Any], found: dict[str, Any]):
    d, name = promised(**given)
    d.take(m.inspect(**found), name)
    assert d.complaint.disproved == (), why
    assert codes(d) == []
