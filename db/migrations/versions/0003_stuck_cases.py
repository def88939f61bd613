"""Cases that cannot go on stand where lists can show them."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    CREATE TABLE stuck_cases (
        "case" TEXT NOT NULL,
        shop TEXT NOT NULL,
        kind TEXT,
        since TIMESTAMP WITH TIME ZONE NOT NULL,
        because TEXT NOT NULL,
        fault TEXT NOT NULL,
        place TEXT NOT NULL,
        CONSTRAINT stuck_cases_pk PRIMARY KEY ("case")
    )
    """,
    'CREATE INDEX stuck_cases_by_shop ON stuck_cases (shop, since, "case")',
)


def upgrade() -> None:
    """Make the table of the watch."""
    for statement in _STATEMENTS:
        op.execute(statement)
