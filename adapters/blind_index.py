"""A blind index finds a phone, an order or a customer again without keeping any of them in clear."""

import hmac
import re
import unicodedata

_LOOKUP_HEX = 32
_LEAST_KEY_BYTES = 32
_CHINESE_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})")
_NOT_DIALLED = re.compile(r"\D")


class BlindIndex:
    """Keyed fingerprints (HMAC-SHA256) for exact look-up: equal words give equal marks within a shop [E].

    Marks of different shops and of different purposes never match. index_key: at least 32 bytes, else ValueError; a
    changed key loses every mark made before.
    """

    def __init__(self, index_key: bytes) -> None:
        if len(index_key) < _LEAST_KEY_BYTES:
            msg = f"an index key has at least {_LEAST_KEY_BYTES} bytes"
            raise ValueError(msg)
        self._index_key = index_key

    def phone(self, shop: str, text: str) -> str:
        """Mark a phone number however it is written; 32 hex digits. ValueError if there is no digit in it."""
        return self._mark("phone", shop, _as_dialled(text).encode())[:_LOOKUP_HEX]

    def order(self, shop: str, text: str) -> str:
        """Mark an order number, blind to case, width and spaces; 32 hex digits. ValueError if it is empty."""
        number = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
        return self._mark("order", shop, _said(number))[:_LOOKUP_HEX]

    def customer(self, shop: str, text: str) -> str:
        """Mark the shop's own customer id; 32 hex digits. ValueError if it is empty.

        Case counts: platforms hand out ids that differ in case alone.
        """
        return self._mark("customer", shop, _said(unicodedata.normalize("NFKC", text).strip()))[:_LOOKUP_HEX]

    def fingerprint(self, shop: str, canonical_bytes: bytes) -> str:
        """Mark a whole request, so that a repeated one can be told from another under the same key; 64 hex digits."""
        return self._mark("fingerprint", shop, canonical_bytes)

    def _mark(self, purpose: str, shop: str, words: bytes) -> str:
        where = shop.encode("utf-8", "surrogatepass")
        message = b"%b\0%d\0%b%b" % (purpose.encode(), len(where), where, words)
        return hmac.digest(self._index_key, message, "sha256").hex()


def _said(words: str) -> bytes:
    # An empty mark would make all who left the field blank one and the same.
    if not words:
        msg = "nothing to look up"
        raise ValueError(msg)
    return words.encode("utf-8", "surrogatepass")


def _as_dialled(text: str) -> str:
    written = unicodedata.normalize("NFKC", text).strip()
    # int() turns the digits of other scripts into ours, as the same number may be typed on any keyboard.
    digits = "".join(str(int(sign)) for sign in _NOT_DIALLED.sub("", written))
    if not digits:
        msg = "a phone number has digits"
        raise ValueError(msg)
    number = f"+{digits}" if written.lstrip("( ").startswith("+") else digits
    mobile = _CHINESE_MOBILE.fullmatch(number)
    if mobile:
        return mobile[1]
    return f"+{number[2:]}" if number.startswith("00") else number
