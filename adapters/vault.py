"""The vault locks personal words under a key of the person they are about, so that destroying the key erases them."""

import base64
import binascii
import hmac
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cachetools import TTLCache
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.sealed import Sealed, WrappedKey

_KEY_BYTES = 32
_NONCE_BYTES = 12
_HIGHEST_KEY_NUMBER = 2**31 - 1
_SEAL = b"redress seal 1"
_WRAP = b"redress key 1"
_NONCE = b"redress nonce 1"


class KeyDestroyed(Exception):  # noqa: N818  an answer the desk must be able to give: these words were erased
    """The key of these words no longer exists: the person was forgotten, and the words with them."""


class SealBroken(Exception):  # noqa: N818  named for what the reader finds
    """The box does not open: altered, moved to another shop, person or field, or locked under another master key."""


class SubjectKeys(Protocol):
    """The register of wrapped data keys: at most one live key per shop and subject."""

    async def wrapped_key(self, shop: str, subject: str) -> WrappedKey | None:
        """Return the subject's live key, or None if there was none or it was destroyed."""
        ...

    async def add_wrapped_key(self, shop: str, subject: str, wrapped: WrappedKey) -> WrappedKey:
        """Keep the key unless the subject has a live one, and return the one that stands: of two writers, one wins."""
        ...

    async def any_key(self) -> tuple[str, str, WrappedKey] | None:
        """Return some live key with its shop and subject, or None if there is none yet."""
        ...


@dataclass(frozen=True)
class _OpenKey:
    number: int
    cipher: AESGCM
    nonce_key: bytes


class Vault:
    """Seals and opens personal fields: AES-256-GCM, one data key per subject, wrapped by the desk's master key [E].

    Every box is bound to shop, subject, field and key number. Unwrapped keys are remembered for `key_ttl` seconds, at
    most `keys_remembered` of them: so long may another process still open a box after the key was destroyed; the
    process that destroys one calls `forget` and stops at once.

    master_key: 32 bytes. retired_master_keys: earlier ones, still tried when unwrapping, never used to wrap.
    now: monotonic seconds. Raises ValueError if a master key has another length.
    """

    def __init__(
        self,
        master_key: bytes,
        keys: SubjectKeys,
        *,
        retired_master_keys: Sequence[bytes] = (),
        key_ttl: float = 60.0,
        keys_remembered: int = 10_000,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        masters = (master_key, *retired_master_keys)
        if any(len(master) != _KEY_BYTES for master in masters):
            msg = f"a master key has {_KEY_BYTES} bytes"
            raise ValueError(msg)
        self._masters = tuple(AESGCM(master) for master in masters)
        self._keys = keys
        self._proven = False
        self._open_keys: TTLCache[tuple[str, str], _OpenKey] = TTLCache(keys_remembered, key_ttl, timer=now)

    async def seal(self, shop: str, subject: str, field: str, text: str) -> Sealed:
        """Lock one field of one person; the subject's key is made on first need. Raises SealBroken, see `seal_all`."""
        key = await self._key_to_seal_with(shop, subject)
        return _lock(key, (shop, subject, field), text)

    async def seal_all(
        self, shop: str, subject: str, fields: Mapping[str, str], *, request: str = ""
    ) -> dict[str, Sealed]:
        """Lock several fields of one person with one look at the key register; the answer has the same names.

        request: what tells this request from every other one, such as its Idempotency-Key. Repeated, it gives the same
        boxes to the byte, so that whichever of its repeats is kept, the answer that was given fits it. Without it each
        box is new.

        Raises SealBroken if the subject's key does not unwrap (wrong master key, or a damaged register).
        """
        key = await self._key_to_seal_with(shop, subject)
        return {field: _lock(key, (shop, subject, field), text, request) for field, text in fields.items()}

    async def open(self, shop: str, sealed: Sealed) -> str:
        """Return the words in the box; raises KeyDestroyed if their key is gone, SealBroken if it does not open."""
        key = await self._live_key(shop, sealed.subject)
        if key is None or key.number != sealed.key:
            raise KeyDestroyed
        words = _opened(key.cipher, sealed.box, _bound_to(_SEAL, shop, sealed.subject, sealed.field, str(sealed.key)))
        return words.decode("utf-8", "surrogatepass")

    async def prove(self) -> None:
        """See whether the master key is the one of this register, by some key of it; asked before a key is made.

        Raises:
            SealBroken: it is another one, as after a restore: what it would wrap now could not be read beside the rest.
        """
        if self._proven:
            return
        sample = await self._keys.any_key()
        if sample is not None:
            self._unwrapped(*sample)
            self._proven = True

    def forget(self, shop: str, subject: str) -> None:
        """Drop the remembered key of a subject, as whoever destroys it in the register must."""
        self._open_keys.pop((shop, subject), None)

    async def _key_to_seal_with(self, shop: str, subject: str) -> _OpenKey:
        live = await self._live_key(shop, subject)
        if live is not None:
            return live
        await self.prove()
        number = secrets.randbelow(_HIGHEST_KEY_NUMBER) + 1
        fresh = AESGCM.generate_key(bit_length=_KEY_BYTES * 8)
        wrapping = secrets.token_bytes(_NONCE_BYTES)
        box = _boxed(self._masters[0], fresh, _bound_to(_WRAP, shop, subject, str(number)), wrapping)
        standing = await self._keys.add_wrapped_key(shop, subject, WrappedKey(number, box))
        return self._remember(shop, subject, standing)

    async def _live_key(self, shop: str, subject: str) -> _OpenKey | None:
        known = self._open_keys.get((shop, subject))
        if known is not None:
            return known
        wrapped = await self._keys.wrapped_key(shop, subject)
        if wrapped is None:
            self.forget(shop, subject)
            return None
        return self._remember(shop, subject, wrapped)

    def _remember(self, shop: str, subject: str, wrapped: WrappedKey) -> _OpenKey:
        secret = self._unwrapped(shop, subject, wrapped)
        nonce_key = hmac.digest(secret, _NONCE, "sha256")
        key = _OpenKey(wrapped.number, AESGCM(secret), nonce_key)
        self._open_keys[shop, subject] = key
        return key

    def _unwrapped(self, shop: str, subject: str, wrapped: WrappedKey) -> bytes:
        binding = _bound_to(_WRAP, shop, subject, str(wrapped.number))
        for master in self._masters[:-1]:
            try:
                return _opened(master, wrapped.box, binding)
            except SealBroken:
                continue  # wrapped before the last change of master keys: an earlier one is tried next
        return _opened(self._masters[-1], wrapped.box, binding)


def _lock(key: _OpenKey, place: tuple[str, str, str], text: str, request: str = "") -> Sealed:
    """`place` is the shop, subject and field that the box is bound to."""
    # surrogatepass: half a character from a broken client is still what the customer sent, and must not be a crash.
    words = text.encode("utf-8", "surrogatepass")
    _, subject, field = place
    binding = _bound_to(_SEAL, *place, str(key.number))
    nonce = _nonce_of(key, request, binding, words) if request else secrets.token_bytes(_NONCE_BYTES)
    return Sealed(subject, field, key.number, _boxed(key.cipher, words, binding, nonce))


def _nonce_of(key: _OpenKey, request: str, binding: bytes, words: bytes) -> bytes:
    # The words go in as well (a synthetic nonce): other words under one request never meet the same nonce.
    told_apart = _bound_to(_NONCE, request) + len(binding).to_bytes(4, "big") + binding + words
    return hmac.digest(key.nonce_key, told_apart, "sha256")[:_NONCE_BYTES]


def _bound_to(purpose: bytes, *parts: str) -> bytes:
    # Each part goes in with its length, so that ("ab", "c") and ("a", "bc") never bind alike.
    encoded = (part.encode("utf-8", "surrogatepass") for part in parts)
    return purpose + b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def _boxed(cipher: AESGCM, content: bytes, binding: bytes, nonce: bytes) -> str:
    # Random nonces are safe up to about 2**32 boxes a key: out of reach for a person, and persons enough for a master.
    return base64.b64encode(nonce + cipher.encrypt(nonce, content, binding)).decode("ascii")


def _opened(cipher: AESGCM, box: str, binding: bytes) -> bytes:
    try:
        locked = base64.b64decode(box, validate=True)
        if base64.b64encode(locked) != box.encode("ascii"):
            raise SealBroken  # the same bytes in another spelling: nobody here wrote that box
        return cipher.decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], binding)
    except (InvalidTag, binascii.Error, ValueError):
        # `from None`: neither ciphertext nor binding belongs into an error report.
        raise SealBroken from None
