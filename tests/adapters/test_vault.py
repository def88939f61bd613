import base64
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adapters.vault import KeyDestroyed, SealBroken, Vault
from domain.sealed import Sealed, WrappedKey
from tests.adapters.subject_keys import KeysThatLoseTheRace, RecordingSubjectKeys

MASTER = bytes(range(32))
OTHER_MASTER = bytes(32)
ANY_TEXT = st.text(st.characters())  # all of Unicode, halves of surrogate pairs included


def vault(keys: RecordingSubjectKeys | None = None, **options: object) -> Vault:
    return Vault(MASTER, keys or RecordingSubjectKeys(), **options)  # type: ignore[arg-type]


@given(text=ANY_TEXT, shop=ANY_TEXT, subject=ANY_TEXT, field=ANY_TEXT)
async def test_what_was_sealed_opens_to_the_same_words(text: str, shop: str, subject: str, field: str) -> None:
    one = vault()
    assert await one.open(shop, await one.seal(shop, subject, field, text)) == text


@pytest.mark.parametrize("text", ["", "李小龙 🐉👨‍👩‍👧", "\ud83d", "0" * 200_000])
async def test_emoji_empty_halves_of_emoji_and_long_texts_are_sealed_too(text: str) -> None:
    one = vault()
    assert await one.open("s", await one.seal("s", "p", "note", text)) == text


async def test_the_box_shows_nothing_of_the_words_and_never_looks_the_same_twice() -> None:
    one = vault()
    first, second = [await one.seal("s", "p", "phone", "13800001111") for _ in range(2)]
    assert first.box != second.box
    assert b"13800001111" not in base64.b64decode(first.box)
    assert first.box not in repr(first)
    assert repr(first).startswith("Sealed(subject='p', field='phone'")


@given(words=st.dictionaries(st.sampled_from(["phone", "name", "note"]), ANY_TEXT), request=st.text(min_size=1))
async def test_a_repeated_request_is_sealed_into_the_same_boxes_by_whatever_process(
    words: dict[str, str], request: str
) -> None:
    keys = RecordingSubjectKeys()
    one, after_a_restart = vault(keys), vault(keys)
    first = await one.seal_all("s", "p", words, request=request)
    assert await after_a_restart.seal_all("s", "p", words, request=request) == first
    for field, box in first.items():
        assert await one.open("s", box) == words[field]


@given(
    told=st.lists(st.tuples(st.sampled_from(["k1", "k2"]), st.sampled_from(["f", "g"]), ANY_TEXT), unique=True),
)
async def test_no_two_boxes_share_a_nonce_unless_request_field_and_words_are_the_same(
    told: list[tuple[str, str, str]],
) -> None:
    one = vault()
    boxes = [(await one.seal_all("s", "p", {field: text}, request=key))[field].box for key, field, text in told]
    nonces = {base64.b64decode(box)[:12] for box in boxes}
    assert len(nonces) == len(told)


@given(moved=st.sampled_from(["shop", "field", "key"]), text=st.text())
async def test_a_box_moved_to_another_shop_field_or_key_does_not_open(moved: str, text: str) -> None:
    keys = RecordingSubjectKeys()
    one = vault(keys)
    sealed = await one.seal("s", "p", "phone", text)
    if moved == "shop":
        await one.seal("t", "p", "phone", "")  # the other shop knows the same subject, under a key of its own number
        with pytest.raises((SealBroken, KeyDestroyed)):
            await one.open("t", sealed)
    elif moved == "field":
        with pytest.raises(SealBroken):
            await one.open("s", replace(sealed, field="name"))
    else:
        with pytest.raises(KeyDestroyed):
            await one.open("s", replace(sealed, key=sealed.key ^ 1))


@given(
    shop=st.sampled_from(["s", "sp", ""]), subject=st.sampled_from(["p", "", "sp"]), field=st.sampled_from(["f", ""])
)
async def test_even_under_one_and_the_same_key_a_box_is_bound_to_its_place(shop: str, subject: str, field: str) -> None:
    assume((shop, subject, field) != ("s", "p", "f"))
    one = vault()
    sealed = await one.seal("s", "p", "f", "words")
    await one.seal(shop, subject, "f", "")
    stolen = one._open_keys["s", "p"]
    one._open_keys[shop, subject] = stolen  # as if two subjects had drawn the same key
    with pytest.raises(SealBroken):
        await one.open(shop, replace(sealed, subject=subject, field=field))


@given(text=st.text(max_size=40), place=st.integers(0), bit=st.integers(0, 7))
async def test_one_flipped_bit_anywhere_in_the_box_is_refused(text: str, place: int, bit: int) -> None:
    one = vault()
    sealed = await one.seal("s", "p", "name", text)
    locked = bytearray(base64.b64decode(sealed.box))
    locked[place % len(locked)] ^= 1 << bit
    with pytest.raises(SealBroken):
        await one.open("s", replace(sealed, box=base64.b64encode(locked).decode()))


@given(box=st.text(max_size=60))
async def test_a_box_nobody_sealed_is_refused_and_never_a_crash(box: str) -> None:
    one = vault()
    sealed = await one.seal("s", "p", "name", "x")
    with pytest.raises(SealBroken):
        await one.open("s", replace(sealed, box=box))


async def test_the_same_bytes_spelt_otherwise_are_refused() -> None:
    one = vault()
    sealed = await one.seal("s", "p", "name", "x")  # 29 bytes: the last base64 letter has two idle bits
    assert sealed.box.endswith("=")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = sealed.box[-2]
    other = sealed.box[:-2] + letters[letters.index(last) ^ 1] + "="
    assert base64.b64decode(other) == base64.b64decode(sealed.box)
    with pytest.raises(SealBroken):
        await one.open("s", replace(sealed, box=other))


async def test_sealing_all_fields_asks_the_register_once_and_a_second_time_not_at_all() -> None:
    keys = RecordingSubjectKeys()
    one = vault(keys)
    words = {"name": "李雷", "phone": "13800001111", "address": "北京"}
    sealed = await one.seal_all("s", "p", words)
    assert {name: await one.open("s", box) for name, box in sealed.items()} == words
    assert keys.asked == 1


async def test_a_destroyed_key_takes_the_words_with_it_and_a_new_key_does_not_bring_them_back() -> None:
    keys = RecordingSubjectKeys()
    one = vault(keys)
    sealed = await one.seal("s", "p", "name", "李雷")
    keys.destroy("s", "p")
    one.forget("s", "p")
    with pytest.raises(KeyDestroyed):
        await one.open("s", sealed)
    newer = await one.seal("s", "p", "name", "韩梅梅")
    assert newer.key != sealed.key
    assert await one.open("s", newer) == "韩梅梅"
    with pytest.raises(KeyDestroyed):
        await one.open("s", sealed)


async def test_another_process_stops_opening_when_its_remembered_key_has_run_out() -> None:
    clock = [100.0]
    keys = RecordingSubjectKeys()
    other = vault(keys, key_ttl=60.0, now=lambda: clock[0])
    sealed = await other.seal("s", "p", "name", "李雷")
    keys.destroy("s", "p")
    clock[0] = 159.9
    assert await other.open("s", sealed) == "李雷"
    clock[0] = 160.0
    with pytest.raises(KeyDestroyed):
        await other.open("s", sealed)


async def test_only_so_many_keys_are_remembered_and_the_longest_unused_goes_first() -> None:
    keys = RecordingSubjectKeys()
    one = vault(keys, keys_remembered=2)
    for subject in ("a", "b", "a", "c"):
        await one.seal("s", subject, "name", "x")
    asked = keys.asked
    await one.seal("s", "a", "name", "x")
    await one.seal("s", "c", "name", "x")
    assert keys.asked == asked
    await one.seal("s", "b", "name", "x")
    assert keys.asked == asked + 1


async def test_of_two_writers_of_the_first_key_both_use_the_winner() -> None:
    first_keys = RecordingSubjectKeys()
    await vault(first_keys).seal("s", "p", "name", "x")
    winner = first_keys.live["s", "p"]
    late = vault(KeysThatLoseTheRace(winner))
    sealed = await late.seal("s", "p", "name", "李雷")
    assert sealed.key == winner.number
    assert await vault(first_keys).open("s", sealed) == "李雷"


async def test_a_wrapped_key_moved_to_another_person_or_renumbered_does_not_unwrap() -> None:
    keys = RecordingSubjectKeys()
    await vault(keys).seal("s", "p", "name", "x")
    key = keys.live["s", "p"]
    keys.live["s", "q"] = key
    keys.live["s", "r"] = WrappedKey(key.number ^ 1, key.box)
    for subject in ("q", "r"):
        with pytest.raises(SealBroken):
            await vault(keys).seal("s", subject, "name", "x")


async def test_words_sealed_before_the_master_key_was_changed_still_open_and_new_ones_need_the_new_master() -> None:
    keys = RecordingSubjectKeys()
    old = await Vault(OTHER_MASTER, keys).seal("s", "p", "name", "李雷")
    changed = Vault(MASTER, keys, retired_master_keys=[OTHER_MASTER])
    assert await changed.open("s", old) == "李雷"
    newer = await changed.seal("s", "q", "name", "韩梅梅")
    assert await vault(keys).open("s", newer) == "韩梅梅"
    with pytest.raises(SealBroken):
        await vault(keys).open("s", old)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_master_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(bytes(length), RecordingSubjectKeys())
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(MASTER, RecordingSubjectKeys(), retired_master_keys=[bytes(length)])


async def test_no_error_and_no_print_carries_the_words_or_the_box() -> None:
    keys = RecordingSubjectKeys()
    one = vault(keys)
    sealed = await one.seal("s", "p", "phone", "13800001111")
    with pytest.raises(SealBroken) as broken:
        await one.open("s", replace(sealed, field="name"))
    assert str(broken.value) == ""
    assert broken.value.__cause__ is None
    assert keys.live["s", "p"].box not in repr(keys.live["s", "p"])


def test_a_sealed_field_is_a_plain_value() -> None:
    assert Sealed("p", "name", 1, "AAAA") == Sealed("p", "name", 1, "AAAA")
    assert len({Sealed("p", "name", 1, "AAAA"), Sealed("p", "name", 1, "AAAA")}) == 1


async def test_under_another_master_key_no_new_key_is_made_beside_the_old_ones() -> None:
    keys = RecordingSubjectKeys()
    await vault(keys).seal("s", "p", "name", "Li Hua")
    restored = Vault(OTHER_MASTER, keys)
    with pytest.raises(SealBroken):
        await restored.seal("s", "somebody new", "name", "Wang")
    assert list(keys.live) == [("s", "p")]


async def test_a_retired_master_key_in_the_register_is_no_hindrance_to_new_keys() -> None:
    keys = RecordingSubjectKeys()
    await vault(keys).seal("s", "p", "name", "Li Hua")
    rotated = Vault(OTHER_MASTER, keys, retired_master_keys=[MASTER])
    assert await rotated.open("s", await rotated.seal("s", "somebody new", "name", "Wang")) == "Wang"
