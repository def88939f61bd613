"""Photos as evidence: what the case keeps of one, what may be sent in, and how alike two of them are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Photo:
    """One photo as the case knows it; the pixels lie in the evidence store [T][S].

    photo: opaque id, the SHA-256 of the cleaned file; who holds the id can check the file against it.
    original_sha256: of the file as the customer sent it, before cleaning; the original itself is not kept.
    cleaned_sha256: of the file that is kept: re-encoded, upright, without metadata.
    width, height: of the cleaned picture, in pixels.
    size_bytes: of the cleaned file.
    difference_hash: 16 hex digits; close for pictures that look alike, see `bits_apart`.
    """

    photo: str
    original_sha256: str
    cleaned_sha256: str
    media_type: str
    width: int
    height: int
    size_bytes: int
    difference_hash: str


@dataclass(frozen=True)
class PhotoRules:
    """What the desk accepts as a photo.

    max_bytes: of one uploaded file. max_pixels: width times height as sent. longest_side and thumbnail_side: pixels of
    the kept picture and of its small copy. kinds: Pillow's format names.
    """

    max_bytes: int = 15_000_000
    max_pixels: int = 50_000_000
    max_photos_a_case: int = 20
    kinds: tuple[str, ...] = ("JPEG", "PNG", "WEBP")
    longest_side: int = 2560
    thumbnail_side: int = 320


class PhotoRefused(Exception):  # noqa: N818  a refusal is an answer to the sender, not a fault of the desk
    """The desk does not take this file as a photo; nothing was stored.

    code: photo_empty, photo_too_large, photo_not_an_image, photo_kind_not_allowed, photo_truncated,
    photo_too_many_pixels or photo_extension_mismatch. sentence: fit to show the sender; names no file and no person.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


LOOKS_ALIKE_BITS = 6
"""Up to so many differing bits two photos are worth a look side by side: re-compressed and resized copies of one
picture were at most 4 bits apart, different pictures at least 13. A hint for the agent, never a verdict."""


def bits_apart(one: str, other: str) -> int:
    """Count the bits (0 to 64) in which two difference hashes differ; ValueError if either is no hex number."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


BANDS = LOOKS_ALIKE_BITS + 1
"""So many bands has a difference hash: of two that look alike fewer bits differ, so at least one band is equal."""
_BAND_BITS, _HASH_BITS, _BAND_SPAN = 9, 64, 1024


def bands(difference_hash: str) -> tuple[int, ...]:
    """The bands of a difference hash, each as one number that also says which band it is: what looks alike shares one.

    Raises:
        ValueError: it is no hex number.
    """
    bits = int(difference_hash, 16)
    wide = [_BAND_BITS] * (BANDS - 1) + [_HASH_BITS - _BAND_BITS * (BANDS - 1)]
    return tuple(
        band * _BAND_SPAN + (bits >> (band * _BAND_BITS) & ((1 << width) - 1)) for band, width in enumerate(wide)
    )
