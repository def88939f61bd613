"""A promise is first class: what, who, until when; kept, broken or moved with notice, each on record [D][O]."""

from datetime import timedelta

import pytest

from domain.casefile import LetterState
from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.complaint.promises import events as e
from domain.complaint.promises import refusals as no
from domain.complaint.promises import steps as pr
from domain.people import Role
from domain.shared_steps import ReportTelling
from tests import builders as b
from tests.builders import it_goes_on
from tests.domain import looks
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked_by_promises import contact, kept, promise, renewed, settled, timetable

NIGHT = timedelta(hours=13, minutes=45)
"""From ten in the morning to a quarter to midnight, when the desk is closed."""


def shown(d: Desk) -> dict[str, object]:
    """The only promise as everybody sees it."""
    story = d.view().story or {}
    (only,) = story["promises"]  # type: ignore[misc]
    return only


def test_a_promise_says_what_who_and_until_when_and_stands_on_the_desk_of_who_made_it():
    d = desk()
    d.take(promise(b.HE))
    assert shown(d) == {
        "number": 1,
        "words": "I call you back",
        "who": {"person": "p-he", "role": "call_back", "name": "He"},
        "until": "2026-03-03T02:20:00Z",
        "made_at": "2026-03-03T02:00:00Z",
        "kept_at": None,
        "broken_at": None,
    }
    task = looks.task(d, "promise-1")
    assert (task.desk, task.step, task.due_at) == (Role.CALL_BACK, "keep_promise", b.START + timedelta(minutes=20))


def test_a_promise_may_name_its_instant_and_an_agent_takes_the_case_on_by_it():
    d = desk()
    d.take(promise(b.MEI, minutes=None, until=b.START + b.HOUR * 24))
    assert d.complaint.promises[0].until == b.START + b.HOUR * 24
    assert d.complaint.handler == b.MEI.person


def test_a_promise_kept_in_time_is_over_and_nobody_is_told_anything():
    d = desk()
    before = d.letters()
    d.take(promise())
    d.wait(timedelta(minutes=19))
    d.take(kept())
    d.wait(b.HOUR * 20)
    assert shown(d)["kept_at"] == "2026-03-03T02:19:00Z"
    assert shown(d)["broken_at"] is None
    assert "promise_broken" not in d.happened()
    assert d.letters() == before
    assert not {key for key in d.tasks() if "promise" in key}


def test_a_broken_promise_is_told_to_the_customer_and_stands_on_the_supervisors_desk():
    d = desk()
    d.take(promise())
    d.wait(timedelta(minutes=20))
    assert d.letters()[-1] == "promise_broken"
    assert d.complaint.letters[-1].says["words"] == "I call you back"
    assert d.complaint.letters[-1].says["due"] == (b.START + timedelta(minutes=200)).isoformat()
    task = looks.task(d, "broken-promise-1")
    assert (task.desk, task.step) == (Role.SUPERVISOR, "settle_promise")
    assert task.due_at == b.START + timedelta(minutes=200)  # two office hours, the lunch break left out
    assert "promise-1" not in d.tasks()


def test_a_promise_runs_through_breaks_and_nights_and_its_supervisor_answers_in_office_hours():
    d = desk()
    d.wait(NIGHT)
    d.take(promise())
    d.wait(timedelta(minutes=20))
    broken = d.complaint.promises[0]
    assert broken.broken_at == broken.until == b.START + NIGHT + timedelta(minutes=20)
    assert d.complaint.due("broken_promise#1") == b.START + timedelta(hours=25)  # at eleven of the next morning


def test_lateness_is_on_record_when_the_software_was_down():
    d = desk()
    d.take(promise())
    d.sleep(b.HOUR * 3)
    d.notice()
    broken = next(event for event in d.events[d.complaint.case] if isinstance(event, e.PromiseBroken))
    assert (broken.due, broken.at) == (b.START + timedelta(minutes=20), b.START + b.HOUR * 3)


def test_a_step_that_comes_late_finds_the_promise_broken_first():
    d = desk()
    d.take(promise())
    d.sleep(timedelta(minutes=20))
    assert d.take(kept()) == ("promise_broken", "promise_kept")
    assert shown(d)["kept_at"] == shown(d)["broken_at"]


def test_a_promise_kept_late_leaves_the_supervisors_desk_and_stays_broken():
    d = desk()
    d.take(promise())
    d.wait(b.HOUR)
    d.take(kept(actor=b.MEI))
    assert shown(d)["broken_at"] == "2026-03-03T02:20:00Z"
    assert shown(d)["kept_at"] == "2026-03-03T03:00:00Z"
    assert "broken-promise-1" not in d.tasks()
    assert d.complaint.running("broken_promise#1") is None
    with pytest.raises(no.PromiseUnknown):
        d.take(settled())


def test_a_broken_promise_that_was_dealt_with_stays_visible_and_is_over():
    d = desk()
    d.take(promise())
    d.wait(b.HOUR)
    d.take(settled())
    assert shown(d)["broken_at"] is not None
    assert shown(d)["dealt_at"] == "2026-03-03T03:00:00Z"
    d.take(promise())
    with pytest.raises(no.PromiseOver):
        d.take(kept(1))
    d.wait(b.HOUR)  # the second one is broken, so the step is open
    with pytest.raises(no.PromiseOver):
        d.take(settled(1))


def test_nobody_deals_with_a_broken_promise_in_time_and_the_centre_manager_hears_of_it():
    d = desk()
    d.take(promise())
    d.wait(b.HOUR * 5)
    overdue = looks.task(d, "overdue-broken_promise#1")
    assert overdue.desk is Role.CENTRE_MANAGER


def test_a_time_is_moved_with_a_message_to_the_customer():
    d = desk()
    d.take(promise())
    d.take(renewed(minutes=60))
    assert d.letters()[-1] == "promise_renewed"
    assert d.complaint.letters[-1].says == {
        "promised": "I call you back",
        "words": "the workshop needs an hour more",
        "until": (b.START + b.HOUR).isoformat(),
    }
    assert (shown(d)["until"], shown(d)["first_until"], shown(d)["renewals"]) == (
        "2026-03-03T03:00:00Z",
        "2026-03-03T02:20:00Z",
        1,
    )
    d.wait(timedelta(minutes=59))
    assert "promise_broken" not in d.happened()
    d.take(renewed(minutes=120))
    assert shown(d)["renewals"] == 2
    assert shown(d)["first_until"] == "2026-03-03T02:20:00Z"
    d.wait(b.HOUR * 3)
    assert d.happened().count("promise_broken") == 1


def test_a_time_is_not_moved_to_an_earlier_one_nor_once_it_has_passed():
    d = desk()
    d.take(promise(minutes=60))
    with pytest.raises(no.PromiseTimeUnfit) as refused:
        d.take(renewed(minutes=60))
    assert refused.value.field == "minutes"
    d.wait(b.HOUR)
    d.take(promise())
    with pytest.raises(no.PromiseIsBroken):
        d.take(renewed(1))
    d.take(kept(2))
    d.take(promise())
    with pytest.raises(no.PromiseOver):
        d.take(renewed(2))


@pytest.mark.parametrize("until", [b.START, b.START - b.HOUR, b.START + b.DAY * 14 + timedelta(seconds=1)])
def test_a_promise_lies_ahead_and_not_too_far(until):
    with pytest.raises(no.PromiseTimeUnfit):
        desk().take(promise(minutes=None, until=until))


def test_the_furthest_promise_is_the_policys_number_of_days():
    d = desk()
    d.take(promise(minutes=None, until=b.START + b.DAY * 14))
    assert d.complaint.promises[0].until == b.START + b.DAY * 14


@pytest.mark.parametrize("said", [{}, {"minutes": 5, "until": b.START + b.HOUR}])
def test_a_time_is_said_once(said):
    with pytest.raises(no.PromiseTimeUnclear):
        desk().take(pr.MakePromise(actor=b.LIN, words="I call you back", **said))


@pytest.mark.parametrize("number", [0, -1, 2])
def test_a_promise_that_was_never_made_is_not_kept_moved_or_dealt_with(number):
    d = desk()
    d.take(promise())
    for step in (kept(number), renewed(number)):
        with pytest.raises(no.PromiseUnknown):
            d.take(step)
    d.wait(b.HOUR)
    with pytest.raises(no.PromiseUnknown):
        d.take(settled(number))


def test_several_promises_are_broken_in_the_order_of_their_times_each_once():
    d = desk()
    d.take(promise(minutes=90))
    d.take(promise(minutes=30))
    d.take(promise(minutes=60))
    d.sleep(b.HOUR * 2)
    d.notice()
    d.notice()
    broken = [event.number for event in d.events[d.complaint.case] if isinstance(event, e.PromiseBroken)]
    assert broken == [2, 3, 1]


def test_a_closed_case_keeps_no_promise_any_more_and_tells_of_none():
    d = desk()
    d.take(promise(minutes=60))
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    before = d.letters()
    d.wait(b.HOUR * 2)
    assert d.letters() == before
    assert d.complaint.promises[0].broken_at is None
    assert d.next_instant() is None


def test_what_was_promised_before_a_case_was_filed_ends_with_it_even_if_it_opens_again():
    d = desk()
    d.take(promise(minutes=60 * 24 * 10))
    d.wait(b.HOUR * 73)
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    d.take(cs.DeclareNoAnswer(actor=b.LIN, reason="no answer at all", message="write to us"))
    d.wait(b.DAY * 10)
    d.take(m.photos())
    assert d.complaint.promises[0].released_at == d.now
    assert "promise_broken" not in d.happened()
    with pytest.raises(no.PromiseUnknown):
        d.take(kept())


# -- the timetable of a complex case [F] ------------------------------------------------------------------------


def test_a_timetable_is_told_to_the_customer_and_each_line_is_a_promise():
    d = desk()
    d.take(timetable(24, 72))
    assert d.letters()[-1] == "timetable"
    first, second = d.complaint.letters[-1].says["timetable"].split("\n")
    assert first == f"{(b.START + b.HOUR * 24).isoformat()} step after 24 h"
    assert second.endswith("step after 72 h")
    assert {"promise-1", "promise-2"} <= d.tasks()
    d.take(kept(1))
    d.wait(b.HOUR * 72)
    assert "broken-promise-2" in d.tasks()
    assert d.happened().count("promise_broken") == 1


def test_another_timetable_takes_the_place_of_what_is_still_to_come_and_leaves_promises_alone():
    d = desk()
    d.take(timetable(1, 72))
    d.take(promise(minutes=600))
    d.wait(b.HOUR)
    d.take(timetable(96, now=d.now))
    kinds = [(each.planned, each.running, each.broken_at is not None) for each in d.complaint.promises]
    assert kinds == [(True, False, True), (True, False, False), (False, True, False), (True, True, False)]
    assert d.complaint.promises[1].released_at == d.now
    with pytest.raises(no.PromiseOver):
        d.take(kept(2))


def test_a_timetable_reaches_further_than_a_promise_and_no_further_than_the_policy():
    d = desk()
    d.take(timetable(24 * 60))
    d.wait(b.DAY)
    d.take(renewed(1, minutes=60 * 24 * 60))
    with pytest.raises(no.PromiseTimeUnfit):
        d.take(timetable(1, 24 * 61, now=d.now))
    with pytest.raises(no.PromiseTimeUnfit):
        d.take(timetable(-1, now=d.now))


def test_a_case_that_is_nearly_full_of_promises_takes_no_timetable():
    d = desk()
    for _each in range(98):
        d.take(promise())
    with pytest.raises(no.TooManyPromises):
        d.take(timetable(1, 2, 3))
    d.take(timetable(1, 2))


# -- a customer who had to ask [O] -------------------------------------------------------------------------------


def test_a_customer_who_had_to_ask_is_counted_and_an_agent_answers():
    d = desk()
    d.take(pr.AskHowItStands(actor=b.CUSTOMER, words=b.sealed("words")))
    d.take(contact())
    story = d.view().story or {}
    assert story["chased"] == 2
    assert [each["channel"] for each in story["contacts"]] == ["link", "phone"]  # type: ignore[index, union-attr]
    assert d.view().sealed is not None
    assert {"contact_1", "contact_2"} <= set(d.view().sealed or {})
    task = looks.task(d, "contact")
    assert (task.desk, task.step) == (Role.AGENT, "give_feedback")
    assert task.due_at == d.complaint.due("contact_answer") == b.START + timedelta(hours=5)  # four office hours
    d.take(cs.GiveFeedback(actor=b.LIN, **it_goes_on("we look into it")))
    assert "contact" not in d.tasks()
    assert d.complaint.running("contact_answer") is None
    assert (d.view().story or {})["chased"] == 2


def test_a_customer_who_was_answered_on_the_spot_is_counted_and_nobody_else_has_to():
    d = desk()
    d.take(contact(answered=True))
    assert (d.view().story or {})["chased"] == 1
    assert "contact" not in d.tasks()


@pytest.mark.parametrize(
    "answer",
    [
        promise(),
        timetable(24),
        cs.GiveFeedback(actor=b.LIN, **it_goes_on("we look into it")),
        m.propose(RemedyKind.APOLOGY, None),
        cs.RecordCall(actor=b.LIN, reached=True),
    ],
    ids=lambda step: step.slug(),
)
def test_whatever_speaks_to_the_customer_is_an_answer(answer):
    d = desk()
    d.take(m.judge())
    d.wait(b.HOUR * 73)  # the photo is overdue, so that a call is open
    d.take(contact())
    assert "contact" in d.tasks()
    d.take(answer if answer.slug() != "set_timetable" else timetable(24, now=d.now))
    assert "contact" not in d.tasks()


def test_reminders_and_a_call_in_vain_answer_nobody():
    d = desk()
    d.take(contact())
    d.wait(b.HOUR * 73)
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    assert d.letters().count("reminder_evidence") == 2
    assert "contact" in d.tasks()
    assert "overdue-contact_answer" in d.tasks()


def test_what_a_person_told_in_place_of_a_machine_is_an_answer():
    d = desk()
    d.mail_bounces()
    d.take(contact())
    d.take(ReportTelling(actor=b.LIN, number=1, how="phone"))
    assert "contact" not in d.tasks()
    assert d.complaint.letters[0].state is LetterState.TOLD


def test_who_asks_has_spoken_so_earlier_calls_in_vain_count_no_more():
    d = desk()
    d.wait(b.HOUR * 73)
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    d.take(contact())
    assert "declare_no_answer" not in {task.step for task in d.view().tasks}


def test_only_the_customer_asks_by_the_link():
    offers = desk().offers(b.CUSTOMER)
    assert offers["ask_how_it_stands"].open
    assert "record_contact" not in offers
    assert "ask_how_it_stands" not in desk().offers(b.LIN)
