"""Sends requests as a careful client does: the same key until there is an answer, every attempt written down."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from random import Random
from typing import Any, cast

import httpx2

from tests.faults.client_log import ClientLog, Said
from tests.faults.load.tally import Tally

LATER = frozenset({0, 429, 502, 503})
"""No answer, or "later": the same request goes out again with the same key."""
ONE_ANSWER = 15.0
"""Seconds a client waits for one answer; the API itself answers or gives up within its own patience, 8 s."""
PATIENCE = 180.0
"""Seconds after which a client gives a request up; everything killed comes back much sooner."""
FAULT = 500


@dataclass(frozen=True)
class Request:
    """One request. `photos` are (file name, content); `link` is the customer's, who has no key."""

    intent: str
    role: str
    method: str
    path: str
    key: str = ""
    body: Any = None
    photos: tuple[tuple[str, bytes], ...] = ()
    purpose: str = "fault"
    link: str = ""
    case: str = ""
    step: str = ""
    changed: bool = False

    def shown(self) -> Any:
        """The body as the log keeps it: of photos only names and purpose."""
        return {"photos": [name for name, _ in self.photos], "purpose": self.purpose} if self.photos else self.body


@dataclass(frozen=True)
class Answer:
    """Status and parsed body; status 0 when none came."""

    status: int
    body: Any = None

    @property
    def taken(self) -> bool:
        """Whether the desk took it."""
        return 200 <= self.status < 300

    @property
    def case(self) -> dict[str, Any]:
        """The case that was answered."""
        case = self.facts.get("case")
        return cast("dict[str, Any]", case) if isinstance(case, dict) else {}

    @property
    def facts(self) -> dict[str, Any]:
        """The body, where it is a JSON object."""
        return cast("dict[str, Any]", self.body) if isinstance(self.body, dict) else {}


class Sender:
    """One client's connection. `keys` by role."""

    def __init__(
        self, client: str, api: str, keys: dict[str, str], *, log: ClientLog, tally: Tally, dice: Random
    ) -> None:
        self.client = client
        self.log = log
        self.tally = tally
        self.dice = dice
        self._keys = keys
        self._http = httpx2.AsyncClient(base_url=api, timeout=ONE_ANSWER)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._http.aclose()

    async def ask(self, request: Request, story: str, patience: float = PATIENCE) -> Answer:
        """Send until there is an answer that is not "later"; status 0 when patience ran out."""
        by = time.monotonic() + patience
        while True:
            answer = await self._once(request, story)
            if answer.status >= FAULT and answer.status not in LATER:
                self._odd(f"status {answer.status}", request, story)
            elif answer.status not in LATER:
                return answer
            if time.monotonic() > by:
                self.tally.unanswered += 1
                return Answer(0)
            await asyncio.sleep(self.dice.uniform(0.05, 0.4))

    def _odd(self, what: str, request: Request, story: str) -> None:
        self.tally.odd[what] += 1
        self.log.noted("odd", why=what, story=story, path=request.path, key=request.key, client=self.client)

    def odd(self, what: str, request: Request, story: str) -> None:
        """Note an answer that no client should get."""
        self._odd(what, request, story)

    async def _once(self, request: Request, story: str) -> Answer:
        sent_at = time.time()
        try:
            response = await self._http.request(
                request.method, request.path, headers=self._headers(request), **_content(request)
            )
            answer = Answer(response.status_code, _parsed(response))
        except (httpx2.TransportError, httpx2.DecodingError):
            answer = Answer(0)
        self.tally.requests += 1
        if answer.status not in LATER and answer.status >= 400:
            self.tally.refusals[str(answer.facts.get("code", answer.status))] += 1
        self.log.said(self._entry(request, story, sent_at, answer))
        return answer

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"Idempotency-Key": request.key} if request.key else {}
        if not request.link:
            headers["Authorization"] = f"Bearer {self._keys[request.role]}"
        return headers

    def _entry(self, request: Request, story: str, sent_at: float, answer: Answer) -> Said:
        kept = answer.body
        if request.intent == "read" and answer.taken:
            kept = {name: answer.case.get(name) for name in ("case", "version", "state")}
        return Said(
            client=self.client,
            story=story,
            intent=request.intent,
            role=request.role,
            method=request.method,
            path=request.path,
            key=request.key,
            sent_at=sent_at,
            answered_at=time.time(),
            status=answer.status,
            case=request.case or str(answer.case.get("case", "")),
            step=request.step,
            body=request.shown(),
            answer=kept,
            changed=request.changed,
        )


def _content(request: Request) -> dict[str, Any]:
    content: dict[str, Any] = {"params": {"link": request.link}} if request.link else {}
    if request.photos:
        content["files"] = [("photos", (name, picture, "image/jpeg")) for name, picture in request.photos]
        content["data"] = {"purpose": request.purpose}
    elif request.body is not None:
        content["json"] = request.body
    return content


def _parsed(response: httpx2.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def changed(request: Request) -> Request | None:
    """The same key with another body; None where nothing in it can be said otherwise."""
    if request.photos:
        (name, picture), *rest = request.photos
        other = picture[:2] + b"\xff\xfe\x00\x04.." + picture[2:]  # a comment: another file of the same picture
        return replace(request, photos=((f"changed-{name}", other), *rest), changed=True)
    body = request.body
    if isinstance(body, dict):
        facts = cast("dict[str, Any]", body)
        for field in ("words", "reason", "note", "description", "message", "signed", "how"):
            if isinstance(facts.get(field), str):
                said = {**facts, field: f"{facts[field]} (said otherwise)"}
                return replace(request, body=said, changed=True)
    return None
