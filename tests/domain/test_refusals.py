"""Every "no" of the desk: each refusal is provoked here, by the shortest way to it, and none may be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain import order as orders
from domain import refusals as common
from domain import shared_steps as shared
from domain.casework import decide
from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.complaint.book import BOOK
from domain.complaint.problems import RemedyKind
from domain.goods_return import refusals as no_return
from domain.goods_return import steps as rs
from domain.goods_return.state import Disposition
from domain.payment import refusals as no_slip
from domain.payment import steps as ps
from domain.refusals import Refusal
from domain.shared_steps import ReportTelling, ResendMessage, SettleTrouble, TakeReceipt
from tests import builders as b
from tests.domain import moves as m
from tests.domain import (
    provoked_at_the_dock,
    provoked_at_the_gateway,
    provoked_at_the_intake,
    provoked_by_claims,
    provoked_by_promises,
    provoked_by_replacements,
    provoked_by_requests,
    provoked_by_sums,
    provoked_in_complaints,
    provoked_in_remedies,
    provoked_in_returns,
    provoked_on_platform,
    provoked_while_looking,
    provoked_while_stopping,
)
from tests.domain.desk import Desk, desk
from tests.domain.provoked import PROVOKED, provokes

PROVOKING = (
    provoked_by_claims,
    provoked_at_the_gateway,
    provoked_by_replacements,
    provoked_by_sums,
    provoked_on_platform,
    provoked_by_requests,
    provoked_in_complaints,
    provoked_while_looking,
    provoked_by_promises,
    provoked_while_stopping,
    provoked_in_remedies,
    provoked_in_returns,
    provoked_at_the_intake,
    provoked_at_the_dock,
)
"""The files whose import fills PROVOKED; a chapter's own is added here."""
BRANCHES = (Refusal, common.NotYou, common.NotThere, common.NotNow, common.NotLikeThis)


def every_refusal(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    return (each for each in common.family(kind) if each is not kind and each.__module__.startswith("domain"))


def test_every_refusal_of_the_rule_book_is_provoked():
    assert set(every_refusal()) - set(BRANCHES) == set(PROVOKED)


def refused(kind: type[Refusal]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        PROVOKED[kind]()
    return caught.value


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames:
        kinds = sorted(PROVOKED, key=lambda kind: kind.code)
        metafunc.parametrize("kind", kinds, ids=[kind.code for kind in kinds])


def test_a_refusal_is_the_one_expected_and_every_sentence_of_it_is_filled_in(kind: type[Refusal]):
    refusal = refused(kind)
    assert type(refusal) is kind
    record = refusal.record()
    for sentence in (record.sentence, record.sentence_zh, record.way_out, record.way_out_zh):
        assert sentence
        assert "{}" not in sentence
    assert not record.sentence_zh.isascii()
    assert record.branch in {"not_you", "not_there", "not_now", "not_like_this"}
    told = common.refusal_of(refusal.code, {fact: str(value) for fact, value in refusal.facts.items()})
    assert replace(told.record(), field=record.field) == record
    assert set(record.source.split(",")) <= {"D", "T", "E", "S", "F", "O"}


def test_codes_are_unique_within_a_kind_of_case():
    for module in (no, no_return, no_slip):
        codes = [kind.code for kind in every_refusal() if kind.__module__ == module.__name__]
        assert len(codes) == len(set(codes))


# -- all kinds of case -----------------------------------------------------------------------------------------


@provokes(common.RoleMayNot)
def _() -> object:
    return desk().take(m.judge(b.ZHAO))


@provokes(common.CaseClosed)
def _() -> object:
    d = desk()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    return d.take(m.judge())


@provokes(common.StepUnknown)
def _() -> object:
    return desk().take(m.receive())


@provokes(common.LetterUnknown)
def _() -> object:
    d = desk()
    d.mail_bounces()
    return d.take(ReportTelling(actor=b.LIN, number=7, how="phone"))


@provokes(common.MessageNotSent)
def _() -> object:
    d = desk()
    d.post()
    return d.take(ResendMessage(actor=b.LIN, number=7))


@provokes(common.ReceiptLate)
def _() -> object:
    d = desk()
    d.mail_bounces()
    step = TakeReceipt(actor=b.SHOP, number=1, round=1, why="no such number")
    return decide(BOOK, d.complaint, step, d.now)


@provokes(common.TroubleUnknown)
def _() -> object:
    return desk().take(SettleTrouble(actor=b.WU, number=1, how="mended"))


@provokes(shared.TooManyPhotos)
def _() -> object:
    return desk().take(m.photos(*(b.photo(f"p{n}") for n in range(21))))


@provokes(shared.PhotosKnown)
def _() -> object:
    d = desk()
    d.take(m.photos())
    return d.take(m.photos())


@provokes(orders.UnknownLine)
def _() -> object:
    return desk(line=9)


@provokes(orders.QuantityAboveBought)
def _() -> object:
    return desk(quantity=3)


# -- return ----------------------------------------------------------------------------------------------------


def arrived() -> tuple[Desk, str]:
    d = desk()
    name = m.returning(d)
    d.take(m.receive(), name)
    return d, name


@provokes(no_return.ParcelKnown)
def _() -> object:
    d, name = arrived()
    return d.take(m.receive(), name)


@provokes(no_return.ReturnOver)
def _() -> object:
    d = desk()
    return d.take(m.receive("SF2222"), m.passed(d))


@provokes(no_return.NothingReceived)
def _() -> object:
    d = desk()
    name = m.returning(d)
    return d.take(m.inspect(), name)


@provokes(no_return.NothingToDispose)
def _() -> object:
    d, name = arrived()
    return d.take(m.dispose(), name)


@provokes(no_return.DisposedSo)
def _() -> object:
    d = desk()
    return d.take(m.dispose(Disposition.SECOND_CHOICE), m.passed(d))


@provokes(no_return.InspectionSettled)
def _() -> object:
    d = desk()
    name = m.failed(d)
    d.take(m.propose(RemedyKind.SEND_BACK, None))
    d.take(m.accept(2))
    return d.take(m.inspect(), name)


@provokes(no_return.PhotoUnknown)
def _() -> object:
    d, name = arrived()
    return d.take(m.inspect(photos=("0" * 64,)), name)


@provokes(no_return.NothingToSendBack)
def _() -> object:
    d, name = arrived()
    return d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF99"), name)


@provokes(no_return.NotWaiting)
def _() -> object:
    d, name = arrived()
    return d.take(rs.ExtendWait(actor=b.LIN, days=3, reason="more time"), name)


@provokes(no_return.DeadlineNotReached)
def _() -> object:
    d = desk()
    name = m.returning(d)
    return d.take(rs.GiveUpReturn(actor=b.LIN, reason="too long"), name)


# -- slip ------------------------------------------------------------------------------------------------------


@provokes(no_slip.SamePerson)
def _() -> object:
    d = desk()
    m.judged(d)
    d.take(m.propose(provoked_in_complaints.COMP, "50.00", actor=b.WU))
    d.take(m.accept())
    return d.take(m.approve("50.00", b.WU), d.complaint.payments[0].case)


@provokes(no_slip.NotReserved)
def _() -> object:
    d = m.judged(desk())
    d.take(m.propose(provoked_in_complaints.COMP, "50.00"))
    d.at_once = False
    d.take(m.accept())
    d.do_errand()
    return d.take(m.approve("50.00"), next(iter(d.payments)))


@provokes(no_slip.EnoughApprovals)
def _() -> object:
    d = desk()
    slip = m.compensated(d)
    d.take(m.approve("50.00"), slip)
    return d.take(m.approve("50.00", b.SUN), slip)


@provokes(no_slip.WithFinance)
def _() -> object:
    d = desk()
    slip = m.compensated(d)
    d.take(m.approve("50.00"), slip)
    return d.take(ps.VoidSlip(actor=b.SUN, reason="changed my mind"), slip)


@provokes(no_slip.NotApproved)
def _() -> object:
    d = desk()
    return d.take(m.pay("50.00"), m.compensated(d))


@provokes(no_slip.AmountDiffers)
def _() -> object:
    d = desk()
    return d.take(m.approve("5.00"), m.compensated(d))


def test_a_refused_step_changes_nothing():
    d = desk()
    before = d.complaint
    with pytest.raises(no.NotJudged):
        d.take(m.propose())
    assert d.complaint == before


def test_a_slip_can_be_voided_by_another_approver_and_not_by_its_asker():
    d = m.judged(desk())
    d.take(m.propose(provoked_in_complaints.COMP, "50.00", actor=b.WU))
    d.take(m.accept())
    slip = d.complaint.payments[0].case
    with pytest.raises(no_slip.SamePerson):
        d.take(ps.VoidSlip(actor=b.WU, reason="changed my mind"), slip)
    d.take(ps.VoidSlip(actor=b.SUN, reason="wrong line"), slip)
    assert d.payments[slip].outcome == "void"


def test_a_refusal_of_a_code_that_is_not_known_here_still_says_no():
    told = common.refusal_of("of_a_later_release", {"whatever": "1"}).record()
    assert (told.code, told.sentence) == ("refused", Refusal.en)
