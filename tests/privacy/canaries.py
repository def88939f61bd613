"""Strings that nobody may ever find in clear, and every disguise in which they could lie somewhere."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Canary:
    """One personal word; `field` says what it is."""

    field: str
    word: str

    def disguises(self) -> set[bytes]:
        """The word as it would look raw, escaped, in hex, and inside base64 at each of the three offsets."""
        raw = self.word.encode()
        escaped = json.dumps(self.word)[1:-1].encode()
        found = {raw, escaped, raw.hex().encode(), escaped.hex().encode(), self.word.encode("utf-16-le")}
        for text in (raw, escaped):
            for shift in range(3):
                coded = base64.b64encode(b"\0" * shift + text)
                # the first and last characters depend on the neighbours, so they are left out
                found.add(coded[4 if shift else 0 : -4])
        return found


CANARIES = (
    Canary("name", "王卡娜丽测试甲"),
    Canary("phone", "13955587412"),
    Canary("email", "kanali.wang.8841@example.com"),
    Canary("address", "苏州市卡娜丽大街八百八十一号"),
    Canary("reference", "kunde-8841-kanali"),
    Canary("order", "ORD-KANALI-8841"),
    Canary("description", "Der Henkel meiner Kanalitasse brach sofort ab"),
    Canary("decline", "Diese Kanaliworte genuegen mir keineswegs"),
    Canary("code", "GUTSCHEIN-KANALI-8841-XK"),
    Canary("words", "Am Telefon sagte Kanali sie sei enttaeuscht"),
)


def found_in(content: bytes) -> set[str]:
    """The fields whose canary sings in this content."""
    return {canary.field for canary in CANARIES if any(disguise in content for disguise in canary.disguises())}
