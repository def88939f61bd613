"""How values cross the wire to Temporal and back: plain JSON, read by pydantic.

The same wire for the API, the worker, the auditor and the command line. The SDK makes a converter for each workflow and
with it fresh type adapters, which cost more than the first task of a case; here one set serves the whole process.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)
from temporalio.service import GrpcCompression

from workflows.shared_policies import sharing_policies


class _Json(PydanticJSONPlainPayloadConverter):
    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        """Read one message."""
        return sharing_policies(super().from_payload(payload, type_hint))


_JSON = _Json(max_cached_type_adapters=None)


class WirePayloadConverter(CompositePayloadConverter):
    """The SDK's converters, with the process's own JSON."""

    def __init__(self) -> None:
        """Take the SDK's converters in their order."""
        usual = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(*(_JSON if isinstance(each, JSONPlainPayloadConverter) else each for each in usual))


WIRE = DataConverter(payload_converter_class=WirePayloadConverter)
"""The data converter of every client, worker and replay of Redress."""


def learn_to_read(types: Iterable[Any]) -> None:
    """Have the process's JSON make what it reads these types with now, which it would else do when it meets the first.

    Each thread that met one meanwhile would make its own.
    """
    for each in types:
        with suppress(ValidationError):  # nothing is no message of any type
            _JSON.from_payload(Payload(data=b"null"), each)


_HERE = ("127.", "localhost", "[::1]", "unix:")


def compression(address: str) -> GrpcCompression:
    """Whether calls to this address are compressed: not on the same machine, where it costs time and saves nothing."""
    return GrpcCompression.NONE if address.startswith(_HERE) else GrpcCompression.GZIP
