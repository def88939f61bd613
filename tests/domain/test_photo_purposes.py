"""What a photo shows: one photo may show two things, and the way of the evidence into the case stays open."""

import pytest

from domain.complaint import steps as cs
from domain.complaint.looking_into.questions import has_evidence
from domain.shared_steps import PhotosKnown, TooManyPhotos
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk


def test_a_known_photo_sent_again_as_the_fault_opens_the_evidence_gate_and_is_listed_once():
    d = desk()
    d.take(m.photos(purpose="receipt"))
    assert d.state == "waiting_for_evidence"
    assert d.take(m.photos(purpose="fault")) == ("photos_added",)
    assert has_evidence(d.complaint)
    assert d.complaint.photos == (b.photo(),)


def test_a_photo_of_the_fault_sent_again_as_the_receipt_is_a_receipt():
    d = desk()
    d.take(m.photos(purpose="fault"))
    d.take(m.photos(purpose="receipt"))
    d.take(m.shipped(receipt=b.photo().photo))
    assert d.complaint.shipments[0].receipt == b.photo().photo


def test_the_same_photo_for_the_same_purpose_is_no_news():
    d = desk()
    d.take(m.photos(purpose="receipt"))
    with pytest.raises(PhotosKnown):
        d.take(m.photos(purpose="receipt"))


def test_a_case_full_of_other_photos_keeps_one_place_for_the_fault():
    d = desk()
    d.take(m.photos(*(b.photo(str(n)) for n in range(19)), purpose="receipt"))
    with pytest.raises(TooManyPhotos):
        d.take(m.photos(b.photo("20th"), purpose="receipt"))
    d.take(m.photos(b.photo("fault")))
    assert has_evidence(d.complaint)
    with pytest.raises(TooManyPhotos):
        d.take(m.photos(b.photo("21st")))


def test_a_full_case_still_takes_a_known_photo_for_another_purpose():
    d = desk()
    d.take(m.photos(*(b.photo(str(n)) for n in range(20))))
    assert d.offers(b.CUSTOMER)["add_evidence"].open
    d.take(m.photos(b.photo("7"), purpose="receipt"))
    assert len(d.complaint.photos) == 20


def test_a_late_photo_opens_an_unanswered_case_although_it_is_known_as_something_else():
    d = desk()
    d.take(m.photos(purpose="receipt"))
    d.wait(b.DAY * 4)
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    d.take(cs.DeclareNoAnswer(actor=b.LIN, reason="no answer", message="write to us"))
    assert d.take(m.photos(purpose="fault")) == ("reopened", "photos_added")
