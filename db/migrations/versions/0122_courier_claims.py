"""The register of claims on couriers finds its lines by an index."""

from alembic import op

revision = "0122"
down_revision = "0121"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    CREATE INDEX cases_by_claims ON cases (shop, opened_at DESC, "case" DESC)
    WHERE view @> '{"story": {"claims": []}}'
    """,
    """
    CREATE INDEX cases_by_open_claims ON cases (shop, opened_at DESC, "case" DESC)
    WHERE view @> '{"story": {"claims": [{"open": true}]}}'
    """,
)


def upgrade() -> None:
    """Make the indexes."""
    for statement in _STATEMENTS:
        op.execute(statement)
