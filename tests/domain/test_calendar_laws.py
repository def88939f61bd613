"""What holds for every calendar: laws of adding and counting business time, and two slow but plain ways to count it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Calendar, Span, WorkingDate, merge_spans

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 60
TICK = timedelta(minutes=30)

_marks = st.integers(0, 48).map(lambda half_hours: half_hours * 30)
_spans = st.lists(
    st.tuples(_marks, _marks).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Span(min(pair), max(pair))),
    max_size=3,
).map(merge_spans)
_dates = st.integers(0, DAYS + 20).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
_changes = st.lists(
    st.tuples(st.integers(0, DAYS * 24 * 2), st.integers(-4, 4)), unique_by=lambda change: change[0] // 72, max_size=3
)


@st.composite
def calendars(draw) -> Calendar:
    """Any week that opens at all, with rests, made-up days, and clocks set forward and back at any half hour."""
    weekly = draw(st.lists(_spans, min_size=7, max_size=7).filter(any))
    working = {day: draw(st.none() | _spans) for day in draw(st.sets(_dates, max_size=4))}
    offset = draw(st.integers(-24, 24)) * 1800
    offsets = [(START - timedelta(days=400), offset)]
    for tick, halves in sorted(draw(_changes)):
        offset += halves * 1800
        offsets.append((START + tick * TICK, offset))
    return Calendar(
        tuple(weekly),
        tuple(sorted(draw(st.sets(_dates, max_size=8)))),
        tuple(WorkingDate(day, spans) for day, spans in sorted(working.items())),
        tuple(offsets),
        "any",
    )


instants = st.integers(0, DAYS * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))
durations = st.integers(0, 60 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@given(calendars(), instants, durations)
def test_counting_what_was_added_gives_the_duration(desk, start, duration):
    assert desk.business_between(start, desk.add_business(start, duration)) == duration


@given(calendars(), instants, durations, durations)
def test_adding_twice_is_adding_the_sum(desk, start, first, second):
    assert desk.add_business(desk.add_business(start, first), second) == desk.add_business(start, first + second)


@given(calendars(), instants, instants, durations)
def test_who_starts_later_is_never_due_earlier(desk, one, other, duration):
    earlier, later = sorted((one, other))
    assert desk.add_business(earlier, duration) <= desk.add_business(later, duration)


@given(calendars(), instants, durations, durations)
def test_who_has_longer_is_due_later(desk, start, one, other):
    shorter, longer = sorted((one, other))
    due = desk.add_business(start, shorter), desk.add_business(start, longer)
    assert due[0] < due[1] or shorter == longer


@given(calendars(), instants, durations.filter(bool))
def test_a_due_instant_is_never_in_closed_time_except_at_the_exact_end_of_a_span(desk, start, duration):
    due = desk.add_business(start, duration)
    assert desk.is_open(due - timedelta(microseconds=1))


@given(calendars(), instants, instants, instants)
def test_counting_in_two_parts_is_counting_the_whole(desk, one, two, three):
    assert desk.business_between(one, two) + desk.business_between(two, three) == desk.business_between(one, three)


@given(calendars(), instants)
@settings(max_examples=50)
def test_counting_agrees_with_looking_at_the_door_every_half_hour(desk, start):
    start = START + (start - START) // TICK * TICK
    seen = sum((TICK for tick in range(200) if desk.is_open(start + tick * TICK)), timedelta(0))
    assert desk.business_between(start, start + 200 * TICK) == seen


@given(calendars(), instants)
def test_where_the_clocks_stand_still_the_door_is_open_by_the_spans_of_the_local_day(desk, at):
    desk = Calendar(desk.weekly, desk.closed_dates, desk.working_dates, desk.offsets[:1], desk.edition)
    local = at + timedelta(seconds=desk.offsets[0][1])
    minute = (local - local.replace(hour=0, minute=0, second=0)) / timedelta(minutes=1)
    by_hand = any(span.opens <= minute < span.closes for span in desk.spans_on(local.date()))
    assert desk.is_open(at) == by_hand


@given(calendars(), instants)
def test_days_follow_each_other_without_a_gap_and_every_instant_lies_in_one(desk, at):
    begins, ends = desk.day_of(at)
    assert begins <= at < ends
    assert desk.day_of(begins) == (begins, ends)
    assert desk.day_of(ends)[0] == ends
    assert desk.day_of(ends - timedelta(microseconds=1)) == (begins, ends)
