"""What a test looks at: whether a step is refused, which task stands open, what was offered last."""

from __future__ import annotations

import pytest

from domain.complaint.state import Proposal
from domain.refusals import Refusal
from domain.steps import Step
from domain.view import Task
from tests.domain.desk import Desk


def refused(d: Desk, step: Step, name: str = "") -> type[Refusal]:
    """The refusal that the step must meet."""
    with pytest.raises(Refusal) as caught:
        d.take(step, name)
    return type(caught.value)


def task(d: Desk, key: str) -> Task:
    """The open task of that key, which must be there."""
    return next(each for each in d.view().tasks if each.key == key)


def last_offer(d: Desk) -> Proposal:
    """The complaint's last proposal, which must be there."""
    assert d.complaint.proposal is not None
    return d.complaint.proposal
