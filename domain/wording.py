"""How one chapter of a case is told: its events in a timeline, its letters to the customer, its codes in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.casefile import Event
from domain.letter_phrases import Text

Both = tuple[str, str]
"""English and Chinese."""


@dataclass(frozen=True)
class Sentence:
    """How an event is told in a timeline; `source` has the tags of the rule books, comma between them."""

    source: str
    en: str
    zh: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of one chapter.

    `codes` are words for codes in sentences, by the name of the event's field and the code; `letters` are texts by
    kind, English and Chinese; `letter_words` are words for codes in letters, by the name of the fact and the code.
    """

    sentences: Mapping[type[Event], Sentence] = field(default_factory=dict[type[Event], Sentence])
    codes: Mapping[str, Mapping[str, Both]] = field(default_factory=dict[str, Mapping[str, Both]])
    letters: Mapping[str, tuple[Text, Text]] = field(default_factory=dict[str, tuple[Text, Text]])
    letter_words: Mapping[str, Mapping[str, Both]] = field(default_factory=dict[str, Mapping[str, Both]])
