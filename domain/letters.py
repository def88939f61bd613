"""Writes the desk's messages to the customer: apologising, calm, never blaming, with the next step and until when.

Which event sends which message is the business of each kind of case; here its facts become a text [T][F][S].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from string import Formatter

from domain import letter_texts_en, letter_texts_zh
from domain.instants import instant_in
from domain.letter_phrases import Phrases, Text
from domain.policy import Language
from domain.wordings import WORDINGS


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
KINDS = tuple(PHRASES[Language.ENGLISH].texts)
"""Every kind of message that has a text."""
_INSTANTS = frozenset({"due", "feedback_due", "until"})
_INSTANTS_OR_WORDS = frozenset({"expected_by"})
_SUMS = frozenset({"amount", "freight_cap", "compensation", "coupon"})
_LISTS = {"missing": ", ", "findings": "; ", "also": ", "}
"""Facts that hold several codes, and what stands between them."""
_TIMETABLE = "timetable"
"""The fact that holds lines, each an instant and what is done until then."""


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
    own: Text | None = None,
) -> LetterText:
    """The text of one message. own: the shop's own text in place of the desk's.

    `says` are its plain facts, `name` the customer's (may be empty), `link` the customer's own way into the case.
    Instants are shown in local time, `utc_offset` seconds east of UTC; without an offset they are marked as UTC.

    Raises:
        KeyError: no such message, a fact that its text needs is not given, or a code without a word.
        ValueError: a fact that is an instant is not written as one.
    """
    phrases = PHRASES[language]
    text = own or phrases.texts[kind]
    facts = {fact: _said(phrases, fact, value, utc_offset) for fact, value in says.items()}
    facts |= {"case": case, "link": link}
    paragraphs = [phrases.greeting.format(name=name) if name else phrases.greeting_without_name]
    paragraphs += [part.words.format_map(facts) for part in text.parts if not part.only_with or facts[part.only_with]]
    paragraphs += [phrases.closing.format_map(facts)]
    return LetterText(subject=text.subject.format_map(facts), body="\n\n".join(paragraphs) + "\n")


def placeholders(text: Text) -> frozenset[str]:
    """The facts that a text names in braces, in its subject and paragraphs.

    Raises:
        ValueError: a brace that is not closed, a format or an index where only a name may stand.
    """
    found: set[str] = set()
    for words in (text.subject, *(part.words for part in text.parts)):
        for _, name, form, conversion in Formatter().parse(words):
            if name is None:
                continue
            if not name.isidentifier() or form or conversion:
                raise ValueError(f"{{{name}}} is no plain name in braces")
            found.add(name)
    return frozenset(found)


def facts_of(kind: str) -> frozenset[str]:
    """The facts that a message of this kind is given: those that its text names in any language, and case and link."""
    named = (placeholders(phrases.texts[kind]) for phrases in PHRASES.values())
    tested = (part.only_with for phrases in PHRASES.values() for part in phrases.texts[kind].parts)
    return frozenset({"case", "link"}).union(*named, {fact for fact in tested if fact})


def _said(phrases: Phrases, fact: str, value: str, utc_offset: int) -> str:
    """A fact in the customer's words; one that is empty stays so."""
    if not value:
        return ""
    if fact in _INSTANTS or (fact in _INSTANTS_OR_WORDS and instant_in(value) is not None):
        return _local(phrases, value, utc_offset)
    if fact == _TIMETABLE:
        return "\n".join(_planned(phrases, line, utc_offset) for line in value.split("\n"))
    if fact in _SUMS:
        return phrases.sums.get(value[-3:], "{amount} " + value[-3:]).format(amount=value[:-4])
    if fact in _LISTS:
        return phrases.between.join(_word(phrases, fact, code) for code in value.split(_LISTS[fact]))
    return _word(phrases, fact, value) if fact in phrases.words else value


def _planned(phrases: Phrases, line: str, utc_offset: int) -> str:
    instant, _, words = line.partition(" ")
    return f"{_local(phrases, instant, utc_offset)}: {words}"


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
