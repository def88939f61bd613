"""The addresses of the API, one file per subject."""

from __future__ import annotations

from api.routes import (
    cases,
    complaints,
    courier,
    evidence,
    gateway,
    health,
    orders,
    people,
    personal,
    policies,
    queues,
    recall_slips,
    registers,
    remedies,
    steps,
    timeline,
    webhooks,
)

ROUTERS = (
    health.router,
    orders.router,
    complaints.router,
    cases.router,
    remedies.router,
    personal.router,
    evidence.router,
    steps.router,
    timeline.router,
    queues.router,
    registers.router,
    recall_slips.router,
    courier.router,
    policies.router,
    people.router,
    webhooks.router,
    gateway.router,
)
"""In the order in which the catalogue lists them."""
