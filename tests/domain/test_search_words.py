"""Whatever is written is found again by any of its words, however either is typed; nothing breaks the words."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dialled import as_dialled
from domain.search_words import (
    LONGEST,
    MOST_SIGNS,
    MOST_TERMS,
    MOST_WORDS,
    Asked,
    NothingToSearch,
    TooManyTerms,
    fold,
    sealed_words_of,
    terms_of,
    words_of,
)

ANYTHING = st.text(st.characters(), max_size=300)
"""Halves of characters and NUL too."""
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=40)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ßéüñ", min_size=1, max_size=20)


def has(words: tuple[str, ...], asked: Asked) -> bool:
    return any(word == asked.word or (asked.beginning and word.startswith(asked.word)) for word in words)


def finds(asked: str, text: str) -> bool:
    words = words_of(text)
    return all(any(all(has(words, word) for word in way) for way in term.ways) for term in terms_of(asked))


def finds_sealed(asked: str, field: str, text: str) -> bool:
    words = set(sealed_words_of(field, text))
    return all(any(words.issuperset(way) for way in term.exact) for term in terms_of(asked))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("AS-2026-000001", "AS-2026-000001"),
        ("as-2026-000001", "AS-2026-000001"),
        ("AS-2026-0000", "AS-2026-000001"),
        ("000001", "AS-2026-000001"),
        ("2026-000001", "AS-2026-000001"),
        ("AS-2026-000001", "AS-2026-000001-R1"),
        ("2026-000017", "2026-000017"),
        ("17", "slip 17"),
        ("茶杯", "青花瓷茶杯一只"),
        ("杯", "青花瓷茶杯"),
        ("青", "青花瓷茶杯"),
        ("一只 茶杯", "青花瓷茶杯一只"),
        ("茶杯A5", "A5 茶杯"),
        ("ＳＦ１２６７", "SF1267540842"),
        ("sf1267540842", "运单号：ＳＦ１２６７５４０８４２。"),
        ("hand", "The handle came off"),
        ("HANDLE off", "The handle came off"),
        ("straße", "STRASSE"),
        ("cafe\u0301", "Café"),
        ("re-ship", "reship it"),
        ("138 0013 8000", "call 13800138000"),
        ("12 34 56", "12 of 34 and 56"),
        ("٣٤٥", "345"),
        ("ｶｯﾌﾟ", "カップ"),
        ("sf\u200b12", "SF12"),
        ("ไทย", "ภาษาไทย"),
        ("한국", "한국어"),
        ("㍿", "株式会社"),
        ("\u1112\u200b\u1161", "하루"),
        ("O'Neill", "o’neill"),
    ],
)
def test_a_text_is_found_by(asked: str, text: str) -> None:
    assert finds(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("AS-2026-000001", "AS-2026-000777 and slip 2026-000001"),
        ("茶壶", "青花瓷茶杯"),
        ("andle", "handle"),
        ("h", "handle"),
        ("茶杯 坏了", "茶杯"),
        ("臺", "台"),
        ("臺北", "台北"),
        ("1", "17"),
    ],
)
def test_a_text_is_not_found_by(asked: str, text: str) -> None:
    assert not finds(asked, text)


@pytest.mark.parametrize(
    ("asked", "field", "text"),
    [
        ("13800138000", "phone", "138 0013 8000"),
        ("138-0013-8000", "phone", "+86 138 0013 8000"),
        ("+8613800138000", "phone", "13800138000"),
        ("8000", "phone", "138 0013 8000"),
        ("Wang@Example.com", "email", "wang@example.com"),
        ("wang", "email", "wang@example.com"),
        ("li.hua", "email", "Li.Hua@example.com"),
        ("王小明", "name", "王小明"),
        ("小明", "name", "王小明"),
        ("t-2026-1001", "order", "T-2026-1001"),
        ("1001", "order", "T-2026-1001"),
        ("断了", "description", "杯把断了，退款"),
    ],
)
def test_sealed_words_are_found_by(asked: str, field: str, text: str) -> None:
    assert finds_sealed(asked, field, text)


@pytest.mark.parametrize(
    ("asked", "field", "text"),
    [
        ("1380013", "phone", "138 0013 8000"),
        ("example", "email", "wang@example.com"),
        ("com", "email", "wang@example.com"),
        ("hand", "description", "the handle"),
    ],
)
def test_sealed_words_are_not_found_by(asked: str, field: str, text: str) -> None:
    assert not finds_sealed(asked, field, text)


@pytest.mark.parametrize("asked", ["", " ", "。，！", "--- ...", "☕🎁", "\u200b", "\u0301", "\ud800"])
def test_what_has_no_letter_is_nothing_to_search(asked: str) -> None:
    with pytest.raises(NothingToSearch):
        terms_of(asked)


def test_too_many_words_at_once_are_refused() -> None:
    assert len(terms_of(" ".join(f"w{n}" for n in range(MOST_TERMS)))) == MOST_TERMS
    with pytest.raises(TooManyTerms):
        terms_of(" ".join(f"w{n}" for n in range(MOST_TERMS + 1)))


@given(ANYTHING)
def test_words_can_be_kept_whatever_the_text(text: str) -> None:
    for endings in (True, False):
        words = words_of(text, endings=endings)
        assert len(set(words)) == len(words)
        for word in words:
            word.encode()
            assert 0 < len(word) <= LONGEST
            assert "\0" not in word
            assert all(unicodedata.category(sign)[0] in "LN" for sign in word), word


@given(ANYTHING)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_width_and_case_and_invisible_signs_do_not_matter(text: str) -> None:
    assert words_of(unicodedata.normalize("NFKC", text)) == words_of(text)
    assert words_of(text + "\u200b\ufeff") == words_of(text)


@given(LATIN, LATIN, CHINESE)
def test_case_does_not_matter(one: str, other: str, chinese: str) -> None:
    text = f"{one} {chinese} {other}"
    assert words_of(text.upper()) == words_of(text.lower())


@given(ANYTHING, ANYTHING)
def test_a_text_is_found_by_itself_and_by_what_stands_in_it(text: str, more: str) -> None:
    try:
        terms_of(text)
    except (NothingToSearch, TooManyTerms):
        return
    assert finds(text, text)
    assert finds(text, f"{text} {more}")


@given(CHINESE, CHINESE, st.data())
def test_every_piece_of_a_chinese_text_finds_it(before: str, after: str, data: st.DataObject) -> None:
    text = before + after
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert finds(text[start:end], text)


@given(LATIN, st.integers(2, 20))
def test_every_beginning_of_a_word_finds_it(word: str, signs: int) -> None:
    folded = fold(word)
    if len(folded) >= signs:
        assert finds(folded[:signs], f"x {word} y")


@settings(deadline=None)  # how long it takes is not the question
@given(st.sampled_from(["杯", "ab ", "a-", "\ufdfa", "\u0301", "ｱ", "🎁"]), st.integers(1, 40))
def test_a_very_long_text_has_its_bounds(piece: str, kilobytes: int) -> None:
    text = piece * (kilobytes * 1000 // len(piece))
    assert len(fold(text)) <= 2 * MOST_SIGNS
    assert len(words_of(text)) <= MOST_WORDS


def test_the_first_words_of_a_long_text_are_kept() -> None:
    words = words_of(" ".join(f"w{n}" for n in range(5000)))
    assert words == tuple(f"w{n}" for n in range(MOST_WORDS))
    assert len(words_of("".join(chr(0x4E00 + n) for n in range(5000)))) == MOST_WORDS


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "+86 ", "0086", "86 "]))
def test_a_mobile_is_dialled_the_same_however_it_is_written(number: str, country: str) -> None:
    written = f"{country}{number[:3]}-{number[3:7]} {number[7:]}"
    assert as_dialled(written) == number
    assert finds_sealed(written, "phone", number)
    assert finds_sealed(number, "phone", written)
