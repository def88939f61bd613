"""The evidence store keeps photos where nobody can change them, in a folder or in an S3 bucket."""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import quote

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from adapters.photo_cleaning import CleanedPhoto, clean_photo
from domain.evidence import Photo, PhotoRules

if TYPE_CHECKING:
    from obstore.store import S3Config

_PHOTO_ID = re.compile(r"[0-9a-f]{64}")
_BUCKET_SETTINGS = {
    "access_key_id",
    "secret_access_key",
    "session_token",
    "region",
    "endpoint",
    "skip_signature",
    "virtual_hosted_style_request",
}
_CLEANED_AT_ONCE = 2  # a 50 megapixel PNG takes some 300 MB while it is drawn


class PhotoMissing(Exception):  # noqa: N818  an answer to the reader
    """This shop has no such photo."""


class EvidenceAltered(Exception):  # noqa: N818  a finding, and a grave one
    """What lies in the store is not the photo that was put there: its hash is another."""


class EvidenceUnavailable(Exception):  # noqa: N818  temporary, may be asked again
    """The store does not answer, or refuses us; the same request may be sent again."""


class EvidenceStore:
    """Photos of all shops: cleaned, then written once, under the hash of what was written [E][F].

    Nothing written is ever written again, and each full picture is checked against its id when it is read. Whoever
    knows a photo of one shop cannot reach it through another.

    store: where to keep them. pool: where to clean them; two threads of its own unless given.
    """

    def __init__(self, store: ObjectStore, *, rules: PhotoRules | None = None, pool: Executor | None = None) -> None:
        self._store = store
        self._rules = rules or PhotoRules()
        self._own_pool = None if pool else ThreadPoolExecutor(_CLEANED_AT_ONCE, "photo-cleaning")
        self._pool = pool or self._own_pool

    @classmethod
    def at(
        cls,
        url: str,
        *,
        config: Mapping[str, str] | None = None,
        rules: PhotoRules | None = None,
        pool: Executor | None = None,
    ) -> Self:
        """Open the store at `file:///folder` (made if missing) or `s3://bucket/prefix`.

        config: for S3, any of access_key_id, secret_access_key, session_token, region, endpoint, skip_signature and
        virtual_hosted_style_request; what it leaves out is taken from the usual AWS variables. An endpoint at http://
        is spoken to in clear. Raises ValueError for any other kind of address or setting.
        """
        if url.startswith("file://"):
            place: ObjectStore = LocalStore.from_url(url, mkdir=True)
        elif url.startswith("s3://"):
            place = _bucket(url, dict(config or {}))
        else:
            msg = "an evidence store lies at file:// or s3://"
            raise ValueError(msg)
        return cls(place, rules=rules, pool=pool)

    async def clean_and_store(self, shop: str, case: str, upload: bytes, *, filename: str | None = None) -> Photo:
        """Clean a photo, keep it with its small copy, and note that it belongs to the case.

        The same upload sent again gives the same answer and writes nothing. filename: checked, never kept. Raises
        PhotoRefused (nothing was kept), EvidenceAltered, EvidenceUnavailable (send it again), and ValueError if shop
        or case is no name.
        """
        filed = self._filed_under(shop, case)
        cleaned = await asyncio.get_running_loop().run_in_executor(
            self._pool, clean_photo, upload, filename, self._rules
        )
        photo = _described(cleaned)
        # The note comes last: a photo that a case names is there, whatever broke in between.
        await self._write_once(_small(shop, photo.photo), cleaned.thumbnail)
        if not await self._write_once(_full(shop, photo.photo), cleaned.picture):
            await self.read(shop, photo.photo)
        await self._write_once(f"{filed}/{photo.photo}", b"")
        return photo

    async def read(self, shop: str, photo_id: str, thumbnail: bool = False) -> bytes:
        """Return the full picture, checked against its id, or its small copy (always JPEG).

        Raises PhotoMissing, EvidenceAltered, EvidenceUnavailable.
        """
        if not _PHOTO_ID.fullmatch(photo_id):
            raise PhotoMissing
        if thumbnail:
            return await self._content(_small(shop, photo_id))
        picture = await self._content(_full(shop, photo_id))
        if hashlib.sha256(picture).hexdigest() != photo_id:
            raise EvidenceAltered
        return picture

    async def photos_of(self, shop: str, case: str) -> list[str]:
        """List the ids of the photos sent for a case, in no meaningful order; also those the case never came to name.

        Raises EvidenceUnavailable.
        """
        try:
            pages = obstore.list(self._store, prefix=self._filed_under(shop, case))  # pyright: ignore[reportUnknownMemberType]  its Arrow form is untyped
            return sorted([entry["path"].rpartition("/")[2] async for page in pages for entry in page])
        except (BaseError, OSError) as problem:
            raise _unavailable(problem) from None

    def close(self) -> None:
        """End the store's own cleaning threads; a pool that was handed in is left to its owner."""
        if self._own_pool:
            self._own_pool.shutdown(cancel_futures=True)

    @staticmethod
    def _filed_under(shop: str, case: str) -> str:
        return f"{_named(shop)}/cases/{_named(case)}"

    async def _write_once(self, path: str, content: bytes) -> bool:
        try:
            await obstore.put_async(self._store, path, content, mode="create", use_multipart=False)
        except AlreadyExistsError:
            return False
        except (BaseError, OSError) as problem:
            raise _unavailable(problem) from None
        return True

    async def _content(self, path: str) -> bytes:
        try:
            found = await obstore.get_async(self._store, path)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise PhotoMissing from None
        except (BaseError, OSError) as problem:
            raise _unavailable(problem) from None


def _bucket(url: str, config: dict[str, str]) -> S3Store:
    # A setting that obstore does not know makes it panic past every `except Exception`: the names are checked first.
    unknown = config.keys() - _BUCKET_SETTINGS
    if unknown:
        msg = f"no setting of a bucket: {', '.join(sorted(unknown))}"
        raise ValueError(msg)
    in_clear = config.get("endpoint", "").startswith("http://")
    # obstore names each setting in a TypedDict, which cannot be made from settings read at run time.
    return S3Store.from_url(url, config=cast("S3Config", config), client_options={"allow_http": in_clear})


def _described(cleaned: CleanedPhoto) -> Photo:
    sha256 = hashlib.sha256(cleaned.picture).hexdigest()
    return Photo(
        photo=sha256,
        original_sha256=cleaned.original_sha256,
        cleaned_sha256=sha256,
        media_type=cleaned.media_type,
        width=cleaned.width,
        height=cleaned.height,
        size_bytes=len(cleaned.picture),
        difference_hash=cleaned.difference_hash,
    )


def _full(shop: str, photo_id: str) -> str:
    return f"{_named(shop)}/photos/{photo_id[:2]}/{photo_id}"


def _small(shop: str, photo_id: str) -> str:
    return f"{_named(shop)}/thumbnails/{photo_id[:2]}/{photo_id}"


def _named(name: str) -> str:
    # Quoted, so that a name is one step of the path whatever is in it; dots alone would climb out of it.
    if not name.strip("."):
        msg = "a shop or a case has a name"
        raise ValueError(msg)
    return quote(name, safe="")


def _unavailable(problem: Exception) -> EvidenceUnavailable:
    # Of the library's message only its kind is kept: the rest quotes addresses and headers.
    return EvidenceUnavailable(type(problem).__name__)
