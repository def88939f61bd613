"""What a file is, told by its first bytes and not by what its name claims."""

import re
from mimetypes import MimeTypes
from pathlib import PurePath

from domain.evidence import PhotoRefused, PhotoRules

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}

_HEAD_BYTES = 512
_EXTENSIONS = {
    "JPEG": frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".mpo"}),
    "PNG": frozenset({".png", ".apng"}),
    "WEBP": frozenset({".webp"}),
}
_FIRST_BYTES = (
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("WEBP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("TIFF", re.compile(rb"II[*+]\0|MM\0[*+]")),
    ("BMP", re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL)),
    ("PDF", re.compile(rb"\s*%PDF-")),
    ("HEIC", re.compile(rb"....ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL)),
    ("AVIF", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    ("video", re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.DOTALL)),
    ("ZIP", re.compile(rb"PK\x03\x04")),
    # Texts that a browser would draw or run; an XML preamble, a comment or white space may stand before the tag.
    ("SVG", re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype\s+svg)?.{0,400}?<?svg[\s>]", re.DOTALL | re.I)),
    ("HTML", re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype|[a-z])", re.DOTALL | re.I)),
)
_OTHER_EXTENSIONS = MimeTypes(filenames=())  # the table of the standard library alone, the same on every machine


def kind_of(upload: bytes) -> str | None:
    """Name the kind of a file ("JPEG", "GIF", "HTML" …), or None if its first bytes are of no kind known here."""
    head = upload[:_HEAD_BYTES]
    return next((kind for kind, first_bytes in _FIRST_BYTES if first_bytes.match(head)), None)


def photo_kind(upload: bytes, filename: str | None, rules: PhotoRules) -> str:
    """Return the kind of an upload that may be a photo.

    filename: as the sender gave it, looked at for its extension only. Raises PhotoRefused: photo_not_an_image,
    photo_kind_not_allowed, photo_extension_mismatch.
    """
    kind = kind_of(upload)
    allowed = ", ".join(rules.kinds)
    if kind is None:
        raise PhotoRefused("photo_not_an_image", f"This file is not a picture. Send a photo as {allowed}.")
    if kind not in rules.kinds:
        raise PhotoRefused("photo_kind_not_allowed", f"A {kind} file is not taken as a photo. Send it as {allowed}.")
    if filename and _speaks_of_another_kind(filename, kind):
        raise PhotoRefused(
            "photo_extension_mismatch",
            f"The file is a {kind} picture, but its name ends like another kind of file. Rename it and send it again.",
        )
    return kind


def _speaks_of_another_kind(filename: str, kind: str) -> bool:
    extension = PurePath(filename.strip()).suffix.lower()
    if extension in _EXTENSIONS[kind]:
        return False
    if any(extension in extensions for extensions in _EXTENSIONS.values()):
        return True
    # What the table does not know may be part of a date or of a name, and claims nothing.
    return _OTHER_EXTENSIONS.guess_type(f"photo{extension}", strict=False) != (None, None)
