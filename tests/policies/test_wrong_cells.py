"""A cell that cannot hold is refused by its path, with what is allowed there; all faults at once."""

import pytest

from policies.loader import default_policy_text, read_policy
from policies.refused import PolicyFault, PolicyRefused


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


def points(row: str, old: int, new: int) -> tuple[str, str]:
    """A change of a row's points."""
    return f"\n{row} = {{ value = {old}", f"\n{row} = {{ value = {new}"


def added(cell: str) -> tuple[str, str]:
    """The evidence clock with one cell more."""
    return evidence('hours = "wall"', f'hours = "wall"\n{cell}')


def line_up(after: str, to: str) -> tuple[str, str]:
    """The evidence clock with this as the second level of its line up."""
    return added(f'escalation = [{{ after = "0m", to = "supervisor" }}, {{ after = "{after}", to = "{to}" }}]')


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
        (evidence("warn_at = 0.75", "warn_at = true"), "clocks.evidence.warn_at", "True does not fit"),
        (evidence("warn_at = 0.75", "warn_at = [0.5, 1.5]"), "clocks.evidence.warn_at[1]", "1.5 is no share"),
        (evidence("warn_at = 0.75", "warn_at = [0.5, 0.5]"), "clocks.evidence.warn_at[1]", "0.5 is not after 0.5"),
        (evidence("warn_at = 0.75", 'warn_at = [0.5, "x"]'), "clocks.evidence.warn_at[1]", "'x' does not fit"),
        (added("escalation = []"), "clocks.evidence.escalation", "nobody hears of a breach"),
        (added('escalation = [{ to = "supervisor" }]'), "clocks.evidence.escalation[0].after", "missing"),
        (line_up("0m", "customer"), "clocks.evidence.escalation[1].to", "customer hears of no breach"),
        (line_up("4h", "auditor"), "clocks.evidence.escalation[1].to", "auditor hears of no breach"),
        (line_up("0m", "centre_manager"), "clocks.evidence.escalation[1].after", "0 h is not after 0 h"),
        (line_up("400d", "centre_manager"), "clocks.evidence.escalation[1].after", "9600 h is too late"),
        (line_up("-4h", "centre_manager"), "clocks.evidence.escalation[1].after", "'-4h' cannot be read"),
        (added('pauses = ["courier", "customer"]'), "clocks.evidence.pauses[1]", "the clock waits for the customer"),
        (added('pauses = ["weather"]'), "clocks.evidence.pauses[0]", "'weather' does not fit"),
        (added('pauses = ["courier", "courier"]'), "clocks.evidence.pauses[1]", "courier is named twice"),
        (added('escalates_to = "supervisor"'), "clocks.evidence.escalates_to", "no such cell"),
        (added('calendar = "night_owls"'), "clocks.evidence.calendar", "'night_owls' is no team"),
        (('channels = ["chat"', 'channels = ["telex"'), "first_reply[0].channels[0]", "'telex' is unknown"),
        (('channels = ["chat"', 'channels = ["qq"'), "first_reply[0].channels[2]", "'qq' is unknown or named twice"),
        (('shift = "late"', 'shift = "early"'), "first_reply[1].channels[0]", "an earlier row has chat already"),
        (('shift = "early"\n', ""), "first_reply[1].channels[0]", "an earlier row has chat already"),
        (('shift = "late"', 'shift = "night"'), "first_reply[1].shift", "'night' is no shift"),
        (('after = "20s"', 'after = "0s"'), "first_reply[0].clock.after", "0 h is no deadline"),
        (('after = "20s"', 'after = "20 s"'), "first_reply[0].clock.after", "'20 s' cannot be read"),
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
        (("valid_days = { value = 14", "valid_days = { value = 0"), "proposal_valid_days.value", "0 is out of"),
        (("valid_days = { value = 14", "valid_days = { value = 2"), "proposal_valid_days.value", "2 days, but the"),
        (('"5000.00 CNY"', '"499.99 CNY"'), "supervisor_offers_up_to.value", "499.99 CNY is less"),
        (('"500.00 CNY"', '"500.00 USD"'), "agent_offers_up_to.value", "USD in a shop that pays in CNY"),
        (("window_days = { value = 15", "window_days = { value = -1"), "reopen_window_days.value", "-1 is out of"),
        (("max_photos = { value = 20", 'max_photos = { value = "20"'), "max_photos.value", "'20' does not fit"),
        (("max_photos = { value = 20", "max_photos = { value = 20.5"), "max_photos.value", "20.5 does not fit"),
        (
            ("customer_level = { value = 3", "customer_level = { value = 0"),
            "important_customer_level.value",
            "0 is out",
        ),
        (('mark_lasts = { value = "2m"', 'mark_lasts = { value = "59s"'), "mark_lasts.value", "59 s is out of reach"),
        (('mark_lasts = { value = "2m"', 'mark_lasts = { value = "61m"'), "mark_lasts.value", "61 min is out of reach"),
        (("duplicate_days = { value = 7", "duplicate_days = { value = 0"), "duplicate_days.value", "0 is out of"),
        (points("small_loss", 1, -1), "priority.small_loss.value", "-1 is out of reach"),
        (points("systemic", 4, 101), "priority.systemic.value", "101 is out of reach"),
        (points("large_loss", 2, 0), "priority.large_loss.value", "0 weighs less than small_loss"),
        (points("systemic", 4, 1), "priority.systemic.value", "1 weighs less than several"),
        (points("level_2_from", 6, 11), "priority.level_2_from.value", "11 points are never reached"),
        (points("level_3_from", 3, 6), "priority.level_3_from.value", "6 points are never reached, or"),
        (points("level_4_from", 1, 0), "priority.level_4_from.value", "0 points are never reached"),
        (("systemic = { value = 4", "systemic = { value = true"), "priority.systemic.value", "True does not fit"),
        (('value = "300.00 CNY"', 'value = "300.00 USD"'), "priority.large_loss_from.value", "USD in a shop that pays"),
        (("[priority]", "[priorities]"), "priority", "missing"),
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
    assert policy.clocks.evidence.warn_at == ()


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ('begins = "21:00"', 'begins = "9 pm"', "quiet.begins"),
        ('begins = "21:00"', 'begins = "24:00"', "quiet.begins"),
        ('begins = "21:00"', "begins = 2100", "quiet.begins"),
        ('ends = "08:00"', 'ends = "21:00"', "quiet.ends"),
        ('ways = ["gateway", "person"]', 'ways = ["gateway", "gateway"]', "quiet.ways"),
        ('ways = ["gateway", "person"]', 'ways = ["pigeon"]', "quiet.ways[0]"),
        ('exempt = ["acknowledged", "promise_broken"]', 'exempt = ["acknowledged", "no_such"]', "quiet.exempt[1]"),
        ('value = ["email", "gateway", "person"]', 'value = ["email", "gateway"]', "ways_to_customer.value"),
        ('value = ["email", "gateway", "person"]', "value = []", "ways_to_customer.value"),
        ('value = ["email", "gateway", "person"]', 'value = ["email", "email", "person"]', "ways_to_customer.value"),
        ('value = ["email", "gateway", "person"]', 'value = ["pigeon", "person"]', "ways_to_customer.value[0]"),
    ],
)
def test_ways_to_the_customer_and_quiet_hours_are_checked_by_cell(old: str, new: str, cell: str):
    assert [fault.cell for fault in refused((old, new))] == [cell]


def test_a_policy_may_have_no_quiet_hours_and_then_nothing_is_quiet():
    head, _, rest = default_policy_text().partition("[quiet]")
    without = head + "[return_address]" + rest.partition("[return_address]")[2]
    assert read_policy(without).policy.quiet is None


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        (("days = 7\n", "days = 0\n"), "returns.windows[0].days"),
        (("days = 7\n", "days = 367\n"), "returns.windows[0].days"),
        (('"other_variant", "not_as', '"changed_mind", "not_as'), "returns.windows[0].problems[1]"),
        (('"other_variant", "not_as', '"regret", "not_as'), "returns.windows[0].problems[1]"),
        (('anchor = "signed"', 'anchor = "wrapped"'), "returns.windows[0].anchor"),
        (('whole = true\nsource = "S,O"', 'whole = true\nsource = "X"'), "returns.windows[0].source"),
        (("final_sale = { value = []", 'final_sale = { value = [" "]'), "returns.final_sale.value[0]"),
    ],
)
def test_rules_on_returned_goods_that_cannot_hold_are_refused(change: tuple[str, str], cell: str):
    assert [fault.cell for fault in refused(change)] == [cell]
