"""Writes the desk's messages to the customer: apologising, calm, never blaming, with the next step and until when.

Which event sends which message is the business of each kind of case; here its facts become a text [T][F][S].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import letter_texts_en, letter_texts_zh
from domain.complaint.wordings import WORDINGS
from domain.letter_phrases import Phrases
from domain.policy import Language


def _whole(phrases: Phrases, place: int) -> Phrases:
    """The language with the texts and words of every chapter. place: where it stands in a pair, English first."""
    texts, words = dict(phrases.texts), {fact: dict(codes) for fact, codes in phrases.words.items()}
    for wording in WORDINGS:
        texts |= {kind: both[place] for kind, both in wording.letters.items()}
        for fact, codes in wording.letter_words.items():
            words.setdefault(fact, {}).update({code: both[place] for code, both in codes.items()})
    return replace(phrases, texts=texts, words=words)


PHRASES: dict[Language, Phrases] = {
    Language.ENGLISH: _whole(letter_texts_en.PHRASES, 0),
    Language.CHINESE: _whole(letter_texts_zh.PHRASES, 1),
}
"""Everything that the desk can write, by language."""
_INSTANTS = frozenset({"due", "feedback_due", "until"})
_SUMS = frozenset({"amount", "freight_cap", "compensation", "coupon"})
_LISTS = {"missing": ", ", "findings": "; ", "also": ", "}
"""Facts that hold several codes, and what stands between them."""


@dataclass(frozen=True)
class LetterText:
    """A message as the customer reads it; `subject` is one line and names nobody."""

    subject: str
    body: str


def compose(
    kind: str,
    says: Mapping[str, str],
    language: Language,
    *,
    case: str,
    name: str,
    link: str,
    utc_offset: int = 0,
) -> LetterText:
    """The text of one message.

    `says` are its plain facts, `name` the customer's (may be empty), `link` the customer's own way into the case.
    Instants are shown in local time, `utc_offset` seconds east of UTC; without an offset they are marked as UTC.

    Raises:
        KeyError: no such message, a fact that its text needs is not given, or a code without a word.
        ValueError: a fact that is an instant is not written as one.
    """
    phrases = PHRASES[language]
    text = phrases.texts[kind]
    facts = {fact: _said(phrases, fact, value, utc_offset) for fact, value in says.items()}
    facts |= {"case": case, "link": link}
    paragraphs = [phrases.greeting.format(name=name) if name else phrases.greeting_without_name]
    paragraphs += [part.words.format_map(facts) for part in text.parts if not part.only_with or facts[part.only_with]]
    paragraphs += [phrases.closing.format_map(facts)]
    return LetterText(subject=text.subject.format_map(facts), body="\n\n".join(paragraphs) + "\n")


def _said(phrases: Phrases, fact: str, value: str, utc_offset: int) -> str:
    """A fact in the customer's words; one that is empty stays so."""
    if not value:
        return ""
    if fact in _INSTANTS:
        return _local(phrases, value, utc_offset)
    if fact in _SUMS:
        return phrases.sums.get(value[-3:], "{amount} " + value[-3:]).format(amount=value[:-4])
    if fact in _LISTS:
        return phrases.between.join(_word(phrases, fact, code) for code in value.split(_LISTS[fact]))
    return _word(phrases, fact, value) if fact in phrases.words else value


def _word(phrases: Phrases, fact: str, code: str) -> str:
    """The word for a code; what follows a colon, as in `short: 1 of 2`, is kept beside it."""
    plain, colon, detail = code.partition(": ")
    word = phrases.words[fact][plain]
    return f"{word} ({detail})" if colon else word


def _local(phrases: Phrases, instant: str, utc_offset: int) -> str:
    at = datetime.fromisoformat(instant) + timedelta(seconds=utc_offset)
    month = phrases.months[at.month - 1]
    told = phrases.instant.format(year=at.year, month=month, day=at.day, hour=at.hour, minute=at.minute)
    return told if utc_offset else f"{told} (UTC)"
