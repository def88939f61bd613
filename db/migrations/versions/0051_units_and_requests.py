"""People of the departments belong to a unit; cases are found by whom they ask."""

from alembic import op

revision = "0051"
down_revision = "0041"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE people ADD COLUMN unit TEXT",
    "CREATE INDEX cases_by_request ON cases USING gin (((view -> 'story') -> 'requests') jsonb_path_ops)"
    " WHERE ((view -> 'story') -> 'requests') IS NOT NULL",
)


def upgrade() -> None:
    """Add a column and an index."""
    for statement in _STATEMENTS:
        op.execute(statement)
