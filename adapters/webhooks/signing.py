"""Signatures of webhooks as Standard Webhooks 1.0 has them: HMAC-SHA256 over id, instant and body (`v1`).

By hand, since the project's own package brings a second HTTP client along; held to its test vectors by tests.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
"""The headers, in small letters."""
TOLERANCE = timedelta(minutes=5)
"""A message signed longer ago, or so far ahead, counts as an old one sent again."""
PREFIX = "whsec_"
_SECRET_BYTES = 32
_LEAST, _MOST = 24, 64
_VERSION = "v1,"
_MESSAGE = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
_MOST_SIGNATURES = 8


class SignatureWrong(Exception):  # noqa: N818  a finding
    """Nobody who holds the secret signed this message, or it was signed too long ago; the text says which."""


def new_secret() -> str:
    """A fresh signing secret: 32 random bytes in base64 behind `whsec_`."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signed(secrets_: Sequence[str], message: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a message sent at `at`, signed with each of the secrets, the newest first.

    message: its id, the same however often it is sent; letters, digits, `_` and `-` (never a full stop, which divides
    what is signed). Raises ValueError for another id, no secret, or one that is none.
    """
    if not _MESSAGE.fullmatch(message) or not secrets_:
        raise ValueError("a message is signed under an id without full stops, by at least one secret")
    seconds = str(int(at.timestamp()))
    each = (_VERSION + _mark(_key(secret), message, seconds, body) for secret in secrets_)
    return {ID: message, TIMESTAMP: seconds, SIGNATURE: " ".join(each)}


def verified(secrets_: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of a message that one of the secrets signed within the last five minutes.

    headers: by names in small letters. Raises SignatureWrong; ValueError if a secret is none.
    """
    message, seconds = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not _MESSAGE.fullmatch(message) or not _SECONDS.fullmatch(seconds):
        raise SignatureWrong("the headers of a signed message are missing or unreadable")
    if abs(now.astimezone(UTC).timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        raise SignatureWrong("the message was signed too long ago, or by a clock that is wrong")
    told = [each.removeprefix(_VERSION) for each in headers.get(SIGNATURE, "").split(" ") if each.startswith(_VERSION)]
    right = [_mark(_key(secret), message, seconds, body) for secret in secrets_]
    # Every pair is compared, in constant time each, so that the answer's time tells nothing of which one fitted.
    fits = [_same(one, other) for one in told[:_MOST_SIGNATURES] for other in right]
    if not any(fits):
        raise SignatureWrong("no signature of the message fits")
    return message


def _mark(key: bytes, message: str, seconds: str, body: bytes) -> str:
    content = f"{message}.{seconds}.".encode() + body
    return base64.b64encode(hmac.digest(key, content, "sha256")).decode()


def _same(told: str, right: str) -> bool:
    return hmac.compare_digest(told.encode("utf-8", "replace"), right.encode())


def _key(secret: str) -> bytes:
    text = secret.removeprefix(PREFIX)
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("a signing secret is base64") from None
    if not _LEAST <= len(key) <= _MOST:
        raise ValueError(f"a signing secret has {_LEAST} to {_MOST} bytes")
    return key
