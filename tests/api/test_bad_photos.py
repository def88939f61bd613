"""Files that are no photos, too large, too many: a clear answer with the file's position, and no photo in the case."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.adapters.pictures import file_of, phone_photo, png_bomb, scene
from tests.api.counter import Counter
from tests.api.test_bad_input import problem

GOOD = ("good.jpg", phone_photo(), "image/jpeg")
BAD = {
    "html": (("page.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg"), "photo_not_an_image"),
    "svg": (("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"), "photo_not_an_image"),
    "gif": (("moving.gif", file_of(scene(), "GIF"), "image/gif"), "photo_kind_not_allowed"),
    "truncated": (("cut.jpg", phone_photo()[:3000], "image/jpeg"), "photo_truncated"),
    "bomb": (("bomb.png", png_bomb(30_000, 30_000), "image/png"), "photo_too_many_pixels"),
    "empty": (("empty.jpg", b"", "image/jpeg"), "photo_empty"),
    "extension": (("photo.png", phone_photo(), "image/png"), "photo_extension_mismatch"),
}


async def photos_in(counter: Counter, case: str) -> int:
    return len((await counter.get("agent", f"/v1/cases/{case}")).json()["case"]["photos"])


@pytest.mark.parametrize("name", BAD)
async def test_a_file_that_is_no_photo_is_refused_with_its_position_and_none_is_taken(
    manned: Counter, name: str
) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    bad, code = BAD[name]
    answer = await manned.post("agent", f"/v1/cases/{case}/evidence", files=[("photos", GOOD), ("photos", bad)])

    told = problem(answer, 422, answer.json()["code"], "photos[1]")
    assert told["code"] in {code, "photo_kind_not_allowed"}, told
    assert "2" in told["detail"]
    assert await photos_in(manned, case) == 0


async def test_the_twenty_first_photo_is_refused(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    small = [file_of(scene(seed, (64, 64))) for seed in range(21)]
    files = [("photos", (f"{number}.jpg", photo, "image/jpeg")) for number, photo in enumerate(small)]

    problem(await manned.post("agent", f"/v1/cases/{case}/evidence", files=files), 409, "too_many_photos", "photos")
    assert await photos_in(manned, case) == 0
    taken = await manned.post("agent", f"/v1/cases/{case}/evidence", files=files[:20])
    assert taken.status_code == 200, taken.text
    one_more = await manned.post("agent", f"/v1/cases/{case}/evidence", files=files[20:])
    problem(one_more, 409, "too_many_photos", "photos")


async def test_a_photo_of_200_megabytes_is_refused_long_before_its_end(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        for _ in range(200):
            sent += 1
            yield b"\xff" * 1_000_000
        yield b"\r\n--x--\r\n"

    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = await manned.post("agent", f"/v1/cases/{case}/evidence", content=pieces(), headers=headers)

    problem(answer, 413, "photo_too_large", "photos[0]")
    assert sent <= 20, f"{sent} MB were read"
    assert await photos_in(manned, case) == 0


async def test_a_form_without_files_or_with_other_fields_is_refused(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    path = f"/v1/cases/{case}/evidence"
    files = [("photos", GOOD)]

    problem(await manned.post("agent", path, {"photos": []}), 400, "body_unreadable")
    problem(await manned.post("agent", path, files=[("pictures", GOOD)]), 422, "fields_unfit")
    problem(await manned.post("agent", path, files=files, data={"purpose": "fun"}), 422, "fields_unfit", "purpose")
    problem(await manned.post("agent", path, files=files, key=""), 400, "idempotency_key_missing")
    broken = {"content-type": "multipart/form-data"}
    problem(await manned.post("agent", path, content=b"rubbish", headers=broken), 400, "body_unreadable")


async def test_photos_sent_twice_under_one_key_are_taken_once(manned: Counter) -> None:
    case = (await manned.complain()).json()["case"]["case"]
    path = f"/v1/cases/{case}/evidence"
    first = await manned.post("agent", path, files=[("photos", GOOD)], key="photo")
    again = await manned.post("agent", path, files=[("photos", GOOD)], key="photo")

    assert [first.status_code, again.status_code] == [200, 200], again.text
    assert again.json()["case"] == first.json()["case"]
    other = ("other.jpg", file_of(scene(77)), "image/jpeg")
    problem(await manned.post("agent", path, files=[("photos", other)], key="photo"), 422, "idempotency_key_reused")


async def test_a_photo_that_the_case_does_not_name_is_not_there(manned: Counter) -> None:
    one = (await manned.complain()).json()["case"]["case"]
    two = (await manned.complain()).json()["case"]["case"]
    taken = await manned.post("agent", f"/v1/cases/{one}/evidence", files=[("photos", GOOD)])
    photo = taken.json()["case"]["photos"][0]["photo"]

    small = await manned.get("agent", f"/v1/cases/{one}/photos/{photo}", params={"thumbnail": "true"})
    assert small.headers["content-type"] == "image/jpeg"
    problem(await manned.get("agent", f"/v1/cases/{two}/photos/{photo}"), 404, "unknown")
