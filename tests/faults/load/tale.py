"""One story: an order, a complaint, and whatever comes of it, each next move drawn from what waits for people."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.adapters.pictures import file_of, scene
from tests.faults.load import desks
from tests.faults.load.bodies import PROBLEMS, Told, View, body_of, yuan
from tests.faults.load.finance import FinanceBook
from tests.faults.load.repeats import Repeats
from tests.faults.load.sending import Answer, Request, Sender
from tests.faults.load.words import Words

MOVES = 70
"""Moves after which a story is left as it is."""
IDLE = 12
"""Looks in a row that show nothing to do, after which a story is left: it waits for another day."""
WILD, OUT_OF_TURN, NEWS = 0.08, 0.03, 0.1
OUT_OF_TURN_STEPS = ("withdraw", "withdraw", "judge", "reclassify", "add_remark")
QUALITY = 0.6
"""Share of the stories that are about quality; the others may be about anything."""


@dataclass
class Tale:
    """One story in the hands of one client."""

    sender: Sender
    finance: FinanceBook
    name: str
    words: Words
    told_to_end: Callable[[], bool]
    case: str = ""
    link: str = ""
    receipt: str | None = None
    number: int = 0
    paid: Decimal = Decimal(0)
    closed: set[str] = field(default_factory=set[str])
    tracking: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.dice = self.sender.dice
        self.repeats = Repeats(self.sender, self.name)
        self.paid = self.dice.choice((Decimal("89.00"), Decimal("89.00"), Decimal("320.00")))

    async def play(self) -> str:
        """Play to the end, or until told to end; the state in which the complaint was left, "" if it never opened."""
        registered = self.dice.random() < 0.85
        if registered:
            await self._register()
        if not await self._open():
            return ""
        if not registered:
            await self._register()
        state, idle = "", 0
        for _ in range(MOVES):
            if self.told_to_end() or idle > IDLE:
                break
            view = await self.look(self.case)
            if not view:
                idle += 1
                continue
            state = str(view.get("state", state))
            if view.get("closed_at"):
                await self._after_the_end(view)
                break
            idle = 0 if await self._move(view) else idle + 1
            await self.repeats.some_late()
        await self.repeats.all_late(self.told_to_end)
        return state

    async def look(self, case: str) -> View:
        """The case as it stands; empty while it cannot be seen."""
        request = Request(intent="read", role="agent", method="GET", path=f"/v1/cases/{case}", case=case)
        answer = await self.sender.ask(request, self.name)
        if answer.status and not answer.taken and case == self.case:
            self.sender.odd(f"a case that was opened cannot be seen: {answer.status}", request, self.name)
        return answer.case

    # -- opening ----------------------------------------------------------------------------------------------

    async def _register(self) -> None:
        line = {"line": 1, "product": "Tea cup, blue", "quantity": 1, "paid": yuan(self.paid)}
        await self.sender.ask(
            Request(
                intent="order",
                role="integration",
                method="PUT",
                path=f"/v1/orders/{self.words.order}",
                body={"lines": [line], "customer": self.words.customer()},
            ),
            self.name,
        )

    async def _open(self) -> bool:
        body: dict[str, Any] = {
            "order": self.words.order,
            "line": 1,
            "quantity": 1,
            "problem": "quality" if self.dice.random() < QUALITY else self.dice.choice(PROBLEMS),
            "channel": self.dice.choice(("web", "phone", "app", "chat")),
            "description": self.words.description,
            "customer": self.words.customer(),
        }
        if body["problem"] == "damaged" and self.dice.random() < 0.7:
            body["signed_for"] = self.dice.random() < 0.6
        if self.dice.random() < 0.3:
            for field_name in self.dice.sample(("line", "quantity", "description", "order"), self.dice.randint(1, 2)):
                del body[field_name]
        role = self.dice.choice(("integration", "integration", "agent"))
        opening = Request(
            intent="open", role=role, method="POST", path="/v1/complaints", key=f"{self.name}-open", body=body
        )
        answer = await self.repeats.send(opening)
        if not answer.taken:
            return False
        self.sender.tally.opens += 1
        self.case = str(answer.case["case"])
        await self._ask_link()
        return True

    async def _ask_link(self) -> None:
        asking = Request(intent="read", role="agent", method="POST", path=f"/v1/cases/{self.case}/link", case=self.case)
        answer = await self.sender.ask(asking, self.name)
        if answer.taken:
            self.link = str(answer.body["token"])
        elif answer.status:
            self.sender.odd(f"no link to a case that was opened: {answer.status}", asking, self.name)

    # -- moves ------------------------------------------------------------------------------------------------

    async def _move(self, complaint: View) -> bool:
        """One move of whoever has something to do; false when nobody has."""
        views = [complaint, *await self._parts(complaint)]
        luck = self.dice.random()
        if luck < WILD:
            view = self.dice.choice(views)
            await self._step(view, desks.wild(self.dice, view["kind"]), complaint)
            return True
        if luck < WILD + OUT_OF_TURN:
            await self._step(complaint, self.dice.choice(OUT_OF_TURN_STEPS), complaint)
            return True
        if luck < WILD + OUT_OF_TURN + NEWS and self.tracking:
            await self._courier()
        waiting = [(view, task) for view in views for task in view["tasks"] if self._wanted(view, task)]
        if not waiting:
            await asyncio.sleep(0.15)
            return False
        view, task = self.dice.choice(waiting)
        await self._do(view, task["step"], complaint)
        return True

    def _wanted(self, view: View, task: dict[str, Any]) -> bool:
        if not task["step"]:
            return False
        if task["key"] == "receipt" and self.receipt is not None:
            return False
        return not task["key"].startswith("tell-") or self.dice.random() < 0.2

    async def _parts(self, complaint: View) -> list[View]:
        """At most two of the returns and slips that are still open."""
        story: dict[str, list[dict[str, str]]] = complaint.get("story") or {}
        parts = [*story.get("returns", []), *story.get("payments", []), *story.get("incoming", [])]
        names = [part["case"] for part in parts if part["case"] not in self.closed]
        views: list[View] = []
        for name in self.dice.sample(names, min(2, len(names))):
            view = await self.look(name)
            if view.get("closed_at"):
                self.closed.add(name)
            elif view:
                views.append(view)
                self.tracking = list(view["tracking"]) or self.tracking
        return views

    async def _do(self, view: View, asked: str, complaint: View) -> None:
        step = self._first(complaint, desks.way_of(self.dice, asked))
        if step == "add_evidence":
            await self._photos("fault", self.dice.randint(1, 2))
        elif step in {"sign_paid", "report_not_paid"}:
            await self._pay(view, step)
        elif step == "receive_parcel" and view.get("tracking") and self.dice.random() < 0.5:
            await self._scan(view)
        else:
            if step == "report_shipment" and self.receipt is None and self.dice.random() < 0.7:
                await self._photos("receipt", 1)
            await self._step(view, step, complaint)

    def _first(self, complaint: View, step: str) -> str:
        """What comes before it: a conversation is attached before it is read, goods are explained before money."""
        story: dict[str, list[Any]] = complaint.get("story") or {}
        problem = complaint.get("problem")
        if step == "record_check" and problem == "service" and not story.get("records"):
            return "attach_record"
        if step == "propose_remedy" and problem == "not_as_imagined" and not story.get("explanations"):
            return "explain"
        return step

    async def _step(self, view: View, step: str, complaint: View) -> Answer:
        kind = desks.home_of(step, view["kind"])
        view = complaint if kind != view["kind"] else view
        role = desks.role_for(self.dice, kind, step, view)
        by_link = role == "customer" and bool(self.link)
        role = "agent" if role == "customer" and not by_link else role
        told = Told(self.dice, view, self.words, self.paid, by_link=by_link, receipt=self.receipt)
        return await self._take(view["case"], step, role, body_of(step, told))

    async def _take(self, case: str, step: str, role: str, body: dict[str, Any]) -> Answer:
        self.number += 1
        request = Request(
            intent="step",
            role=role,
            method="POST",
            path=f"/v1/cases/{case}/steps/{step}",
            key=f"{self.name}-{self.number}",
            body=body,
            case=case,
            step=step,
            link=self.link if role == "customer" else "",
        )
        return self._counted(await self.repeats.send(request), step)

    async def _photos(self, purpose: str, count: int) -> None:
        self.number += 1
        role = self.dice.choice(("customer", "agent")) if self.link else "agent"
        pictures = tuple((f"{n}.jpg", file_of(scene(self.dice.getrandbits(40), size=(96, 72)))) for n in range(count))
        request = Request(
            intent="evidence",
            role=role,
            method="POST",
            path=f"/v1/cases/{self.case}/evidence",
            key=f"{self.name}-{self.number}",
            photos=pictures,
            purpose=purpose,
            case=self.case,
            step="add_evidence",
            link=self.link if role == "customer" else "",
        )
        answer = self._counted(await self.repeats.send(request), "add_evidence")
        if answer.taken and purpose == "receipt":
            self.receipt = str(answer.case["photos"][-1]["photo"])

    async def _scan(self, view: View) -> None:
        """The parcel is taken in at the dock, which finds its return by the number."""
        self.number += 1
        body = {"tracking": self.dice.choice(view["tracking"]), "note_found": True}
        key = f"{self.name}-{self.number}"
        request = Request(intent="dock", role="warehouse", method="POST", path="/v1/parcels", key=key, body=body)
        answer = await self.repeats.send(request)
        if answer.taken:
            self.sender.tally.taken["take_in_parcel"] += 1
        elif answer.status:
            self.sender.odd(f"a parcel was not taken in: {answer.status}", request, self.name)

    async def _pay(self, view: View, step: str) -> None:
        slip = str(view["case"])
        if step == "report_not_paid":
            if slip not in self.finance.paid:
                await self._take(slip, step, "finance", {"reason": "the account was closed"})
            return
        if self.dice.random() < 0.05:
            wrong = yuan(Decimal(view["amount"]["amount"]) + 1)
            await self._take(slip, step, "finance", {"amount": wrong, "reference": f"WRONG-{slip}"})
        if view["state"] != "with_finance":
            return
        signing = self.finance.pay(slip, view["amount"], self.name)
        answer = self._counted(await self.repeats.send(signing), step)
        if answer.taken:
            self.finance.settled(slip)
        elif answer.status:
            self.sender.odd(f"a signature was refused: {answer.status}", signing, self.name)

    async def _courier(self) -> None:
        self.number += 1
        tracking = self.dice.choice(self.tracking)
        status = self.dice.choice(("picked_up", "in_transit", "in_transit", "delivered", "stuck"))
        at = f"2026-01-{self.dice.randint(1, 28):02d}T03:10:00Z"
        body = {"message_id": f"{self.name}-{self.number}", "tracking": tracking, "status": status, "at": at}
        news = Request(intent="news", role="logistics", method="POST", path="/v1/courier-news", body=body)
        for _ in range(self.dice.randint(1, 2)):
            await self.sender.ask(news, self.name)

    async def _after_the_end(self, view: View) -> None:
        """What others owe is settled; and somebody tries a step on a closed case, which has to be refused."""
        for task in view.get("tasks", ()):
            if task["key"].startswith("recover-") and self.dice.random() < 0.7:
                await self._do(view, task["step"], view)
        if self.dice.random() < 0.3:
            answer = await self._step(view, self.dice.choice(("judge", "propose_remedy", "withdraw")), view)
            if answer.taken:
                self.sender.odd("a step was taken by a closed case", Request("step", "", "POST", self.case), self.name)

    def _counted(self, answer: Answer, step: str) -> Answer:
        if answer.taken:
            self.sender.tally.steps += 1
            self.sender.tally.taken[step] += 1
        return answer
