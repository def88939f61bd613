"""Slips that are played through the API to where a test wants them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.api.counter import Counter
from tests.api.test_registers import taken

YUAN = {"amount": "60.00", "currency": "CNY"}
IN_SHANGHAI = timedelta(hours=8)


def today() -> str:
    """The day that the shop writes."""
    return (datetime.now(UTC) + IN_SHANGHAI).date().isoformat()


async def refunded(counter: Counter, amount: dict[str, str] = YUAN, *, sign: bool = True) -> tuple[str, str]:
    """A late delivery compensated; the complaint and its slip."""
    case = str((await counter.complain(problem="other", fault_kind=None)).json()["case"]["case"])
    await taken(
        counter,
        "agent",
        case,
        "judge",
        fault_confirmed=True,
        responsible="courier",
        severity="minor",
        extent="one",
        fault="late by a week",
        place="",
    )
    await taken(counter, "agent", case, "propose_remedy", kind="compensation", refund=amount, words="We are sorry.")
    await taken(counter, "agent", case, "accept_proposal", proposal=1, heard_on="phone")
    slip = f"{case}-P1"
    await until_state(counter, slip, "to_approve")
    if sign:
        await signed(counter, slip, amount)
    return case, slip


async def signed(counter: Counter, slip: str, amount: dict[str, str], reference: str = "PAY-1") -> None:
    """Approved by the supervisor and paid by finance."""
    await taken(counter, "supervisor", slip, "approve_slip", amount=amount)
    await taken(counter, "finance", slip, "sign_paid", amount=amount, reference=reference)


async def until_told(counter: Counter, case: str) -> list[dict[str, Any]]:
    """The slips as the complaint knows them, once each has told it what became of it."""

    async def found() -> list[dict[str, Any]] | None:
        answer = await counter.get("agent", f"/v1/cases/{case}")
        slips = answer.json().get("case", {}).get("story", {}).get("payments", [])
        return slips if slips and all(slip["result"] for slip in slips) else None

    return list(await counter.until(found))


async def until_state(counter: Counter, case: str, state: str) -> dict[str, Any]:
    """The case, once it stands there."""

    async def found() -> dict[str, Any] | None:
        answer = await counter.get("supervisor", f"/v1/cases/{case}")
        told: dict[str, Any] = answer.json().get("case", {})
        return told if told.get("state") == state else None

    return dict(await counter.until(found))
