"""A blind index finds a phone, an order or a customer again without keeping any of them in clear."""

import hmac
import unicodedata

from domain.dialled import as_dialled

_LOOKUP_HEX = 32
_WORD_BYTES = 8
_LEAST_KEY_BYTES = 32


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
        dialled = as_dialled(text)
        if not dialled:
            msg = "a phone number has digits"
            raise ValueError(msg)
        return self._mark("phone", shop, dialled.encode()).hex()[:_LOOKUP_HEX]

    def order(self, shop: str, text: str) -> str:
        """Mark an order number, blind to case, width and spaces; 32 hex digits. ValueError if it is empty."""
        number = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
        return self._mark("order", shop, _said(number)).hex()[:_LOOKUP_HEX]

    def customer(self, shop: str, text: str) -> str:
        """Mark the shop's own customer id; 32 hex digits. ValueError if it is empty.

        Case counts: platforms hand out ids that differ in case alone.
        """
        return self._mark("customer", shop, _said(unicodedata.normalize("NFKC", text).strip())).hex()[:_LOOKUP_HEX]

    def fingerprint(self, shop: str, canonical_bytes: bytes) -> str:
        """Mark a whole request, so that a repeated one can be told from another under the same key; 64 hex digits."""
        return self._mark("fingerprint", shop, canonical_bytes).hex()

    def word(self, shop: str, scope: str, word: str) -> int:
        """Mark one word of a text, for search: a signed number of 64 bits, as PostgreSQL keeps them.

        scope: who may look for it; marks of different scopes never match. So short a mark may, once in a great many
        cases, find one that does not hold the word.
        """
        mark = self._mark(f"word {scope}", shop, word.encode("utf-8", "surrogatepass"))
        return int.from_bytes(mark[:_WORD_BYTES], "big", signed=True)

    def _mark(self, purpose: str, shop: str, words: bytes) -> bytes:
        where = shop.encode("utf-8", "surrogatepass")
        message = b"%b\0%d\0%b%b" % (purpose.encode(), len(where), where, words)
        return hmac.digest(self._index_key, message, "sha256")


def _said(words: str) -> bytes:
    # An empty mark would make all who left the field blank one and the same.
    if not words:
        msg = "nothing to look up"
        raise ValueError(msg)
    return words.encode("utf-8", "surrogatepass")
