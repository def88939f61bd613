"""What a client saw: one line a request and answer, one line a signature of finance. All that a judge may believe."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Said:
    """One request as it was sent, and what came back.

    `key` is the Idempotency-Key ("" for reads), `body` the JSON sent (for photos only their names), `status` the HTTP
    status or 0 when no answer came, `answer` the JSON answered or None. `sent_at` and `answered_at` are Unix seconds.
    `intent` is one of "open", "step", "evidence", "read", "order", "news", "dock"; `step` the step's name for "step"
    and "evidence". Of an answered read only case, version and state are kept. `changed`: the key was sent before with
    another body, on purpose.
    """

    client: str
    story: str
    intent: str
    role: str
    method: str
    path: str
    key: str
    sent_at: float
    answered_at: float
    status: int
    case: str = ""
    step: str = ""
    body: Any = None
    answer: Any = None
    changed: bool = False


@dataclass(frozen=True)
class Signature:
    """Finance's own book: a slip was paid outside, once, under this reference. Amount in minor units."""

    slip: str
    reference: str
    minor: int
    currency: str
    at: float


@dataclass
class ClientLog:
    """Appends to one file as things happen, so that a killed client leaves what it saw."""

    path: Path
    _open: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._open = self.path.open("a", encoding="utf-8", buffering=1)

    def said(self, entry: Said) -> None:
        """Note a request with its answer."""
        self._write("said", asdict(entry))

    def signed(self, entry: Signature) -> None:
        """Note that finance paid."""
        self._write("signed", asdict(entry))

    def noted(self, what: str, **facts: object) -> None:
        """Note what was done to the desk: a kill, a pause, a cut."""
        self._write("noted", {"what": what, "at": time.time(), **facts})

    def close(self) -> None:
        """Close the file."""
        self._open.close()

    def _write(self, kind: str, facts: dict[str, Any]) -> None:
        self._open.write(json.dumps({"kind": kind, **facts}, ensure_ascii=False) + "\n")


def read_log(path: Path) -> Iterator[Said | Signature | dict[str, Any]]:
    """Every entry, in the order written; a last line that was cut off is left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            facts = json.loads(line)
        except ValueError:
            return  # cut off by a kill
        match facts.pop("kind"):
            case "said":
                yield Said(**facts)
            case "signed":
                yield Signature(**facts)
            case _:
                yield facts
