"""Open returns are found by the barcode of their goods, and parcels that nobody knows by being such."""

from alembic import op

revision = "0080"
down_revision = "0072"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "CREATE INDEX cases_by_goods ON cases"
    " (shop, (((view -> 'story') -> 'line') ->> 'barcode'), opened_at DESC, \"case\" DESC)"
    " WHERE kind = 'return' AND closed_at IS NULL",
    "CREATE INDEX cases_unidentified ON cases (\"case\") WHERE kind = 'parcel' AND state = 'unidentified'",
)


def upgrade() -> None:
    """Add two small indexes."""
    for statement in _STATEMENTS:
        op.execute(statement)
