"""Run with the generated client on the path: registers an order, opens a case, takes a step, and reads it all back.

Arguments: address, key of the shop's client, key of an agent. Prints the case number.
"""

from __future__ import annotations

import sys

from redress_client import AuthenticatedClient  # pyright: ignore[reportMissingImports]
from redress_client.api.cases import list_cases, open_complaint, read_case  # pyright: ignore[reportMissingImports]
from redress_client.api.orders import register_order  # pyright: ignore[reportMissingImports]
from redress_client.api.steps import give_feedback, propose_remedy  # pyright: ignore[reportMissingImports]
from redress_client.models import (  # pyright: ignore[reportMissingImports]
    CaseAnswer,
    Channel,
    Complaint,
    Customer,
    GiveFeedback,
    Money,
    Order,
    OrderLine,
    OrderShown,
    Problem,
    ProblemDetails,
    ProposeRemedy,
    RemedyKind,
)


def main(address: str, shop_key: str, agent_key: str) -> None:
    shop = AuthenticatedClient(base_url=address, token=shop_key)
    agent = AuthenticatedClient(base_url=address, token=agent_key)
    line = OrderLine(line=1, product="teapot", quantity=2, paid=Money(amount="138.00", currency="CNY"))
    registered = register_order.sync("G-1", client=shop, body=Order(lines=[line]))
    assert isinstance(registered, OrderShown), registered
    body = Complaint(
        problem=Problem.QUALITY,
        channel=Channel.WEB,
        order="G-1",
        line=1,
        quantity=1,
        description="The handle is cracked.",
        customer=Customer(reference="wang_88", phone="138 0013 8000"),
    )
    opened = open_complaint.sync(client=shop, body=body, idempotency_key="generated-1")
    assert isinstance(opened, CaseAnswer), opened
    case = opened.case.case
    news = GiveFeedback(process="We look at it.", expected_by="within a day", next_step="We write to you.")
    told = give_feedback.sync(case, client=agent, body=news, idempotency_key="g-2")
    assert isinstance(told, CaseAnswer), told
    assert "feedback_given" in told.recorded
    early = ProposeRemedy(
        kind=RemedyKind.RETURN_AND_REFUND, words="Send it back.", refund=Money(amount="69.00", currency="CNY")
    )
    refused = propose_remedy.sync(case, client=agent, body=early, idempotency_key="g-3")
    assert isinstance(refused, ProblemDetails), refused
    assert "judge" in refused.open_steps
    live = read_case.sync(case, client=agent)
    assert isinstance(live, CaseAnswer), live
    assert live.case.story["verified"] is True
    page = list_cases.sync(client=agent, order="G-1")
    assert [each.case for each in page.items] == [case]
    print(case)  # noqa: T201  the answer of this program


if __name__ == "__main__":
    main(*sys.argv[1:4])
