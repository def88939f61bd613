"""Complaints about a replacement: which one it is, the link, the window, and that it is another matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.complaint.book import open_complaint
from domain.complaint.eligible.rule import Answer, eligibility
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.fulfilling.state import PartState
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.linking.likely import Found
from domain.complaint.problems import Problem
from domain.complaint.replaced import refusals as no
from domain.complaint.replaced.choosing import named, recognised
from domain.complaint.replaced.from_story import about_of, sent_out
from domain.complaint.replaced.state import AboutReplacement
from domain.complaint.state import OpenComplaint
from domain.complaint.watching.state import ParcelState
from domain.refusals import Refusal
from tests import builders as b
from tests.domain import moves as m
from tests.domain import provoked_by_promises as by
from tests.domain.desk import Desk, desk, exchange
from tests.domain.intake_moves import earlier, merge
from tests.domain.provoked_by_replacements import reshipped, to_reship
from tests.domain.test_stubborn_parcels import on

LATER = timedelta(days=30)


def wish(first: Desk, **changes: Any) -> OpenComplaint:
    """A complaint about both cups, half a day after what the first case shows."""
    return b.opening(**({"case": "AS-2026-000009", "received_at": first.now + 12 * b.HOUR} | changes))


def arrival(first: Desk) -> datetime:
    (sent,) = sent_out(first.view())
    assert sent.arrived_at is not None
    return sent.arrived_at


# -- which one it is -------------------------------------------------------------------------------------------


def test_the_only_goods_that_the_customer_can_have_in_hand_are_recognised():
    first = reshipped()
    about = recognised([first.view()], wish(first))
    assert about == AboutReplacement(
        case=first.complaint.case,
        part=1,
        kind="reshipment",
        carrier="SF Express",
        tracking="SF7001",
        arrived_at=first.now,
        lines=(1,),
        recognised=True,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"problem": Problem.SERVICE},
        {"problem": Problem.LATE_DELIVERY},
        {"problem": Problem.LOST_DELIVERY},
        {"line": 2, "quantity": 1},
        {"line": None},
        {"order_facts": None},
    ],
)
def test_what_may_be_another_matter_is_not_recognised(changes: dict[str, Any]):
    first = reshipped()
    assert recognised([first.view()], wish(first, **changes)) is None


def test_a_part_of_the_line_replaced_or_a_parcel_still_on_its_way_makes_nothing_certain():
    some = reshipped(quantity=1)
    assert recognised([some.view()], wish(some)) is None
    on_its_way = reshipped(to=None)
    assert recognised([on_its_way.view()], wish(on_its_way)) is None
    first = reshipped()
    assert recognised([first.view()], wish(first, received_at=first.now - b.HOUR)) is None, "it came in before that"


def test_two_cases_that_replaced_the_same_line_leave_it_to_a_person():
    one = reshipped()
    other = replace(one.view(), case="AS-2026-000005")
    assert recognised([one.view(), other], wish(one)) is None


def test_what_was_replaced_again_is_not_what_the_customer_has_now():
    one = reshipped()
    again = replace(one.view(), case="AS-2026-000005")
    again = replace(again, story={**(again.story or {}), "about_replacement": {"case": one.complaint.case}})
    found = recognised([again, one.view()], wish(one))
    assert found is not None
    assert found.case == "AS-2026-000005"


def test_the_arrival_is_that_of_the_four_facts_once_they_are_told():
    first = reshipped()
    assert arrival(first) == first.now
    came = first.now - 3 * b.HOUR
    first.take(by.arrival(first, "SF7001", arrived_at=came))
    assert arrival(first) == came


def test_a_replacement_that_travelled_on_under_another_number_is_still_the_one():
    first = reshipped(to=None)
    on(first, "SF7001", "YT9001")
    assert [part.state for part in first.complaint.fulfilments] == [PartState.SENT], "it has not come by that"
    first.take(m.seen(ParcelState.ARRIVED, "YT9001"))
    assert arrival(first) == first.now


# -- named ------------------------------------------------------------------------------------------------------


def test_a_named_replacement_need_not_have_come_yet():
    first = reshipped(to=None)
    about = named(first.complaint.case, first.view(), wish(first, problem=Problem.LATE_DELIVERY))
    assert (about.tracking, about.arrived_at, about.recognised) == ("SF7001", None, False)


@pytest.mark.parametrize(
    ("first", "changes", "refusal"),
    [
        (None, {}, no.FirstCaseUnknown),
        (desk(), {}, no.NoReplacement),
        (reshipped(ParcelState.LOST), {}, no.ReplacementNotSent),
        (reshipped(), {"order_index": "ix-other"}, no.NotThatReplacement),
        (reshipped(), {"line": 2, "quantity": 1}, no.NotThatReplacement),
    ],
)
def test_a_case_that_sent_no_such_replacement_is_refused(
    first: Desk | None, changes: dict[str, Any], refusal: type[Refusal]
):
    with pytest.raises(refusal):
        named("AS-2026-000000", None if first is None else first.view(), b.opening(**changes))


def test_what_lies_with_the_label_desk_is_not_sent_yet():
    d = to_reship()
    with pytest.raises(no.ReplacementNotSent):
        named(d.complaint.case, d.view(), b.opening())


# -- two matters, linked ----------------------------------------------------------------------------------------


def complained(first: Desk, **changes: Any) -> Desk:
    opening = wish(first, **changes)
    opening = replace(opening, about=named(first.complaint.case, first.view(), opening))
    made = Desk(open_complaint(opening), now=opening.received_at)
    made.settle_down()
    return made


def test_both_cases_show_the_link_from_the_first_moment():
    first = reshipped()
    late = complained(first)
    assert (late.view().story or {})["links"][0]["case"] == first.complaint.case  # type: ignore[index]
    assert about_of(late.view()) == first.complaint.case
    exchange(first, late)
    (heard,) = (first.view().story or {})["links"]  # type: ignore[misc]
    assert (heard["case"], heard["there"]) == (late.complaint.case, True)
    assert "SF7001" in heard["reason"]


def test_it_is_never_merged_into_the_case_that_sent_it_and_not_the_other_way_round():
    first = reshipped()
    late = complained(first)
    with pytest.raises(no.ItsReplacement):
        late.take(merge(first.complaint))
    again = earlier()
    with pytest.raises(no.ItsReplacement):
        again.take(merge(late.complaint, about=again.complaint.case))


def test_the_register_does_not_call_it_the_same_matter():
    shared: dict[str, Any] = {"view": reshipped().view(), "same_line": True, "same_order": True, "same_customer": True}
    assert Found(**shared).reasons
    assert Found(**shared, replaced=True).reasons == ()


# -- the window -------------------------------------------------------------------------------------------------

FIT = GoodsCondition(intact=True, packaging_whole=True, fit_to_sell=True)


def changed_mind(first: Desk, after: timedelta, **changes: Any) -> OpenComplaint:
    signed = replace(b.order(), signed_at=b.START - LATER)
    given = {"problem": Problem.CHANGED_MIND, "signed_for": True, "condition": FIT, "order_facts": signed}
    return wish(first, received_at=first.now + after, **(given | changes))


def test_the_time_of_a_replacement_counts_from_its_arrival():
    first = reshipped()
    opening = changed_mind(first, b.DAY)
    ruled = eligibility(open_complaint(opening))
    assert ruled is not None
    assert ruled.answer is Answer.NO, "the goods that were first sent came a month ago"
    about = recognised([first.view()], opening)
    within = eligibility(open_complaint(replace(opening, about=about)))
    assert within is not None
    assert within.answer is Answer.YES
    late = changed_mind(first, 10 * b.DAY)
    over = eligibility(open_complaint(replace(late, about=recognised([first.view()], late))))
    assert over is not None
    assert over.answer is Answer.NO


def test_when_it_came_is_not_known_a_person_decides():
    first = reshipped(to=None)
    opening = changed_mind(first, b.DAY)
    ruled = eligibility(open_complaint(replace(opening, about=named("x", first.view(), opening))))
    assert ruled is not None
    assert ruled.answer is Answer.ASK


def test_a_line_that_was_not_replaced_has_the_window_of_its_order():
    first = reshipped()
    opening = changed_mind(first, b.DAY)
    facts = replace(b.order(), signed_at=b.START - LATER)
    about = recognised([first.view()], opening)
    mixed = replace(opening, about=about, order_facts=facts, further=(ClaimedLine(2, 1),))
    ruled = eligibility(open_complaint(mixed))
    assert ruled is not None
    assert ruled.answer is Answer.NO
