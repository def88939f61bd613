"""How content is drawn: what the families of steps share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests import builders as b
from tests.domain.desk import Desk

Draw = Callable[[st.SearchStrategy[Any]], Any]
Facts = Callable[[Draw, Desk, str], dict[str, Any]]
"""The content of a step: how it is drawn, the desk as it is, the name of the case."""

MOSTLY = st.sampled_from((True, True, True, False))
TRACKING = st.sampled_from(("T001", "T002", "t002", "T003"))
SUMS = st.sampled_from((None, "10.00", "60.00", "150.00", "299.99", "300.00", "300.01"))
REASON = "for a good reason"


def money(draw: Draw) -> Any:
    """A sum, or none."""
    text = draw(SUMS)
    return None if text is None else b.yuan(text)
