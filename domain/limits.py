"""How long a text and how large a number of a step may be; the API's edge enforces it, the schema shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True)
class Length:
    """Least and most characters of a text."""

    least: int
    most: int


@dataclass(frozen=True)
class Between:
    """Least and most of a whole number."""

    least: int
    most: int


@dataclass(frozen=True)
class Says:
    """What a field means, printed into the API's schema, with an example."""

    meaning: str
    example: object = None


Reason = Annotated[str, Length(3, 1000), Says("Why, in a sentence that an auditor can read years later.")]
Words = Annotated[str, Length(1, 4000), Says("Free text.")]
ShortText = Annotated[str, Length(1, 120)]
Quantity = Annotated[int, Between(1, 100_000)]
Days = Annotated[int, Between(1, 60)]
