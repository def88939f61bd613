"""Signatures, held to the test vector of Standard Webhooks' own libraries."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.webhooks.signing import PREFIX, SignatureWrong, new_secret, signed, verified

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_signature_is_the_one_of_the_specification() -> None:
    assert signed([SECRET], ID, AT, BODY) == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }


def test_what_was_signed_is_recognised_until_five_minutes_later() -> None:
    headers = signed([SECRET], ID, AT, BODY)
    for seconds in (-300, 0, 300):
        assert verified([SECRET], headers, BODY, AT + timedelta(seconds=seconds)) == ID
    for seconds in (-301, 301, 86_400):
        with pytest.raises(SignatureWrong, match="too long ago"):
            verified([SECRET], headers, BODY, AT + timedelta(seconds=seconds))


def test_in_a_rotation_each_secret_signs_and_either_is_enough() -> None:
    new = new_secret()
    headers = signed([new, SECRET], ID, AT, BODY)
    assert headers["webhook-signature"].split(" ")[1] == SIGNATURE
    for held in ([new], [SECRET], [SECRET, new]):
        assert verified(held, headers, BODY, AT) == ID
    with pytest.raises(SignatureWrong):
        verified([new_secret()], headers, BODY, AT)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-id", "msg_other"),
        ("webhook-id", ""),
        ("webhook-id", "msg.1614265330"),
        ("webhook-timestamp", "1614265331"),
        ("webhook-timestamp", "soon"),
        ("webhook-timestamp", "-1614265330"),
        ("webhook-timestamp", "９９９"),
        ("webhook-signature", ""),
        ("webhook-signature", "v1,"),
        ("webhook-signature", SIGNATURE.removeprefix("v1,")),
        ("webhook-signature", SIGNATURE.replace("v1,", "v2,")),
        ("webhook-signature", SIGNATURE[:-3] + "A="),
        ("webhook-signature", "v1,签名"),
        ("webhook-signature", " ".join(["v1,AAAA"] * 50 + [SIGNATURE])),
    ],
)
def test_a_header_that_was_changed_is_found(name: str, value: str) -> None:
    with pytest.raises(SignatureWrong):
        verified([SECRET], signed([SECRET], ID, AT, BODY) | {name: value}, BODY, AT)


@given(place=st.integers(0, len(BODY) - 1), sign=st.integers(1, 255))
def test_a_body_that_was_changed_anywhere_is_found(place: int, sign: int) -> None:
    other = BODY[:place] + bytes([BODY[place] ^ sign]) + BODY[place + 1 :]
    with pytest.raises(SignatureWrong):
        verified([SECRET], signed([SECRET], ID, AT, BODY), other, AT)


def test_signatures_of_other_kinds_stand_beside_ours() -> None:
    headers = signed([SECRET], ID, AT, BODY)
    headers["webhook-signature"] = f"v1a,hnO3f9T8 v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= {SIGNATURE}"
    assert verified([SECRET], headers, BODY, AT) == ID


def test_secrets_are_new_each_time_and_long_enough() -> None:
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    assert all(secret.startswith(PREFIX) and len(secret) == len(PREFIX) + 44 for secret in made)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_AAAA", "whsec_!!", "whsec_" + "A" * 200])
def test_nothing_is_signed_with_what_is_no_secret(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        signed([secret], ID, AT, BODY)


@pytest.mark.parametrize("message", ["", "a.b", "msg 1", "x" * 129])
def test_nothing_is_signed_under_an_id_that_would_blur_what_is_signed(message: str) -> None:
    with pytest.raises(ValueError, match="full stops"):
        signed([SECRET], message, AT, BODY)


def test_a_full_stop_in_the_body_is_no_way_around() -> None:
    """`id.instant.body`: what is behind the second full stop is the body, whatever is in it."""
    headers = signed([SECRET], "a", AT, json.dumps("b.c").encode())
    with pytest.raises(SignatureWrong):
        verified([SECRET], headers | {"webhook-id": "a_b"}, b"c", AT)
