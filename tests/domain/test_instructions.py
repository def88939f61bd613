"""What the customer is told before sending, on record, and the freight-collect parcel that comes all the same [S]."""

from __future__ import annotations

import pytest

from domain.complaint.problems import RemedyKind
from domain.goods_return import refusals as no
from domain.goods_return import steps as rs
from domain.letters import compose
from domain.policy import Language
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

COLLECT = rs.ReceiveParcel(actor=b.ZHAO, tracking="SF1111", freight_collect=True)


def returning() -> tuple[Desk, str]:
    d = desk()
    return d, m.returning(d)


def test_the_return_shows_all_that_the_customer_is_told():
    d = m.agreed(desk(), RemedyKind.EXCHANGE, what="the same cup, green")
    told = d.returns[d.complaint.returns[0].case].authorisation
    assert told.card_reason == "cup: cracked handle -> the same cup, green"
    assert (told.exchange_for, told.freight_cap) == ("the same cup, green", b.yuan("30.00"))
    assert set(told.encloses) >= {"customer_id", "contact", "reason", "exchange_for"}
    assert told.on_failure


@pytest.mark.parametrize("language", list(Language))
def test_the_letter_says_card_freight_exchange_and_what_failing_means(language: Language):
    d = m.agreed(desk(), RemedyKind.EXCHANGE, what="the same cup, green")
    letter = d.returns[d.complaint.returns[0].case].letters[0]
    body = compose(letter.kind, letter.says, language, case="AS-1", name="", link="https://x").body
    for words in ("the same cup, green", "30.00", "cracked handle"):
        assert words in body
    assert "6. " in body


def test_the_letter_that_reached_the_customer_is_the_word_that_they_were_told_to_prepay():
    d, name = returning()
    assert d.returns[name].instructed is None
    d.post()
    told = d.returns[name].instructed
    assert told is not None
    assert (told.at, told.how) == (d.now, "email")
    d.take(COLLECT, name)
    (collected,) = d.returns[name].collected
    assert (collected.untold, collected.against) == (False, "")
    assert d.returns[name].troubles == ()


def test_a_letter_of_another_kind_or_one_that_bounced_tells_nobody_to_prepay():
    d, name = returning()
    d.mail_bounces()
    assert d.returns[name].instructed is None


def test_an_agent_who_tells_it_has_told_it():
    d, name = returning()
    d.take(m.tell_how(), name)
    assert d.returns[name].instructed is not None
    d.take(COLLECT, name)
    assert not d.returns[name].collected[0].untold


def test_a_freight_collect_parcel_that_comes_untold_is_a_breach_of_the_agent_and_the_case_goes_on():
    d, name = returning()
    d.take(COLLECT, name)
    (collected,) = d.returns[name].collected
    assert (collected.untold, collected.against) == (True, b.LIN.person)
    assert [trouble.code for trouble in d.returns[name].troubles] == ["freight_collect_untold"]
    d.take(m.inspect(), name)
    assert d.returns[name].outcome == "passed"


def test_it_is_lifted_when_the_customer_bears_half_and_stays_visible_also_after_the_end():
    d, name = returning()
    d.take(COLLECT, name)
    d.take(m.inspect(), name)
    with pytest.raises(no.NothingCollected):
        d.take(m.share_freight("SF2222"), name)
    d.take(m.share_freight(), name)
    (collected,) = d.returns[name].collected
    assert (collected.untold, collected.lifted_at) == (True, d.now)
    assert all(trouble.settled_at for trouble in d.returns[name].troubles)
