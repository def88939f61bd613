"""The order of checks on every address: who asks (401), may the role (403), then the body, then the case (404)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request, Response, Security
from fastapi.routing import APIRoute
from fastapi.security import APIKeyQuery, HTTPBearer

from api.caller import Caller, recognise
from api.desk import Desk
from api.edge_refusals import TooLarge
from domain.people import Role

JSON_MOST = 64 * 1024
"""Bytes of a body that is not a photo."""

F = TypeVar("F", bound=Callable[..., Any])
Check = Callable[[Caller], None]


def open_to(*roles: Role) -> Callable[[F], F]:
    """Decorator of an endpoint: only these roles may ask it, whatever they ask."""

    def check(caller: Caller) -> None:
        caller.needs(*roles)

    return checked_by(check)


def checked_by(check: Check) -> Callable[[F], F]:
    """Decorator of an endpoint: `check` refuses callers who may never ask it, before anything else is looked at."""

    def mark(endpoint: F) -> F:
        endpoint.__desk_check__ = check  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]  a mark that `DeskRoute` reads
        return endpoint

    return mark


def streams_its_body(endpoint: F) -> F:
    """Decorator of an endpoint that reads its body piece by piece, and bounds it by itself."""
    endpoint.__desk_streams__ = True  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]  a mark that `DeskRoute` reads
    return endpoint


class DeskRoute(APIRoute):
    """A route that knows its caller before it reads a body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, behind the checks."""
        handle = super().get_route_handler()
        check = cast("Check | None", getattr(self.endpoint, "__desk_check__", None))
        streams = bool(getattr(self.endpoint, "__desk_streams__", False))

        async def checked(request: Request) -> Response:
            desk = await the_desk(request)
            link = request.query_params.get("link")
            caller = await recognise(
                request.headers.get("authorization"), link, desk.keys, desk.links, datetime.now(UTC)
            )
            request.state.caller = caller
            if check is not None:
                check(caller)
            if not streams:
                await read_within(request, JSON_MOST)
            return await handle(request)

        return checked


async def read_within(request: Request, most: int) -> None:
    """Read the body into the request, refusing as soon as it is too long.

    Raises:
        TooLarge: it is longer than `most` bytes.
    """
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told[:18]) > most:
        raise TooLarge(most=most)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise TooLarge(most=most)
    request._body = bytes(body)  # pyright: ignore[reportPrivateUsage]  where Starlette looks for a body that was read


# Both are async, for FastAPI sends a dependency that is not through its thread pool.
async def the_desk(request: Request) -> Desk:
    """The parts of the desk that serve this request."""
    return cast("Desk", request.app.state.desk)


async def the_caller(request: Request) -> Caller:
    """Who asks."""
    return cast("Caller", request.state.caller)


async def _shown_in_the_catalogue(
    _key: Annotated[object, Security(HTTPBearer(auto_error=False, scheme_name="key", description="API key `rd_…`"))],
    _link: Annotated[
        object,
        Security(APIKeyQuery(name="link", auto_error=False, scheme_name="link", description="A customer's link")),
    ],
) -> None:
    """Does nothing: `DeskRoute` has asked already; this tells the catalogue how one identifies oneself."""


DeskNow = Annotated[Desk, Depends(the_desk)]
Asker = Annotated[Caller, Depends(the_caller)]
IDENTIFIED = Depends(_shown_in_the_catalogue)
