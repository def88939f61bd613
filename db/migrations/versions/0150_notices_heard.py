"""A payment gateway's notice that its slip has not heard is told again: it stands whole, and whether it was heard."""

from alembic import op

revision = "0150"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a notice said beside sum and reference; those of before were told when they came."""
    op.execute(
        """
        ALTER TABLE gateway_notices
            ADD COLUMN account TEXT DEFAULT '' NOT NULL,
            ADD COLUMN reply TEXT DEFAULT '' NOT NULL,
            ADD COLUMN heard_at TIMESTAMP WITH TIME ZONE
        """
    )
    op.execute("UPDATE gateway_notices SET heard_at = received_at")
    op.execute("CREATE INDEX gateway_notices_unheard ON gateway_notices (received_at) WHERE heard_at IS NULL")
