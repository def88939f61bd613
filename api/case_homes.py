"""Whose case it is and of which kind: facts that never change, so they are asked for once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import structlog
from cachetools import LRUCache

from api.caller import Caller
from api.commands import CaseEnded, Commands
from api.edge_refusals import CaseToCome, CaseUnknown, DeskUnavailable
from api.rights import BY_REQUEST, Reach, reach
from db.reads import find_case
from db.sessions import Database, DatabaseUnavailable
from domain.complaint.lines.from_story import return_to_come
from domain.people import Actor, Role
from domain.view import CaseView, Kind

REMEMBERED = 100_000
_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
_log = structlog.get_logger("redress.api")


@dataclass(frozen=True)
class CaseHome:
    """A case's shop, kind and customer (the subject's opaque id)."""

    case: str
    shop: str
    kind: Kind
    customer: str

    def actor(self, caller: Caller) -> Actor:
        """The caller as the case knows people: staff by id and work name, the customer by the subject's id."""
        if caller.role is Role.CUSTOMER:
            return Actor(person=self.customer, role=Role.CUSTOMER)
        return Actor(caller.person, caller.role, caller.name, stands_in_for=caller.stands_in_for)


class CaseHomes:
    """Finds the homes of cases: in memory, else in the read model, else at Temporal."""

    def __init__(self, database: Database, commands: Commands) -> None:
        self._database = database
        self._commands = commands
        self._known: LRUCache[str, CaseHome] = LRUCache(REMEMBERED)

    async def enter(self, caller: Caller, case: str, least: Reach = Reach.ALL) -> CaseHome:
        """The case's home, if the caller may know that it exists. least: how far the caller's right has to go.

        Raises:
            CaseUnknown: there is none, or it is another shop's, or not the one of the customer's link, or it never
            asked the caller. CaseToCome: it is a return that was agreed and begins in a moment. NoShopHere: the caller
            works for no shop. DeskUnavailable: it cannot be found out now.
        """
        shop = caller.at_shop
        if not _CASE.fullmatch(case) or (caller.link_case is not None and caller.link_case != case):
            raise CaseUnknown
        home = self._known.get(case) or await self._find(shop, case)
        if home is None and caller.role not in BY_REQUEST and await self._is_to_come(shop, case):
            raise CaseToCome(case=case)
        if home is None or home.shop != shop:
            raise CaseUnknown
        if caller.role in BY_REQUEST and reach(caller, await self._as_it_stands(home, caller)) < least:
            raise CaseUnknown
        structlog.contextvars.bind_contextvars(case=case)
        return home

    def remember(self, home: CaseHome) -> CaseHome:
        """Keep a home in memory."""
        self._known[home.case] = home
        return home

    async def _as_it_stands(self, home: CaseHome, caller: Caller) -> CaseView:
        """The case as last kept, which every answered step has written; while the database is away, asked of itself."""
        try:
            async with self._database.reading() as session:
                view = await find_case(session, home.shop, home.case)
        except DatabaseUnavailable:
            view = None
        if view is not None:
            return view
        try:
            return (await self._commands.look(home.case, home.actor(caller))).view
        except CaseEnded:
            raise CaseUnknown from None

    async def _is_to_come(self, shop: str, case: str) -> bool:
        complaint, is_return, _ = case.rpartition("-R")
        if not is_return:
            return False
        try:
            async with self._database.reading() as session:
                view = await find_case(session, shop, complaint)
        except DatabaseUnavailable:
            raise DeskUnavailable(part="the database") from None
        return view is not None and return_to_come(view) == case

    async def _find(self, shop: str, case: str) -> CaseHome | None:
        try:
            async with self._database.reading() as session:
                view = await find_case(session, shop, case)
        except DatabaseUnavailable:
            _log.info("a case was looked up at Temporal", reason="the database is away")
            view = None
        if view is not None:
            return self.remember(CaseHome(case, view.shop, view.kind, view.customer))
        try:
            facts = await self._commands.facts_of(case)
        except CaseEnded:
            return None
        return self.remember(CaseHome(case, facts.shop, facts.kind, facts.customer))
