"""The addresses of the API, one file per subject."""

from __future__ import annotations

from api.routes import (
    cases,
    cash,
    complaints,
    courier,
    duplicates,
    evidence,
    gateway,
    health,
    marks,
    orders,
    people,
    personal,
    policies,
    queues,
    recall_slips,
    registers,
    remedies,
    staffing,
    stand_ins,
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
    marks.router,
    duplicates.router,
    personal.router,
    evidence.router,
    steps.router,
    timeline.router,
    queues.router,
    registers.router,
    recall_slips.router,
    cash.router,
    courier.router,
    policies.router,
    staffing.router,
    people.router,
    webhooks.router,
    gateway.router,
    stand_ins.router,
)
"""In the order in which the catalogue lists them."""
