"""Whose case it is: chosen by rule, taken, named anew, handed over, stood in for [F][T][S][E]."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.charge import Charge, is_anybodys, keeper
from domain.complaint.assigning import refusals as no
from domain.complaint.assigning.choosing import Candidate, Shift, choose
from domain.complaint.assigning.state import Because, Choice
from domain.complaint.problems import Problem
from domain.complaint.sorting import steps as ss
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.intake_moves import hand_over, reassign, stand_in, take

NOW = b.START
ON = (Shift(NOW - b.HOUR, NOW + b.HOUR),)
OFF = (Shift(NOW + b.HOUR, NOW + 2 * b.HOUR),)


def agent(name: str, **changes: Any) -> Candidate:
    known: dict[str, Any] = {"person": f"p-{name}", "name": name, "role": Role.AGENT, "shifts": ON}
    return Candidate(**(known | changes))


def chosen(*people: Candidate, problem: Problem = Problem.QUALITY, important: bool = False) -> Choice:
    return choose(people, problem, NOW, important=important)


def test_the_one_on_duty_with_the_fewest_open_cases_gets_it():
    found = chosen(agent("Lin", open_cases=4), agent("Mei", open_cases=2, team="tableware"), agent("An", open_cases=3))
    assert found == Choice("p-Mei", "Mei", "tableware", Role.AGENT, Because.LEAST_LOADED, 2)


def test_equals_get_cases_in_turn_who_waited_longest_first_and_by_name_at_the_start():
    people = [agent("Mei"), agent("Lin"), agent("An")]
    got: list[str] = []
    for minute in range(5):
        found = chosen(*people)
        got.append(found.name)
        given_at = NOW + timedelta(minutes=minute)
        people = [replace(each, last_given=given_at) if each.name == found.name else each for each in people]
    assert got == ["An", "Lin", "Mei", "An", "Lin"]


def test_only_who_knows_the_problem_gets_it_and_no_named_skill_means_all():
    late = agent("Lin", skills=frozenset({"late_delivery"}))
    assert chosen(late, agent("Mei", open_cases=9)).name == "Mei"
    assert chosen(late, agent("Mei", open_cases=9), problem=Problem.LATE_DELIVERY).name == "Lin"


def test_nobody_on_duty_leaves_it_on_the_desks_list_with_the_team_that_knows_the_problem():
    off = agent("Lin", shifts=OFF, team="tableware", skills=frozenset({"quality"}))
    found = chosen(off, agent("Mei", skills=frozenset({"service"}), team="talking"))
    assert found == Choice(None, "", "tableware", Role.AGENT, Because.NOBODY_ON_DUTY)


def test_nobody_trained_for_the_problem_is_said():
    assert chosen(agent("Mei", skills=frozenset({"service"}))).because is Because.NOBODY_SKILLED
    assert chosen().because is Because.NOBODY_SKILLED


def test_a_shift_begins_with_its_first_instant_and_is_over_at_its_end():
    assert agent("Lin", shifts=(Shift(NOW, NOW + b.HOUR),)).on_duty(NOW)
    assert not agent("Lin", shifts=(Shift(NOW - b.HOUR, NOW),)).on_duty(NOW)
    assert not agent("Lin", shifts=()).on_duty(NOW)
    assert agent("Lin", shifts=None).on_duty(NOW), "a shop without a roster"


def test_an_important_customers_case_goes_to_a_centre_manager_or_to_that_desk():
    head = agent("Gao", role=Role.CENTRE_MANAGER, open_cases=50, skills=frozenset({"service"}))
    found = chosen(agent("Lin"), head, important=True)
    assert (found.name, found.because, found.for_desk) == ("Gao", Because.IMPORTANT_CUSTOMER, Role.CENTRE_MANAGER)
    away = chosen(agent("Lin"), replace(head, shifts=OFF), important=True)
    assert (away.person, away.because, away.for_desk) == (None, Because.IMPORTANT_CUSTOMER, Role.CENTRE_MANAGER)
    assert chosen(agent("Lin"), important=True).person is None
    assert chosen(head).person is None, "ordinary cases are no centre manager's"


PEOPLE = st.lists(
    st.builds(
        Candidate,
        person=st.sampled_from([f"p-{n}" for n in range(6)]),
        name=st.sampled_from(("An", "Lin", "Mei")),
        role=st.sampled_from((Role.AGENT, Role.CENTRE_MANAGER)),
        team=st.sampled_from(("", "one", "two")),
        skills=st.frozensets(st.sampled_from([problem.value for problem in Problem]), max_size=3),
        shifts=st.sampled_from((None, (), ON, OFF)),
        open_cases=st.integers(0, 5),
        last_given=st.sampled_from((None, NOW - b.DAY, NOW)),
    ),
    unique_by=lambda each: each.person,
)


@given(PEOPLE, st.sampled_from(Problem), st.booleans(), st.randoms())
def test_the_choice_is_always_somebody_who_may_and_nobody_who_may_has_less(people, problem, important, chance):
    found = choose(people, problem, NOW, important=important)
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert choose(shuffled, problem, NOW, important=important) == found, "the order of a list decides nothing"
    role = Role.CENTRE_MANAGER if important else Role.AGENT
    able = [p for p in people if p.role is role and (important or p.knows(problem)) and p.on_duty(NOW)]
    assert (found.person is None) == (not able)
    if able:
        assert found.open_cases == min(each.open_cases for each in able)
        assert found.person in {each.person for each in able}


# -- in the case -----------------------------------------------------------------------------------------------

LINS = Choice(b.LIN.person, b.LIN.name, "tableware", Role.AGENT, Because.LEAST_LOADED, 2)
HEADS = Choice(b.GAO.person, b.GAO.name, "", Role.CENTRE_MANAGER, Because.IMPORTANT_CUSTOMER, 0)
NOBODYS = Choice(None, "", "tableware", Role.AGENT, Because.NOBODY_ON_DUTY)


def test_a_case_opens_in_the_hands_chosen_for_it_and_says_why():
    d = desk(assigned=LINS)
    view = d.view()
    assert (view.handler, view.team) == (b.LIN.person, "tableware")
    assigned = (view.story or {})["assigned"]
    assert assigned == {
        "person": b.LIN.person,
        "name": "Lin",
        "team": "tableware",
        "for_desk": "agent",
        "because": "least_loaded",
        "at": "2026-03-03T02:00:00Z",
        "open_cases": 2,
    }


def test_a_colleague_who_helps_does_not_take_the_case_away():
    d = m.judged(desk(assigned=LINS))
    d.take(m.judge(b.MEI))
    assert d.view().handler == b.LIN.person
    assert b.MEI.person in d.complaint.handlers, "and still leaves the call-back to others"


def test_who_first_works_on_a_case_that_is_nobodys_has_it():
    d = m.judged(desk(assigned=NOBODYS))
    assert d.view().handler == b.LIN.person
    assert (d.view().story or {})["assigned"]["because"] == "taken"


def test_nobodys_case_is_taken_without_a_word_a_colleagues_with_the_cause():
    d = desk(assigned=NOBODYS)
    d.take(take(b.MEI))
    assert d.view().handler == b.MEI.person
    with pytest.raises(no.CauseNeeded):
        d.take(take(b.LIN))
    d.take(take(b.LIN, "Mei is ill"))
    assert d.view().handler == b.LIN.person
    assert not d.offers(b.LIN)["take_case"].open


def test_the_supervisor_names_another_and_the_handler_hands_over_with_the_cause():
    d = desk(assigned=LINS)
    assert not d.offers(b.MEI)["hand_over"].open
    d.take(hand_over(b.MEI))
    assert d.view().handler == b.MEI.person
    d.take(reassign(b.WU, b.SUN))
    assert d.view().handler == b.WU.person
    assert [each.because for each in d.complaint.assignments] == [
        Because.LEAST_LOADED,
        Because.HANDED_OVER,
        Because.REASSIGNED,
    ]
    assert d.offers(b.LIN)["hand_over"].code == "not_your_case"


def test_a_stand_in_acts_for_the_handler_until_the_time_is_over_and_both_names_are_shown():
    d = desk(assigned=LINS)
    d.take(stand_in(b.MEI))
    shown = (d.view().story or {})["stand_in"]
    assert (shown["name"], shown["for_name"], shown["for_person"]) == ("Mei", "Lin", b.LIN.person)
    assert (d.view().handler, d.view().stand_in) == (b.LIN.person, b.MEI.person)
    assert d.offers(b.MEI)["hand_over"].open
    d.wait(timedelta(days=3))
    assert not d.offers(b.MEI)["hand_over"].open


def test_other_hands_end_the_standing_in():
    d = desk(assigned=LINS)
    d.take(stand_in(b.MEI))
    d.take(reassign(b.WU))
    assert d.view().stand_in is None


@pytest.mark.parametrize("days", [-1, 0, 61])
def test_a_stand_in_is_for_a_time_ahead_and_not_for_good(days: int):
    d = desk(assigned=LINS)
    with pytest.raises(no.StandInTime):
        d.take(stand_in(b.MEI, d.now + timedelta(days=days)))


def test_returns_and_slips_follow_the_case_into_other_hands():
    d = desk(assigned=LINS)
    name = m.returning(d)
    assert d.view(name).handler == b.LIN.person
    d.take(reassign(b.MEI))
    assert (d.view(name).handler, d.view(name).team) == (b.MEI.person, "tableware")


def test_an_important_customers_case_waits_for_the_centre_manager_until_taken_or_named():
    d = desk(assigned=HEADS)
    assert "important" in d.tasks()
    assert d.offers(b.GAO)["take_case"].open
    d.take(take(b.GAO))
    assert "important" not in d.tasks()
    other = desk(assigned=HEADS)
    other.take(reassign(b.MEI, b.GAO))
    assert "important" not in other.tasks()
    assert other.view().handler == b.MEI.person


def test_a_complaint_about_its_own_handler_goes_to_other_hands():
    d = desk(assigned=LINS)
    d.take(ss.NameConcerned(actor=b.WU, person=b.LIN.person))
    assert "other_hands" in d.tasks()
    assert d.offers(b.LIN)["take_case"].code == "concerned_not_in_charge"
    d.take(reassign(b.MEI))
    assert "other_hands" not in d.tasks()
    with pytest.raises(no.ConcernedNotInCharge):
        d.take(hand_over(b.LIN, b.MEI))


# -- whose task it is now --------------------------------------------------------------------------------------

LIN_HAS_IT = Charge(handler="p-lin")
DUE = NOW + b.HOUR


@pytest.mark.parametrize(
    ("charge", "due", "away", "expected"),
    [
        (Charge(), DUE, {}, True),
        (LIN_HAS_IT, DUE, {}, False),
        (LIN_HAS_IT, DUE, {"p-lin": DUE + b.HOUR}, True),
        (LIN_HAS_IT, DUE, {"p-lin": DUE}, False),
        (LIN_HAS_IT, DUE, {"p-lin": NOW}, False),
        (LIN_HAS_IT, DUE, {"p-lin": None}, True),
        (LIN_HAS_IT, None, {"p-lin": DUE}, False),
        (LIN_HAS_IT, None, {"p-lin": None}, True),
        (Charge(handler="p-lin", stand_in="p-mei", stand_in_until=DUE), DUE, {"p-lin": None}, False),
        (Charge(handler="p-lin", stand_in="p-mei", stand_in_until=DUE), DUE, {"p-mei": None}, True),
        (Charge(handler="p-lin", stand_in="p-mei", stand_in_until=NOW), DUE, {"p-lin": None}, True),
    ],
)
def test_a_task_is_anybodys_when_its_keeper_is_not_back_before_it_is_due(charge, due, away, expected):
    assert is_anybodys(charge, due, away, NOW) is expected


def test_the_keeper_is_who_stands_in_while_that_lasts():
    charge = Charge(handler="p-lin", stand_in="p-mei", stand_in_until=DUE)
    assert keeper(charge, NOW) == "p-mei"
    assert keeper(charge, DUE) == "p-lin"
