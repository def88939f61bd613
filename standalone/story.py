"""``make demo``: two cases by HTTP, each step by a person with an own key, told as it happens."""

from __future__ import annotations

import secrets

import httpx2
import typer

from settings import Settings
from standalone.callers import FREIGHT, PRICE, Caller, DemoFailed, open_with_photos, receipt
from standalone.exchange_story import exchange
from standalone.scenes import call_back, judge, new_tracking, receive_and_inspect, send_parcel
from standalone.seed import ready_keys

__all__ = ["DemoFailed", "play"]


async def play(settings: Settings) -> None:
    """Play the story against the running desk and print the timeline of the case."""
    keys = {role: key for role, _, key in await ready_keys(settings)}
    async with httpx2.AsyncClient(base_url=_address(settings), timeout=30.0) as http:
        caller = Caller(http, keys)
        typer.echo("A cup whose handle came off is sent back and refunded:")
        case = await open_with_photos(caller, "The handle came off at the first wash.")
        said = "confirms the fault, enters it in the register"
        await judge(caller, case, said, fault="handle broken off", place="left side")
        await _agree(caller, case)
        await _bring_back(caller, case)
        await _pay(caller, case)
        await call_back(caller, case)
        await _tell_timeline(caller, case)
        typer.echo("\nAnother one is to be exchanged, and the warehouse does not find the fault:")
        await exchange(caller)
        waits = sorted(caller.waits)
        median, slowest = waits[len(waits) // 2] * 1000, waits[-1] * 1000
        typer.echo(f"\n{len(waits)} calls, median {median:.0f} ms, slowest {slowest:.0f} ms")


def _address(settings: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.api_host, settings.api_host)  # noqa: S104  names, binds nothing
    return f"http://{host}:{settings.api_port}"


async def _agree(caller: Caller, case: str) -> None:
    words = "We are sorry. Send the cup back; you get its price and your freight."
    await caller.step(
        "agent",
        case,
        "propose_remedy",
        "proposes return, refund and freight",
        kind="return_and_refund",
        refund=PRICE,
        words=words,
    )
    await caller.step("customer", case, "accept_proposal", "accepts", proposal=1)


async def _bring_back(caller: Caller, case: str) -> None:
    tracking = new_tracking()
    await caller.until(f"{case}-R1", "waiting_for_goods")
    paper = [("photos", ("receipt.jpg", receipt(tracking), "image/jpeg"))]
    sent = await caller.ask("customer", "POST", f"/v1/cases/{case}/evidence", files=paper, data={"purpose": "receipt"})
    caller.tell("customer", "uploads the courier's receipt", sent["case"])
    by = {"freight": FREIGHT, "receipt": sent["case"]["photos"][-1]["photo"]}
    returned = await send_parcel(caller, case, tracking, "reports the parcel and 12.00 freight, by its receipt", **by)
    said = "inspects against the registered fault, signs"
    await receive_and_inspect(caller, returned, tracking, said, fault_found=True, grade="C")


async def _pay(caller: Caller, case: str) -> None:
    for slip, amount in ((f"{case}-P1", PRICE), (f"{case}-P2", FREIGHT)):
        await caller.until(slip, "to_approve")
        await caller.step("supervisor", slip, "approve_slip", f"approves {amount['amount']}", amount=amount)
        reference = f"PAY-{secrets.token_hex(4)}"
        await caller.step(
            "finance", slip, "sign_paid", "pays and signs with a reference", amount=amount, reference=reference
        )


async def _tell_timeline(caller: Caller, case: str) -> None:
    timeline = await caller.ask("auditor", "GET", f"/v1/cases/{case}/timeline")
    typer.echo(f"\nThe timeline of {case}, told from its own history:")
    for line in timeline["items"]:
        who = line["name"] or line["role"]
        typer.echo(f"  {line['at'][:19]}  {who:<12} {line['sentence']} [{line['rule']}]")
