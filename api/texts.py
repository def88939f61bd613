"""Texts as the API takes them: Unicode without NUL and other control signs, within their length."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, Strict, StringConstraints

LINE_SIGNS = frozenset("\n\r\t")
DEFAULT_MOST = 4000
"""Characters of a text for which the step names no bound."""


def clear(text: str) -> str:
    """The text itself.

    Raises:
        ValueError: it holds a control sign, such as NUL, or half a character.
    """
    for sign in text:
        if (unicodedata.category(sign) in {"Cc", "Cs"}) and sign not in LINE_SIGNS:
            raise ValueError("the text holds a control character (such as NUL) or half a character; leave it out")
    return text


def one_line(text: str) -> str:
    """The text itself, as `clear`, but of one line.

    Raises:
        ValueError: as `clear`, or it has a line break or a tab.
    """
    if any(sign in LINE_SIGNS for sign in text):
        raise ValueError("the text has a line break or a tab; write it in one line")
    return clear(text)


def not_blank(text: str) -> str:
    """The text itself.

    Raises:
        ValueError: there are only blanks in it.
    """
    if text and not text.strip():
        raise ValueError("the text is blank")
    return text


ClearText = Annotated[str, Strict(), AfterValidator(clear), AfterValidator(not_blank)]
"""A text of any number of lines; bounds are added where it is used."""

Line = Annotated[str, Strict(), AfterValidator(one_line), AfterValidator(not_blank)]
"""A text of one line."""


def has_digits(text: str) -> str:
    """The text itself.

    Raises:
        ValueError: there is no digit in it.
    """
    if not any(sign.isdigit() for sign in text):
        raise ValueError("a phone number has digits")
    return text


OrderNumber = Annotated[Line, StringConstraints(min_length=1, max_length=64), Field(examples=["T-2026-1001"])]
Phone = Annotated[
    Line, StringConstraints(min_length=5, max_length=32), AfterValidator(has_digits), Field(examples=["138 0013 8000"])
]
Email = Annotated[
    Line,
    StringConstraints(min_length=5, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
    Field(examples=["lin@example.com"]),
]
