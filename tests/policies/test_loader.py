"""A policy is right in every cell or refused with all its faults; what is published survives the wire unchanged."""

import hashlib
import json
from dataclasses import fields
from datetime import timedelta

import pytest
from pydantic import TypeAdapter
from temporalio.contrib.pydantic import pydantic_data_converter

from domain.clock import Hours
from domain.money import Money
from domain.people import Role
from domain.policy import ClockRules, Language, PinnedPolicy, ShopPolicy, Sourced
from policies.loader import default_policy_text, publishable, read_policy, version_of
from policies.refused import PolicyFault, PolicyRefused

FEW_KILOBYTES = 6_000


def refused(*changes: tuple[str, str]) -> tuple[PolicyFault, ...]:
    """The faults of the default policy with each text changed at its first place."""
    text = default_policy_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(PolicyRefused) as no:
        read_policy(text)
    return no.value.faults


def evidence(old: str, new: str) -> tuple[str, str]:
    """A change of a line of the evidence clock."""
    head, _, row = default_policy_text().partition("[clocks.evidence]")
    row = "[clocks.evidence]" + row.partition("[clocks.judgement]")[0]
    assert head
    assert old in row
    return row, row.replace(old, new, 1)


def test_the_default_policy_says_what_the_rule_books_say():
    policy = read_policy(default_policy_text()).policy
    assert policy.clocks.first_feedback.after == timedelta(hours=24)
    assert policy.clocks.evidence.reminders == (timedelta(hours=24), timedelta(hours=48))
    assert policy.clocks.judgement.hours is Hours.BUSINESS
    assert policy.clocks.inspection.desk is Role.WAREHOUSE
    assert policy.second_approver_above == Sourced(Money(20000, "CNY"), "T")
    assert policy.call_back_tries == Sourced(3, "O")
    assert policy.language is Language.CHINESE
    assert all(getattr(policy.clocks, each.name).warn_at == 0.75 for each in fields(ClockRules))


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
    assert version_of(back.policy, back.calendar) == pinned.version
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


@pytest.mark.parametrize(
    ("change", "cell", "wrong"),
    [
        (evidence('"48h"', '"96h"'), "clocks.evidence.reminders[1]", "96 h lies after the deadline of 72 h"),
        (evidence('"48h"', '"72h"'), "clocks.evidence.reminders[1]", "72 h lies on the deadline of 72 h"),
        (evidence('"48h"', '"12h"'), "clocks.evidence.reminders[1]", "12 h is not after 24 h"),
        (evidence('"24h"', '"0h"'), "clocks.evidence.reminders[0]", "0 h is not after 0 h"),
        (evidence('"24h"', '"-24h"'), "clocks.evidence.reminders[0]", "'-24h' cannot be read"),
        (evidence('["24h", "48h"]', '"24h"'), "clocks.evidence.reminders", "'24h' does not fit"),
        (evidence('after = "72h"', 'after = "-72h"'), "clocks.evidence.after", "'-72h' cannot be read"),
        (evidence('after = "72h"', "after = 72"), "clocks.evidence.after", "72 cannot be read"),
        (evidence('"72h"\nhours', '"0h"\nhours'), "clocks.evidence.after", "0 h is no deadline"),
        (evidence('after = "72h"', 'after = "400d"'), "clocks.evidence.after", "9600 h is no deadline"),
        (evidence('after = "72h"\n', ""), "clocks.evidence.after", "missing"),
        (evidence("warn_at = 0.75", "warn_at = 1"), "clocks.evidence.warn_at", "1.0 is no share"),
        (evidence("warn_at = 0.75", "warn_at = 0"), "clocks.evidence.warn_at", "0.0 is no share"),
        (evidence("warn_at = 0.75", "warn_at = nan"), "clocks.evidence.warn_at", "nan is no share"),
        (evidence("warn_at = 0.75", 'warn_at = "0.75"'), "clocks.evidence.warn_at", "'0.75' does not fit"),
        (evidence("warn_at = 0.75\n", ""), "clocks.evidence.warn_at", "missing"),
        (evidence('"wall"', '"office"'), "clocks.evidence.hours", "'office' does not fit"),
        (evidence('"agent"', '"nobody"'), "clocks.evidence.desk", "'nobody' does not fit"),
        (evidence('"agent"', '"auditor"'), "clocks.evidence.desk", "auditor has no work list"),
        (evidence('"F,O"', '"X"'), "clocks.evidence.source", "'X' names no rule book"),
        (evidence('"F,O"', '""'), "clocks.evidence.source", "'' names no rule book"),
        (evidence('"F,O"', '"F,F"'), "clocks.evidence.source", "'F,F' names no rule book"),
        (evidence("hours =", "hour ="), "clocks.evidence.hour", "no such cell"),
        (("[clocks.evidence]", "[clocks.evidences]"), "clocks.evidences", "no such cell"),
        (("[clocks.evidence]", "[clocks.evidences]"), "clocks.evidence", "missing"),
        (('currency = "CNY"', 'currency = "XXX"'), "currency", "'XXX' is unknown"),
        (('currency = "CNY"', 'colour = "red"\ncurrency = "CNY"'), "colour", "no such cell"),
        (('currency = "CNY"\n', ""), "currency", "missing"),
        (('language = "zh"', 'language = "la"'), "language", "'la' does not fit"),
        (('"200.00 CNY"', '"200.00 USD"'), "second_approver_above.value", "USD in a shop that pays in CNY"),
        (('"200.00 CNY"', '"200.001 CNY"'), "second_approver_above.value", "'200.001 CNY' cannot be read"),
        (('"200.00 CNY"', '"-1.00 CNY"'), "second_approver_above.value", "'-1.00 CNY' cannot be read"),
        (('"200.00 CNY"', "200.00"), "second_approver_above.value", "200.0 cannot be read"),
        (('"30.00 CNY", source = "O"', '"30.00 CNY"'), "freight_cap.source", "missing"),
        (("call_back_tries = { value = 3", "call_back_tries = { value = 0"), "call_back_tries.value", "0 is out of"),
        (("call_back_tries = { value = 3", "call_back_tries = { value = true"), "call_back_tries.value", "True does"),
        (("call_back_days = { value = 3", "call_back_days = { value = 4"), "call_back_days.value", "4 days with 3"),
        (("window_days = { value = 15", "window_days = { value = -1"), "reopen_window_days.value", "-1 is out of"),
        (("max_photos = { value = 20", 'max_photos = { value = "20"'), "max_photos.value", "'20' does not fit"),
        (("max_photos = { value = 20", "max_photos = { value = 20.5"), "max_photos.value", "20.5 does not fit"),
        (('["quality", ', '["qualty", '), "evidence_required.value[0]", "'qualty' is unknown"),
        (('["quality", ', '["service", '), "evidence_required.value[0]", "'service' is unknown or named"),
        (('["lining"', '["linen"'), "photo_exempt_kinds.value[0]", "'linen' is unknown"),
        (('["quality", ', '["quality", "quality", '), "evidence_required.value[1]", "'quality' is unknown or named"),
        (('addressee = "售后部"', 'addressee = " "'), "return_address.addressee", "empty"),
        (('addressee = "售后部"', "addressee = 2026-01-01"), "return_address.addressee", "2026-01-01 does not fit"),
        (('"Asia/Shanghai"', '"Asia/Atlantis"'), "calendar.zone", "'Asia/Atlantis' is unknown"),
        (('"Asia/Shanghai"', '"../etc"'), "calendar.zone", "'../etc' is unknown"),
        (('"CN"\n', '"QQ"\n'), "calendar.public_holidays", "'QQ' is unknown"),
        (('"12:30-18:30"', '"11:00-18:30"'), "calendar.shifts.early.spans[1]", "opens at 11:00"),
        (('"12:30-18:30"', '"12:30-25:00"'), "calendar.shifts.early.spans[1]", "'12:30-25:00' cannot be read"),
        (('"12:30-18:30"', '"12:30-18:60"'), "calendar.shifts.early.spans[1]", "'12:30-18:60' cannot be read"),
        (('"18:30-23:30"', '"18:30-02:00"'), "calendar.shifts.late.spans[1]", "'18:30-02:00' cannot be read"),
        (('days = ["mon", "tue"', 'days = ["mon", "mon"'), "calendar.shifts.early.days", "a weekday is named twice"),
        (('days = ["mon"', 'days = ["monday"'), "calendar.shifts.early.days[0]", "'monday' does not fit"),
        (("closed = []", 'closed = [{ on = "soon", why = "move" }]'), "calendar.closed[0].on", "'soon' does not fit"),
        (("closed = []", "closed = [{ on = 2026-07-01 }]"), "calendar.closed[0].why", "missing"),
        (("closed = []", 'closed = [{ on = 2026-07-01, why = "" }]'), "calendar.closed[0].why", "empty"),
        (
            ("closed = []", 'closed = [{ on = 2026-07-01T08:00:00Z, why = "move" }]'),
            "calendar.closed[0].on",
            "2026-07-01 08:00:00+00:00 does not fit",
        ),
        (
            ("worked = []", 'worked = [{ on = 2026-07-04, why = "sale", spans = [] }]'),
            "calendar.worked[0].spans",
            "a worked day without hours",
        ),
    ],
)
def test_a_wrong_cell_is_refused_by_its_path(change, cell, wrong):
    faults = refused(change)
    assert [fault for fault in faults if fault.cell == cell and fault.wrong.startswith(wrong)], faults
    assert all(fault.allowed for fault in faults)


def test_all_faults_of_the_document_are_named_at_once_each_cell_once():
    faults = refused(
        evidence('"48h"', '"96h"'), ('"200.00 CNY"', '"much"'), ('"Asia/Shanghai"', '"Moon"'), ("max_photos", "photos")
    )
    assert {fault.cell for fault in faults} == {
        "clocks.evidence.reminders[1]",
        "second_approver_above.value",
        "calendar.zone",
        "photos",
        "max_photos",
    }
    assert len(faults) == len({fault.cell for fault in faults})


def test_a_fault_reads_as_a_sentence():
    (fault,) = refused(evidence('"48h"', '"96h"'))
    assert str(fault) == ("clocks.evidence.reminders[1]: 96 h lies after the deadline of 72 h; allowed: less than 72 h")


def test_a_date_both_closed_and_worked_is_refused():
    closed = ("closed = []", 'closed = [{ on = 2026-07-04, why = "move" }]')
    worked = ("worked = []", 'worked = [{ on = 2026-07-04, why = "sale" }]')
    assert [fault.cell for fault in refused(closed, worked)] == ["calendar.worked[0].on"]


def test_a_desk_that_never_opens_is_refused():
    days = 'days = ["mon", "tue", "wed", "thu", "fri"]'
    assert [fault.cell for fault in refused((days, "days = []"), (days, "days = []"))] == ["calendar.shifts"]


@pytest.mark.parametrize("text", ["", "= 3", "calendar = 3", "clocks = 3", "clocks = { evidence = 3 }", "[[calendar]]"])
def test_a_text_that_is_no_policy_is_refused_and_breaks_nothing(text):
    with pytest.raises(PolicyRefused) as no:
        read_policy(text)
    assert no.value.faults


def test_no_warning_is_written_as_none():
    head, row = evidence("warn_at = 0.75", 'warn_at = "none"')
    policy = read_policy(default_policy_text().replace(head, row)).policy
    assert policy.clocks.evidence.warn_at is None
