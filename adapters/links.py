"""Links for customers: a signed token stands for one case, until a day, and until the case withdraws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import cast

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

_SALT = b"redress case link 1"
_LEAST_KEY_BYTES = 32
_LONGEST_TOKEN = 2048


@dataclass(frozen=True)
class CaseLink:
    """What a customer's link stands for.

    version: of the case's links; the case knows its current one, and a link with a lower one was withdrawn.
    expires_at: UTC, whole seconds; from that instant on the link is no longer good.
    """

    shop: str
    case: str
    version: int
    expires_at: datetime


class LinkForged(Exception):  # noqa: N818  a finding
    """Nobody here signed this token, or somebody changed it."""


class LinkExpired(Exception):  # noqa: N818  an answer
    """The link was good until `link.expires_at`; the customer may ask for a new one for the same case."""

    def __init__(self, link: CaseLink) -> None:
        super().__init__("the link has expired")
        self.link = link


class CaseLinks:
    """Signs and reads the tokens in customers' links (HMAC-SHA256). A token names ids only, never a person [E].

    link_key: one key, or several with the newest last; the newest signs, all of them are good for reading, so a key is
    changed by adding one and dropping the old one when its links have run out. Raises ValueError if there is none, or
    one is shorter than 32 bytes.
    """

    def __init__(self, link_key: bytes | Sequence[bytes]) -> None:
        keys = [link_key] if isinstance(link_key, bytes) else list(link_key)
        if not keys or any(len(key) < _LEAST_KEY_BYTES for key in keys):
            msg = f"a link key has at least {_LEAST_KEY_BYTES} bytes"
            raise ValueError(msg)
        self._tokens = URLSafeSerializer(
            keys, salt=_SALT, signer_kwargs={"key_derivation": "hmac", "digest_method": sha256}
        )

    def sign(self, shop: str, case: str, version: int, now: datetime, days: int) -> str:
        """Return a token for a link to one case, good for so many days from now; ValueError if now has no zone."""
        expires_at = _in_utc(now) + timedelta(days=days)
        return self._tokens.dumps([shop, case, version, int(expires_at.timestamp())])

    def read(self, token: str, now: datetime) -> CaseLink:
        """Return what a token stands for. Raises LinkForged, or LinkExpired; ValueError if now has no zone.

        Whether the case has withdrawn the link is the case's to say: compare `version`.
        """
        link = self._signed(token)
        if _in_utc(now) >= link.expires_at:
            raise LinkExpired(link)
        return link

    def _signed(self, token: str) -> CaseLink:
        if len(token) > _LONGEST_TOKEN:
            raise LinkForged
        try:
            parts = cast("object", self._tokens.loads(token))
            signature = token.rpartition(".")[2]
            respelt = base64_encode(base64_decode(signature)).decode("ascii") != signature
        except (BadData, UnicodeError):
            raise LinkForged from None
        if respelt:
            raise LinkForged  # base64 reads several spellings as one signature; we wrote one of them
        match parts:
            case [str() as shop, str() as case, int() as version, int() as expires_at]:
                return CaseLink(shop, case, version, datetime.fromtimestamp(expires_at, UTC))
            case _:
                raise LinkForged  # signed with our key for another purpose


def _in_utc(now: datetime) -> datetime:
    if now.tzinfo is None:
        msg = "the time of a link needs its zone"
        raise ValueError(msg)
    return now.astimezone(UTC)
