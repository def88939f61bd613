import pytest

from adapters.difference_hash import difference_hash
from adapters.photo_cleaning import clean_photo
from domain.evidence import LOOKS_ALIKE_BITS, bits_apart
from tests.adapters.pictures import file_of, scene

SEEDS = range(20)


def test_the_same_picture_sent_again_smaller_or_poorer_looks_alike() -> None:
    for seed in SEEDS:
        first = clean_photo(file_of(scene(seed), "JPEG", quality=95)).difference_hash
        poorer = clean_photo(file_of(scene(seed), "JPEG", quality=30)).difference_hash
        smaller = clean_photo(file_of(scene(seed).resize((400, 300)), "WEBP")).difference_hash
        assert max(bits_apart(first, poorer), bits_apart(first, smaller)) <= LOOKS_ALIKE_BITS


def test_different_pictures_do_not_look_alike() -> None:
    hashes = [difference_hash(scene(seed)) for seed in SEEDS]
    pairs = [(one, other) for place, one in enumerate(hashes) for other in hashes[:place]]
    assert min(bits_apart(one, other) for one, other in pairs) > LOOKS_ALIKE_BITS


def test_a_hash_has_sixteen_hex_digits_even_for_an_empty_sheet() -> None:
    assert difference_hash(scene().point(lambda _: 255)) == "0" * 16


def test_what_lies_hidden_under_a_see_through_place_does_not_count() -> None:
    picture = scene(mode="RGBA")
    picture.putalpha(0)
    assert difference_hash(picture) == "0" * 16


def test_bits_apart_counts_from_none_to_all() -> None:
    assert bits_apart("0" * 16, "f" * 16) == 64
    assert bits_apart("00000000000000ff", "00000000000000fe") == 1
    with pytest.raises(ValueError, match="invalid literal"):
        bits_apart("x", "0")
