"""Claims on the courier: an open item of its own, answered, paid by a slip or refused ("Keeping score" [S])."""

from __future__ import annotations

from typing import Any

import pytest

from domain.complaint import situation
from domain.complaint import steps as cs
from domain.complaint.claiming.steps import GiveUpClaim
from domain.complaint.parties import Party
from domain.complaint.sums.refusals import AboveRepayable
from domain.complaint.watching.state import ParcelState
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain import provoked_by_promises as by
from tests.domain.desk import Desk, desk
from tests.domain.provoked_by_claims import by_the_courier


def shown(d: Desk) -> dict[str, Any]:
    found: dict[str, Any] = (d.view().story or {})["claims"][0]
    return found


def test_a_claim_waits_for_the_couriers_answer_under_a_clock_of_its_own():
    d = by_the_courier()
    d.take(m.claimed())
    (task,) = [each for each in d.view().tasks if each.key == "claim-1"]
    assert (task.desk, task.step, task.due_at) == (Role.LOGISTICS, "answer_claim", d.now + 15 * b.DAY)
    d.wait(16 * b.DAY)
    assert "overdue-courier_claim#1" in d.tasks()


def test_a_lost_parcel_is_claimed_before_anybody_has_judged():
    d = desk()
    d.take(by.watch("SF1111"))
    d.take(by.look(ParcelState.LOST, "SF1111"))
    d.take(m.claimed("300.00"))
    assert shown(d)["open"]


def test_what_the_courier_grants_comes_in_by_a_slip_and_ends_the_claim():
    d = by_the_courier()
    d.take(m.claimed("50.00"))
    d.take(m.claim_answered("40.00"))
    assert {task.step for task in d.view().tasks if task.key == "claim-1"} == {"ask_repayment"}
    with pytest.raises(AboveRepayable):
        d.take(m.repay(Party.COURIER, "40.01", b.LU))
    d.take(m.repay(Party.COURIER, "40.00", b.LU))
    assert "claim-1" not in d.tasks()
    m.settle_slip(d, d.complaint.incoming[-1].case)
    assert (shown(d)["open"], shown(d)["rest"]["amount"]) == (False, "0.00")


def test_a_refused_claim_ends_with_the_couriers_reason():
    d = by_the_courier()
    d.take(m.claimed())
    d.take(m.claim_answered(None))
    assert (shown(d)["open"], shown(d)["granted"]["amount"], shown(d)["answer"]) == (False, "0.00", "as the scans show")
    d.take(m.claimed())
    assert len(d.complaint.claims) == 2


def test_a_closed_case_is_filed_once_its_claim_has_come_to_an_end():
    d = by_the_courier()
    d.take(m.claimed())
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.post()
    assert d.complaint.running("courier_claim#1") is not None
    assert not situation.filed(d.complaint)
    d.take(GiveUpClaim(actor=b.WU, claim=1, reason="the scans are against us"))
    assert situation.filed(d.complaint)
