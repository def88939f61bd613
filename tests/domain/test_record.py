"""The record in sentences: every event of every kind, in both languages, without a customer's word."""

import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any

import pytest

from domain import record_words
from domain.casefile import ClockBreached, Event
from domain.clock import ClockRule
from domain.complaint import events as complaint_events
from domain.complaint.first_reply import FIRST_REPLY
from domain.goods_return import events as return_events
from domain.money import Money
from domain.payment import events as payment_events
from domain.people import Actor
from domain.policy import ClockRules, Language
from domain.record import sentence, tag
from domain.sealed import Sealed
from tests.builders import LIN, START, yuan

HOUSES = (complaint_events, return_events, payment_events)  # imported, so that their events are known
BOOKS = {"D", "T", "E", "S", "F", "O"}
SECRET = Sealed("c-1", "answer", 1, "SECRETBOX")


def kinds_of(event: type[Event] = Event) -> Iterator[type[Event]]:
    for kind in event.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def example(hint: Any, name: str) -> Any:
    """A value of the type; of a coded text, its first code."""
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        hint = typing.get_args(hint)[0]
    known = {Actor: LIN, datetime: START, date: START.date(), Money: yuan("12.50"), Sealed: SECRET, int: 1, bool: True}
    if hint in known:
        return known[hint]
    if hint is str:
        coded = record_words.WORDS[Language.ENGLISH].get(name)
        return next(iter(coded)) if coded else f"some {name}"
    if typing.get_origin(hint) is tuple:
        return ()
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    return made(hint)


def made(kind: Any) -> Any:
    assert is_dataclass(kind), kind
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: example(hints[field.name], field.name) for field in fields(kind) if field.init})


EVENTS = sorted(set(kinds_of()), key=lambda kind: (kind.__module__, kind.__name__))
EVENTS = [kind for kind in EVENTS if kind.__module__.startswith("domain.") and not kind.__subclasses__()]


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_event_has_a_sentence_in_both_languages_and_a_source(kind: type[Event]):
    event = made(kind)
    english, chinese = sentence(event, Language.ENGLISH), sentence(event, Language.CHINESE)
    assert english.isascii() or "—" in english
    assert not chinese.isascii()
    assert "{" not in english + chinese
    assert set(tag(event).split(",")) <= BOOKS


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_no_sentence_shows_a_sealed_word(kind: type[Event]):
    for language in Language:
        told = sentence(made(kind), language)
        assert "SECRETBOX" not in told
        assert "Sealed" not in told


def test_more_than_forty_five_events_are_known_so_that_the_walk_is_not_empty():
    assert len(EVENTS) > 45


@pytest.mark.parametrize("language", list(Language))
def test_every_clock_of_the_policy_has_a_name_in_the_record(language: Language):
    hints = typing.get_type_hints(ClockRules)
    named = {name for name, hint in hints.items() if hint is ClockRule} | {FIRST_REPLY}
    assert named == set(record_words.WORDS[language]["clock"])


def test_a_breach_says_which_deadline_and_since_when():
    breach = ClockBreached(at=START, by=LIN, clock="evidence", due=START)
    assert sentence(breach, Language.ENGLISH) == "The deadline passed: photo evidence, due 2026-03-03 02:00 UTC."
    assert sentence(breach, Language.CHINESE) == "已逾期：照片凭证，应于 2026-03-03 02:00 UTC 前完成。"


def test_a_clock_of_one_request_says_which():
    breach = ClockBreached(at=START, by=LIN, clock="department#2", due=START)
    assert "passed: answer to request 2, due" in sentence(breach, Language.ENGLISH)
    assert "协办答复 2" in sentence(breach, Language.CHINESE)


def test_an_event_without_a_sentence_is_a_bug():
    class CatFed(Event):
        pass

    with pytest.raises(KeyError):
        sentence(CatFed(at=START, by=LIN), Language.ENGLISH)
