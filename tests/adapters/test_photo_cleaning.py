import hashlib
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from adapters.photo_cleaning import clean_photo
from adapters.photo_kinds import kind_of
from domain.evidence import PhotoRefused, PhotoRules
from tests.adapters.pictures import SECRET, file_of, phone_exif, phone_photo, png_bomb, scene

KINDS = ["JPEG", "PNG", "WEBP"]


def drawn(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference a pixel, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def refusal(upload: bytes, filename: str | None = None, **rules: int) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(upload, filename, replace(PhotoRules(), **rules))
    assert refused.value.__cause__ is None
    return refused.value


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_sender_survives_in_picture_or_thumbnail(kind: str) -> None:
    upload = phone_photo(kind)
    assert SECRET.encode() in upload
    assert drawn(upload).getexif().get_ifd(0x8825)
    cleaned = clean_photo(upload)
    for content in (cleaned.picture, cleaned.thumbnail):
        kept = drawn(content)
        assert SECRET.encode() not in content
        assert not kept.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(kept.info)
        assert b"Exif" not in content
        assert b"http://ns.adobe.com" not in content
        assert difference(kept, scene().resize(kept.size)) < 6


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_keeps_its_kind_and_both_hashes_are_told(kind: str) -> None:
    upload = phone_photo(kind)
    cleaned = clean_photo(upload)
    assert cleaned.media_type == f"image/{kind.lower()}"
    assert drawn(cleaned.picture).format == kind
    assert drawn(cleaned.thumbnail).format == "JPEG"
    assert cleaned.original_sha256 == hashlib.sha256(upload).hexdigest()
    assert cleaned == clean_photo(upload)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_is_stored_upright(kind: str, orientation: int) -> None:
    lying = {5, 6, 7, 8}
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = scene()
    as_stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    cleaned = clean_photo(file_of(as_stored, kind, exif=phone_exif(orientation)))
    assert (cleaned.width, cleaned.height) == (640, 480)
    assert as_stored.size == ((480, 640) if orientation in lying else (640, 480))
    assert difference(drawn(cleaned.picture), upright) < 6


@pytest.mark.parametrize(
    ("size", "kept"), [((4000, 3000), (2560, 1920)), ((300, 5000), (154, 2560)), ((50, 40), (50, 40))]
)
@pytest.mark.parametrize("kind", KINDS)
def test_large_photos_are_reduced_and_small_ones_never_enlarged(
    kind: str, size: tuple[int, int], kept: tuple[int, int]
) -> None:
    cleaned = clean_photo(file_of(scene(size=size), kind))
    assert (cleaned.width, cleaned.height) == kept
    assert drawn(cleaned.picture).size == kept
    assert max(drawn(cleaned.thumbnail).size) == min(320, max(size))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_colour_mode_a_png_can_have_is_drawn_as_it_looks(mode: str) -> None:
    if mode == "I;16":
        grey = scene(mode="L")
        deep = grey.convert("I").point(lambda depth: depth * 257).convert("I;16")
        shown, upload = grey, file_of(deep, "PNG")
    else:
        shown = scene(mode=mode)
        upload = file_of(shown, "PNG")
    assert difference(drawn(clean_photo(upload).picture), shown) < 3


def test_a_print_shops_cmyk_photo_is_drawn_in_screen_colours() -> None:
    kept = drawn(clean_photo(file_of(scene(mode="CMYK"), "JPEG")).picture)
    assert kept.mode == "RGB"
    assert difference(kept, scene()) < 6


def test_a_see_through_picture_stays_so_and_its_thumbnail_lies_on_white() -> None:
    picture = Image.new("RGBA", (400, 400), (255, 0, 0, 0))
    cleaned = clean_photo(file_of(picture, "PNG"))
    assert drawn(cleaned.picture).mode == "RGBA"
    assert drawn(cleaned.thumbnail).getpixel((5, 5)) == (255, 255, 255)


def test_a_palette_with_a_see_through_colour_is_kept_see_through() -> None:
    picture = scene(mode="P")
    kept = drawn(clean_photo(file_of(picture, "PNG", transparency=picture.getpixel((0, 0)))).picture)
    assert kept.mode == "RGBA"
    assert kept.getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_colours_of_another_profile_are_turned_into_what_was_seen() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    plain = scene()
    same = clean_photo(file_of(plain, "JPEG", quality=95, icc_profile=srgb.tobytes()))
    assert difference(drawn(same.picture), plain) < 6
    assert "icc_profile" not in drawn(same.picture).info
    swapped = file_of(plain, "PNG", icc_profile=_with_red_and_blue_swapped(srgb.tobytes()))
    red, green, blue = plain.split()
    assert difference(drawn(clean_photo(swapped).picture), Image.merge("RGB", (blue, green, red))) < 6


def _with_red_and_blue_swapped(profile: bytes) -> bytes:
    return profile.replace(b"rXYZ", b"tmpX").replace(b"bXYZ", b"rXYZ").replace(b"tmpX", b"bXYZ")


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 300])
def test_a_bent_colour_profile_is_no_reason_to_refuse_a_photo(profile: bytes) -> None:
    assert difference(drawn(clean_photo(file_of(scene(), "JPEG", icc_profile=profile)).picture), scene()) < 6


def test_a_bent_exif_block_is_no_reason_to_refuse_a_photo() -> None:
    exif = b"Exif\0\0II*\0\xff\xff\xff\x7f" + b"\xff" * 40
    assert clean_photo(file_of(scene(), "JPEG", exif=exif)).width == 640


def test_a_zip_hidden_behind_the_photo_is_gone() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("run.html", "<script>alert(1)</script>")
    for kind in KINDS:
        polyglot = file_of(scene(), kind) + archive.getvalue()
        assert zipfile.is_zipfile(io.BytesIO(polyglot))
        cleaned = clean_photo(polyglot)
        assert not zipfile.is_zipfile(io.BytesIO(cleaned.picture))
        assert b"PK\x03\x04" not in cleaned.picture
        assert cleaned.picture == clean_photo(file_of(scene(), kind)).picture


def test_a_phones_double_picture_counts_as_a_jpeg_and_its_first_is_kept() -> None:
    double = file_of(scene(1), "MPO", save_all=True, append_images=[scene(2)])
    cleaned = clean_photo(double, "IMG_1.jpg")
    assert cleaned.media_type == "image/jpeg"
    assert difference(drawn(cleaned.picture), scene(1)) < 6


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_kept(kind: str) -> None:
    moving = file_of(scene(1), kind, save_all=True, append_images=[scene(2), scene(3)])
    assert getattr(drawn(moving), "n_frames", 1) > 1
    kept = drawn(clean_photo(moving).picture)
    assert getattr(kept, "n_frames", 1) == 1
    assert difference(kept, scene(1)) < 6


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"").code == "photo_empty"


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    upload = file_of(scene())
    assert refusal(upload, max_bytes=len(upload) - 1).code == "photo_too_large"
    assert clean_photo(upload, rules=replace(PhotoRules(), max_bytes=len(upload))).width == 640
    over = refusal(b"\xff\xd8\xff" + bytes(15_000_000))
    assert over.code == "photo_too_large"
    assert "15 MB" in over.sentence


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        (file_of(scene(), "GIF"), "GIF"),
        (file_of(scene(), "TIFF"), "TIFF"),
        (file_of(scene(), "BMP"), "BMP"),
        (file_of(scene(), "AVIF"), "AVIF"),
        (file_of(scene(), "PDF"), "PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"<?xml version='1.0'?>\n<!-- drawn -->\n<svg width='1'/>", "SVG"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html><script>alert(1)</script>", "HTML"),
        (b"<script>alert(1)</script>", "HTML"),
        (b"<!-- a --><body onload=alert(1)>", "HTML"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video"),
        (b"PK\x03\x04" + bytes(40), "ZIP"),
    ],
)
@pytest.mark.parametrize("filename", ["photo.jpg", None])
def test_other_kinds_are_refused_whatever_their_name_and_the_allowed_ones_are_told(
    upload: bytes, kind: str, filename: str | None
) -> None:
    refused = refusal(upload, filename)
    assert refused.code == "photo_kind_not_allowed"
    assert kind in refused.sentence
    assert "JPEG, PNG, WEBP" in refused.sentence


@pytest.mark.parametrize("upload", [b"hello", "你好".encode(), b"\0" * 100, b"MZ\x90\0", b"RIFF1234WAVEfmt "])
def test_what_is_no_picture_is_refused(upload: bytes) -> None:
    refused = refusal(upload, "photo.jpg")
    assert refused.code == "photo_not_an_image"
    assert str(refused).startswith("photo_not_an_image: ")


def test_a_shop_may_allow_fewer_kinds() -> None:
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(file_of(scene(), "WEBP"), rules=replace(PhotoRules(), kinds=("JPEG",)))
    assert refused.value.code == "photo_kind_not_allowed"


@pytest.mark.parametrize(
    "filename", ["a.png", "a.webp", "a.gif", "a.html", "a.jpg.exe", "a.heic", "a.tar.gz", "a.PNG "]
)
def test_a_name_that_claims_another_kind_is_refused(filename: str) -> None:
    refused = refusal(file_of(scene()), filename)
    assert refused.code == "photo_extension_mismatch"
    assert filename.strip() not in refused.sentence


@pytest.mark.parametrize(
    "filename", ["a.jpg", "A.JPEG", "a.jfif", "a", "", None, "2026.11.23", "李小姐.照片", ".jpg", "a.jpg "]
)
def test_a_name_that_claims_nothing_else_is_fine(filename: str | None) -> None:
    assert clean_photo(file_of(scene()), filename).width == 640


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_photo_cut_short_is_refused(kind: str, share: float) -> None:
    upload = file_of(scene(), kind)
    assert refusal(upload[: int(len(upload) * share)]).code == "photo_truncated"


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_bytes_alone_are_no_photo(kind: str) -> None:
    assert refusal(file_of(scene(), kind)[:14]).code == "photo_truncated"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (10_000, 10_000), (50_001, 1000)])
def test_a_small_file_of_enormous_pixels_is_refused_before_it_is_drawn(width: int, height: int) -> None:
    bomb = png_bomb(width, height)
    assert len(bomb) < 200_000
    refused = refusal(bomb)
    assert refused.code == "photo_too_many_pixels"
    assert "50 megapixels" in refused.sentence


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
def test_the_same_where_warnings_are_errors() -> None:
    assert refusal(png_bomb(10_000, 10_000)).code == "photo_too_many_pixels"


def test_cleaning_leaves_the_settings_of_the_process_alone() -> None:
    before = Image.MAX_IMAGE_PIXELS
    refusal(png_bomb(30_000, 30_000))
    assert before == Image.MAX_IMAGE_PIXELS


def test_a_photo_of_exactly_the_allowed_pixels_is_taken() -> None:
    upload = file_of(scene(size=(100, 80)), "PNG")
    assert clean_photo(upload, rules=replace(PhotoRules(), max_pixels=8000)).width == 100
    assert refusal(upload, max_pixels=7999).code == "photo_too_many_pixels"


SMALL = {kind: phone_photo(kind, 6, (48, 32)) for kind in KINDS}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.filterwarnings("ignore")
@given(kind=st.sampled_from(KINDS), places=st.lists(st.tuples(st.integers(0), st.integers(1, 255)), max_size=8))
def test_a_bent_photo_is_cleaned_or_refused_but_never_a_crash(kind: str, places: list[tuple[int, int]]) -> None:
    bent = bytearray(SMALL[kind])
    for place, change in places:
        bent[place % len(bent)] ^= change
    try:
        cleaned = clean_photo(bytes(bent))
    except PhotoRefused:
        return
    assert SECRET.encode() not in cleaned.picture


@given(st.binary(max_size=600))
def test_any_bytes_have_a_kind_or_none(upload: bytes) -> None:
    assert kind_of(upload) is None or kind_of(upload) == kind_of(upload + b"more")
