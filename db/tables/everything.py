"""All table groups at once, so that the metadata is complete when it is compared or created."""

from db.tables import (
    cases,
    customers,
    deliveries,
    kept_news,
    ledger,
    openings,
    orders,
    people,
    platform_polls,
    policies,
    reconciliations,
    roster,
    search,
    stuck,
    tracking_registrations,
    webhooks,
)
from db.tables.ground import metadata

__all__ = [
    "cases",
    "customers",
    "deliveries",
    "kept_news",
    "ledger",
    "metadata",
    "openings",
    "orders",
    "people",
    "platform_polls",
    "policies",
    "reconciliations",
    "roster",
    "search",
    "stuck",
    "tracking_registrations",
    "webhooks",
]
