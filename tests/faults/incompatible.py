"""A pytest plugin that changes the workflows as a careless release would: `pytest -p tests.faults.incompatible`.

It is loaded before the workflows are, so that these see the change however they are run.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

from domain import casework

_next_instant = casework.next_instant


def _a_second_later(book: Any, case: Any) -> tuple[datetime, str] | None:
    told = _next_instant(book, case)
    return None if told is None else (told[0] + timedelta(seconds=1), told[1])


def _nothing_is_open(*_: object) -> tuple[()]:
    return ()


def _no_letter_goes_out(_: object) -> tuple[()]:
    return ()


match os.environ["PLANTED_CHANGE"]:
    case "another_deadline":
        casework.next_instant = _a_second_later
    case "another_command":
        casework.letters_to_send = _no_letter_goes_out
    case "another_answer":
        casework.offers = _nothing_is_open
    case change:
        raise ValueError(change)
