"""What a text is found by: folded words, and pairs of signs in scripts that put no blanks between words [F].

The same folding is done to what is kept and to what is asked, so that width, case, accents written apart and invisible
signs do not matter; traditional and simplified characters stay apart. A pair is found wherever both signs stand side by
side, so a longer Chinese phrase is found by all its pairs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from domain.dialled import as_dialled

MOST_SIGNS = 8_000
"""So many signs of one text are looked at; no step takes a longer one."""
MOST_WORDS = 1_000
"""So many words of one text are kept, the first ones."""
LONGEST = 64
"""Signs of a word that count; what follows is cut off, in what is kept and in what is asked."""
LEAST_BEGINNING = 2
"""A word of so many signs also finds longer ones that begin with it; a single sign only itself."""
MOST_TERMS = 12
"""So many words may be asked at once."""
_LEAST_DIALLED = 5
"""Digits from which blanks and strokes between them count as the way in which one number is written."""
_LAST_DIGITS = 4
"""So many digits at a phone number's end are enough to ask for it."""

_WITHOUT_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"  # Thai, Lao, Burmese, Korean parts, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00016fe0-\U00018cff\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
_WIDE = re.compile(f"(?:(?=[^\\W_])[{_WITHOUT_BLANKS}])+")
_NARROW = f"(?:(?![{_WITHOUT_BLANKS}])[^\\W_])+"
_RUN = re.compile(f"{_WIDE.pattern}|{_NARROW}(?:[-./:@#&+_'’\\\\]{_NARROW})*")
_INNER = re.compile(_NARROW)
_DIALLED = re.compile(r"\s*[+(]?[\d\s().-]+")


@dataclass(frozen=True)
class Asked:
    """A word that is looked for; `beginning`: longer ones that begin with it count too."""

    word: str
    beginning: bool = False


@dataclass(frozen=True)
class Term:
    """One thing that was asked: found where all words of one of the `ways` are.

    `exact` are the ways in whole words, for what is kept as marks, of which no beginning can be found.
    """

    ways: tuple[tuple[Asked, ...], ...]
    exact: tuple[tuple[str, ...], ...]


class NothingToSearch(ValueError):  # noqa: N818  an answer to who asks
    """There is no letter, digit or character in what was asked."""


class TooManyTerms(ValueError):  # noqa: N818  an answer to who asks
    """More was asked at once than is looked for."""


def fold(text: str) -> str:
    """The text without differences of width and case, of signs that are not seen, and of digits' scripts.

    A mark above or below a letter stays only where it makes one sign with it.
    """
    kept = unicodedata.normalize("NFKC", text[:MOST_SIGNS])
    kept = unicodedata.normalize("NFKC", kept.casefold())[:MOST_SIGNS]
    if kept.isascii():
        return kept
    changed = {ord(sign): told for sign in set(kept) if (told := _plainly(sign)) != sign}
    return unicodedata.normalize("NFKC", kept.translate(changed)) if changed else kept


def words_of(text: str, *, endings: bool = True) -> tuple[str, ...]:
    """What the text is found by, each once: pairs, words, of `AS-2026-17` each part and, in a row, all from each on.

    endings: keep the last sign of a run of characters too, so that a single one is found by beginnings wherever it
    stands.
    """
    found: dict[str, None] = {}
    for run in _RUN.finditer(fold(text)):
        found.update(dict.fromkeys(_kept(run[0], endings)))
        if len(found) >= MOST_WORDS:
            break
    return tuple(found)[:MOST_WORDS]


def terms_of(asked: str) -> tuple[Term, ...]:
    """What is looked for when somebody asks this; every term has to be found.

    Raises:
        NothingToSearch: only blanks, punctuation or pictures.
        TooManyTerms: more than `MOST_TERMS`.
    """
    folded = fold(asked)
    runs = [run[0] for run in _RUN.finditer(folded)]
    if not runs:
        raise NothingToSearch
    if len(runs) > MOST_TERMS:
        raise TooManyTerms
    number = _as_one_number(folded, runs)
    return (number,) if number is not None else tuple(dict.fromkeys(_term(run) for run in runs))


def sealed_words_of(field: str, text: str) -> tuple[str, ...]:
    """What a customer's words are found by, field as a case names them; only whole words, see `Term.exact`.

    A phone number is found as it is dialled and by its last four digits, an e-mail address whole and by what stands
    before the @: their other parts are everybody's.
    """
    if field == "phone":
        dialled = as_dialled(text)
        return tuple(dict.fromkeys(word[:LONGEST] for word in (dialled, dialled[-_LAST_DIGITS:]) if word))
    if field == "email":
        return tuple(dict.fromkeys(word for word in (_joined(text), _joined(text.partition("@")[0])) if word))
    return words_of(text, endings=False)


def _joined(text: str) -> str:
    return "".join(_INNER.findall(fold(text)))[:LONGEST]


def _kept(run: str, endings: bool) -> list[str]:
    if _WIDE.fullmatch(run):
        pairs = [one + other for one, other in pairwise(run)]
        return [*pairs, run[-1]] if endings or not pairs else pairs
    parts = [part[:LONGEST] for part in _INNER.findall(run)]
    return [*parts, *("".join(parts[first:])[:LONGEST] for first in range(len(parts) - 1))]


def _term(run: str) -> Term:
    if _WIDE.fullmatch(run):
        pairs = tuple(dict.fromkeys(one + other for one, other in pairwise(run)))
        way = tuple(Asked(pair) for pair in pairs) or (Asked(run, beginning=True),)
        return Term((way,), (pairs or (run,),))
    word = "".join(_INNER.findall(run))[:LONGEST]
    return Term(((Asked(word, len(word) >= LEAST_BEGINNING),),), ((word,),))


def _as_one_number(folded: str, runs: list[str]) -> Term | None:
    """Digits that may be one number, written in groups as phone numbers are; None for anything else."""
    digits = "".join(_INNER.findall(folded))[:LONGEST]
    if len(digits) < _LEAST_DIALLED or not _DIALLED.fullmatch(folded):
        return None
    apart = [_term(run) for run in runs]
    ways = ((Asked(digits, beginning=True),), tuple(word for term in apart for word in term.ways[0]))
    whole = ((digits,), (as_dialled(folded)[:LONGEST],))
    exact = (*whole, tuple(word for term in apart for word in term.exact[0]))
    return Term(tuple(dict.fromkeys(ways)), tuple(dict.fromkeys(exact)))


@lru_cache(maxsize=4096)
def _plainly(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return "" if kind in {"Mn", "Mc", "Me", "Cf"} else sign
