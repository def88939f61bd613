"""The words of every chapter of a complaint, collected for timeline and letters."""

from __future__ import annotations

from domain.complaint.assigning import wording as assigning
from domain.complaint.claiming import wording as claiming
from domain.complaint.disproving import wording as disproving
from domain.complaint.eligible import wording as eligible
from domain.complaint.fulfilling import wording as fulfilling
from domain.complaint.lines import wording as lines
from domain.complaint.linking import wording as linking
from domain.complaint.looking_into import wording as looking_into
from domain.complaint.offering import wording as offering
from domain.complaint.on_platform import wording as on_platform
from domain.complaint.paying_out import wording as paying_out
from domain.complaint.priority import wording as priority
from domain.complaint.promises import wording as promises
from domain.complaint.recall import wording as recall
from domain.complaint.recovering import wording as recovering
from domain.complaint.requests import wording as requests
from domain.complaint.sorting import wording as sorting
from domain.complaint.stopping import wording as stopping
from domain.complaint.sums import wording as sums
from domain.complaint.watching import wording as watching
from domain.wording import Wording

WORDINGS: tuple[Wording, ...] = (
    sorting.WORDING,
    looking_into.WORDING,
    promises.WORDING,
    watching.WORDING,
    stopping.WORDING,
    recall.WORDING,
    offering.WORDING,
    fulfilling.WORDING,
    recovering.WORDING,
    disproving.WORDING,
    paying_out.WORDING,
    sums.WORDING,
    on_platform.WORDING,
    claiming.WORDING,
    requests.WORDING,
    priority.WORDING,
    assigning.WORDING,
    linking.WORDING,
    lines.WORDING,
    eligible.WORDING,
)
