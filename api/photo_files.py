"""Reads uploaded photos piece by piece and stops at the first byte too many."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.edge_refusals import FieldsUnfit, NotReadable, PhotoUnfit, TooLarge
from domain.evidence import PhotoRules
from domain.shared_steps import TooManyPhotos

FILES = "photos"
PURPOSES = ("fault", "receipt", "inspection")
MOST_FIELDS = 5
MOST_OF_A_FIELD = 4096
FRAME = 64 * 1024
"""Bytes of headers and boundaries that a request may have beside its files."""


@dataclass(frozen=True)
class PhotosSent:
    """Files with the names they were sent under, and what they show. The names are checked, never kept."""

    files: tuple[tuple[str | None, UploadFile], ...]
    purpose: str

    async def aclose(self) -> None:
        """Let go of the temporary files."""
        for _, file in self.files:
            await file.close()


class _PhotoParser(MultiPartParser):
    """Starlette's parser, which bounds fields and the number of files; this one bounds each file as well."""

    def __init__(self, request: Request, stream: AsyncGenerator[bytes, None], rules: PhotoRules) -> None:
        most = rules.max_photos_a_case
        super().__init__(request.headers, stream, max_files=most, max_fields=MOST_FIELDS, max_part_size=MOST_OF_A_FIELD)
        self._most_of_a_file = rules.max_bytes
        self._of_this_part = 0
        self._files_before = 0

    def on_part_begin(self) -> None:
        """A new part: count from zero."""
        self._of_this_part = 0
        super().on_part_begin()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Some of a part came in."""
        if self._current_part.file is not None:
            self._of_this_part += end - start
            if self._of_this_part > self._most_of_a_file:
                sentence = f"A photo may have at most {self._most_of_a_file / 1e6:g} MB."
                raise PhotoUnfit("photo_too_large", self._files_before, sentence, 413)
        super().on_part_data(data, start, end)

    def on_part_end(self) -> None:
        """A part is complete."""
        if self._current_part.file is not None:
            self._files_before += 1
        super().on_part_end()


async def photos_sent(request: Request, rules: PhotoRules) -> PhotosSent:
    """The files of a multipart request, at most `rules.max_photos_a_case` of `rules.max_bytes` each.

    Raises:
        NotReadable, FieldsUnfit, PhotoUnfit, TooManyPhotos, TooLarge: nothing of it was kept.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise NotReadable("multipart/form-data", "multipart/form-data 表单")
    most = rules.max_photos_a_case
    stream = _within(request, rules.max_bytes * most + FRAME)
    try:
        form = await _PhotoParser(request, stream, rules).parse()
    except MultiPartException as broken:
        if "Too many files" in broken.message:
            raise TooManyPhotos(field=FILES, held=0, most=most, offered=f"more than {most}") from None
        raise NotReadable("multipart/form-data", "multipart/form-data 表单") from None
    return _sorted_out(form)


def _sorted_out(form: FormData) -> PhotosSent:
    purpose = "fault"
    files: list[tuple[str | None, UploadFile]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and name == FILES:
            files.append((value.filename or None, value))
        elif name == "purpose" and value in PURPOSES:
            purpose = str(value)
        elif name == "purpose":
            raise FieldsUnfit(("purpose", f"one of {', '.join(PURPOSES)}"))
        else:
            raise FieldsUnfit(("(another)", f"the form has the field purpose and the files {FILES}, no others"))
    if not files:
        raise FieldsUnfit((FILES, "no file was sent"))
    return PhotosSent(tuple(files), purpose)


async def _within(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    read = 0
    async for piece in request.stream():
        read += len(piece)
        if read > most:
            raise TooLarge(most=most)
        yield piece
