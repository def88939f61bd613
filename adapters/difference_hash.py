"""A short mark of what a picture looks like, to find a photo that was sent before."""

from itertools import pairwise

from PIL import Image

_SIDE = 8


def difference_hash(picture: Image.Image) -> str:
    """Return 16 hex digits: for each of 8 x 8 places, whether brightness falls towards the right.

    Re-compressing or resizing turns few bits; mirroring, turning or cropping the picture gives another mark.
    """
    # Transparent places count as white, as they are shown, and not as whatever colour lies hidden under them.
    shown = picture.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    small = paper.convert("L").resize(  # pyright: ignore[reportUnknownMemberType]  Pillow leaves numpy's sizes untyped
        (_SIDE + 1, _SIDE), Image.Resampling.LANCZOS
    )
    brightness = small.tobytes()
    rows = (brightness[start : start + _SIDE + 1] for start in range(0, len(brightness), _SIDE + 1))
    bits = "".join("1" if left > right else "0" for row in rows for left, right in pairwise(row))
    return f"{int(bits, 2):0{_SIDE * _SIDE // 4}x}"
