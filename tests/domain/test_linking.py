"""Cases that belong together: links, merges into the one that came in first, and merges undone."""

from datetime import timedelta
from typing import Any

import pytest

from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint import steps as cs
from domain.complaint.linking import refusals as no
from domain.complaint.problems import Problem, RemedyKind, Urgency
from domain.complaint.watching import steps as ws
from domain.complaint.watching.state import ParcelState, Why
from domain.refusals import CaseClosed
from tests import builders as b
from tests.domain import asking as a
from tests.domain import moves as m
from tests.domain import provoked_by_promises as by
from tests.domain import stop_moves as sm
from tests.domain.desk import Desk, desk, exchange
from tests.domain.intake_moves import assess, earlier, link, merge, merged, unmerge


def story(d: Desk) -> dict[str, Any]:
    return d.view().story or {}


# -- links -----------------------------------------------------------------------------------------------------


def test_a_link_is_shown_by_both_cases_and_changes_neither():
    one, two = earlier(), desk()
    two.take(link(one.complaint))
    exchange(one, two)
    assert (story(two)["links"][0]["case"], story(two)["links"][0]["there"]) == (one.complaint.case, False)
    heard = story(one)["links"][0]
    assert (heard["case"], heard["there"], heard["by"]["name"]) == (two.complaint.case, True, "Lin")
    assert (one.state, two.state) == ("waiting_for_evidence", "waiting_for_evidence")
    with pytest.raises(no.LinkedAlready):
        one.take(link(two.complaint))


def test_two_who_link_the_same_two_cases_at_once_make_one_link_each():
    one, two = earlier(), desk()
    two.take(link(one.complaint))
    one.take(link(two.complaint, b.MEI))
    exchange(one, two)
    assert [len(d.complaint.links) for d in (one, two)] == [1, 1]
    assert one.happened()[-1] == two.happened()[-1] == "news_set_aside"


# -- merging ---------------------------------------------------------------------------------------------------


def test_the_later_case_closes_as_merged_and_the_earlier_ones_clocks_go_on():
    first, late = earlier(), desk()
    before = {clock.name: clock.due_at for clock in first.complaint.clocks if clock.ended_at is None}
    merged(first, late)
    assert (late.state, late.view().closed_at) == ("merged", late.now)
    assert not [clock for clock in late.complaint.clocks if clock.ended_at is None]
    assert {clock.name: clock.due_at for clock in first.complaint.clocks if clock.ended_at is None} == before
    assert story(late)["merged_into"] == first.complaint.case
    assert story(first)["taken_in"][0]["case"] == late.complaint.case
    assert late.happened()[-4:] == ["merged_into", "case_told", "merge_confirmed", "news_taken"]
    assert late.letters()[-1] == "merged"
    assert first.letters().count("merged") == 0


def test_the_customer_is_told_only_once_the_other_case_has_taken_it_in():
    first, late = earlier(), desk()
    late.take(merge(first.complaint))
    assert "merged" not in late.letters()
    exchange(first, late)
    letter = late.complaint.letters[-1]
    due = first.complaint.due("first_feedback")
    assert letter.says == {"other": first.complaint.case, "due": due.isoformat() if due else ""}


@pytest.mark.parametrize("received", [b.START - b.HOUR, b.START])
def test_of_two_cases_only_one_can_be_merged_into_the_other_so_crosswise_is_impossible(received):
    first = desk(case="AS-2026-000000", received_at=received)
    late = desk()
    first.now = late.now = b.START
    with pytest.raises(no.MergeTheOther):
        first.take(merge(late.complaint))
    late.take(merge(first.complaint))


def test_cases_of_other_customers_are_merged_only_when_they_are_about_one_order_line():
    first = earlier(customer=b.customer(subject="c-2"))
    desk().take(merge(first.complaint))
    for other in ({"line": 2}, {"order_index": "ix-other"}, {"line": None}):
        with pytest.raises(no.NotTheSameMatter):
            desk().take(merge(first.complaint, **other))
    unknown = desk(order=None, order_index=None, order_facts=None, line=None)
    with pytest.raises(no.NotTheSameMatter):
        unknown.take(merge(first.complaint, order_index=None, line=None))


def test_what_is_agreed_or_done_is_brought_to_its_end_before_a_case_is_merged():
    first = earlier().complaint
    agreed = desk()
    m.returning(agreed)
    assert agreed.offers(b.LIN)["merge_into"].code == "remedy_under_way"
    paying = desk()
    m.compensated(paying)
    with pytest.raises(spine.PaymentUnderWay):
        paying.take(merge(first))
    done = m.apologised(desk())
    with pytest.raises(spine.OutcomeStands):
        done.take(merge(first))
    failed = desk()
    m.failed(failed)
    with pytest.raises(spine.RemedyUnderWay):
        failed.take(merge(first))


def test_what_other_desks_were_asked_is_answered_before_a_case_is_merged():
    first = earlier().complaint
    asked = desk()
    asked.take(a.ask())
    with pytest.raises(no.DesksAtWork):
        asked.take(merge(first))
    asked.take(a.withdraw())
    asked.take(merge(first))
    stopped = desk(problem=Problem.CHANGED_MIND)
    stopped.take(sm.cancel())
    with pytest.raises(no.DesksAtWork):
        stopped.take(merge(first))


def test_a_promise_is_kept_before_a_case_is_merged():
    first, late = earlier(), desk()
    late.take(by.promise())
    with pytest.raises(no.PromiseToKeep):
        late.take(merge(first.complaint))
    late.take(by.kept())
    late.take(merge(first.complaint))


def test_a_matter_of_health_is_not_merged_into_one_that_would_wait_its_turn():
    first, late = earlier(), desk()
    late.take(assess(urgency=Urgency.HEALTH_AT_RISK))
    with pytest.raises(no.HealthGoesAlong):
        late.take(merge(first.complaint))
    first.take(assess(urgency=Urgency.HEALTH_AT_RISK))
    late.take(merge(first.complaint))


def test_an_open_proposal_is_taken_back_with_the_merge():
    first, late = earlier(), m.judged(desk())
    late.take(m.propose(RemedyKind.APOLOGY, None))
    merged(first, late)
    assert late.complaint.proposals[-1].state.value == "replaced"
    late.take(unmerge())
    assert late.state == "to_propose"


def test_photos_and_hands_go_along_and_open_the_evidence_gate_there():
    first, late = earlier(), desk()
    late.take(m.photos(b.photo("crack")))
    late.take(cs.GiveFeedback(actor=b.MEI, **b.it_goes_on()))
    merged(first, late)
    assert [photo.photo for photo in first.complaint.photos] == [b.photo("crack").photo]
    assert first.complaint.evidence_at is not None
    assert first.state == "to_judge"
    assert b.MEI.person in first.complaint.handlers


def test_photos_that_the_customer_sends_to_the_merged_case_are_passed_on_once():
    first, late = earlier(), desk()
    merged(first, late)
    late.take(m.photos(b.photo("crack"), b.photo("box")))
    exchange(first, late)
    assert len(first.complaint.photos) == 2
    assert late.state == "merged", "a photo does not open it again"
    late.take(m.photos(b.photo("label"), b.photo("box"), purpose="receipt"))
    exchange(first, late)
    assert first.complaint.photos_as("receipt") == {b.photo("label").photo, b.photo("box").photo}
    assert len(first.complaint.photos) == 3


@pytest.mark.parametrize("problem", [Problem.QUALITY, Problem.LATE_DELIVERY])
def test_a_parcel_that_the_merged_case_waits_for_is_watched_where_it_goes_on_and_once(problem: Problem):
    first, late = earlier(problem=problem), desk(problem=Problem.LATE_DELIVERY)
    (waits,) = late.complaint.parcels
    merged(first, late)
    assert [(each.tracking, each.why, each.watched) for each in first.complaint.parcels] == [
        (waits.tracking, waits.why, True)
    ]
    assert f"check-{waits.tracking}" in {task.key for task in first.view().tasks}
    assert f"check-{waits.tracking}" not in {task.key for task in late.view().tasks}
    late.take(unmerge())
    assert f"check-{waits.tracking}" in {task.key for task in late.view().tasks}


def test_of_a_parcel_that_arrived_the_four_facts_are_still_asked_for_where_the_case_goes_on():
    first, late = earlier(), desk(problem=Problem.LATE_DELIVERY)
    (waits,) = late.complaint.parcels
    arrived = ws.RecordParcelCheck(actor=b.LU, tracking=waits.tracking, result=ParcelState.ARRIVED, note="signed for")
    late.take(arrived)
    merged(first, late)
    first.take(arrived)
    assert f"arrival-{waits.tracking}" in {task.key for task in first.view().tasks}


def test_more_parcels_than_a_case_watches_are_left_where_they_are():
    first, late = earlier(), desk(problem=Problem.LATE_DELIVERY)
    for number in range(20):
        first.take(ws.WatchParcel(actor=b.LU, tracking=f"SF-{number}", carrier="SF Express", why=Why.LATE_PARCEL))
    merged(first, late)
    assert len(first.complaint.parcels) == 20


def test_photos_beyond_what_a_case_takes_stay_where_they_are_and_that_is_told():
    first, late = earlier(), desk()
    first.take(m.photos(*(b.photo(f"f{n}") for n in range(19))))
    late.take(m.photos(*(b.photo(f"l{n}") for n in range(3))))
    merged(first, late)
    assert len(first.complaint.photos) == 20
    taken = next(event for event in first.events[first.complaint.case] if type(event).__name__ == "CaseTakenIn")
    assert getattr(taken, "left_out") == 2  # noqa: B009  the event's own field


# -- who is closed meanwhile -----------------------------------------------------------------------------------


def test_a_case_that_was_closed_in_the_meantime_turns_the_other_away_which_goes_on_by_itself():
    first, late = earlier(), desk()
    late.take(merge(first.complaint))
    first.take(cs.CloseCase(actor=b.WU, reason="a test order"))
    exchange(first, late)
    assert (first.state, late.state) == ("closed_by_supervisor", "waiting_for_evidence")
    assert "taken_in" not in story(first)
    assert story(late)["merges"][0]["undone_because"].startswith("case AS-2026-000000 was closed")
    assert "merged" not in late.letters()
    assert late.complaint.running("evidence") is not None


def test_a_case_that_is_over_is_as_good_as_closed():
    first, late = earlier(), desk()
    late.take(merge(first.complaint))
    first.take(cs.CloseCase(actor=b.WU, reason="a test order"))
    first.post()
    assert at.filed(first.complaint)
    exchange(first, late)
    assert late.state == "waiting_for_evidence"


def test_a_case_merged_elsewhere_in_the_meantime_turns_the_other_away():
    root = desk(case="AS-2025-000009", received_at=b.START - b.DAY)
    root.now = b.START
    first, late = earlier(), desk()
    late.take(merge(first.complaint))
    first.take(merge(root.complaint))
    exchange(root, first, late)
    assert (first.state, late.state) == ("merged", "waiting_for_evidence")
    late.take(merge(root.complaint))
    exchange(root, first, late)
    assert [taken.case for taken in root.complaint.taken_in] == [first.complaint.case, late.complaint.case]


def test_the_same_case_is_merged_once_whoever_presses_second():
    root = desk(case="AS-2025-000009", received_at=b.START - b.DAY)
    root.now = b.START
    first, late = earlier(), desk()
    late.take(merge(first.complaint))
    with pytest.raises(CaseClosed):
        late.take(merge(root.complaint, b.MEI))
    exchange(root, first, late)
    assert not root.complaint.taken_in


def test_a_word_that_comes_twice_counts_once():
    first, late = earlier(), desk()
    late.take(merge(first.complaint))
    word = late.outside[0]
    first.hear(word)
    first.hear(word)
    assert len(first.complaint.taken_in) == 1


# -- undone ----------------------------------------------------------------------------------------------------


def test_a_merge_undone_opens_the_case_again_with_the_clocks_of_its_situation():
    first, late = earlier(), desk()
    merged(first, late)
    late.wait(timedelta(hours=5))
    first.now = late.now
    late.take(unmerge())
    exchange(first, late)
    evidence = late.complaint.running("evidence")
    assert evidence is not None
    assert evidence.started_at == late.now
    assert "merged_into" not in story(late)
    assert late.letters()[-1] == "handled_apart"
    parted = story(first)["taken_in"][0]
    assert parted["parted_at"] is not None
    assert first.happened()[-2:] == ["case_parted", "news_taken"]
    with pytest.raises(no.NotMerged):
        late.take(unmerge())


def test_a_case_parted_can_be_merged_again():
    first, late = earlier(), desk()
    merged(first, late)
    late.take(unmerge())
    exchange(first, late)
    merged(first, late)
    assert late.state == "merged"
    assert [(taken.number, taken.parted_at is None) for taken in first.complaint.taken_in] == [(1, False), (2, True)]


def test_undone_before_the_other_case_heard_of_it_both_come_out_apart():
    first, late = earlier(), desk()
    late.take(merge(first.complaint))
    late.take(unmerge())
    exchange(first, late)
    assert late.state == "waiting_for_evidence"
    assert first.complaint.taken_in[0].parted_at is not None
    assert not {"merged", "handled_apart"} & set(late.letters())


# -- the end ---------------------------------------------------------------------------------------------------


def test_a_merged_case_lives_until_the_matter_is_over_and_then_it_is_too():
    first, late = earlier(), desk()
    merged(first, late)
    late.post()
    assert not at.filed(late.complaint)
    m.apologised(first)
    first.take(m.call_back(cs.CallResult.SATISFIED))
    exchange(first, late)
    assert story(late)["merges"][0]["over_at"] is not None
    assert not late.offers(b.LIN)["unmerge"].open
    with pytest.raises(CaseClosed):
        late.take(m.photos(b.photo("late")))
    for d in (first, late):
        d.post()
    assert at.filed(first.complaint)
    assert at.filed(late.complaint)


def test_the_end_runs_down_a_whole_chain_of_merges():
    root = desk(case="AS-2025-000009", received_at=b.START - b.DAY)
    root.now = b.START
    first, late = earlier(), desk()
    merged(first, late)
    first.take(merge(root.complaint))
    exchange(root, first, late)
    root.take(cs.CloseCase(actor=b.WU, reason="a test order"))
    exchange(root, first, late)
    for d in (root, first, late):
        d.post()
        assert at.filed(d.complaint)


def test_an_unanswered_case_is_not_over_while_it_may_open_again():
    first, late = earlier(), desk()
    merged(first, late)
    first.wait(timedelta(hours=73))
    first.take(cs.RecordCall(actor=b.LIN, reached=False))
    first.take(cs.DeclareNoAnswer(actor=b.LIN, reason="called in vain", message="write to us"))
    exchange(first, late)
    assert not at.filed(late.complaint)
    first.wait(timedelta(days=16))
    exchange(first, late)
    late.post()
    assert at.filed(late.complaint)
