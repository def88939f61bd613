"""Recall slips are a register: read from the cases' own stories by two indexes."""

from alembic import op

revision = "0031"
down_revision = "0005"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    CREATE INDEX cases_by_recalls ON cases (shop, opened_at DESC, "case" DESC)
    WHERE view @> '{"story": {"recalls": []}}'
    """,
    """
    CREATE INDEX cases_by_open_recalls ON cases (shop, opened_at DESC, "case" DESC)
    WHERE view @> '{"story": {"recalls": [{"open": true}]}}'
    """,
)


def upgrade() -> None:
    """Make the indexes; the stories hold the lines already."""
    for statement in _STATEMENTS:
        op.execute(statement)
