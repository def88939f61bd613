"""What a slip says to the payment gateway, and what it takes from its answer, or from none."""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ActivityError

from domain.payment.gateway.errands import GatewayErrand, SendSlip
from domain.payment.gateway.state import Heard, Stands
from domain.payment.state import Payment
from domain.people import DESK, Actor, Role
from workflows.failures import code_of
from workflows.ports import ONCE, ONE_ORDER, GatewayAnswer, OrderToAskAfter, OrderToPay, PaymentGateway


async def ask_gateway(case: Payment, errand: GatewayErrand) -> tuple[Heard, Actor]:
    """Say it once; a call that failed, or that nobody lived to answer, says nothing about the money."""
    try:
        answer = await (_send(case) if isinstance(errand, SendSlip) else _ask_after(case, errand.number))
    except ActivityError as error:
        return Heard(Stands.UNSURE, reply=code_of(error)), DESK
    gateway = Actor(person=answer.gateway, role=Role.INTEGRATION, name="gateway") if answer.gateway else DESK
    return answer.heard, gateway


async def _send(case: Payment) -> GatewayAnswer:
    order = OrderToPay(
        shop=case.shop,
        case=case.case,
        slip_number=case.slip_number,
        amount=case.amount,
        purpose=case.purpose,
        means=case.means,
        account=case.agreed.account if case.agreed is not None else None,
        account_mark=case.account_mark,
    )
    return await workflow.execute_activity_method(
        PaymentGateway.send,
        order,
        start_to_close_timeout=ONE_ORDER,
        retry_policy=ONCE,
        summary=f"send slip {case.slip_number}: {case.amount}",
    )


async def _ask_after(case: Payment, number: int) -> GatewayAnswer:
    return await workflow.execute_activity_method(
        PaymentGateway.ask_after,
        OrderToAskAfter(case.shop, case.case, case.slip_number, number),
        start_to_close_timeout=ONE_ORDER,
        retry_policy=ONCE,
        summary=f"ask after slip {case.slip_number}",
    )
