"""What each day's reconciliation found."""

from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; no day was reconciled yet."""
    op.execute(
        """
        CREATE TABLE reconciliations (
            day DATE NOT NULL,
            begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
            ended_at TIMESTAMP WITH TIME ZONE,
            found JSONB,
            CONSTRAINT reconciliations_pk PRIMARY KEY (day)
        )
        """
    )
