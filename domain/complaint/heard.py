"""Where the customer's word was heard."""

from __future__ import annotations

from domain.complaint.refusals import HeardWhere
from domain.complaint.state import Channel
from domain.people import Actor, Role


def heard_where(actor: Actor, heard_on: Channel | None) -> str:
    """`link` when the customer says it; else where the person who passes it on heard it [S].

    Raises:
        HeardWhere: a person of the desk does not say where.
    """
    if actor.role is Role.CUSTOMER:
        return "link"
    if heard_on is None:
        raise HeardWhere(field="heard_on")
    return heard_on.value
