"""Webhooks: who is told of cases, deliveries written with each row of the register, every try."""

from db.migrations.scripts import run_scripts

revision = "0071"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the triggers from the scripts in `webhooks/`."""
    run_scripts("webhooks", "tables", "telling")
