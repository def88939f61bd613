"""Which roles share a step of a complaint."""

from __future__ import annotations

from domain.people import Role

DESK_HEADS = (Role.SUPERVISOR, Role.CENTRE_MANAGER)
AGENTS = (Role.AGENT, Role.SUPERVISOR)
CUSTOMERS_WORD = (Role.CUSTOMER, Role.AGENT, Role.SUPERVISOR)
"""The customer, by the case's own link, or an agent who passes on the customer's word; both names then stand."""
