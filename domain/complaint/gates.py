"""What stands before judging, before a remedy, before the outcome: each chapter that has a say adds one line.

A gate raises the refusal that names what is missing; a wait says whether something still runs.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.complaint.looking_into import rules as looking_into
from domain.complaint.problems import RemedyKind
from domain.complaint.recall import rules as recall
from domain.complaint.requests import before as requests
from domain.complaint.sorting import rules as sorting
from domain.complaint.state import Complaint
from domain.complaint.stopping import rules as stopping
from domain.people import Actor

BEFORE_JUDGING: tuple[Callable[[Complaint, Actor], None], ...] = (
    sorting.before_judging,
    looking_into.before_judging,
    requests.before_judging,
)

BEFORE_REMEDY: tuple[Callable[[Complaint, RemedyKind], None], ...] = (
    looking_into.before_remedy,
    recall.before_remedy,
    stopping.before_remedy,
    requests.before_remedy,
)
"""Asked for remedies that cost something (`problems.COSTS`)."""
