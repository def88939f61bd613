"""Who acts: roles of the desk and the person who takes a step (domain.md, "People")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does in a case; a desk is the work list of one role."""

    CUSTOMER = "customer"
    PRE_SALES = "pre_sales"
    AGENT = "agent"
    CALL_BACK = "call_back"
    SUPERVISOR = "supervisor"
    WAREHOUSE = "warehouse"
    LABEL_DESK = "label_desk"
    LOGISTICS = "logistics"
    DEPARTMENT = "department"
    QUALITY = "quality"
    SALESPERSON = "salesperson"
    FINANCE = "finance"
    CENTRE_MANAGER = "centre_manager"
    AUDITOR = "auditor"
    INTEGRATION = "integration"
    ADMINISTRATOR = "administrator"
    DESK = "desk"
    """The desk's own machinery: timers and news from one case to another. Nobody logs in with it."""


class Unit(StrEnum):
    """The units of the role `department`; a person of that role belongs to one [D][E][F]."""

    QUALITY = "quality"
    DELIVERY = "delivery"
    OPERATIONS = "operations"
    TECHNICAL = "technical"


@dataclass(frozen=True)
class Actor:
    """The person who takes a step.

    `person` is an opaque id, `name` the name the person works under (it stands in slips and remarks, domain.md
    "Money" [T]); a customer has no name here, since that is sealed. `on_behalf_of` names whose word the person
    passes on, so that both stand in the record (domain.md "People" [E]).
    """

    person: str
    role: Role
    name: str = ""
    on_behalf_of: Role | None = None
    stands_in_for: str = ""
    """The work name of who holds the role, if this person only stands in for them within given dates [T]."""


DESK = Actor(person="desk", role=Role.DESK, name="Redress")
"""Who acts when time passes or one case tells another."""
