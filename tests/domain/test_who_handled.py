"""Who worked on a case does not make its call-back, and whose case it is stays told [D][E][S]."""

import pytest

from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Channel
from domain.people import Actor, Role
from domain.shared_steps import ReportTelling
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk

HE_AS_AGENT = Actor(b.HE.person, Role.AGENT, b.HE.name, on_behalf_of=Role.CUSTOMER)


def test_who_passed_on_the_customers_consent_does_not_call_back():
    d = m.judged(desk())
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.take(m.accept(actor=b.WU, heard_on=Channel.PHONE))
    d.post()
    assert not d.offers(b.WU)["record_call_back"].open
    assert d.offers(b.SUN)["record_call_back"].open


def test_who_opened_the_case_does_not_call_back():
    d = desk(opened_by=HE_AS_AGENT)
    m.apologised(d)
    with pytest.raises(no.HandlerMayNotCallBack):
        d.take(m.call_back(cs.CallResult.SATISFIED, b.HE))


def test_who_sent_in_a_photo_for_the_customer_does_not_call_back():
    d = desk()
    d.take(m.photos(actor=b.WU))
    d.take(m.judge())
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.take(m.accept())
    d.post()
    assert not d.offers(b.WU)["record_call_back"].open


def test_customers_and_other_software_are_no_handlers():
    d = m.apologised(desk())
    assert d.complaint.handlers == (b.LIN.person,)


def test_calling_back_and_its_desks_messages_make_nobody_a_handler():
    d = m.apologised(desk())
    d.take(m.call_back(cs.CallResult.NOT_REACHED))
    d.wait(b.DAY)
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    d.mail_bounces()
    d.take(ReportTelling(actor=b.HE, number=len(d.complaint.letters), how="phone"))
    assert b.HE.person not in d.complaint.handlers
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.take(m.accept(2))
    d.post()
    d.take(m.call_back(cs.CallResult.SATISFIED))


def test_a_supervisor_who_calls_back_for_want_of_others_may_do_so_again():
    d = m.apologised(desk())
    d.take(m.call_back(cs.CallResult.NOT_REACHED, b.SUN))
    d.wait(b.DAY)
    d.take(m.call_back(cs.CallResult.SATISFIED, b.SUN))


def test_the_case_is_the_agents_who_worked_on_it_last_not_the_warehouses_who_sent_a_photo():
    d = m.judged(desk())
    d.take(m.photos(b.photo("box"), actor=b.ZHAO, purpose="inspection"))
    assert d.view().handler == b.LIN.person
    assert b.ZHAO.person in d.complaint.handlers
