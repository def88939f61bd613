"""Business hours by hand: breaks, midnights, the Spring Festival of 2026, clocks that are set forward and back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import Calendar, CalendarExhausted, Span, WorkingDate, merge_spans

EARLY = (Span(9 * 60, 11 * 60 + 30), Span(12 * 60 + 30, 18 * 60 + 30))
LATE = (Span(13 * 60, 17 * 60 + 30), Span(18 * 60 + 30, 23 * 60 + 30))
CHINA = ((datetime(2025, 1, 1, tzinfo=UTC), 8 * 3600),)
BERLIN = (
    (datetime(2025, 12, 31, tzinfo=UTC), 3600),
    (datetime(2026, 3, 29, 1, tzinfo=UTC), 7200),
    (datetime(2026, 10, 25, 1, tzinfo=UTC), 3600),
)
SPRING_FESTIVAL = tuple(date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23))
MADE_UP = (WorkingDate(date(2026, 2, 14)),)


def calendar(spans=EARLY, *, closed=SPRING_FESTIVAL, working=MADE_UP, offsets=CHINA, weekend=()) -> Calendar:
    return Calendar((spans,) * 5 + (weekend,) * 2, closed, working, offsets, "by hand")


def beijing(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def test_a_break_in_the_day_is_not_counted():
    assert calendar().add_business(beijing(3, 2, 11), hours(1)) == beijing(3, 2, 13)
    assert calendar().business_between(beijing(3, 2, 11), beijing(3, 2, 13)) == hours(1)


def test_a_start_outside_hours_counts_from_the_next_opening():
    assert calendar().add_business(beijing(3, 2, 3), hours(1)) == beijing(3, 2, 10)
    assert calendar().add_business(beijing(3, 2, 12), hours(1)) == beijing(3, 2, 13, 30)
    assert calendar().add_business(beijing(3, 6, 20), hours(1)) == beijing(3, 9, 10)


def test_a_duration_that_ends_with_a_span_lands_on_its_end_and_not_on_the_next_opening():
    assert calendar().add_business(beijing(3, 2, 9), hours(8.5)) == beijing(3, 2, 18, 30)
    assert calendar().add_business(beijing(3, 2, 9), hours(8.5) + timedelta(microseconds=1)) == beijing(
        3, 3, 9
    ) + timedelta(microseconds=1)


def test_no_duration_at_all_lands_on_the_start_even_when_the_desk_is_closed():
    assert calendar().add_business(beijing(3, 1, 3), hours(0)) == beijing(3, 1, 3)


def test_the_made_up_saturday_before_the_spring_festival_of_2026_is_worked_and_the_week_after_it_is_not():
    desk = calendar()
    assert desk.is_open(beijing(2, 14, 10))
    assert not desk.is_open(beijing(2, 7, 10))
    assert not any(desk.is_open(beijing(2, day, 10)) for day in range(15, 24))
    # Friday 13 February, 17:30: one hour that day, 8.5 on the made-up Saturday, one on Tuesday the 24th.
    assert desk.add_business(beijing(2, 13, 17, 30), hours(10.5)) == beijing(2, 24, 10)


def test_a_made_up_day_may_have_hours_of_its_own():
    desk = calendar(working=(WorkingDate(date(2026, 2, 14), (Span(600, 720),)),))
    assert desk.business_between(beijing(2, 14, 0), beijing(2, 15, 0)) == hours(2)


def test_a_made_up_working_day_wins_over_a_closed_one():
    desk = calendar(closed=(date(2026, 2, 14),))
    assert desk.is_open(beijing(2, 14, 10))


def test_the_end_of_a_span_is_closed_and_its_beginning_open():
    assert calendar().is_open(beijing(3, 2, 9))
    assert not calendar().is_open(beijing(3, 2, 11, 30))


def test_hours_up_to_midnight_join_those_from_midnight_without_a_gap():
    desk = calendar((Span(0, 60), Span(22 * 60, 1440)))
    assert desk.add_business(beijing(3, 2, 23), hours(1.5)) == beijing(3, 3, 0, 30)
    assert desk.add_business(beijing(3, 2, 23), hours(1)) == beijing(3, 3, 0)
    assert desk.is_open(beijing(3, 3, 0))


def test_overlapping_and_touching_shifts_merge_into_unions():
    assert merge_spans((*EARLY, *LATE)) == (Span(540, 690), Span(750, 1410))


@pytest.mark.parametrize(
    ("day", "worked"),
    [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
    ids=["an ordinary day", "clocks set forward", "clocks set back"],
)
def test_an_open_day_is_as_long_as_the_clocks_make_it(day, worked):
    desk = calendar((Span(0, 1440),), closed=(), working=(), offsets=BERLIN, weekend=(Span(0, 1440),))
    start = datetime(2026, day.month, day.day, tzinfo=UTC) - hours(2 if 3 < day.month <= 10 else 1)
    assert desk.business_between(start, start + hours(worked)) == hours(worked)
    early = calendar((Span(0, 240),), closed=(), working=(), offsets=BERLIN, weekend=(Span(0, 240),))
    assert early.business_between(start - hours(3), start + hours(12)) == hours(worked - 20)


def test_hours_that_a_clock_change_skips_are_not_worked():
    desk = calendar((), closed=(), working=(), offsets=BERLIN, weekend=(Span(120, 180), Span(600, 660)))
    assert desk.business_between(datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)) == hours(1)


def test_nine_in_the_morning_stays_nine_in_the_morning_after_the_change():
    desk = calendar(closed=(), working=(), offsets=BERLIN)
    friday_evening = datetime(2026, 3, 27, 17, 30, tzinfo=UTC)
    assert desk.add_business(friday_evening, hours(1)) == datetime(2026, 3, 30, 8, tzinfo=UTC)


def test_clocks_set_back_across_midnight_leave_the_repeated_hour_open():
    # At 00:30 on 2 March (UTC here) clocks go back to 23:30 of 1 March: the desk is open from midnight to one.
    desk = Calendar(
        ((Span(0, 60),),) * 7,
        (),
        (),
        ((datetime(2026, 1, 1, tzinfo=UTC), 0), (datetime(2026, 3, 2, 0, 30, tzinfo=UTC), -3600)),
        "odd",
    )
    assert desk.is_open(datetime(2026, 3, 2, 0, 40, tzinfo=UTC))
    between = desk.business_between(datetime(2026, 3, 2, 0, 0, tzinfo=UTC), datetime(2026, 3, 2, 0, 45, tzinfo=UTC))
    assert between == timedelta(minutes=45)


def test_business_time_backwards_is_negative():
    assert calendar().business_between(beijing(3, 2, 13), beijing(3, 2, 11)) == -hours(1)


def test_a_desk_that_never_opens_is_found_out_instead_of_searched_for_ever():
    with pytest.raises(CalendarExhausted):
        calendar(()).add_business(beijing(3, 2, 9), hours(30))


def test_a_rest_of_more_than_four_hundred_days_exhausts_the_calendar_and_a_shorter_one_does_not():
    def closed_for(days):
        return calendar(closed=tuple(date(2026, 3, 2) + timedelta(days=n) for n in range(days)), working=())

    assert closed_for(380).add_business(beijing(3, 2, 9), hours(1)) == datetime(2027, 3, 17, 2, tzinfo=UTC)
    with pytest.raises(CalendarExhausted):
        closed_for(410).add_business(beijing(3, 2, 9), hours(1))


def test_hours_behind_a_long_rest_are_still_counted_between_two_instants():
    desk = calendar(closed=tuple(date(2026, 3, 2) + timedelta(days=n) for n in range(500)), working=())
    # The rest ends with Wednesday, 14 July 2027; Thursday, Friday and Monday follow.
    monday = datetime(2027, 7, 19, tzinfo=UTC) - hours(8)
    assert desk.business_between(beijing(3, 2, 0), monday + hours(24)) == 3 * hours(8.5)


def test_a_mistyped_duration_ends_in_an_error():
    with pytest.raises(CalendarExhausted):
        calendar().add_business(beijing(3, 2, 9), timedelta(days=100_000))


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: desk.add_business(datetime(2026, 3, 2), hours(1)),  # noqa: DTZ001  the missing zone is the point
        lambda desk: desk.is_open(datetime(2026, 3, 2)),  # noqa: DTZ001  the missing zone is the point
        lambda desk: desk.add_business(beijing(3, 2, 9), -hours(1)),
    ],
    ids=["adding to a local time", "asking about a local time", "adding backwards"],
)
def test_an_instant_without_its_zone_or_a_negative_duration_is_refused(ask):
    with pytest.raises(ValueError, match=r"timezone|forwards"):
        ask(calendar())


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Span(600, 600),
        lambda: Span(600, 1441),
        lambda: Span(-1, 60),
        lambda: calendar((Span(600, 700), Span(690, 800))),
        lambda: calendar((Span(600, 700), Span(700, 800))),
        lambda: calendar(closed=(date(2026, 2, 17), date(2026, 2, 16))),
        lambda: calendar(working=(WorkingDate(date(2026, 2, 14)),) * 2),
        lambda: calendar(offsets=()),
        lambda: calendar(offsets=BERLIN[::-1]),
        lambda: Calendar((EARLY,) * 6, (), (), CHINA, "short week"),
    ],
    ids=[
        "empty span",
        "past midnight",
        "before midnight",
        "overlap",
        "unmerged",
        "unsorted dates",
        "date twice",
        "no offset",
        "unsorted offsets",
        "six days",
    ],
)
def test_a_calendar_that_is_not_in_its_form_cannot_be_made(wrong):
    with pytest.raises(ValueError, match=r"span|sorted|offset|week"):
        wrong()


def test_a_day_is_that_on_the_shops_wall():
    begins, ends = calendar().day_of(datetime(2026, 11, 26, 16, 30, tzinfo=UTC))
    assert (begins, ends) == (beijing(11, 27, 0), beijing(11, 28, 0))
    with pytest.raises(ValueError, match="timezone"):
        calendar().day_of(datetime(2026, 11, 26))  # noqa: DTZ001  that is the point
