"""Requests to other desks that go round: sent back, passed on, named by the supervisor."""

from __future__ import annotations

from domain.complaint.requests import refusals as no
from domain.complaint.requests.state import OtherDesk, RequestKind
from domain.people import Role, Unit
from domain.refusals import RoleMayNot
from tests import builders as b
from tests.domain import asking as a
from tests.domain.desk import desk
from tests.domain.looks import refused, task

# -- sent back ----------------------------------------------------------------------------------------------------


def test_findings_that_do_not_suffice_get_a_second_round_with_its_own_deadline_and_the_first_stays():
    d = a.technical()
    d.wait(b.HOUR)
    d.take(a.answer())
    d.wait(b.HOUR)
    d.take(a.send_back())
    assert task(d, "request-1").desk is Role.DEPARTMENT
    first, second = [clock for clock in d.complaint.clocks if clock.name == "department#1"]
    assert first.end_cause == "request_answered"
    assert second.started_at == d.now
    d.take(a.answer(actor=b.TAO, findings="the fuse, by a surge"))
    told = a.shown(d)["answers"]
    assert [(each["findings"], each.get("sent_back")) for each in told] == [  # type: ignore[union-attr,attr-defined]
        ("the fuse was blown", "which fuse, and why"),
        ("the fuse, by a surge", None),
    ]


def test_nothing_is_sent_back_that_is_not_answered():
    d = a.technical()
    d.take(a.ask(kind=RequestKind.OTHER))
    d.take(a.answer(2))
    assert refused(d, a.send_back(1)) is no.NothingAnswered


# -- passed on and named ------------------------------------------------------------------------------------------


def test_not_ours_passes_it_to_the_unit_that_is_named_and_the_deadline_runs_on():
    d = a.technical()
    due = d.complaint.due("department#1")
    d.wait(b.HOUR)
    d.take(a.pass_on())
    assert a.request(d).unit is Unit.DELIVERY
    assert d.complaint.due("department#1") == due
    assert refused(d, a.answer()) is no.NotYourRequest
    d.take(a.answer(actor=b.NING))


def test_the_second_bounce_puts_it_on_the_supervisor_who_names_one_and_it_stays_there():
    d = a.technical()
    a.bounced(d)
    waits = task(d, "request-1")
    assert (waits.desk, waits.step) == (Role.SUPERVISOR, "name_desk")
    assert refused(d, a.receive()) is no.NothingAsked  # it is on nobody's list until then
    d.take(a.name())
    assert task(d, "request-1").desk is Role.DEPARTMENT
    assert refused(d, a.pass_on()) is no.DeskWasNamed
    d.take(a.answer())
    assert a.request(d).naming is not None


def test_the_supervisor_may_name_a_desk_before_that_and_name_another_later():
    d = a.technical()
    d.take(a.name(a.DELIVERY))
    d.take(a.name(a.TECHNICAL, actor=b.GAO))
    assert a.request(d).unit is Unit.TECHNICAL
    assert refused(d, a.name(actor=b.LIN)) is RoleMayNot


def test_a_desk_without_units_may_pass_on_as_well():
    d = desk()
    d.take(a.ask(None, desk=OtherDesk.WAREHOUSE, kind=RequestKind.OTHER))
    d.take(a.pass_on(a.DELIVERY, actor=b.ZHAO))
    assert a.request(d).where == "delivery"


def test_a_trace_stays_with_the_logistics_desk():
    d = desk()
    d.take(a.trace())
    assert refused(d, a.pass_on(actor=b.LU)) is no.TraceIsLogistics
    assert refused(d, a.name()) is no.TraceIsLogistics
