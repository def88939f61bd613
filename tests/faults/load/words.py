"""Personal words of one story, each found nowhere else: whoever meets one in clear knows where it came from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from random import Random


@dataclass(frozen=True)
class Words:
    """What one customer is called, where they live, and what they say."""

    reference: str
    name: str
    phone: str
    email: str
    address: str
    order: str
    description: str
    answer: str

    def customer(self) -> dict[str, str]:
        """The customer as a complaint or an order names them."""
        return {field: getattr(self, field) for field in ("reference", "name", "phone", "address")}

    def canaries(self) -> tuple[str, ...]:
        """Every word that must lie nowhere in clear."""
        return tuple(asdict(self).values())


def words_of(dice: Random, story: str) -> Words:
    """The words of this story; two stories never share one."""
    token = f"{dice.getrandbits(48):012x}"
    return Words(
        reference=f"kunde-{token}",
        name=f"王卡娜{token}",
        phone=f"139{dice.getrandbits(26):08d}",
        email=f"kanari.{token}@example.com",
        address=f"苏州市卡娜大街{token}号",
        order=f"ORD-{story}-{token}",
        description=f"Der Henkel der Tasse {token} brach sofort ab",
        answer=f"Diese Worte {token} genuegen mir nicht",
    )
