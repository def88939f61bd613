"""The front of the API: each request gets an id, is measured and logged; a fault becomes a problem without a stack."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.edge_refusals import Fault
from api.logs import where_it_broke
from api.metrics import Metrics
from api.problems import problem_for

_ASKED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines; not worth a log line."""
GONE = 499
"""What is noted of a request whose asker went away before it was whole; nobody is there to be answered."""

_log = structlog.get_logger("redress.api")


class Front:
    """Stands before every request. Nothing that comes behind it reaches the server as an exception."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state: dict[str, Any] = scope.setdefault("state", {})
        state["request_id"] = request_id = _id_of(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        began, status = time.perf_counter(), 500

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        try:
            await self._app(scope, receive, answering)
        except ClientDisconnect:  # a broken line, not a fault of ours: no operator has to be called
            status = GONE
        except Exception as fault:  # noqa: BLE001  the last door: whatever it is, the asker gets a problem and the log its place
            _log.error("fault", kind=type(fault).__name__, places=where_it_broke(fault))
            if status == 500:  # noqa: PLR2004  nothing was answered yet
                await problem_for(Request(scope), Fault())(scope, receive, answering)
        self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route, method = _template(scope), scope["method"]
        method = method if method in {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"} else "OTHER"
        self._metrics.note_request(method, route, status, seconds)
        code = scope["state"].get("refusal", "")
        if code:
            self._metrics.refusals.labels(code).inc()
        if route not in QUIET:
            told = {"refusal": code} if code else {}
            _log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1), **told)


def _id_of(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ASKED_ID.fullmatch(asked := value.decode("latin-1")):
            return asked
    return secrets.token_hex(8)


def _template(scope: Scope) -> str:
    """The address as it stands in the catalogue, never as it was asked: a path may hold an order number."""
    route = scope.get("route")
    return str(getattr(route, "path", "")) or "(none)"
