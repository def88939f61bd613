"""What a policy says is what was written; teams fit their clocks; what is published survives the wire unchanged."""

import hashlib
import json
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from temporalio.contrib.pydantic import pydantic_data_converter

from domain.calendar import Span
from domain.clock import Escalation, Hours, PauseCause
from domain.money import Money
from domain.people import Role
from domain.policy import ClockRules, Language, PinnedPolicy, ShopPolicy, Sourced
from policies.loader import default_policy_text, publishable, read_policy, version_of
from policies.refused import PolicyRefused

FEW_KILOBYTES = 15_000
"""Each case starts with its policy and hands it on to its next run. Every clock, limit and row of a new part of the
desk adds some hundred bytes (the dock and money in: 12,008 in all); Temporal warns of payloads above 256 KB.
"""


LABEL_DESK = """
[calendar.teams.label_desk]
source = "S"

[calendar.teams.label_desk.shifts.early]
days = ["mon", "tue", "wed", "thu", "fri", "sat"]
spans = ["09:00-11:30", "12:30-18:30"]
source = "S"
"""
COUNTED_BY_IT = ('after = "810m"\n', 'after = "810m"\ncalendar = "label_desk"\n')


def with_team(*changes: tuple[str, str]) -> str:
    """The default policy whose inspections count in the hours of the label desk, with further changes."""
    text = default_policy_text() + LABEL_DESK
    for old, new in (COUNTED_BY_IT, *changes):
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_a_team_has_hours_of_its_own_and_a_clock_that_names_it_counts_in_them():
    pinned = publishable(with_team(), 2026)
    assert [team.team for team in pinned.teams] == ["label_desk"]
    rule = pinned.policy.clocks.inspection
    saturday = date(2026, 3, 7)
    assert pinned.calendar_of(rule.calendar).spans_on(saturday) == (Span(540, 690), Span(750, 1110))
    assert pinned.calendar_of(None) is pinned.calendar
    assert pinned.calendar.spans_on(saturday) == ()
    assert pinned.version != publishable(default_policy_text(), 2026).version
    assert publishable(with_team(("12:30-18:30", "12:30-18:00")), 2026).version != pinned.version


@pytest.mark.parametrize(
    ("text", "cell", "wrong"),
    [
        (default_policy_text() + LABEL_DESK, "calendar.teams.label_desk", "no clock counts in it"),
        (
            with_team(("[calendar.teams.label_desk]\n", '[calendar.teams.label_desk]\nzone = "Moon"\n')),
            "calendar.teams.label_desk.zone",
            "'Moon' is unknown",
        ),
        (
            with_team(("[calendar.teams.label_desk]\n", '[calendar.teams.label_desk]\npublic_holidays = "QQ"\n')),
            "calendar.teams.label_desk.public_holidays",
            "'QQ' is unknown",
        ),
        (
            with_team(('"thu", "fri", "sat"]\nspans', '"thu", "mon"]\nspans')),
            "calendar.teams.label_desk.shifts.early.days",
            "a weekday is named twice",
        ),
        (
            with_team(('after = "24h"\nhours = "wall"', 'after = "24h"\ncalendar = "label_desk"\nhours = "wall"')),
            "clocks.first_feedback.calendar",
            "wall hours are the same for every team",
        ),
        (
            with_team(
                (
                    'shift = "late"\n\n[first_reply.clock]',
                    'shift = "late"\n\n[first_reply.clock]\ncalendar = "label_desk"',
                )
            ),
            "first_reply[1].shift",
            "'late' is no shift",
        ),
        (
            with_team(("[calendar.teams.label_desk]\n", '[calendar.teams.label_desk]\ncolour = "red"\n')),
            "calendar.teams.label_desk.colour",
            "no such cell",
        ),
    ],
)
def test_what_a_team_and_its_clocks_say_of_each_other_has_to_be_there(text, cell, wrong):
    with pytest.raises(PolicyRefused) as no:
        read_policy(text)
    assert [fault for fault in no.value.faults if fault.cell == cell and fault.wrong.startswith(wrong)]


def test_the_row_and_the_team_that_the_api_guide_shows_are_taken():
    guide = (Path(__file__).parents[2] / "docs" / "api-guide.md").read_text(encoding="utf-8")
    shown = guide.partition("### Clocks and hours")[2].partition("```toml\n")[2].partition("```")[0]
    row, _, team = shown.partition("[calendar.teams.")
    head, _, rest = default_policy_text().partition("[clocks.inspection]")
    _, _, rest = rest.partition("[clocks.after_inspection]")
    source = read_policy(f"{head}{row}[clocks.after_inspection]{rest}\n[calendar.teams.{team}")
    assert source.policy.clocks.inspection.pauses == (PauseCause.ANOTHER_DESK,)
    assert list(source.calendar.teams) == ["warehouse"]


def test_a_team_that_never_works_is_refused_by_its_name():
    year = "closed = [" + ", ".join(f'{{ on = {day}, why = "move" }}' for day in all_days(2025, 2029)) + "]\n"
    text = with_team(("[calendar.teams.label_desk]\n", "[calendar.teams.label_desk]\n" + year))
    with pytest.raises(PolicyRefused, match=r"calendar\.teams\.label_desk\.closed"):
        publishable(text, 2026)


def all_days(first: int, last: int) -> list[date]:
    start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    return [date.fromordinal(day) for day in range(start, end + 1)]


def test_the_default_policy_says_what_the_rule_books_say():
    policy = read_policy(default_policy_text()).policy
    assert policy.clocks.first_feedback.after == timedelta(hours=24)
    assert policy.clocks.evidence.reminders == (timedelta(hours=24), timedelta(hours=48))
    assert policy.clocks.judgement.hours is Hours.BUSINESS
    assert policy.clocks.inspection.desk is Role.WAREHOUSE
    assert policy.second_approver_above == Sourced(Money(20000, "CNY"), "T")
    assert policy.call_back_tries == Sourced(3, "O")
    assert policy.language is Language.CHINESE
    warned = {each.name: getattr(policy.clocks, each.name).warn_at for each in fields(ClockRules)}
    both = dict.fromkeys(("resolution", "refund_request", "dispute"), (0.5, 0.75))
    assert warned == dict.fromkeys(warned, (0.75,)) | both
    up = (Escalation(timedelta(0), Role.SUPERVISOR), Escalation(timedelta(hours=4), Role.CENTRE_MANAGER))
    assert policy.clocks.judgement.escalation == up
    assert policy.clocks.evidence.escalation == up[:1]
    paused = {each.name: getattr(policy.clocks, each.name).pauses for each in fields(ClockRules)}
    assert paused == dict.fromkeys(paused, ()) | {"resolution": (PauseCause.CUSTOMER,)}
    first_words = [(row.shift, row.clock.after.total_seconds(), row.clock.source) for row in policy.first_reply]
    assert first_words == [("early", 20, "D"), ("late", 60, "T"), (None, 20, "D,O")]


@pytest.mark.parametrize(
    ("cell", "wrong"), [('hours = "business"', "hours"), ('hours = "wall"\npauses = ["customer"]', "pauses")]
)
def test_the_platforms_clocks_are_stopped_neither_by_the_desks_hours_nor_for_anybody(cell: str, wrong: str):
    head, _, rest = default_policy_text().partition("[clocks.dispute]")
    with pytest.raises(PolicyRefused, match=rf"clocks\.dispute\.{wrong}"):
        read_policy(head + "[clocks.dispute]" + rest.replace('hours = "wall"', cell, 1))


def test_the_daily_time_of_the_platforms_list_is_a_time_of_day():
    wrong = default_policy_text().replace('platform_list_at = { value = "09:00"', 'platform_list_at = { value = "9"')
    with pytest.raises(PolicyRefused, match=r"platform_list_at\.value"):
        read_policy(wrong)


def test_every_number_names_its_source():
    policy = read_policy(default_policy_text()).policy
    assert all(getattr(policy.clocks, each.name).source for each in fields(ClockRules))
    cells = [getattr(policy, each.name) for each in fields(ShopPolicy)]
    assert all(cell.source for cell in cells if isinstance(cell, Sourced))
    assert not [cell for cell in cells if isinstance(cell, int | float | Money)]


async def test_the_pinned_policy_survives_the_data_converter_unchanged():
    pinned = publishable(default_policy_text(), 2026)
    (payload,) = await pydantic_data_converter.encode([pinned])
    (back,) = await pydantic_data_converter.decode([payload], [PinnedPolicy])
    assert back == pinned
    assert type(back.policy.second_approver_above.value) is Money
    assert back.policy.clocks.evidence.desk is Role.AGENT
    assert version_of(back.policy, back.calendar, back.teams) == pinned.version
    assert len(payload.data) < FEW_KILOBYTES


def test_dates_travel_as_iso_text():
    pinned = publishable(default_policy_text(), 2026)
    assert b'"2026-02-16"' in TypeAdapter(PinnedPolicy).dump_json(pinned)


def test_the_version_can_be_computed_by_anybody_from_the_sorted_json_of_both():
    pinned = publishable(default_policy_text(), 2026)
    both = json.loads(TypeAdapter(PinnedPolicy).dump_json(pinned))
    del both["version"]
    canonical = json.dumps(both, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == pinned.version


def test_the_version_names_the_content_and_nothing_else():
    text = default_policy_text()
    version = publishable(text, 2026).version
    assert publishable("# a remark\n" + text, 2026).version == version
    assert publishable(text.replace('"200.00 CNY"', '"200.01 CNY"'), 2026).version != version
    assert publishable(text.replace('"09:00-11:30"', '"09:00-11:00"'), 2026).version != version
    assert len(version) == 64
