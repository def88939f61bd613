"""The first tables: people, openings, orders, customers, the read model, money, letters, policies."""

from db.migrations.scripts import run_scripts

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them from the scripts in `first_tables/`."""
    run_scripts(
        "first_tables",
        "people",
        "openings",
        "orders",
        "customers",
        "cases",
        "keep_view",
        "ledger",
        "deliveries",
        "policies",
    )
