import re
import string
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from adapters.links import CaseLink, CaseLinks, LinkExpired, LinkForged

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OLD, KEY, OTHER = b"o" * 32, b"k" * 32, b"x" * 32
LINKS = CaseLinks(KEY)


@given(shop=st.text(max_size=40), case=st.text(max_size=40), version=st.integers(0, 2**53), days=st.integers(1, 4000))
def test_a_link_reads_back_what_was_signed(shop: str, case: str, version: int, days: int) -> None:
    token = LINKS.sign(shop, case, version, NOW, days)
    assert re.fullmatch(r"[A-Za-z0-9._-]+", token)
    assert LINKS.read(token, NOW) == CaseLink(shop, case, version, NOW + timedelta(days=days))


def test_a_link_is_good_to_its_last_instant_and_not_a_moment_longer() -> None:
    token = LINKS.sign("shop", "case", 3, NOW, 7)
    end = NOW + timedelta(days=7)
    assert LINKS.read(token, end - timedelta(microseconds=1)).version == 3
    with pytest.raises(LinkExpired) as expired:
        LINKS.read(token, end)
    assert expired.value.link == CaseLink("shop", "case", 3, end)


@given(place=st.integers(0), sign=st.characters(codec="ascii"))
def test_a_token_with_one_sign_changed_is_forged(place: int, sign: str) -> None:
    token = LINKS.sign("shop", "case", 1, NOW, 7)
    place %= len(token)
    changed = token[:place] + sign + token[place + 1 :]
    if changed != token:
        with pytest.raises(LinkForged):
            LINKS.read(changed, NOW)


def test_every_other_spelling_of_a_token_is_forged() -> None:
    token = LINKS.sign("shop", "case", 1, NOW, 7)
    signs = string.ascii_letters + string.digits + "-_=. !"
    others = [token[:-1] + sign for sign in signs if sign != token[-1]] + [token + sign for sign in signs]
    for other in others:
        with pytest.raises(LinkForged):
            LINKS.read(other, NOW)


@given(st.text(st.characters()))
def test_a_token_nobody_signed_is_forged(token: str) -> None:
    with pytest.raises(LinkForged):
        LINKS.read(token, NOW)


def test_a_forged_token_is_forged_even_when_it_would_have_expired() -> None:
    token = CaseLinks(OTHER).sign("shop", "case", 1, NOW - timedelta(days=30), 7)
    with pytest.raises(LinkForged):
        LINKS.read(token, NOW)


def test_a_long_token_is_refused_unread() -> None:
    token = LINKS.sign("".join(map(chr, range(0x4E00, 0x5600))), "case", 1, NOW, 7)
    assert len(token) > 2048
    with pytest.raises(LinkForged):
        LINKS.read(token, NOW)


def test_a_key_is_changed_without_breaking_links_and_dropped_with_them() -> None:
    before = CaseLinks(OLD).sign("shop", "case", 1, NOW, 7)
    changing = CaseLinks([OLD, KEY])
    assert changing.read(before, NOW).case == "case"
    assert LINKS.read(changing.sign("shop", "case", 2, NOW, 7), NOW).version == 2
    with pytest.raises(LinkForged):
        LINKS.read(before, NOW)


def test_what_our_key_signed_for_another_purpose_is_no_link() -> None:
    other_purpose = URLSafeSerializer(KEY, salt=b"photos").dumps(["shop", "case", 1, 2**31])
    with pytest.raises(LinkForged):
        LINKS.read(str(other_purpose), NOW)
    other_shape = LINKS._tokens.dumps({"shop": "case"})
    with pytest.raises(LinkForged):
        LINKS.read(str(other_shape), NOW)


def test_the_zone_of_the_clock_does_not_matter_but_there_must_be_one() -> None:
    beijing = NOW.astimezone(timezone(timedelta(hours=8)))
    assert LINKS.sign("s", "c", 1, beijing, 7) == LINKS.sign("s", "c", 1, NOW, 7)
    with pytest.raises(ValueError, match="zone"):
        LINKS.sign("s", "c", 1, NOW.replace(tzinfo=None), 7)
    with pytest.raises(ValueError, match="zone"):
        LINKS.read(LINKS.sign("s", "c", 1, NOW, 7), NOW.replace(tzinfo=None))


@pytest.mark.parametrize("keys", [b"", b"short", [], [KEY, b"short"]])
def test_no_key_or_a_short_one_is_refused(keys: bytes | list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        CaseLinks(keys)
