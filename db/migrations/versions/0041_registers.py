"""The registers of promises and of parcels under way find their lines by an index."""

from alembic import op

revision = "0041"
down_revision = "0031"
branch_labels = None
depends_on = None

_LINES = "ON case_tasks (shop, coalesce(due_at, 'infinity'::timestamptz), \"case\", key)"
_STATEMENTS = (
    f"CREATE INDEX case_tasks_of_parcels {_LINES} WHERE step = 'record_parcel_check'",
    f"CREATE INDEX case_tasks_of_promises {_LINES} WHERE step IN ('keep_promise', 'settle_promise')",
)


def upgrade() -> None:
    """Add two small indexes."""
    for statement in _STATEMENTS:
        op.execute(statement)
