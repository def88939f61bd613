"""What one person has signed for on one day, over all cases: read from the slips' own stories in the register."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from db.sessions import ReadSession
from domain.money import Money

_SIGNED = text(
    """
    SELECT coalesce(sum(cases.amount_minor), 0)
    FROM cases, jsonb_array_elements(cases.view -> 'story' -> 'approvals') AS approval
    WHERE cases.shop = :shop AND cases.kind = 'payment' AND cases.currency = :currency
        AND ((cases.view -> 'story') -> 'approvals') @> jsonb_build_array(
            jsonb_build_object('by', jsonb_build_object('person', CAST(:person AS text))))
        AND cases.view -> 'story' ->> 'direction' = 'out'
        AND cases.state NOT IN ('rejected', 'void', 'not_paid', 'refused', 'reversed')
        AND approval -> 'by' ->> 'person' = :person
        AND CAST(approval ->> 'at' AS timestamptz) >= :since AND CAST(approval ->> 'at' AS timestamptz) < :until
    """
)


async def signed_for(
    session: ReadSession, shop: str, person: str, between: tuple[datetime, datetime], currency: str
) -> Money:
    """The sum of the slips that go out and that this person approved in the time, those that came to nothing aside.

    between: from and until (UTC). A step's answer is in the register before the same person takes the next one, so only
    two approvals at the same moment can both pass; the reconciliation names a day that is too full.
    """
    since, until = between
    asked = {"shop": shop, "person": person, "since": since, "until": until, "currency": currency}
    return Money(int((await session.execute(_SIGNED, asked)).scalar_one()), currency)
