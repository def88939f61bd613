"""What the shop's gateway tells of a message after it took it: delivered or not, in any order, any number of times."""

from __future__ import annotations

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from db.deliveries import Outcome, Receipt
from db.sessions import WriteSession
from db.tables.deliveries import letter_receipts, letters

MOST_A_MESSAGE = 20
"""Receipts of one message that are kept; a gateway that tells more says nothing new."""


class MessageUnknown(Exception):  # noqa: N818  an answer to the gateway
    """The desk handed over no such message."""


async def note_receipt(session: WriteSession, shop: str, case: str, letter: int, receipt: Receipt) -> Outcome:
    """Note what the gateway told and return how the message stands then; the gateway's latest instant counts.

    One told before changes nothing. One of an earlier round is kept and changes nothing: the round after it counts.

    Raises:
        MessageUnknown: no message of that number was handed over in that round.
    """
    mine = (letters.c.shop == shop) & (letters.c.case == case) & (letters.c.letter == letter)
    known = (await session.execute(select(letters).where(mine).with_for_update())).one_or_none()
    if known is None or receipt.round > known.round or known.channel != "gateway":
        raise MessageUnknown(case)
    row: dict[str, object] = {"shop": shop, "case": case, "letter": letter, "round": receipt.round}
    if (await session.execute(_HELD, row)).scalar_one() < MOST_A_MESSAGE:
        told = {"result": receipt.result.value, "told_at": receipt.at, "code": receipt.code, "medium": receipt.medium}
        await session.execute(insert(letter_receipts).values({**row, **told}).on_conflict_do_nothing())
    if receipt.round < known.round:
        return Outcome(known.state)
    counts = Outcome((await session.execute(_LATEST, row)).scalar_one())
    now = func.greatest(letters.c.changed_at, func.now())
    await session.execute(update(letters).where(mine).values(state=counts.value, changed_at=now))
    return counts


_HELD = text("""
    SELECT count(*) FROM letter_receipts
    WHERE shop = :shop AND "case" = :case AND letter = :letter AND round = :round
""")
_LATEST = text("""
    SELECT result FROM letter_receipts
    WHERE shop = :shop AND "case" = :case AND letter = :letter AND round = :round
    ORDER BY told_at DESC, result = 'delivered' DESC LIMIT 1
""")
