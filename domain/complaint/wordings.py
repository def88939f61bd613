"""The words of every chapter of a complaint, collected for timeline and letters."""

from __future__ import annotations

from domain.complaint.looking_into import wording as looking_into
from domain.complaint.promises import wording as promises
from domain.complaint.requests import wording as requests
from domain.complaint.sorting import wording as sorting
from domain.complaint.watching import wording as watching
from domain.wording import Wording

WORDINGS: tuple[Wording, ...] = (
    sorting.WORDING,
    looking_into.WORDING,
    promises.WORDING,
    watching.WORDING,
    requests.WORDING,
)
