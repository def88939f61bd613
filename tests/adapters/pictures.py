"""Pictures made on the spot: scenes, phones' metadata, and the files that people try instead."""

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw, PngImagePlugin

SECRET = "Beijing Chaoyang Jianguolu 88"


def scene(seed: int = 1, size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """Something with shapes in it, another one for each seed."""
    dice = random.Random(seed)  # noqa: S311  pictures, not keys
    drawn = Image.new("RGB", size, tuple(dice.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(drawn)
    for _ in range(12):
        left, top = dice.randrange(size[0]), dice.randrange(size[1])
        box = (left, top, left + dice.randrange(20, size[0]), top + dice.randrange(20, size[1]))
        pen.ellipse(box, fill=tuple(dice.randrange(256) for _ in range(3)))
    return drawn.convert(mode)


def file_of(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def phone_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET  # maker
    exif[0x013B] = SECRET  # artist
    exif.get_ifd(0x8769)[0xA431] = SECRET  # serial number
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 27.0), 3: "E", 4: (116.0, 23.0, 17.0), 29: SECRET})
    return exif


def phone_photo(kind: str = "JPEG", orientation: int = 1, size: tuple[int, int] = (640, 480)) -> bytes:
    """A photo with place, maker, comment and XMP in it, as far as its kind can carry them."""
    options: dict[str, object] = {"exif": phone_exif(orientation)}
    if kind == "JPEG":
        options |= {"comment": SECRET.encode(), "xmp": f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()}
    elif kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET)
        text.add_itxt("XML:com.adobe.xmp", SECRET)
        options["pnginfo"] = text
    else:
        options["xmp"] = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    return file_of(scene(size=size), kind, **options)


def png_bomb(width: int, height: int) -> bytes:
    """A small, wholly valid black-and-white PNG of any size."""
    rows = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    body = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
