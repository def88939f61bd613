"""Plays what a measurement asks for: openings, steps, and the same on the yardsticks; gives the seconds of each."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from temporalio.client import Client, WorkflowHandle

from bench import bodies
from bench.bare import QUEUE, Bare, Nudge
from bench.web import Answer, Web
from db.driver import DriverConnection

AT_ONCE = 8
"""Cases that are prepared at the same time."""
PATIENCE = 60.0
"""Seconds for which an answer "later" is asked again."""
REFUSED, LATER = 400, {429, 502, 503}
ROWS = "CREATE TABLE IF NOT EXISTS bench_rows (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text)"
ONE_ROW = "INSERT INTO bench_rows (words) VALUES (repeat('x', 200))"


class WrongAnswer(Exception):  # noqa: N818  what the desk said
    """The desk answered otherwise than the measurement needs."""


@dataclass
class Turn:
    """A workflow whose turn it is, and how many messages it has had."""

    name: str
    taken: int = 0


@dataclass
class Player:
    """Plays orders; `cases` and `bares` wait for their turn."""

    client: Client
    web: Web
    plain: Web
    keys: dict[str, str]
    rows: DriverConnection
    mark: str = field(default_factory=lambda: secrets.token_hex(3))
    made: int = 0
    cases: list[Turn] = field(default_factory=list[Turn])
    bares: list[Turn] = field(default_factory=list[Turn])
    put_off: int = 0
    """How often the desk said "later"."""
    touched: set[str] = field(default_factory=set[str])
    """Workflows that got a message since the order began."""

    def name(self, begins: str) -> str:
        """A new name."""
        self.made += 1
        return f"{begins}-{self.mark}-{self.made}"

    # -- B0, B2 ---------------------------------------------------------------------------------------------------

    async def commit_rows(self, count: int, pause: float) -> list[float]:
        """B0: one row, one commit, one after the other; with pauses they see more than one moment of the machine."""
        taken: list[float] = []
        for _ in range(count):
            taken.append(await timed(self.rows.execute(ONE_ROW)))
            await asyncio.sleep(pause)
        return taken

    async def post_notes(self, count: int) -> list[float]:
        """B2: requests to the plain application."""
        note = {"subject": "cup", "words": "The handle came off at the first wash."}
        return [await timed(self.plain.send("POST", "/notes", {}, note)) for _ in range(count)]

    # -- B1 -------------------------------------------------------------------------------------------------------

    async def names_of_bares(self, count: int) -> list[str]:
        """The bare workflows that were started last."""
        return [turn.name for turn in self.bares[-count:]]

    async def start_bares(self, count: int, pause: float) -> list[float]:
        """Start bare workflows; each takes its turn later."""
        seconds: list[float] = []
        for _ in range(count):
            seconds.append(await timed(self._start_bare()))
            await asyncio.sleep(pause)
        return seconds

    async def _start_bare(self) -> None:
        name = self.name("bare")
        await self.client.start_workflow(Bare.run, Nudge(0, "begin"), id=name, task_queue=QUEUE)
        self.bares.append(Turn(name))

    async def nudge_bares(self, count: int, pause: float) -> list[float]:
        """Updates, one at a time."""
        seconds: list[float] = []
        turn = self.bares.pop()
        for _ in range(count):
            turn = self._next(turn, self.bares)
            seconds.append(await timed(self.nudge(turn)))
            await asyncio.sleep(pause)
        self.bares.append(turn)
        return seconds

    async def nudge(self, turn: Turn) -> None:
        """One Update."""
        turn.taken += 1
        self.touched.add(turn.name)
        handle: WorkflowHandle[Any, Any] = self.client.get_workflow_handle(turn.name)
        words = bodies.judgement(turn.taken)["place"]
        await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]  the SDK's own overload is partly untyped
            Bare.nudge, Nudge(turn.taken, words), id=secrets.token_hex(12)
        )

    async def saturate_bares(self, clients: int, seconds: float) -> list[float]:
        """As many Updates as so many clients get answered."""
        return await self._saturate(clients, seconds, self.bares, self.nudge)

    # -- the desk -------------------------------------------------------------------------------------------------

    async def open_cases(self, count: int, pause: float, *, email: bool = True) -> list[float]:
        """Complaints about orders that were registered before."""
        seconds: list[float] = []
        for _ in range(count):
            ask = await self.registered(email)
            begun = time.perf_counter()
            answer = await ask()
            seconds.append(time.perf_counter() - begun)
            self.cases.append(Turn(answer.json()["case"]["case"]))
            await asyncio.sleep(pause)
        return seconds

    async def registered(self, email: bool) -> Callable[[], Awaitable[Answer]]:
        """Register an order; gives the call that opens a complaint about it."""
        number = self.name("T")
        buyer = bodies.customer(self.name("K"), email=email)
        await self.tell("integration", "PUT", f"/v1/orders/{number}", bodies.order(buyer))
        said = bodies.complaint(number, buyer)
        return lambda: self.tell("integration", "POST", "/v1/complaints", said)

    async def judge_cases(self, count: int, pause: float) -> list[float]:
        """Human steps without an effect outside, one at a time."""
        seconds: list[float] = []
        turn = self.cases.pop()
        for _ in range(count):
            turn = self._next(turn, self.cases)
            seconds.append(await timed(self.judge(turn)))
            await asyncio.sleep(pause)
        self.cases.append(turn)
        return seconds

    async def judge(self, turn: Turn) -> None:
        """One judgement."""
        turn.taken += 1
        self.touched.add(turn.name)
        said = bodies.judgement(turn.taken)
        path = f"/v1/cases/{turn.name}/steps/judge"
        await self.tell("agent", "POST", path, said)

    async def saturate_cases(self, clients: int, seconds: float) -> list[float]:
        """As many steps as so many clients get answered."""
        return await self._saturate(clients, seconds, self.cases, self.judge)

    # -- both -----------------------------------------------------------------------------------------------------

    async def prepare(self, cases: int, bares: int) -> list[float]:
        """Have so many cases and bare workflows wait that have not had a step; each has had its first task."""
        fresh_cases = [turn for turn in self.cases if not turn.taken]
        fresh_bares = [turn for turn in self.bares if not turn.taken]
        self.cases, self.bares = fresh_cases, fresh_bares
        gate = asyncio.Semaphore(AT_ONCE)
        seconds: list[float] = []

        async def one(make: Callable[[], Awaitable[None]]) -> None:
            async with gate:
                seconds.append(await timed(make()))

        async def case() -> None:
            answer = await (await self.registered(email=True))()
            self.cases.append(Turn(answer.json()["case"]["case"]))

        wanted = [case] * max(0, cases - len(self.cases)) + [self._start_bare] * max(0, bares - len(self.bares))
        await asyncio.gather(*(one(make) for make in wanted))
        return seconds

    async def _saturate(
        self, clients: int, seconds: float, waiting: list[Turn], send: Callable[[Turn], Awaitable[None]]
    ) -> list[float]:
        until = time.perf_counter() + seconds
        took: list[float] = []

        async def one() -> None:
            turn = waiting.pop()
            while time.perf_counter() < until:
                turn = self._next(turn, waiting)
                took.append(await timed(send(turn)))
            waiting.insert(0, turn)

        await asyncio.gather(*(one() for _ in range(clients)))
        return took

    def _next(self, turn: Turn, waiting: list[Turn]) -> Turn:
        if turn.taken < bodies.STEPS_A_CASE:
            return turn
        fresh = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n].taken < bodies.STEPS_A_CASE), None)
        if fresh is None:
            raise WrongAnswer("more workflows have to be prepared for this measurement")
        return waiting.pop(fresh)

    def _headers(self, role: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[role]}", "Idempotency-Key": secrets.token_hex(12)}

    def next_case(self) -> Turn:
        """A case whose turn it is."""
        return self._next(self.cases.pop(), self.cases)

    async def upload(self, role: str, path: str, photo: bytes) -> Answer:
        """Send a photo as a browser's form does."""
        border = secrets.token_hex(12)
        head = f'--{border}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n'
        body = f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + photo + f"\r\n--{border}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={border}"}
        answer = await self.web.ask("POST", path, {**self._headers(role), **kind}, body)
        if answer.status >= REFUSED:
            raise WrongAnswer(f"{path}: {answer.status} {answer.body[:400].decode(errors='replace')}")
        return answer

    async def tell(self, role: str, method: str, path: str, said: object, web: Web | None = None) -> Answer:
        """Ask the desk, under one key until it does not say "later"; the waiting counts, the asker has it too."""
        headers, web = self._headers(role), web or self.web
        until = time.perf_counter() + PATIENCE
        while True:
            try:
                answer = await web.send(method, path, headers, said)
            except (OSError, asyncio.IncompleteReadError):
                if time.perf_counter() > until:
                    raise
            else:
                if answer.status < REFUSED:
                    return answer
                if answer.status not in LATER or time.perf_counter() > until:
                    raise WrongAnswer(f"{path}: {answer.status} {answer.body[:400].decode(errors='replace')}")
            self.put_off += 1
            await asyncio.sleep(0.05)


async def timed(work: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun
