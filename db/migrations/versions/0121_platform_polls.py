"""Connectors of platforms are asked for what they told in vain."""

from alembic import op

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody was asked yet."""
    op.execute(
        """
        CREATE TABLE platform_polls (
            webhook TEXT NOT NULL,
            cursor TEXT NOT NULL,
            said TEXT NOT NULL,
            asked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            read_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT platform_polls_pk PRIMARY KEY (webhook)
        )
        """
    )
