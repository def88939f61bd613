"""Complaints about a replacement are found by the case that sent it."""

from alembic import op

revision = "0140"
down_revision = "0123"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.execute(
        "CREATE INDEX cases_by_replacement ON cases"
        " USING gin (((view -> 'story') -> 'about_replacement') jsonb_path_ops)"
        " WHERE ((view -> 'story') -> 'about_replacement') IS NOT NULL"
    )
