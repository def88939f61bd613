import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.blind_index import BlindIndex

INDEX = BlindIndex(bytes(range(32)))


@pytest.mark.parametrize(
    "written",
    [
        "13800001111",
        "138 0000 1111",
        "138-0000-1111",
        "+86 138 0000 1111",
        "+8613800001111",
        "(+86)13800001111",
        "0086-138-0000-1111",
        "86 13800001111",
        "１３８００００１１１１",
        "＋８６　１３８００００１１１１",
        " 13800001111\n",
        "١٣٨٠٠٠٠١١١١",
    ],
)
def test_a_chinese_mobile_number_is_found_however_it_is_written(written: str) -> None:
    assert INDEX.phone("s", written) == INDEX.phone("s", "13800001111")


@pytest.mark.parametrize("other", ["13800001112", "+1 13800001111", "8613800001", "0086 10 1234 5678", "138000011112"])
def test_another_number_has_another_mark(other: str) -> None:
    assert INDEX.phone("s", other) != INDEX.phone("s", "13800001111")


def test_a_foreign_number_is_found_with_plus_or_double_zero() -> None:
    assert INDEX.phone("s", "0044 20 7946 0958") == INDEX.phone("s", "+44 (20) 7946-0958")


@given(st.text())
def test_any_text_for_a_phone_is_marked_or_refused_never_a_crash(text: str) -> None:
    try:
        mark = INDEX.phone("s", text)
    except ValueError:
        assert not any(sign in string.digits for sign in text)
    else:
        assert len(mark) == 32


def test_an_order_is_found_whatever_its_case_width_and_spaces() -> None:
    assert INDEX.order("s", " tb-2026 001") == INDEX.order("s", "ＴＢ-2026001")
    assert INDEX.order("s", "TB-1") != INDEX.order("s", "TB-2")


def test_customer_ids_that_differ_in_case_are_two_customers() -> None:
    assert INDEX.customer("s", "oAbC") != INDEX.customer("s", "oabc")
    assert INDEX.customer("s", " oAbC ") == INDEX.customer("s", "oAbC")


def test_marks_of_shops_purposes_and_keys_never_match() -> None:
    marks = [
        INDEX.phone("s", "13800001111"),
        INDEX.phone("t", "13800001111"),
        INDEX.order("s", "13800001111"),
        INDEX.customer("s", "13800001111"),
        INDEX.fingerprint("s", b"13800001111")[:32],
        INDEX.customer("s1", "3800001111"),
        BlindIndex(bytes(32)).phone("s", "13800001111"),
    ]
    assert len(set(marks)) == len(marks)
    assert all(len(mark) == 32 and set(mark) <= set(string.hexdigits.lower()) for mark in marks)


def test_a_fingerprint_is_whole_and_tells_one_byte_apart() -> None:
    assert len(INDEX.fingerprint("s", b"{}")) == 64
    assert INDEX.fingerprint("s", b"{}") == INDEX.fingerprint("s", b"{}")
    assert INDEX.fingerprint("s", b"{}") != INDEX.fingerprint("s", b"{ }")


@pytest.mark.parametrize("kind", ["phone", "order", "customer"])
@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_a_blank_is_refused_since_all_blanks_would_be_one_person(kind: str, blank: str) -> None:
    with pytest.raises(ValueError, match=r"look up|digits"):
        getattr(INDEX, kind)("s", blank)


def test_a_short_index_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        BlindIndex(bytes(31))
