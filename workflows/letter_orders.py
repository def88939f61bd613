"""A message as the case hands it to the customer line."""

from __future__ import annotations

from domain.casefile import CaseFile, Letter
from domain.quiet import Quiet
from workflows.ports import MOST_LETTER_TRIES, LetterOrder


def order_of(case: CaseFile, letter: Letter, tried: int, quiet: Quiet | None) -> LetterOrder:
    """The order for one message; `tried` is how often it may have been asked for before."""
    policy = case.pinned.policy
    return LetterOrder(
        case=case.case,
        complaint=case.parent or case.case,
        shop=case.shop,
        number=letter.number,
        kind=letter.kind,
        says=letter.says,
        customer=case.customer,
        language=policy.language,
        link_days=policy.customer_link_days.value,
        queued_at=letter.queued_at,
        utc_offset=case.pinned.calendar.offset_at(letter.queued_at),
        own=policy.own_text(letter.kind),
        tried=tried + letter.waits * MOST_LETTER_TRIES,
        ways=policy.ways_to_customer.value,
        quiet=quiet.ways if quiet is not None else (),
        quiet_now=quiet is not None and quiet.until is not None,
        quiet_from=quiet.begins if quiet is not None else None,
        round=letter.round,
        asked_by=letter.asked_by,
    )
