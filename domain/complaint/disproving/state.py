"""A promise that the inspection did not bear out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.money import Money


@dataclass(frozen=True)
class DisprovedPromise:
    """Freight promised without a photo; the customer keeps what was promised, it stands with who promised it [S].

    `freight` is what is repaid for the return as far as receipts prove it, None while there is none.
    """

    return_case: str
    promised_by: str
    freight: Money | None
    at: datetime
