"""Tells a case in sentences: each event in English or Chinese, with the rule book it comes from (domain.md, "Records").

A sentence names what happened, never the customer: sealed words are not opened, only known to be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime

from domain import record_words
from domain.casefile import Event
from domain.instants import minute
from domain.money import Money
from domain.people import Actor
from domain.policy import Language
from domain.record_sentences import SENTENCES
from domain.sealed import Sealed


def sentence(event: Event, language: Language) -> str:
    """What happened, in one sentence; who and when stand beside it in the timeline.

    Raises:
        KeyError: an event without a sentence, or a code without a word: a bug.
    """
    line = SENTENCES[type(event)]
    facts = dict(_facts(event, language))
    if language is Language.CHINESE:
        return line.zh.format_map(facts).removesuffix("—").rstrip()
    return line.en.format_map(facts).removesuffix("—").rstrip()


def tag(event: Event) -> str:
    """The tags of the rule books (domain.md) that the event comes from, comma between them.

    Raises:
        KeyError: an event without a sentence: a bug.
    """
    return SENTENCES[type(event)].source


def _facts(holder: object, language: Language) -> Iterator[tuple[str, str]]:
    """The plain facts of an event by the names of their fields, those of what it carries included."""
    for field in fields(holder):  # pyright: ignore[reportArgumentType]  # events and what they carry are dataclasses
        value: object = getattr(holder, field.name)
        if isinstance(value, Actor | Sealed) or field.name == "at":
            continue
        if is_dataclass(value) and not isinstance(value, Money):
            yield from _facts(value, language)
        yield field.name, _said(field.name, value, language)


def _said(name: str, value: object, language: Language) -> str:
    words = record_words.WORDS[language]
    if isinstance(value, tuple):
        return str(len(value))  # pyright: ignore[reportUnknownArgumentType]  # only counted
    if name == "clock":
        clock, _, number = str(value).partition("#")
        return f"{words[name][clock]} {number}".rstrip()
    if name in words:
        return words[name][str(value)]
    if value is None or value == "":
        return words["nothing"][""]
    if isinstance(value, datetime):
        return minute(value)
    return str(value)
