"""How many units of an order line go back, over all cases; returns are found by the barcodes of all their lines."""

from alembic import op

revision = "0110"
down_revision = "0101"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    CREATE TABLE returned_units (
        shop TEXT NOT NULL,
        return_case TEXT NOT NULL,
        line INTEGER NOT NULL,
        "case" TEXT NOT NULL,
        order_index TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT returned_units_pk PRIMARY KEY (shop, return_case, line),
        CONSTRAINT returned_units_units_are_not_negative CHECK (quantity >= 0)
    )
    """,
    "CREATE INDEX returned_units_by_line ON returned_units (shop, order_index, line)",
    "DROP INDEX cases_by_goods",
    "CREATE INDEX cases_by_goods ON cases USING gin (((view -> 'story') -> 'lines') jsonb_path_ops)"
    " WHERE kind = 'return' AND closed_at IS NULL",
)


def upgrade() -> None:
    """Make the table, and the index over all lines of a return; nothing was counted before."""
    for statement in _STATEMENTS:
        op.execute(statement)
