import asyncio
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import obstore
import pytest
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from adapters.evidence_store import _BUCKET_SETTINGS, EvidenceAltered, EvidenceStore, EvidenceUnavailable, PhotoMissing
from domain.evidence import PhotoRefused, PhotoRules
from tests.adapters.pictures import SECRET, file_of, phone_photo, scene
from tests.adapters.s3_in_small import S3InSmall

if TYPE_CHECKING:
    from obstore.store import S3Config


@pytest.fixture(params=["folder", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    return MemoryStore() if request.param == "memory" else LocalStore(tmp_path, mkdir=True)


@pytest.fixture
def evidence(place: ObjectStore) -> Iterator[EvidenceStore]:
    store = EvidenceStore(place)
    yield store
    store.close()


def all_of(place: ObjectStore) -> dict[str, bytes]:
    paths = [entry["path"] for page in obstore.list(place) for entry in page]
    return {path: bytes(obstore.get(place, path).bytes()) for path in paths}


async def test_a_photo_is_kept_clean_and_described(evidence: EvidenceStore, place: ObjectStore) -> None:
    upload = phone_photo()
    photo = await evidence.clean_and_store("shop", "case-1", upload, filename=f"{SECRET}.jpg")
    picture = await evidence.read("shop", photo.photo)
    assert photo.photo == photo.cleaned_sha256 == hashlib.sha256(picture).hexdigest()
    assert photo.original_sha256 == hashlib.sha256(upload).hexdigest()
    assert (photo.media_type, photo.width, photo.height) == ("image/jpeg", 640, 480)
    assert photo.size_bytes == len(picture)
    assert len(photo.difference_hash) == 16
    small = await evidence.read("shop", photo.photo, thumbnail=True)
    assert small.startswith(b"\xff\xd8")
    assert len(small) < len(picture)
    assert not any(SECRET.encode() in content or SECRET in path for path, content in all_of(place).items())


async def test_the_same_photo_sent_again_is_the_same_and_writes_nothing(
    evidence: EvidenceStore, place: ObjectStore
) -> None:
    first = await evidence.clean_and_store("shop", "case-1", phone_photo())
    before = all_of(place)
    assert await evidence.clean_and_store("shop", "case-1", phone_photo()) == first
    assert all_of(place) == before


async def test_two_cases_may_show_one_photo_and_each_lists_its_own(evidence: EvidenceStore) -> None:
    shared = await evidence.clean_and_store("shop", "case-1", phone_photo())
    assert await evidence.clean_and_store("shop", "case-2", phone_photo()) == shared
    other = await evidence.clean_and_store("shop", "case-2", file_of(scene(2)))
    assert await evidence.photos_of("shop", "case-1") == [shared.photo]
    assert await evidence.photos_of("shop", "case-2") == sorted([shared.photo, other.photo])
    assert await evidence.photos_of("shop", "case") == []
    assert await evidence.photos_of("elsewhere", "case-1") == []


async def test_many_sent_at_once_are_all_kept_once(evidence: EvidenceStore) -> None:
    uploads = [file_of(scene(seed, (60, 40))) for seed in (1, 2, 3, 1, 2, 3)]
    photos = await asyncio.gather(*(evidence.clean_and_store("shop", "case", upload) for upload in uploads))
    assert photos[:3] == photos[3:]
    assert await evidence.photos_of("shop", "case") == sorted({photo.photo for photo in photos})


async def test_a_photo_of_one_shop_is_missing_in_another(evidence: EvidenceStore) -> None:
    photo = await evidence.clean_and_store("shop", "case", phone_photo())
    for thumbnail in (False, True):
        with pytest.raises(PhotoMissing):
            await evidence.read("other", photo.photo, thumbnail)


@pytest.mark.parametrize("photo_id", ["", "x", "a" * 63, "A" * 64, "../../shop/photos/aa/" + "a" * 64, "a" * 64 + "\n"])
async def test_what_is_no_photo_id_is_missing(evidence: EvidenceStore, photo_id: str) -> None:
    with pytest.raises(PhotoMissing):
        await evidence.read("shop", photo_id)


async def test_a_refused_file_leaves_nothing_behind(evidence: EvidenceStore, place: ObjectStore) -> None:
    with pytest.raises(PhotoRefused) as refused:
        await evidence.clean_and_store("shop", "case", b"<html>", filename="photo.jpg")
    assert refused.value.code == "photo_kind_not_allowed"
    assert all_of(place) == {}


async def test_a_picture_changed_in_the_store_is_found_out(evidence: EvidenceStore, place: ObjectStore) -> None:
    photo = await evidence.clean_and_store("shop", "case", phone_photo())
    (path,) = [path for path in all_of(place) if "/photos/" in path]
    obstore.put(place, path, file_of(scene(2)))
    with pytest.raises(EvidenceAltered):
        await evidence.read("shop", photo.photo)
    with pytest.raises(EvidenceAltered):
        await evidence.clean_and_store("shop", "case", phone_photo())


async def test_what_a_crash_left_half_done_is_completed_by_sending_again(
    evidence: EvidenceStore, place: ObjectStore
) -> None:
    photo = await evidence.clean_and_store("shop", "case", phone_photo())
    whole = all_of(place)
    for path in whole:
        if "/thumbnails/" not in path:
            obstore.delete(place, path)
    with pytest.raises(PhotoMissing):
        await evidence.read("shop", photo.photo)
    assert await evidence.photos_of("shop", "case") == []
    await evidence.clean_and_store("shop", "case", phone_photo())
    assert all_of(place) == whole


@pytest.mark.parametrize("name", ["../../etc", "a/b", "..x", "李家店 #1?", "%2e%2e", "a\\b"])
async def test_a_shop_and_a_case_of_any_name_stay_in_their_own_place(
    evidence: EvidenceStore, place: ObjectStore, name: str
) -> None:
    photo = await evidence.clean_and_store(name, name, phone_photo())
    assert await evidence.photos_of(name, name) == [photo.photo]
    assert await evidence.read(name, photo.photo)
    assert len({path.split("/")[0] for path in all_of(place)}) == 1
    with pytest.raises(PhotoMissing):
        await evidence.read("shop", photo.photo)


@pytest.mark.parametrize("name", ["", ".", ".."])
async def test_a_shop_or_case_without_a_name_is_refused(evidence: EvidenceStore, name: str) -> None:
    for shop, case in ((name, "case"), ("shop", name)):
        with pytest.raises(ValueError, match="has a name"):
            await evidence.clean_and_store(shop, case, phone_photo())


async def test_a_store_that_cannot_be_written_or_read_says_so_and_shows_no_path(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("a file where the shop's folder should be")
    evidence = EvidenceStore(LocalStore(tmp_path))
    for attempt in (
        evidence.clean_and_store("shop", "case", phone_photo()),
        evidence.read("shop", "a" * 64),
        evidence.photos_of("shop", "case"),
    ):
        with pytest.raises(EvidenceUnavailable) as unavailable:
            await attempt
        assert str(tmp_path) not in str(unavailable.value)
    evidence.close()


async def test_a_bucket_that_does_not_answer_is_unavailable_and_not_a_crash() -> None:
    config: S3Config = {"region": "x", "endpoint": "http://127.0.0.1:9", "access_key_id": "a", "secret_access_key": "b"}
    bucket = S3Store("evidence", config=config, client_options={"allow_http": True}, retry_config={"max_retries": 0})
    evidence = EvidenceStore(bucket)
    with pytest.raises(EvidenceUnavailable):
        await evidence.read("shop", "a" * 64)
    evidence.close()


async def test_a_store_opens_by_its_address_and_makes_its_folder(tmp_path: Path) -> None:
    evidence = EvidenceStore.at(f"file://{tmp_path}/new/evidence", rules=replace(PhotoRules(), longest_side=100))
    photo = await evidence.clean_and_store("shop", "case", phone_photo())
    assert photo.width == 100
    assert (tmp_path / "new/evidence/shop/photos" / photo.photo[:2] / photo.photo).is_file()
    evidence.close()


@pytest.mark.parametrize("config", [None, {"region": "cn-north-1"}, dict.fromkeys(_BUCKET_SETTINGS, "true")])
def test_a_bucket_opens_by_its_address_with_each_setting_it_may_have(config: dict[str, str] | None) -> None:
    EvidenceStore.at("s3://evidence/redress", config=config).close()


def test_a_setting_that_no_bucket_has_is_refused_by_name_and_without_its_value() -> None:
    with pytest.raises(ValueError, match=r"no setting of a bucket: secret_acces_key$"):
        EvidenceStore.at("s3://evidence", config={"secret_acces_key": "hush"})


async def test_a_photo_is_kept_once_in_a_bucket_too() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), S3InSmall) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}"
        config = {"endpoint": endpoint, "region": "x", "access_key_id": "a", "secret_access_key": "b"}
        evidence = EvidenceStore.at("s3://evidence/redress", config=config)
        photo = await evidence.clean_and_store("shop", "case", phone_photo())
        before = dict(S3InSmall.kept)
        assert await evidence.clean_and_store("shop", "case", phone_photo()) == photo
        assert S3InSmall.kept == before
        assert hashlib.sha256(await evidence.read("shop", photo.photo)).hexdigest() == photo.photo
        assert await evidence.photos_of("shop", "case") == [photo.photo]
        with pytest.raises(PhotoMissing):
            await evidence.read("shop", "a" * 64)
        (path,) = [path for path in before if "/photos/" in path]
        S3InSmall.kept[path] = b"another"
        with pytest.raises(EvidenceAltered):
            await evidence.clean_and_store("shop", "case", phone_photo())
        evidence.close()
        server.shutdown()


@pytest.mark.parametrize("url", ["/var/evidence", "http://x/y", "memory://", ""])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="file:// or s3://"):
        EvidenceStore.at(url)


async def test_a_pool_that_was_handed_in_stays_open() -> None:
    with ThreadPoolExecutor(1) as pool:
        evidence = EvidenceStore(MemoryStore(), pool=pool)
        await evidence.clean_and_store("shop", "case", phone_photo())
        evidence.close()
        assert pool.submit(int).result() == 0
