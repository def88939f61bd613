"""A message to the customer as the delivery ledger tells it."""

from __future__ import annotations

from api.schemas.lists import AttemptShown, DeliveryShown, ReceiptShown
from db.deliveries import Delivery, Outcome
from domain.instants import minute

_SAYS = {
    Outcome.UNDER_WAY: "being handed over",
    Outcome.SENT: "told at {at}, by {by}, accepted by the {server}",
    Outcome.PUT_OFF: "put off, last at {at}, by {by}",
    Outcome.REFUSED: "refused at {at}, by {by}",
    Outcome.DELIVERED: "told at {at}, by {by}, delivered",
    Outcome.UNDELIVERED: "sent at {at}, by {by}, not delivered",
}
_CHANNELS = {"email": ("e-mail", "server"), "gateway": ("the shop's gateway", "gateway")}


def message_shown(each: Delivery) -> DeliveryShown:
    """A message with all that became of it."""
    return DeliveryShown(
        letter=each.letter.letter,
        kind=each.letter.kind,
        channel=each.letter.channel,
        state=each.state.value,
        says=_said(each),
        round=each.letter.round,
        attempts=[
            AttemptShown(
                attempt=tried.attempt,
                round=tried.round,
                channel=tried.channel,
                at=tried.at,
                outcome=tried.outcome.value,
                answer_code=tried.answer_code,
                asked_by=tried.asked_by,
            )
            for tried in each.attempts
        ],
        receipts=[
            ReceiptShown(round=told.round, at=told.at, result=told.result.value, code=told.code, medium=told.medium)
            for told in each.receipts
        ],
    )


def _said(each: Delivery) -> str:
    """The sentence of a state: when it was last tried in this round, by what, and what came of it."""
    mine = [tried for tried in each.attempts if tried.round == each.letter.round]
    at = minute(mine[-1].at) if mine else "an unknown time"
    by, server = _CHANNELS.get(each.letter.channel, (each.letter.channel, "server"))
    media = [told.medium for told in each.receipts if told.round == each.letter.round and told.medium]
    return _SAYS[each.state].format(at=at, by=media[-1] if media else by, server=server)
