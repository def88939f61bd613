"""Whether goods may come back, asked before they move: yes, no with reason and rule, or a person (domain.md [S])."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.complaint.eligible.refusals import NotEligible
from domain.complaint.eligible.rule import Answer, Eligibility, Reason, eligibility
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.offering.refusals import OwnProposal
from domain.complaint.offering.weighing import weigh
from domain.complaint.problems import PROBLEMS, Problem, RemedyKind
from domain.complaint.state import ProposalState
from domain.order import OrderFacts
from domain.people import Actor, Role
from domain.policy import Anchor, PinnedPolicy, Sourced
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

AS_NEW = GoodsCondition(True, True, True)
MIDNIGHT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai at the beginning of 3 March, the day on which the cases open at ten."""


def signed(at: datetime | None = b.START - 3 * b.DAY, **changes: Any) -> OrderFacts:
    return replace(b.order(), signed_at=at, **changes)


def ruled(**changes: Any) -> Eligibility:
    """The answer for a customer who changed their mind about goods that are as new, three days after signing."""
    said: dict[str, Any] = {"problem": Problem.CHANGED_MIND, "order_facts": signed(), "condition": AS_NEW}
    found = eligibility(b.complaint(**(said | changes)))
    assert found is not None
    return found


def policy(**changes: Any) -> PinnedPolicy:
    """The default policy with other rules on returned goods."""
    pinned = b.policy()
    rules = pinned.policy.returns
    row = replace(rules.windows[0], **{name: value for name, value in changes.items() if name != "final_sale"})
    listed = Sourced(changes.get("final_sale", ()), "O")
    return replace(pinned, policy=replace(pinned.policy, returns=replace(rules, windows=(row,), final_sale=listed)))


def test_within_the_window_as_new_and_not_on_the_list_they_come_back():
    found = ruled()
    assert (found.answer, found.reasons, found.rule, found.anchor) == (Answer.YES, (), "S,O", Anchor.SIGNED)


def test_the_deadline_is_told_with_its_anchor_and_is_the_end_of_the_last_day_on_the_shops_clock():
    assert ruled().until == datetime(2026, 3, 7, 16, 0, tzinfo=UTC), "signed on 28 February, seven days, Shanghai"


@pytest.mark.parametrize(
    ("signed_at", "answer"),
    [
        (MIDNIGHT - timedelta(days=7), Answer.YES),
        (MIDNIGHT - timedelta(days=7, seconds=1), Answer.NO),
    ],
)
def test_the_window_ends_with_a_day_and_not_with_an_hour(signed_at: datetime, answer: Answer):
    assert ruled(order_facts=signed(signed_at)).answer is answer


def test_it_counts_when_the_customer_asked_and_not_when_somebody_proposes():
    d = desk(problem=Problem.CHANGED_MIND, order_facts=signed(b.START - 6 * b.DAY), condition=AS_NEW)
    d.wait(timedelta(days=30))
    d.take(m.judge())
    d.take(m.propose())
    assert d.complaint.proposals[0].eligible == "yes"


@pytest.mark.parametrize(
    ("anchor", "facts"),
    [
        (Anchor.PAID, {"paid_at": b.START - 9 * b.DAY}),
        (Anchor.DISPATCHED, {"dispatched_at": b.START - 9 * b.DAY}),
        (Anchor.SIGNED, {"signed_at": b.START - 9 * b.DAY}),
    ],
)
def test_the_anchor_is_the_policys(anchor: Anchor, facts: dict[str, datetime]):
    fresh = {"paid_at": b.START, "dispatched_at": b.START, "signed_at": b.START}
    order = replace(b.order(), **(fresh | facts))
    found = ruled(pinned=policy(anchor=anchor), order_facts=order)
    assert (found.answer, found.reasons) == (Answer.NO, (Reason.WINDOW_OVER,))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (GoodsCondition(False, True, True), Reason.NOT_INTACT),
        (GoodsCondition(True, False, True), Reason.PACKAGING_NOT_WHOLE),
        (GoodsCondition(True, True, False), Reason.NOT_FIT_TO_SELL),
    ],
)
def test_goods_come_back_only_as_new(said: GoodsCondition, reason: Reason):
    found = ruled(condition=said)
    assert (found.answer, found.reasons) == (Answer.NO, (reason,))


@pytest.mark.parametrize("named", ["CUP", "cup", "6901"])
def test_what_is_sold_for_good_stays_by_product_or_barcode_on_any_line(named: str):
    order = signed()
    marked = replace(order, lines=(replace(order.lines[0], barcode="6901"), order.lines[1]))
    found = ruled(pinned=policy(final_sale=(named,)), order_facts=marked)
    assert (found.answer, found.reasons) == (Answer.NO, (Reason.FINAL_SALE,))
    saucer = ruled(pinned=policy(final_sale=("saucer",)), further=(ClaimedLine(2, 1),))
    assert saucer.reasons == (Reason.FINAL_SALE,)


def test_what_nobody_knows_is_for_a_person_and_a_no_comes_before_it():
    unknown = ruled(order_facts=signed(None), condition=None)
    assert (unknown.answer, unknown.reasons) == (Answer.ASK, (Reason.ANCHOR_UNKNOWN, Reason.CONDITION_UNKNOWN))
    listed = ruled(order_facts=signed(None), pinned=policy(final_sale=("cup",)))
    assert (listed.answer, listed.reasons) == (Answer.NO, (Reason.FINAL_SALE,))


def test_a_problem_without_a_row_asks_for_nothing():
    asked = {name for row in b.policy().policy.returns.windows for name in row.problems}
    for problem in PROBLEMS:
        found = eligibility(b.complaint(problem=problem, order_facts=signed(b.START - 99 * b.DAY)))
        assert (found is not None) == (problem.value in asked)


# -- at the agent's door ------------------------------------------------------------------------------------------


def late() -> Desk:
    """A change of mind two weeks after signing, judged."""
    d = desk(problem=Problem.CHANGED_MIND, order_facts=signed(b.START - 14 * b.DAY), condition=AS_NEW)
    d.take(m.judge())
    return d


def exception(actor: Actor = b.LIN) -> Any:
    return replace(m.propose(actor=actor), override="the customer was in hospital")


def test_a_no_is_enforced_with_its_reason_and_rule_and_shown_before_anybody_proposes():
    d = late()
    with pytest.raises(NotEligible) as told:
        d.take(m.propose())
    record = told.value.record()
    assert "the time in which goods come back is over" in record.sentence
    assert "S,O" in record.sentence
    assert d.view().story["eligibility"]["answer"] == "no"  # type: ignore[index]
    weighed = next(each for each in weigh(d.complaint) if each.kind is RemedyKind.RETURN_AND_REFUND)
    assert (weighed.open, weighed.refusal.code if weighed.refusal else "") == (False, "not_eligible")


@pytest.mark.parametrize("proposer", [b.LIN, b.WU])
def test_an_override_has_a_reason_and_a_supervisor_other_than_who_asks(proposer: Actor):
    d = late()
    d.take(exception(proposer))
    proposal = d.complaint.proposals[0]
    assert (proposal.state, proposal.approver, proposal.eligible) == (ProposalState.TO_APPROVE, Role.SUPERVISOR, "no")
    assert proposal.override == "the customer was in hospital"
    with pytest.raises(OwnProposal):
        d.take(m.approve_offer(actor=Actor(proposer.person, Role.SUPERVISOR, proposer.name)))
    d.take(m.approve_offer(actor=b.SUN))
    d.take(m.accept())
    assert d.complaint.returns


def test_a_reason_for_an_exception_that_nobody_needs_is_not_kept():
    d = desk(problem=Problem.CHANGED_MIND, order_facts=signed(), condition=AS_NEW)
    d.take(m.judge())
    d.take(exception())
    assert (d.complaint.proposals[0].override, d.complaint.proposals[0].approver) == ("", None)


def test_an_exchange_passes_the_same_door_and_money_alone_does_not():
    d = late()
    with pytest.raises(NotEligible):
        d.take(m.offer(RemedyKind.EXCHANGE, worth="10.00", what="another colour"))
    d.take(m.offer(RemedyKind.COUPON, worth="10.00"))


def test_what_the_customer_says_of_the_goods_changes_the_answer():
    d = desk(problem=Problem.CHANGED_MIND, order_facts=signed())
    assert d.view().story["eligibility"]["answer"] == "ask_a_person"  # type: ignore[index]
    d.take(m.describe(packaging_whole=False))
    d.take(m.judge())
    with pytest.raises(NotEligible):
        d.take(m.propose())
    d.take(m.describe())
    d.take(m.propose())


def test_a_line_that_is_sold_for_good_is_not_added_to_a_return_that_runs():
    pinned = policy(final_sale=("saucer",))
    d = desk(problem=Problem.CHANGED_MIND, order_facts=signed(), condition=AS_NEW, pinned=pinned)
    d.take(m.judge())
    d.take(m.propose(freight=False))
    d.take(m.accept())
    with pytest.raises(NotEligible):
        d.take(m.claim_more(refund="20.00"))
