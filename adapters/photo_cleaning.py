"""Cleaning a photo: drawn anew from its pixels, so that nothing else of the customer's file survives."""

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageCms

from adapters.difference_hash import difference_hash
from adapters.photo_kinds import MEDIA_TYPES, photo_kind
from domain.evidence import PhotoRefused, PhotoRules

THUMBNAIL_MEDIA_TYPE = "image/jpeg"

_EXIF_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ENCODING: dict[str, dict[str, int | bool]] = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 88, "method": 2},
}
_SRGB = ImageCms.ImageCmsProfile(
    ImageCms.createProfile("sRGB")  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  untyped C
)
# What Pillow's readers are known to raise on files that are cut short or bent; anything else is a fault of ours.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class CleanedPhoto:
    """A photo as it may be kept: upright, in sRGB, reduced, without metadata, with its small copy beside it.

    picture: of the same kind as the upload. thumbnail: always JPEG. width, height: of the picture, in pixels.
    """

    picture: bytes
    thumbnail: bytes
    media_type: str
    width: int
    height: int
    original_sha256: str
    difference_hash: str


def clean_photo(upload: bytes, filename: str | None = None, rules: PhotoRules | None = None) -> CleanedPhoto:
    """Draw an uploaded photo anew. Takes up to a second or two of one core: run it off the event loop.

    Of an animation the first picture is kept. filename: its extension must not contradict the content; it is not kept.
    Raises PhotoRefused with any of its codes; the file is never decoded before its kind and its size are known.
    """
    rules = rules or PhotoRules()
    if not upload:
        raise PhotoRefused("photo_empty", "The file is empty. Send the photo again.")
    if len(upload) > rules.max_bytes:
        raise PhotoRefused("photo_too_large", f"A photo may have at most {rules.max_bytes / 1e6:g} MB.")
    kind = photo_kind(upload, filename, rules)
    try:
        with Image.open(io.BytesIO(upload), formats=(kind,)) as opened:
            _refuse_too_many_pixels(opened.size, rules)
            drawn = _drawn_anew(opened, rules.longest_side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(rules) from None
    except (*_DAMAGED, Warning):
        # `from None`: a reader's message may quote the file. A Warning arrives where warnings are set to be errors.
        raise PhotoRefused("photo_truncated", "The photo is cut short or damaged. Send it again.") from None
    return CleanedPhoto(
        picture=_encoded(drawn, kind),
        thumbnail=_encoded(_small_copy(drawn, rules.thumbnail_side), "JPEG"),
        media_type=MEDIA_TYPES[kind],
        width=drawn.width,
        height=drawn.height,
        original_sha256=hashlib.sha256(upload).hexdigest(),
        difference_hash=difference_hash(drawn),
    )


def _refuse_too_many_pixels(size: tuple[int, int], rules: PhotoRules) -> None:
    # Pillow's own guard is a setting of the whole process and only warns below twice its limit; this one is ours.
    if size[0] * size[1] > rules.max_pixels:
        raise _too_many_pixels(rules)


def _too_many_pixels(rules: PhotoRules) -> PhotoRefused:
    return PhotoRefused("photo_too_many_pixels", f"A photo may have at most {rules.max_pixels / 1e6:g} megapixels.")


def _drawn_anew(opened: Image.Image, longest_side: int) -> Image.Image:
    picture = _in_full_colours(opened)
    picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture.load()
    # Turned by hand and not by Pillow, which rewrites the whole EXIF block to do so and stumbles over bent ones.
    turn = _UPRIGHT.get(_orientation(opened))
    profile = opened.info.get("icc_profile")
    picture = _in_srgb(picture if turn is None else picture.transpose(turn), profile)
    drawn = picture.copy()
    drawn.info = {}  # Pillow writes a comment or a profile found here into the new file
    return drawn


def _in_full_colours(opened: Image.Image) -> Image.Image:
    # Palettes and deep greys cannot be resized or shown as they are; a JPEG is left for its cheap reduced decoding.
    if opened.mode.startswith("I"):
        deep = opened.convert("I")
        scaled = deep.point(lambda depth: depth * (1 / 256))  # pyright: ignore[reportUnknownMemberType]  numpy again
        return scaled.convert("L")
    if opened.mode in {"1", "P", "PA", "LA", "La", "RGBa"} or (opened.mode != "RGBA" and opened.has_transparency_data):
        return opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    return opened


def _orientation(opened: Image.Image) -> int:
    try:
        return int(opened.getexif().get(_EXIF_ORIENTATION, 1))
    except _DAMAGED:
        return 1  # a bent EXIF block is no reason to refuse the picture: it is shown as it was stored


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    # Phones shoot in wider colours; without their profile a red dress would look duller than what was photographed.
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, own, _SRGB, outputMode=wanted)
        except (ImageCms.PyCMSError, *_DAMAGED):
            return picture.convert(
                wanted
            )  # a bent profile, or one for other channels: the plain numbers are what is left
        if turned is not None:
            return turned
    return picture.convert(wanted)


def _small_copy(drawn: Image.Image, side: int) -> Image.Image:
    small = drawn.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    paper = Image.new("RGB", small.size, "white")
    paper.paste(small, mask=small if small.mode == "RGBA" else None)
    return paper


def _encoded(picture: Image.Image, kind: str) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **_ENCODING[kind])
    return written.getvalue()
