"""A case is filed as unanswered only when everything awaited is overdue and was called for in vain [F][O]."""

import pytest

from api.schemas.case import as_customers_see_it
from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Channel, ProposalState
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

CALLED = cs.RecordCall(actor=b.LIN, reached=False)
REACHED = cs.RecordCall(actor=b.LIN, reached=True)
UNANSWERED = cs.DeclareNoAnswer(actor=b.LIN, reason="no answer at all", message="write to us")


def overdue() -> Desk:
    """Judged on the words alone; the photos are overdue."""
    d = desk()
    d.take(m.judge())
    d.wait(b.HOUR * 73)
    return d


def test_a_call_about_the_photos_does_not_count_for_a_proposal_made_after_it():
    d = overdue()
    d.take(CALLED)
    d.wait(b.HOUR)
    d.take(m.propose(RemedyKind.APOLOGY, None))
    with pytest.raises(no.CallFirst):
        d.take(UNANSWERED)
    assert "declare_no_answer" not in {task.step for task in d.view().tasks}
    d.wait(b.HOUR * 73)
    assert {task.key: task.step for task in d.view().tasks if task.key == "proposal_answer"} == {
        "proposal_answer": "record_call"
    }
    with pytest.raises(no.CallFirst):
        d.take(UNANSWERED)
    d.take(CALLED)
    d.take(UNANSWERED)


def test_a_call_is_open_as_soon_as_anything_awaited_is_overdue_and_files_nothing_while_the_rest_is_in_time():
    d = desk()
    d.take(m.judge())
    d.wait(b.HOUR * 40)
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.wait(b.HOUR * 33)
    d.take(CALLED)
    with pytest.raises(no.CallFirst):
        d.take(UNANSWERED)
    assert [task.step for task in d.view().tasks if task.step and task.desk is b.Role.AGENT] == []


def test_calls_made_before_the_customer_answered_count_no_more():
    d = desk(description=None)
    d.wait(b.DAY * 10)
    d.take(CALLED)
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, description=b.sealed("description")))
    assert d.complaint.breached("evidence")
    with pytest.raises(no.CallFirst):
        d.take(UNANSWERED)
    d.take(CALLED)
    d.take(UNANSWERED)


def test_an_answer_that_an_agent_passes_on_counts_as_the_customers():
    d = desk(description=None)
    d.wait(b.DAY * 10)
    d.take(CALLED)
    passed_on = b.Actor(b.MEI.person, b.MEI.role, b.MEI.name, on_behalf_of=b.Role.CUSTOMER)
    d.take(cs.SupplyFacts(actor=passed_on, description=b.sealed("description")))
    with pytest.raises(no.CallFirst):
        d.take(UNANSWERED)


def test_a_customer_who_was_spoken_to_is_called_again_before_the_case_is_filed():
    d = overdue()
    d.take(CALLED)
    d.take(REACHED)
    with pytest.raises(no.CallFirst):
        d.take(UNANSWERED)
    assert "record_call" in {task.step for task in d.view().tasks}


def test_every_overdue_clock_called_for_in_vain_opens_the_filing():
    d = overdue()
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.wait(b.HOUR * 73)
    d.take(CALLED)
    assert {task.step for task in d.view().tasks if task.step} >= {"declare_no_answer"}
    d.take(UNANSWERED)
    assert d.state == "no_answer"


def test_an_answer_on_the_phone_is_an_answer():
    d = m.judged(desk())
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.wait(b.HOUR * 73)
    d.take(CALLED)
    d.take(m.accept(actor=b.LIN, heard_on=Channel.PHONE))
    d.post()
    assert d.state == "to_call_back"


def filed_with_an_offer(after_days: int) -> Desk:
    """The customer was offered an apology, said nothing, and sends a photo so many days after the offer."""
    d = m.judged(desk())
    d.take(m.propose(RemedyKind.APOLOGY, None))
    offered = d.now
    d.wait(b.HOUR * 73)
    d.take(CALLED)
    d.take(UNANSWERED)
    d.wait(offered + b.DAY * after_days - d.now)
    d.take(m.photos(b.photo("late")))
    return d


def test_who_comes_back_while_the_offer_is_good_has_it_to_answer():
    d = filed_with_an_offer(after_days=13)
    assert d.state == "waiting_for_customer"
    d.take(m.accept())
    assert d.complaint.proposals[-1].state is ProposalState.ACCEPTED


def test_who_comes_back_when_the_offer_is_no_longer_good_is_offered_something_anew():
    d = filed_with_an_offer(after_days=14)
    (task,) = [task for task in d.view().tasks if task.step == "propose_remedy"]
    assert (d.state, task.desk) == ("to_propose", Role.AGENT)
    assert task.reason == "the proposal was no longer good when the customer came back"
    assert "proposal_answer" not in d.tasks()
    assert as_customers_see_it(d.view()).story["proposals"][-1]["state"] == "lapsed"  # type: ignore[index]
    with pytest.raises(no.NoProposalOpen):
        d.take(m.accept())
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.take(m.accept(2))
    assert [each.state.value for each in d.complaint.proposals] == ["lapsed", "accepted"]
