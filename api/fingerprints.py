"""Two requests under one key are told apart by a keyed hash of what was asked, by whom."""

from __future__ import annotations

import hashlib
import json

from adapters.blind_index import BlindIndex


def fingerprint(index: BlindIndex, shop: str, what: str, body: object, person: str) -> str:
    """The mark of a request: 64 hex digits, the same whatever the order of its fields or the spelling of its JSON.

    what: the step or address. body: plain JSON values as they were accepted. person: who asks.
    """
    text = json.dumps([what, body, person], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return index.fingerprint(shop, text.encode("utf-8", "surrogatepass"))


def key_mark(key: str) -> str:
    """An Idempotency-Key as the desk keeps it: its SHA-256 in hex, since a key may be anything, a phone number too."""
    return hashlib.sha256(key.encode()).hexdigest()
