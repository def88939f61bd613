"""What somebody asks the list of cases for, as far as their role may find it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from api.caller import Caller
from api.desk import Desk
from api.edge_refusals import FieldsUnfit
from api.rights import asked_of
from api.schemas.cases_asked import CasesAsked
from db.case_lists import CaseFilters
from db.search import Sought
from db.sessions import ReadSession
from domain.personal_needs import scopes_of_role
from domain.search_words import MOST_TERMS, NothingToSearch, TooManyTerms, terms_of

SHOWN_TO_ALL = frozenset({"state", "problem", "kind", "parent", "open", "sort", "cursor", "limit"})
"""What may be asked about a case even by somebody who sees no more of it than an answer of their own."""


def filters_of(desk: Desk, caller: Caller, asked: CasesAsked, now: datetime) -> CaseFilters:
    """What the list is narrowed to, with marks in place of what is sealed.

    Raises:
        FieldsUnfit: `q` holds nothing that can be looked for, or too much.
    """
    shop = caller.at_shop
    before = [asked.due_before.astimezone(UTC)] if asked.due_before is not None else []
    return CaseFilters(
        state=asked.state,
        desk=asked.desk,
        problem=asked.problem,
        kind=asked.kind,
        parent=asked.parent,
        handler=asked.handler,
        priority=asked.priority,
        phone_index=desk.index.phone(shop, asked.phone) if asked.phone else None,
        order_index=desk.index.order(shop, asked.order) if asked.order else None,
        due_before=min([*before, now] if asked.overdue else before, default=None),
        not_due_before=now if asked.overdue is False else None,
        open=asked.open,
        search=_sought(desk, caller, asked.q) if asked.q is not None else (),
        responsible=asked.responsible,
        remedy=asked.remedy,
        asked_of=asked_of(caller, searching=bool(asked.model_fields_set - SHOWN_TO_ALL)),
    )


async def promised_today(
    desk: Desk, session: ReadSession, shop: str, filters: CaseFilters, now: datetime
) -> CaseFilters:
    """The same, and a promise is due on the day that it is now by the shop's wall clock."""
    calendar = (await desk.policies.for_new_case(session, shop, now)).calendar
    return replace(filters, promised=calendar.day_of(now))


def _sought(desk: Desk, caller: Caller, asked: str) -> tuple[Sought, ...]:
    """The terms of a question. Words of customers are found only by who may open them [E]."""
    try:
        terms = terms_of(asked)
    except NothingToSearch:
        raise FieldsUnfit(("q", "there is no letter, digit or character to look for")) from None
    except TooManyTerms:
        raise FieldsUnfit(("q", f"more than {MOST_TERMS} words at once; leave some out")) from None
    shop, scopes = caller.at_shop, scopes_of_role(caller.role)

    def marks(way: tuple[str, ...], scope: str) -> tuple[int, ...]:
        return tuple(desk.index.word(shop, scope, word) for word in way)

    return tuple(Sought(term, tuple(marks(way, scope) for scope in scopes for way in term.exact)) for term in terms)
