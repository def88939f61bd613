"""What a shop's own texts of messages must hold, so that none is found wanting when a customer waits for it [O]."""

from __future__ import annotations

from collections.abc import Iterator

from domain.letter_phrases import Text
from domain.letters import PHRASES, facts_of, placeholders
from domain.policy import Language, ShopPolicy
from policies.refused import PolicyFault, cell_in

LONGEST = 8_000
"""Characters of all paragraphs of one message."""


def faults_of_letters(policy: ShopPolicy) -> Iterator[PolicyFault]:
    """Known kinds only, every fact in braces one that the message is given, the case in the subject, not too long."""
    for language, texts in policy.letters.items():
        for kind, text in texts.items():
            path = f"letters.{language.value}.{kind}"
            if kind not in PHRASES[language].texts:
                yield PolicyFault(path, "no such message", " | ".join(sorted(PHRASES[language].texts)))
            else:
                yield from _faults_of_text(kind, text, path, language)


def _faults_of_text(kind: str, text: Text, path: str, language: Language) -> Iterator[PolicyFault]:
    known = facts_of(kind)
    try:
        named = placeholders(text)
    except ValueError as wrong:
        yield PolicyFault(path, str(wrong), "names in braces such as {case}")
        return
    for fact in sorted(named - known):
        yield PolicyFault(path, f"{{{fact}}} is no fact of this message", " | ".join(sorted(known)))
    # What the desk's own text cannot do without, the shop's cannot either: a due time, an address, a sum.
    needed = placeholders(PHRASES[language].texts[kind])
    for fact in sorted(needed - named - {"link"}):
        yield PolicyFault(path, f"{{{fact}}} is missing", "every fact that the customer needs from this message")
    for place, part in enumerate(text.parts):
        if part.only_with and part.only_with not in known:
            cell = cell_in(cell_in(f"{path}.parts", place), "only_with")
            yield PolicyFault(cell, f"{part.only_with!r} is no fact of this message", " | ".join(sorted(known)))
    if "\n" in text.subject or not text.subject.strip() or "{case}" not in text.subject:
        yield PolicyFault(f"{path}.subject", "not one line with the case in it", "one line that holds {case}")
    if not text.parts or sum(len(part.words) for part in text.parts) > LONGEST:
        yield PolicyFault(f"{path}.parts", "empty or too long", f"1 to {LONGEST} characters")
