"""The words of every chapter of a complaint, collected for timeline and letters."""

from __future__ import annotations

from domain.complaint.fulfilling import wording as fulfilling
from domain.complaint.looking_into import wording as looking_into
from domain.complaint.offering import wording as offering
from domain.complaint.recovering import wording as recovering
from domain.complaint.sorting import wording as sorting
from domain.wording import Wording

WORDINGS: tuple[Wording, ...] = (
    sorting.WORDING,
    looking_into.WORDING,
    offering.WORDING,
    fulfilling.WORDING,
    recovering.WORDING,
)
