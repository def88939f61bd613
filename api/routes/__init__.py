"""The addresses of the API, one file per subject."""

from __future__ import annotations

from api.routes import complaints, health, steps

ROUTERS = (
    health.router,
    complaints.router,
    steps.router,
)
"""In the order in which the catalogue lists them."""
