"""What a case is found by is told by its view alone."""

from __future__ import annotations

import json
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from db.views import VIEWS
from domain.casework import view
from domain.clock import Clock
from domain.complaint.book import BOOK, open_complaint
from domain.complaint.state import Complaint
from domain.dock.state import DockParcel
from domain.evidence import Photo
from domain.goods_return.state import Return
from domain.listing import MOST_WORDS, SEARCHED, Listed, Promised, listed
from domain.order import OrderFacts
from domain.payment.state import Payment
from domain.people import Actor
from domain.policy import PinnedPolicy
from domain.sealed import Sealed
from domain.view import CaseView
from tests import builders

UNTIL = "2026-11-26T12:20:00Z"

NO_WORDS = {
    "account", "account_mark", "address", "addressee", "against", "asked_by", "card_reason", "case", "channel",
    "code", "code_shown", "concerned", "courier_signed", "courier_status", "covers", "currency", "digest",
    "earlier_askers", "eligible", "encloses", "ended_as", "evidence", "exceptions", "first_reply", "for_name",
    "for_person", "freight_rule", "handler", "handlers", "hands", "heard_on", "into", "key", "kind", "name", "news",
    "news_seen", "on_duty", "on_failure", "order_index", "ours", "outcome", "parent", "payer", "person", "phone",
    "phone_index", "photos", "promised_by", "proof", "purpose", "reasons", "receipt", "receipts", "received_by",
    "reply", "reported", "result", "return_case", "rule", "says", "sentence", "settled_as", "settled_by", "shop",
    "signed", "stand_in", "subject", "team", "theirs", "to", "told", "told_by", "whom", "why",
}  # fmt: skip
"""Texts of a story that nobody wrote to be found: codes, ids, names of persons, what machines say."""


def told(**story: Any) -> Listed:
    return listed(replace(seen(), story=story))


def seen() -> CaseView:
    return view(BOOK, open_complaint(builders.opening(case="AS-2026-000123")), 1)


def test_words_that_stand_in_clear_are_found_wherever_in_the_story_they_stand() -> None:
    found = told(
        product="青花瓷茶杯",
        judgements=[{"fault": "crack", "place": "rim", "by": {"name": "Lin", "person": "p-lin"}}],
        proposals=[{"words": "We repay it.", "answer": {"sealed": "reason"}}],
        departments=[{"rounds": [{"findings": "烧制缺陷"}]}],
        slip_number="2026-000017",
    ).words
    assert {"as2026000123", "000123", "茶杯", "crack", "rim", "repay", "缺陷", "2026000017"} <= set(found)
    assert not {"lin", "reason", "sealed"} & set(found)


def test_what_machines_say_in_messages_is_not_found() -> None:
    words = told(letters=[{"how": "no mail server is configured", "kind": "acknowledged"}]).words
    assert set(words) == set(listed(replace(seen(), story=None)).words)


def test_tracking_numbers_are_found() -> None:
    assert "sf1267540842" in listed(replace(seen(), tracking=("SF1267540842",))).words


def test_responsible_is_who_the_last_judgement_names_and_the_remedy_is_the_last_proposed() -> None:
    found = told(
        judgements=[{"responsible": "courier"}, {"responsible": "supplier"}],
        proposals=[{"kind": "apology"}, {"kind": "compensation", "counter_kind": "part_refund"}],
    )
    assert found.traits == ("responsible=supplier", "remedy=compensation")


def texts_of(kind: object, seen: set[object]) -> set[str]:
    """The names of all fields of text in a case's value, and in whatever it holds."""
    if get_origin(kind) is not None:
        return set().union(*(texts_of(each, seen) for each in get_args(kind)))
    if kind in seen or not is_dataclass(kind) or kind in {PinnedPolicy, Clock, Photo, Sealed, Actor, OrderFacts}:
        return set()
    seen.add(kind)
    hints = get_type_hints(kind)
    texts = {name for name, each in hints.items() if each is str or str in get_args(each)}
    return texts.union(*(texts_of(each, seen) for each in hints.values()))


@pytest.mark.parametrize("kind", [Complaint, Return, Payment, DockParcel])
def test_of_every_text_in_a_case_it_is_known_whether_it_is_found(kind: type) -> None:
    assert texts_of(kind, set()) - SEARCHED - NO_WORDS == set()


def test_several_responsible_and_several_remedies_are_all_traits() -> None:
    found = told(
        judgements=[{"responsible": "shop", "shares": [{"party": "shop"}, {"party": "courier", "percent": 30}]}],
        proposals=[{"kind": "refund", "borne_by": "supplier", "also": [{"kind": "coupon"}, {"kind": "refund"}]}],
    )
    assert found.traits == ("responsible=courier", "responsible=shop", "remedy=coupon", "remedy=refund")


def test_only_promises_that_are_not_kept_are_listed_and_none_is_needed() -> None:
    kept = {"number": 1, "until": UNTIL, "kept_at": UNTIL, "broken_at": None}
    broken = {"number": 2, "until": "2026-11-26T20:20:00+08:00", "kept_at": None, "broken_at": UNTIL}
    assert told(promises=[kept, broken]).promises == (Promised(2, datetime(2026, 11, 26, 12, 20, tzinfo=UTC)),)
    for end in ("released_at", "dealt_at"):
        assert told(promises=[{**broken, end: UNTIL}]).promises == ()
    closed = replace(seen(), closed_at=builders.START, story={"promises": [broken]})
    assert listed(closed).promises == ()
    assert told(promises=[]).promises == ()
    assert told().promises == ()
    assert told(promises=None).promises == ()


@pytest.mark.parametrize("story", [None, {}, {"judgements": [], "proposals": None}, {"product": None}])
def test_a_story_without_any_of_it_is_found_by_its_number(story: dict[str, object] | None) -> None:
    found = listed(replace(seen(), story=story))
    assert found == Listed(("as", "2026", "000123", "as2026000123", "2026000123"), (), ())


def test_a_case_with_very_much_in_it_keeps_within_bounds() -> None:
    notes = [{"note": " ".join(f"w{n}x{m}" for n in range(900))} for m in range(20)]
    found = told(calls=notes, product="cup").words
    assert len(found) == MOST_WORDS
    assert found[0] == "as"


def test_a_view_read_back_is_found_by_the_same() -> None:
    many = " ".join(f"w{n}" for n in range(900))
    notes = {f"n{m}": {"note": many.replace("w", f"w{m}x")} for m in range(9, 0, -1)}
    live = replace(seen(), story={"product": "杯 ☕", **notes, "proposals": [{"words": "sorry", "kind": "apology"}]})
    again = VIEWS.validate_json(json.dumps(json.loads(VIEWS.dump_json(live)), sort_keys=True))
    assert listed(again) == listed(live)
