"""Opens sealed facts with the codec and tells them as plain JSON."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Sequence
from typing import cast

from google.protobuf.json_format import MessageToDict
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.common import RawValue
from temporalio.converter import DataConverter

from audit.deeds import Deed, Fact, Json, Sealed


def leaves_payloads_alone(converter: DataConverter) -> bool:
    """Whether payloads lie in the history as the workflow made them."""
    return converter.payload_codec is None and converter.external_storage is None


async def opened(deed: Deed, converter: DataConverter) -> Deed:
    """The deed with its payloads as they were before the codec sealed them. Raises what the codec raises."""
    facts: dict[str, Fact] = {}
    for name, fact in deed.facts.items():
        facts[name] = await _opened(fact, converter) if isinstance(fact, Sealed) and fact.context else fact
    return dataclasses.replace(deed, facts=facts)


async def _opened(fact: Sealed, converter: DataConverter) -> Sealed:
    told = converter.with_context(fact.context) if fact.context else converter
    if fact.failure is not None:
        failure = Failure()
        failure.CopyFrom(fact.failure)  # the codec opens in place, and the history is not ours to change
        if told.payload_codec:
            await told.payload_codec.decode_failure(failure)
        return dataclasses.replace(fact, failure=failure)
    if not fact.payloads:
        return fact
    raw = cast(Sequence[RawValue], await told.decode(fact.payloads, [RawValue] * len(fact.payloads)))
    return dataclasses.replace(fact, payloads=tuple(each.payload for each in raw))


def same(recorded: Fact, today: Fact) -> bool:
    """Whether two facts say the same; told cheaply where the bytes already agree."""
    if isinstance(recorded, Sealed) and isinstance(today, Sealed):
        if recorded.names == today.names and _same_bytes(recorded, today):
            return True
        return canonical(plain(recorded)) == canonical(plain(today))
    return recorded == today


def _same_bytes(recorded: Sealed, today: Sealed) -> bool:
    if recorded.failure is not None or today.failure is not None:
        return recorded.failure == today.failure
    if len(recorded.payloads) != len(today.payloads):
        return False
    return all(
        one.data == other.data and one.metadata.get("encoding") == other.metadata.get("encoding")
        for one, other in zip(recorded.payloads, today.payloads, strict=True)
    )


def canonical(value: Json) -> str:
    """One text for one value, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def plain(fact: Fact) -> Json:
    """The fact as JSON."""
    if not isinstance(fact, Sealed):
        return fact
    if fact.failure is not None:
        return _plain_failure(fact.failure)
    told: list[Json] = [_plain_payload(each) for each in fact.payloads]
    return dict(zip(fact.names, told, strict=True)) if fact.names else told


def _plain_payload(payload: Payload) -> Json:
    encoding = payload.metadata.get("encoding", b"").decode()
    if encoding == "binary/null":
        return None
    if encoding.startswith("json/"):
        try:
            return cast(Json, json.loads(payload.data))
        except ValueError:
            return {"encoding": encoding, "not_json": base64.b64encode(payload.data).decode()}
    return {"encoding": encoding, "data": base64.b64encode(payload.data).decode()}


def _plain_failure(failure: Failure) -> Json:
    """A failure without its stack trace: line numbers move with every edit and decide nothing."""
    bare = Failure()
    bare.CopyFrom(failure)
    told: dict[str, Json] = {"message": bare.message}
    if bare.HasField("encoded_attributes"):
        encoded = _plain_payload(bare.encoded_attributes)
        if isinstance(encoded, dict):
            encoded.pop("stack_trace", None)
        told["attributes"] = encoded
    kind = bare.WhichOneof("failure_info")
    if kind:
        if kind == "application_failure_info" and bare.application_failure_info.HasField("details"):
            told["details"] = [_plain_payload(each) for each in bare.application_failure_info.details.payloads]
            bare.application_failure_info.ClearField("details")
        told[kind.removesuffix("_failure_info")] = cast(Json, MessageToDict(getattr(bare, kind)))
    if bare.HasField("cause"):
        told["cause"] = _plain_failure(bare.cause)
    return told
