"""What a workflow did, in one shape for both sides: as the history tells it, and as today's code does it.

A deed is one command: an activity asked for, a timer set, an update answered, the end of the run. The facts of two
deeds of the same kind carry the same names, so that comparing them is comparing two mappings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from google.protobuf.duration_pb2 import Duration
from temporalio.api.common.v1 import Memo, Payload, Priority, RetryPolicy, SearchAttributes
from temporalio.api.failure.v1 import Failure
from temporalio.api.sdk.v1 import UserMetadata
from temporalio.converter import SerializationContext

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


@dataclass(frozen=True)
class Sealed:
    """Payloads as they travelled, and what their codec must be told to open them.

    `payloads` and `failure` exclude each other. `names` turns the payloads into a mapping (memo, search attributes).
    `context` is None for what no codec ever touches.
    """

    payloads: tuple[Payload, ...] = ()
    names: tuple[str, ...] = ()
    failure: Failure | None = None
    context: SerializationContext | None = None


Fact: TypeAlias = Json | Sealed


@dataclass(frozen=True)
class Deed:
    """One command. `identity` pairs the two sides; `event_id` is the event, or the task's end where there is none."""

    kind: str
    identity: str
    subject: str
    facts: Mapping[str, Fact]
    event_id: int


def seconds(length: Duration) -> float:
    """The length in seconds; none at all is 0."""
    return length.seconds + length.nanos / 1_000_000_000


def sealed_list(payloads: Sequence[Payload], context: SerializationContext | None) -> Sealed:
    """Arguments or results in their order."""
    return Sealed(payloads=tuple(payloads), context=context)


def sealed_names(fields: Mapping[str, Payload], context: SerializationContext | None) -> Sealed:
    """Named payloads, in the order of their names."""
    names = tuple(sorted(fields))
    return Sealed(payloads=tuple(fields[name] for name in names), names=names, context=context)


def memo_fact(memo: Memo | Mapping[str, Payload], context: SerializationContext | None) -> Sealed:
    """A memo, sealed like every payload."""
    return sealed_names(memo.fields if isinstance(memo, Memo) else memo, context)


def attributes_fact(attributes: SearchAttributes) -> Sealed:
    """Search attributes, which the server must read and no codec seals."""
    return sealed_names(attributes.indexed_fields, None)


def metadata_facts(metadata: UserMetadata, context: SerializationContext | None) -> dict[str, Fact]:
    """Summary and details, as the web page shows them."""
    return {
        "summary": sealed_list([metadata.summary] if metadata.HasField("summary") else [], context),
        "details": sealed_list([metadata.details] if metadata.HasField("details") else [], context),
    }


def priority_fact(priority: Priority) -> Json:
    """Key, fairness key and weight; zero and empty mean that nothing was asked for."""
    return [priority.priority_key, priority.fairness_key, round(priority.fairness_weight, 6)]


def retry_fact(policy: RetryPolicy) -> Json:
    """A retry policy with the blanks filled in as the server fills them in. Intervals in seconds."""
    first = seconds(policy.initial_interval) or 1.0
    return {
        "initial_interval": first,
        "backoff_coefficient": policy.backoff_coefficient or 2.0,
        "maximum_interval": seconds(policy.maximum_interval) or 100 * first,
        "maximum_attempts": policy.maximum_attempts,
        "non_retryable_error_types": list[Json](policy.non_retryable_error_types),
    }
