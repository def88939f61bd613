"""The counter of the desk as its visitors see it: HTTP requests in a role, and what they need for them."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
from fastapi import FastAPI

from db.people import add_key, add_person, add_shop
from db.sessions import Database
from domain.people import Role, Unit

PATIENCE = 20.0
_names = itertools.count(1)


async def staffed(database: Database, shop: str) -> dict[str, str]:
    """A shop with one person and one key in each role; keys by role."""
    keys: dict[str, str] = {}
    async with database.writing() as session:
        await add_shop(session, shop, shop.title(), "CNY")
        for role in Role:
            if role not in {Role.DESK, Role.CUSTOMER}:
                unit = Unit.TECHNICAL if role is Role.DEPARTMENT else None
                person = await add_person(session, shop, f"{role.value} of {shop}", (role,), unit)
                keys[role.value] = await add_key(session, person, role)
    return keys


async def another(database: Database, shop: str, role: Role, unit: Unit | None = None) -> str:
    """One more person in that role; their key."""
    async with database.writing() as session:
        person = await add_person(session, shop, f"another {role.value} {next(_names)}", (role,), unit)
        return await add_key(session, person, role)


@dataclass
class Counter:
    """One API process, and the keys of the people who come to it."""

    app: FastAPI
    http: httpx2.AsyncClient
    stack: AsyncExitStack
    keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def at(cls, app: FastAPI) -> Counter:
        stack = AsyncExitStack()
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx2.ASGITransport(app=app)
        http = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url="http://desk.test"))
        return cls(app, http, stack)

    async def aclose(self) -> None:
        await self.stack.aclose()

    def headers(self, role: str | None, key: str | None = None) -> dict[str, str]:
        told: dict[str, str] = {}
        if role is not None:
            told["Authorization"] = f"Bearer {self.keys.get(role, role)}"
        if key is not None:
            told["Idempotency-Key"] = key
        return told

    async def get(self, role: str | None, path: str, **more: Any) -> httpx2.Response:
        headers = {**self.headers(role), **more.pop("headers", {})}
        return await self.http.get(path, headers=headers, **more)

    async def put(self, role: str | None, path: str, **more: Any) -> httpx2.Response:
        return await self.http.put(path, headers={**self.headers(role), **more.pop("headers", {})}, **more)

    async def post(self, role: str | None, path: str, json: Any = None, **more: Any) -> httpx2.Response:
        """With a new key, unless `key` is given; with key="" none is sent."""
        key = more.pop("key", None)
        key = str(uuid.uuid4()) if key is None else key
        headers = {**self.headers(role, key or None), **more.pop("headers", {})}
        if json is not None:
            more["json"] = json
        return await self.http.post(path, headers=headers, **more)

    async def register(self, order: str = "T-1001", **changes: Any) -> httpx2.Response:
        return await self.put("integration", f"/v1/orders/{order}", json=order_body(**changes))

    async def complain(self, role: str = "integration", key: str | None = None, **changes: Any) -> httpx2.Response:
        return await self.post(role, "/v1/complaints", complaint_body(**changes), key=key)

    async def step(self, role: str, case: str, step: str, **fields: Any) -> httpx2.Response:
        more = {name: fields.pop(name) for name in ("key", "headers") if name in fields}
        return await self.post(role, f"/v1/cases/{case}/steps/{step}", fields, **more)

    async def until(self, found: Callable[[], Awaitable[Any]]) -> Any:
        """Ask again and again until something is found; fails loudly when it never is."""
        end = time.monotonic() + PATIENCE
        while not (seen := await found()):
            if time.monotonic() > end:
                raise AssertionError("it never came to be")
            await asyncio.sleep(0.05)
        return seen


def order_body(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "lines": [
            {"line": 1, "product": "teapot", "quantity": 2, "paid": {"amount": "138.00", "currency": "CNY"}},
            {"line": 2, "product": "cup", "quantity": 6, "paid": {"amount": "60.00", "currency": "CNY"}},
        ],
        "carrier": "SF Express",
        "tracking": "SF0000000001",
        "paid_at": "2026-11-10T08:00:00Z",
        "customer": {"reference": "wang_88", "name": "王芳", "phone": "138 0013 8000", "email": "wang@example.com"},
    }
    return without_none(body | changes)


def complaint_body(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "order": "T-1001",
        "line": 1,
        "quantity": 1,
        "problem": "quality",
        "channel": "web",
        "description": "The handle is cracked near the rim.",
        "customer": {"reference": "wang_88", "name": "王芳", "phone": "138 0013 8000", "email": "wang@example.com"},
    }
    return without_none(body | changes)


def without_none(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}
