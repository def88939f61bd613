"""The form in which one language holds the desk's messages: texts made of paragraphs, and words for codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One paragraph; `{facts}` in braces are filled in. `only_with` names a fact without which it is left out."""

    words: str
    only_with: str = ""


@dataclass(frozen=True)
class Text:
    """One kind of message."""

    subject: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Phrases:
    """A language. `words` gives the word for each code of a fact, `sums` how a currency is written after a sum."""

    greeting: str
    greeting_without_name: str
    closing: str
    between: str
    instant: str
    months: tuple[str, ...]
    sums: dict[str, str]
    words: dict[str, dict[str, str]]
    texts: dict[str, Text]
