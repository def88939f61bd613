"""The read model: a row per case as it stands, its tasks and tracking numbers. It can be dropped and rebuilt."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, Table, Text, TextClause, text
from sqlalchemy.dialects.postgresql import BIT, JSONB

from db.tables.ground import instant, metadata

cases = Table(
    "cases",
    metadata,
    Column("case", Text, primary_key=True),
    Column("shop", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Text, nullable=True),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("problem", Text, nullable=True),
    Column("channel", Text, nullable=True),
    Column("customer", Text, nullable=False),
    Column("handler", Text, nullable=True),
    instant("opened_at"),
    instant("closed_at", nullable=True),
    Column("phone_index", Text, nullable=True),
    Column("order_index", Text, nullable=True),
    Column("amount_minor", BigInteger, nullable=True),
    Column("currency", Text, nullable=True),
    Column("policy_version", Text, nullable=False),
    instant("due_at", nullable=True),
    Column("view", JSONB, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("team", Text, nullable=True),
)

case_tasks = Table(
    "case_tasks",
    metadata,
    Column("case", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("shop", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("problem", Text, nullable=True),
    Column("desk", Text, nullable=False),
    Column("step", Text, nullable=False),
    instant("due_at", nullable=True),
    Column("reason", Text, nullable=False),
    Column("needs_a_person", Boolean, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("handler", Text, nullable=True),
    Column("team", Text, nullable=True),
    Column("stand_in", Text, nullable=True),
    instant("stand_in_until", nullable=True),
)

case_tracking = Table(
    "case_tracking",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("tracking", Text, primary_key=True),
    Column("case", Text, primary_key=True),
    Index("case_tracking_by_case", "case"),
)

case_checks = Table(
    "case_checks",
    metadata,
    Column("case", Text, primary_key=True),
    Column("checked_length", BigInteger, nullable=False),
    instant("checked_at", told=False),
)

photo_looks = Table(
    "photo_looks",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("band", Integer, primary_key=True),
    Column("case", Text, primary_key=True),
    Column("photo", Text, primary_key=True),
    Column("look", BIT(64), nullable=False),
    Index("photo_looks_by_case", "case", "photo"),
)
"""A photo of a complaint, by each band of its difference hash."""

_NEWEST_FIRST = (cases.c.opened_at.desc(), cases.c.case.desc())
_LISTED_BY = {
    "opening": (cases.c.shop,),
    "state": (cases.c.shop, cases.c.state),
    "problem": (cases.c.shop, cases.c.problem),
    "kind": (cases.c.shop, cases.c.kind),
    "handler": (cases.c.shop, cases.c.handler),
    "customer": (cases.c.shop, cases.c.customer),
    "phone": (cases.c.shop, cases.c.phone_index),
    "order": (cases.c.shop, cases.c.order_index),
}
for _name, _columns in _LISTED_BY.items():
    Index(f"cases_by_{_name}", *_columns, *_NEWEST_FIRST)
REQUESTS = "((cases.view -> 'story') -> 'requests')"
"""What other desks are asked; few cases have it."""
Index(
    "cases_by_request",
    text(f"{REQUESTS} jsonb_path_ops"),
    postgresql_using="gin",
    postgresql_where=text(f"{REQUESTS} IS NOT NULL"),
    _table=cases,
)
REPLACEMENT = "((cases.view -> 'story') -> 'about_replacement')"
"""The replacement that a complaint is about; few are."""
Index(
    "cases_by_replacement",
    text(f"{REPLACEMENT} jsonb_path_ops"),
    postgresql_using="gin",
    postgresql_where=text(f"{REPLACEMENT} IS NOT NULL"),
    _table=cases,
)
APPROVALS = "((cases.view -> 'story') -> 'approvals')"
"""The signatures under a slip."""
Index(
    "cases_by_approval",
    text(f"{APPROVALS} jsonb_path_ops"),
    postgresql_using="gin",
    postgresql_where=text("kind = 'payment'"),
    _table=cases,
)
Index("cases_by_parent", cases.c.parent, postgresql_where=cases.c.parent.is_not(None))
Index("cases_open", cases.c.case, postgresql_include=["kind", "state"], postgresql_where=cases.c.closed_at.is_(None))

RECALLS = "recalls"
"""The list of a complaint's story that is the register of recall slips."""


def has_lines(register: str) -> TextClause:
    """Whether a case's story has this list. Written out and not bound, so that the planner knows the index by it."""
    return text(f"""view @> '{{"story": {{"{register}": []}}}}'""")


def has_open_lines(register: str) -> TextClause:
    """Whether a line of this list still waits for something."""
    return text(f"""view @> '{{"story": {{"{register}": [{{"open": true}}]}}}}'""")


Index("cases_by_recalls", cases.c.shop, *_NEWEST_FIRST, postgresql_where=has_lines(RECALLS))
Index("cases_by_open_recalls", cases.c.shop, *_NEWEST_FIRST, postgresql_where=has_open_lines(RECALLS))

CLAIMS = "claims"
"""The list of a complaint's story that is the register of claims on couriers."""
Index("cases_by_claims", cases.c.shop, *_NEWEST_FIRST, postgresql_where=has_lines(CLAIMS))
Index("cases_by_open_claims", cases.c.shop, *_NEWEST_FIRST, postgresql_where=has_open_lines(CLAIMS))

GOODS = "((cases.view -> 'story') -> 'lines')"
"""The lines that a return waits for."""
OPEN_RETURN = text("kind = 'return' AND closed_at IS NULL")
"""Written out and not bound, so that the planner knows the index by it."""
UNIDENTIFIED = "{0}kind = 'parcel' AND {0}state = 'unidentified'"
"""Parcels of which nobody knows whose they are; {0} names the table where it has another name."""
Index("cases_unidentified", cases.c.case, postgresql_where=text(UNIDENTIFIED.format("")))
Index(
    "cases_by_goods",
    text(f"{GOODS} jsonb_path_ops"),
    postgresql_using="gin",
    postgresql_where=OPEN_RETURN,
    _table=cases,
)

DUE_OR_NEVER = text("coalesce(due_at, 'infinity'::timestamptz)")
AFTER_HEALTH = text("(priority > 1)")
"""What a queue is sorted by: health and food safety first, then what is due first, what has no due instant last."""
_IN_TURN = (AFTER_HEALTH, DUE_OR_NEVER, case_tasks.c.case, case_tasks.c.key)
Index("case_tasks_by_desk", case_tasks.c.shop, case_tasks.c.desk, *_IN_TURN)
Index("case_tasks_by_shop", case_tasks.c.shop, *_IN_TURN)
Index("case_tasks_needing_a_person", case_tasks.c.shop, *_IN_TURN, postgresql_where=case_tasks.c.needs_a_person)
Index("case_tasks_by_handler", case_tasks.c.shop, case_tasks.c.handler, case_tasks.c.desk)
Index(
    "case_tasks_by_stand_in",
    case_tasks.c.shop,
    case_tasks.c.stand_in,
    case_tasks.c.desk,
    postgresql_where=case_tasks.c.stand_in.is_not(None),
)
_OPEN = cases.c.closed_at.is_(None)
Index("cases_open_by_priority", cases.c.shop, cases.c.priority, DUE_OR_NEVER, cases.c.case, postgresql_where=_OPEN)
Index("cases_by_due", cases.c.shop, DUE_OR_NEVER, cases.c.case)
Index(
    "cases_open_by_handler",
    cases.c.shop,
    cases.c.handler,
    postgresql_include=["kind"],
    postgresql_where=_OPEN & cases.c.handler.is_not(None),
)

OF_A_PARCEL = text("step = 'record_parcel_check'")
"""Tasks that are lines of the register of parcels under way."""
OF_A_PROMISE = text("step IN ('keep_promise', 'settle_promise')")
"""Tasks that are lines of the register of promises."""
OF_A_MATTER = text("step = 'answer_platform'")
"""Tasks that are lines of the register of refund requests and disputes."""
OF_AN_ITEM = text("step = 'settle_outstanding'")
"""Tasks that are lines of the register of what is to be recovered."""
_REGISTERS = {
    "parcels": OF_A_PARCEL,
    "promises": OF_A_PROMISE,
    "platform": OF_A_MATTER,
    "outstanding": OF_AN_ITEM,
}
for _name, _which in _REGISTERS.items():
    Index(
        f"case_tasks_of_{_name}",
        case_tasks.c.shop,
        DUE_OR_NEVER,
        case_tasks.c.case,
        case_tasks.c.key,
        postgresql_where=_which,
    )
