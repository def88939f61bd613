"""Tracking services are asked to follow the numbers that cases wait for."""

from alembic import op

revision = "0123"
down_revision = "0122"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; no number was registered yet."""
    op.execute(
        """
        CREATE TABLE tracking_registrations (
            webhook TEXT NOT NULL,
            tracking TEXT NOT NULL,
            first_tried_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            tries INTEGER NOT NULL,
            said TEXT NOT NULL,
            taken_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT tracking_registrations_pk PRIMARY KEY (webhook, tracking)
        )
        """
    )
